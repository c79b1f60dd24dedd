//! Which verb a number belongs to, where a sentence has several of both.

use super::check;

#[test]
fn who_is_taken_is_not_therefore_freed() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let two = ["arrested 417 kind=count", "released 88 kind=count"];
    check("es", "Desde enero se ha arrestado a 417 personas y liberado a 88.", &two);
    check("en", "Police have arrested 417 people and freed 88.", &two);
    let three = ["arrested 12 kind=count", "released 3 kind=count"];
    check("es", "Fueron arrestados 12 hombres y liberados tres.", &three);
    let house = "Registrábamos 88 presos políticos y otras 27 personas en reclusión domiciliaria.";
    check("es", house, &["held 88 kind=count", "house_arrest 27 kind=count"]);
}

#[test]
fn who_is_missing_is_missing() {
    let check = |text| check("es", text, "kind", &["missing 31 kind=count"]);
    check("Hay 31 desaparecidos tras la redada.");
    check("Treinta y un estudiantes siguen en paradero desconocido.");
    check("Treinta y un estudiantes siguen desaparecidos.");
}

#[test]
fn a_figure_of_people_is_put_to_a_number() {
    let check = |lang, text| check(lang, text, "kind", &["held 412 kind=count"]);
    check("en", "The number of detainees has risen to 412.");
    check("en", "The number of political prisoners stands at 412.");
    check("es", "El número de presos políticos asciende a 412.");
    check("es", "La cifra de detenidos ha subido a 412.");
}

#[test]
fn nobody_is_a_number() {
    let nobody = ["released 0 kind=count"];
    check("en", "No prisoners have been freed since Friday.", "kind", &nobody);
    check("en", "Port Watch said no political prisoners had been freed.", "kind", &nobody);
    check("en", "No officials attended the hearing.", "kind", &[]);
    check("es", "Todavía no ha salido nadie.", "kind", &nobody);
    let withheld = "The ministry gave no names and no official figure of releases.";
    check("en", withheld, "kind", &["number_withheld kind=other"]);
}

#[test]
fn what_is_wished_for_a_person_has_not_happened() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    check("es", "El ministro prometió liberar a Ada Brix.", &["released 1 kind=promise"]);
    check("en", "The minister promised to free Ada Brix.", &["released 1 kind=promise"]);
    check("es", "La ONG pidió liberar a Ada Brix.", &["demand kind=other"]);
    check("en", "The group urged the ministry to free Ada Brix.", &["demand kind=other"]);
    check("en", "The minister said that he had freed Ada Brix.", &["released 1 kind=person"]);
}

#[test]
fn what_is_planned_has_not_happened() {
    let check = |lang, text, told| check(lang, text, "modality", &[told]);
    check("en", "Twelve more releases are planned.", "released 12 modality=promised");
    let friday = "The release of 30 prisoners is expected on Friday.";
    check("en", friday, "released 30 modality=expected");
    check("en", "Another 40 men are due for release.", "released 40 modality=expected");
    check("en", "Some 40 men could be freed.", "released 40 modality=expected");
    check("es", "Está prevista la liberación de 12 personas.", "released 12 modality=expected");
    check("es", "El gobierno planea liberar a 40 presos.", "released 40 modality=promised");
    let week = "La próxima semana salen 40 presos.";
    check("es", week, "released 40 modality=promised");
    // What took a week is over.
    let took = "The bench counted 101 releases within a week.";
    check("en", took, "released 101 modality=asserted");
}

#[test]
fn a_promised_weekday_is_the_next() {
    let due = "The release of 30 prisoners is expected on Friday.";
    check("en", due, "event", &["released 30 event=2026-03-06"]);
    let done = "Thirty prisoners were released on Friday.";
    check("en", done, "event", &["released 30 event=2026-02-27"]);
}

#[test]
fn what_is_denied_has_not_happened() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let dead = ["died 12 kind=denial"];
    check("en", "The ministry rejected reports that 12 prisoners had died.", &dead);
    check("en", "The ministry dismissed the claims that 12 prisoners had died.", &dead);
    check("en", "Reports that 12 prisoners had died are false, the ministry said.", &dead);
    check("es", "Es falso que hayan muerto 12 presos, dijo el ministro.", &dead);
    check("en", "The ministry denies holding Ada Brix.", &["held 1 kind=denial"]);
    let taken = ["arrested 1 kind=denial"];
    check("en", "The police denied that Ada Brix had been arrested.", &taken);
    check("en", "The government denied the arrest of Ada Brix.", &taken);
    check("es", "La policía negó haber detenido a Ada Brix.", &taken);
    let two = "The army denied having detained Ada Brix and Nilo Varga Sosa.";
    check("en", two, &["arrested 1 kind=denial", "arrested 1 kind=denial"]);
    check("es", "El ministerio desmintió la muerte de Ada Brix.", &["died 1 kind=denial"]);
}

#[test]
fn each_number_of_a_row_has_its_own_word() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let three = ["died 12 kind=count", "injured 40 kind=count", "arrested 300 kind=count"];
    check("en", "The crackdown left 12 dead, 40 wounded and 300 detained.", &three);
    check("en", "Twelve people were killed, 40 wounded and 300 arrested.", &three);
    check("es", "La represión dejó 12 muertos, 40 heridos y 300 detenidos.", &three);
    let jail = "El motín dejó 31 muertos y cinco heridos en la cárcel.";
    check("es", jail, &["died 31 kind=count", "injured 5 kind=count"]);
    check("en", "The fire left 12 inmates dead.", &["died 12 kind=count"]);
}

#[test]
fn whom_a_raid_leaves_detained_it_took() {
    let check = |text| check("es", text, "kind", &["arrested 37 kind=count"]);
    check("Hubo 37 detenidos en la protesta.");
    check("La marcha terminó con 37 detenidos.");
    check("Van 37 detenidos en lo que va de año.");
}

#[test]
fn a_whole_takes_no_verb_of_its_part() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "whole", expected);
    let taken = "Of the 30 detained, 12 were freed without charge.";
    check("en", taken, &["arrested 30 whole=-", "released 12 whole=30"]);
    let held = "De los 300 presos, 120 ya fueron liberados y 180 siguen en la cárcel.";
    check("es", held, &["held 300 whole=-", "released 120 whole=300", "held 180 whole=300"]);
}

#[test]
fn who_goes_home_under_arrest_is_not_free() {
    let check = |lang, text| check(lang, text, "kind", &["house_arrest 12 kind=count"]);
    check("es", "Doce presos fueron enviados a sus casas con arresto domiciliario.");
    check("es", "Doce presos salieron con arresto domiciliario.");
    check("en", "Twelve inmates were freed under house arrest.");
}

#[test]
fn terms_that_are_given_are_sentences() {
    check("en", "Ada Brix was given nine years.", "kind", &["sentenced 1 kind=person"]);
    let many = "Twelve activists were given nine years in prison.";
    check("en", many, "speaker", &["sentenced 12 by "]);
}

#[test]
fn a_number_behind_a_date_counts() {
    let check = |text, told: &str| check("en", text, "event", &[told]);
    let week = "released 14 event=2026-02-23..2026-03-01";
    check("Last week 14 prisoners were freed.", week);
    check("In January 14 prisoners were freed.", "released 14 event=2026-01");
    check("On 14 January 12 prisoners were freed.", "released 12 event=2026-01-14");
}

#[test]
fn what_is_asked_for_or_put_off_has_not_happened() {
    let check = |lang, text, expected: &str| check(lang, text, "kind", &[expected]);
    check("en", "The group demanded the release of 12 prisoners.", "demand kind=other");
    check("es", "La ONG exige que se libere a 12 presos.", "demand kind=other");
    check("es", "Las familias de 12 presos pidieron su liberación.", "demand kind=other");
    let off = "promise_unfulfilled kind=other";
    check("en", "The release of 12 prisoners was postponed.", off);
    check("en", "The release of 12 prisoners did not take place.", off);
    check("es", "La liberación de 12 presos fue aplazada.", off);
    check("es", "La liberación de 12 presos no se produjo.", off);
    let untried = "Half of the inmates are women, and 40 inmates have not been charged.";
    check("en", untried, "held 40 kind=count");
}

#[test]
fn a_whole_keeps_its_verb_behind_an_apposition() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "whole", expected);
    let three = ["released 45 whole=-", "released 12 whole=45", "released 3 whole=45"];
    let en = "The UN said 45 people, including 12 women and three minors, had been freed.";
    check("en", en, &three);
    let es = "Cuarenta y cinco personas, entre ellas 12 mujeres y tres menores, fueron liberadas.";
    check("es", es, &three);
    check("es", "Entre los 45 liberados hay 12 mujeres y tres menores.", &three);
    let third = "A third of the 300 detainees are minors.";
    check("en", third, &["held 100 whole=300", "held 300 whole=-"]);
    let some = "Port Watch could verify only 30 of the 45 releases announced by the ministry.";
    check("en", some, &["released 30 whole=45"]);
}

#[test]
fn a_word_of_a_verb_is_no_hedge() {
    check("en", "The army handed over 12 prisoners.", "kind", &["exchanged 12 kind=count"]);
    check("es", "Decenas fueron detenidos.", "kind", &["arrested 20 kind=count"]);
}

#[test]
fn what_has_its_own_object_or_verb_keeps_it() {
    let check = |text, expected: &[&str]| check("en", text, "kind", expected);
    let both = ["arrested 30 kind=count", "released 12 kind=count"];
    check("Having detained 30 people, police freed 12.", &both);
    check("Arrests: 30; releases: 12.", &both);
    check("The jail was built for 300 people.", &[]);
    check("She was 12 when her father was arrested.", &[]);
    check("There are 12 fewer political prisoners than last week.", &[]);
    let fell = "The number of political prisoners fell by 12 to 800.";
    check(fell, &["held 800 kind=count"]);
}

#[test]
fn how_people_were_taken_gives_way_to_what_came_of_them() {
    let check = |lang, text, expected: &str| check(lang, text, "kind", &[expected]);
    let far = "Seven nurses seized from a clinic near Port Sorrel in May have been freed.";
    check("en", far, "released 7 kind=count");
    let of = "Four staff of other charities taken in the same area last year are missing.";
    check("en", of, "missing 4 kind=count");
    check("es", "A cuatro jóvenes se les imputó terrorismo.", "charged 4 kind=count");
}

#[test]
fn a_day_without_its_month_counts_nobody() {
    check("es", "Los que agarraron el 28 siguen presos.", "kind", &[]);
}

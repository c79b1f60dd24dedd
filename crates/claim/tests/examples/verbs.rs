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
    check("en", "The number of detainees has risen to 412 from 300 a month ago.");
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

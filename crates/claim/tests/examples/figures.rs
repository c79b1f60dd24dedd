//! Figures that replace earlier ones, and the day from which they count.

use super::{check, read};

/// The numbers of a text, those that another has taken the place of in brackets.
#[track_caller]
fn replaced(lang: &str, text: &str, expected: &str) {
    let claims = read(lang, text);
    let told = claims.iter().map(|claim| {
        let number = &claim["quantity"]["lower"];
        match claim["superseded_in_same_document"].as_bool() {
            Some(true) => format!("({number})"),
            _ => number.to_string(),
        }
    });
    assert_eq!(told.collect::<Vec<_>>().join(" "), expected, "{text}");
}

#[test]
fn a_figure_tells_the_one_before() {
    replaced("en", "The group counts 356 political prisoners, up from 340 last week.", "356 (340)");
    replaced("en", "The group counts 356 inmates, compared with 410 in January.", "356 (410)");
    replaced("en", "The number of detainees rose from 300 to 412.", "412 (300)");
    let month = "The number of detainees has risen to 412 from 300 a month ago.";
    replaced("en", month, "412 (300)");
    replaced("en", "The toll was corrected from 56 to 54.", "54 (56)");
    replaced("es", "La ONG cuenta 356 presos, frente a 340 la semana pasada.", "356 (340)");
    replaced("es", "El número de presos políticos pasó de 300 a 412.", "412 (300)");
    let fewer = "There are 412 political prisoners, 12 fewer than a week ago.";
    replaced("en", fewer, "412 (424)");
    replaced("es", "Hay 412 presos políticos, doce más que la semana pasada.", "412 (400)");
    // A range is no change.
    replaced("en", "From 30 to 40 prisoners were freed.", "30");
}

#[test]
fn the_figure_before_has_a_day_of_its_own() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "as_of", expected);
    let week = ["held 356 as_of=2026-03-05", "held 340 as_of=2026-02-23..2026-03-01"];
    check("en", "The group counts 356 political prisoners, up from 340 last week.", &week);
    check("es", "La ONG cuenta 356 presos, frente a 340 la semana pasada.", &week);
}

#[test]
fn baselines_in_many_words() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "since", expected);
    check("es", "En lo que va de 2026 hubo 34 arrestos.", &["arrested 34 since=2026-01-01"]);
    check("en", "So far in 2026 there were 34 arrests.", &["arrested 34 since=2026-01-01"]);
    let both = "Police have abducted 14 women and 60 men since voting began on 9 February.";
    check("en", both, &["arrested 14 since=2026-02-09", "arrested 60 since=2026-02-09"]);
    let state = "Hubo 15 arrestos desde la declaración del estado de excepción, el 20 de febrero.";
    check("es", state, &["arrested 15 since=2026-02-20"]);
    let same = "The group recorded 390 arrests since 1 January and 96 releases in that period.";
    check("en", same, &["arrested 390 since=2026-01-01", "released 96 since=2026-01-01"]);
}

#[test]
fn two_weekdays_bound_a_stretch() {
    let text = "Entre el lunes y el miércoles fueron detenidos 12 abogados.";
    check("es", text, "event", &["arrested 12 event=2026-03-02..2026-03-04"]);
}

#[test]
fn days_of_verbs_and_of_promises() {
    let check = |text, expected: &[&str]| check("en", text, "event", expected);
    let charged = "Twelve people detained on Monday were charged on Wednesday.";
    check(charged, &["charged 12 event=2026-03-04"]);
    let stretch = "From 1 to 3 March 45 people were freed.";
    check(stretch, &["released 45 event=2026-03-01..2026-03-03"]);
    let due = "The government has promised to free 40 prisoners by Friday.";
    check(due, &["released 40 event=..2026-03-06"]);
}

#[test]
fn a_question_is_answered_by_a_bare_number() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    check("en", "How many have been freed? Forty-one.", &["released 41 kind=count"]);
    check("en", "How many are in prison? As we speak, 58.", &["held 58 kind=count"]);
    check("es", "¿Cuántos siguen presos? Nueve.", &["held 9 kind=count"]);
    let wonders = "Nobody can say how many are behind bars. The police put the figure at 340.";
    check("en", wonders, &["held 340 kind=count"]);
}

#[test]
fn what_is_asked_for_has_not_happened() {
    let asked = "The lawyer asked for five of the prisoners to be freed.";
    check("en", asked, "kind", &[]);
    let cleared = "A judge dismissed the cases against 26 pupils.";
    check("en", cleared, "kind", &["full_freedom 26 kind=count"]);
    let ours = "All four of our citizens detained in Karvania on 2 March were released.";
    check("en", ours, "kind", &["released 4 kind=count"]);
    check("en", "Doctors cannot say what is wrong with him.", "kind", &[]);
}

#[test]
fn an_unknown_countrys_court_keeps_its_adjective() {
    let court = "A Karvanian court ordered the release of 19 monks.";
    check("en", court, "speaker", &["released 19 by Karvanian court"]);
    let monitor = "At least 20 people were detained, according to Human Rights Monitor.";
    check("en", monitor, "speaker", &["arrested 20 by Human Rights Monitor"]);
}

#[test]
fn the_rest_and_one_more_have_their_numbers() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    check("es", "Los 13 restantes salieron bajo fianza.", &["released 13 kind=count"]);
    check("en", "The 13 remaining were freed.", &["released 13 kind=count"]);
    check("es", "Una cuarta persona fue liberada.", &["released 1 kind=count"]);
    let follow = "Twelve nurses were freed on Monday. Another eight will follow on Friday.";
    check("en", follow, &["released 12 kind=count", "released 8 kind=promise"]);
    let left = "Quedan 19 de los 44 obreros apresados.";
    check("es", left, &["held 19 kind=count", "arrested 44 kind=count"]);
    let ransom = "The charity denied that a ransom had been paid.";
    check("en", ransom, &["quid_pro_quo kind=denial"]);
}

#[test]
fn a_transcript_tells_who_speaks() {
    let talk = "HOST: With me is Joel Tabar of Open Yard. How many have been freed?\n\
        TABAR: Sixty-three.\nHOST: Who is still inside?\nTABAR: Nine women are still in prison.";
    let said = ["released 63 by Joel Tabar", "held 9 by Joel Tabar"];
    check("en", talk, "speaker", &said);
    let list = "Ada Brix: freed.\nNilo Sosa: freed.\nCiro Vega: freed.";
    check("en", list, "speaker", &[]);
    let shouted = "STATEMENT OF THE CONSULATE GENERAL OF KARVANIA IN PORT SORREL\n\n\
        Three citizens are still in detention.";
    check("en", shouted, "speaker", &["held 3 by Consulate General of Karvania"]);
    let letter = "An open letter to the Commissioner of Prisons\n\nTwelve men are held in one cell.\n\n\
        Abena Adjar, sister";
    check("en", letter, "speaker", &["held 12 by Abena Adjar"]);
}

#[test]
fn an_answer_is_what_the_question_counts() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let inside = "HOST: And how many are still inside?\n\nBEL: Fewer than 200, we reckon.";
    check("en", inside, &["held 199 kind=count"]);
    check("es", "—¿Cuántos siguen presos?\n—A día de hoy, 203.", &["held 203 kind=count"]);
    check("en", "How many were freed? Nobody in the ministry would say.", &[]);
}

#[test]
fn figures_without_noun_or_verb_go_on() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let then = "On Friday 290 prisoners were in custody. On 1 January it was 340.";
    check("en", then, &["held 290 kind=count", "held 340 kind=count"]);
    let among = "The army freed 35 people. Five from our town were among them.";
    check("en", among, &["released 35 kind=count", "released 5 kind=count"]);
    let corrected = "La policía detuvo a 19 hombres. Eran 16, aclaró.";
    check("es", corrected, &["arrested 19 kind=count", "arrested 16 kind=count"]);
    let days = "The group logged 35 arrests between 6 and 19 February.";
    check("en", days, &["arrested 35 kind=count"]);
    check("en", "More than 80 have been recaptured.", &["rearrested 81 kind=count"]);
}

#[test]
fn of_a_whole_and_what_is_told_within_it() {
    let check = |lang, text, expected: &[&str]| check(lang, text, "kind", expected);
    let held = ["held 30 kind=count"];
    check("en", "At least 30 of the 45 that they said they had freed are still in prison.", &held);
    check("en", "At least 30 of the 45 the army said it had freed are still in prison.", &held);
    check("en", "Another inmate died.", &["died 1 kind=count"]);
    check("es", "Otro preso murió.", &["died 1 kind=count"]);
    check("en", "Twelve lawyers visited the prisoners.", &[]);
}

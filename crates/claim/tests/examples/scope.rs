//! What is a running total, a batch, a state.

use super::check;

/// Verbs that bring to a total, baselines without a date and perfects are running totals.
#[test]
fn what_has_come_about_up_to_now_is_a_running_total() {
    let filed = "The board says that 730 amnesty applications have been filed.";
    check("en", filed, "scope", &["applied_amnesty 730 scope=cum"]);
    let out = "By Tuesday evening 23 miners had walked free.";
    check("en", out, "scope", &["released 23 scope=cum"]);
    let raid = "On Tuesday evening 23 miners walked free.";
    check("en", raid, "scope", &["released 23 scope=event"]);
    let same = "The ministry admits 48 releases over the same period.";
    check("en", same, "scope", &["released 48 scope=cum"]);
    let week = "Valdoria deported 61 sailors in the week to Sunday, among them nine Chileans.";
    check("en", week, "scope", &["deported 61 scope=cum", "deported 9 scope=cum"]);
    let put = "La ministra cifró este lunes en 87 las personas excarceladas.";
    check("es", put, "scope", &["released 87 scope=cum"]);
    let deemed = "El gremio daba por liberados a 14 estibadores.";
    check("es", deemed, "scope", &["released 14 scope=cum"]);
    let rule = "Hubo 640 personas arrestadas desde que rige la medida.";
    check("es", rule, "scope", &["arrested 640 scope=cum"]);
}

/// "In a raid", "that day" and the total of a batch tie a count to one occasion.
#[test]
fn what_one_occasion_brings_is_no_running_total() {
    let brings = "El lunes salieron 24 mineros, con lo que suman 41 desde el jueves.";
    check("es", brings, "scope", &["released 24 scope=event", "released 41 scope=cum"]);
    let own = "Valdoria freed 50 students on Tuesday. Of the total, 12 are minors.";
    check("en", own, "scope", &["released 50 scope=event", "released 12 scope=event"]);
    let raid = "La policía ha detenido a nueve personas en una redada.";
    check("es", raid, "scope", &["arrested 9 scope=event"]);
    let months = "Salieron 53 reclusos: 38 en enero y 15 en febrero.";
    let told = ["released 53 scope=event", "released 38 scope=cum", "released 15 scope=cum"];
    check("es", months, "scope", &told);
    let night = "The clinic has verified 30 releases by nightfall.";
    check("en", night, "scope", &["released 30 scope=event"]);
}

/// The total that a batch brings about is the next number's, not the batch's.
#[test]
fn a_total_is_of_the_number_that_it_comes_to() {
    let both = ["released 5 scope=event", "released 50 scope=cum"];
    let en = "Five more were freed on Tuesday, taking the total to 50.";
    check("en", en, "scope", &both);
    let es = "Cinco más salieron el martes, lo que eleva el total a 50.";
    check("es", es, "scope", &both);
    let coup = "Thousands of people have been arrested since the coup.";
    check("en", coup, "scope", &["arrested 2000 scope=cum"]);
}

#[test]
fn a_baseline_and_the_day_of_its_figure_are_no_stretch() {
    let text = "La red verificó 383 excarcelaciones desde el 8 de enero hasta el 7 de febrero.";
    check("es", text, "since", &["released 383 since=2026-01-08"]);
    check("es", text, "as_of", &["released 383 as_of=2026-02-07"]);
}

//! Who says so in a whole text, where things happen in it, and on which day?

use super::{check, read, told};

#[test]
fn a_day_by_the_verb_of_saying_is_the_speakers() {
    let told = "The ministry told reporters late on Monday that 12 men freed on Sunday were well.";
    check("en", told, "event", &["released 12 event=2026-03-01"]);
    let ends = "On Sunday 45 prisoners were freed, the ministry said in a statement on Tuesday.";
    check("en", ends, "event", &["released 45 event=2026-03-01"]);
    let es = "El Ministerio ha informado este martes de que 45 presos fueron liberados el domingo.";
    check("es", es, "event", &["released 45 event=2026-03-01"]);
}

#[test]
fn a_date_of_a_noun_is_of_that_noun() {
    let riots = "The king pardoned 75 prisoners over the riots of 2022.";
    check("en", riots, "event", &["pardoned 75 event=-"]);
    let from = "Three nurses were taken from their homes in Port Hale on Tuesday.";
    check("en", from, "event", &["arrested 3 event=2026-03-03"]);
    check("en", from, "since", &["arrested 3 since=-"]);
    let es = "Doce presos fueron trasladados desde el penal de Cerro Hondo el martes.";
    check("es", es, "since", &["transferred 12 since=-"]);
}

#[test]
fn who_is_missing_is_so_from_a_day_on() {
    let en = "Ivo Marec has not been seen since Monday.";
    check("en", en, "event", &["missing 1 event=2026-03-02"]);
    let es = "De Ivo Marec no se sabe nada desde el lunes.";
    check("es", es, "event", &["missing 1 event=2026-03-02"]);
}

#[test]
fn a_text_is_about_the_country_of_its_heading() {
    let notes = "Briefing notes on Karvania\n\nTwelve men died. In Ostrel two men were arrested. \
                 The mayor of Ostrel was in Ostrel.";
    let found: Vec<String> = read("en", notes).iter().map(|one| told(one, "place")).collect();
    assert_eq!(found, ["died 12 place=Karvania", "arrested 2 place=Ostrel"]);
    let acts = "Karvania deported 212 people in March.";
    check("en", acts, "place", &["deported 212 place=Karvania"]);
    let demonym = "Murieron doce presos en Ostrel.\n\nLa policía karvana y los jueces karvanos \
                   callan. En Karvania hay 30 detenidos.";
    let found: Vec<String> = read("es", demonym).iter().map(|one| told(one, "place")).collect();
    assert_eq!(found, ["died 12 place=Ostrel", "held 30 place=Karvania"]);
    let item = "PORT HALE, Merovia.\nTwelve men were freed.\n\nOSTREL, Karvania.\nTwo men died.";
    check("en", item, "place", &["released 12 place=Merovia", "died 2 place=Karvania"]);
}

#[test]
fn a_letter_is_by_whoever_signed_it() {
    let letter = "An open letter to the Commissioner of Prisons\n\nTwelve men were freed.\n\n\
                  Ada Morrow, sister";
    check("en", letter, "speaker", &["released 12 by Ada Morrow"]);
    let es = "Carta abierta al Defensor del Pueblo\n\nDoce hombres fueron liberados.\n\n\
              Alba Moreno, en nombre de las familias";
    check("es", es, "speaker", &["released 12 by Alba Moreno"]);
    let notes = "Spokesperson for the Rights Office: Ada Morrow\n\nTwelve men were freed.";
    check("en", notes, "speaker", &["released 12 by Ada Morrow"]);
}

#[test]
fn a_transcript_tells_who_speaks() {
    let turns = "PRESENTER: With us is Ada Morrow. How many are free?\n\n\
                 MORROW: Twelve men were freed.\n\nPRESENTER: And the rest?\n\n\
                 MORROW: Thirty men are still in prison.";
    let by = ["released 12 by Ada Morrow", "held 30 by Ada Morrow"];
    check("en", turns, "speaker", &by);
}

#[test]
fn there_is_the_place_named_before() {
    let en = "Twelve men were held in Old Fort prison. Two of them died there.";
    check("en", en, "place", &["held 12 place=Old Fort", "died 2 place=Old Fort"]);
    let es = "Doce hombres están presos en el penal de Las Breñas. Dos de ellos murieron allí.";
    check("es", es, "place", &["held 12 place=Las Breñas", "died 2 place=Las Breñas"]);
}

#[test]
fn a_noun_at_the_beginning_is_no_name() {
    let groups = "Rights groups said 17 men were missing.";
    check("en", groups, "speaker", &["missing 17 by Rights groups"]);
    let it = "The group said it had documented 312 arrests.";
    check("en", it, "speaker", &["arrested 312 by group"]);
    let who = "A soldier who asked not to be named says that 12 men died.";
    check("en", who, "speaker", &["died 12 by soldier"]);
}

#[test]
fn a_rank_makes_a_soldier() {
    let en = "Captain Ivo Marec was freed on Monday.";
    check("en", en, "cat", &["released 1 cat=military"]);
    let es = "El capitán Ivo Marec fue liberado el lunes.";
    check("es", es, "cat", &["released 1 cat=military"]);
    let union = "Liberaron a 14 presos, informó el sindicato de carceleros.";
    check("es", union, "cat", &["released 14 cat=-"]);
}

#[test]
fn a_heading_tells_the_stretch_of_days() {
    let en = "Karvania bulletin\nThe week of 23 February to 1 March in figures\n\n- Releases: 22";
    check("en", en, "event", &["released 22 event=2026-02-23..2026-03-01"]);
    let es = "Balance\nDel 23 de febrero al 1 de marzo\n\n- Excarcelaciones: 22";
    check("es", es, "event", &["released 22 event=2026-02-23..2026-03-01"]);
}

//! Who is named, what is said of them, and who says so. All are invented.

use super::check;

#[test]
fn names_in_lines_take_what_their_heading_tells() {
    let list = "Released on 14 January:\n- Ada Brix\n- Nilo Varga Sosa";
    check(
        "en",
        list,
        "person",
        &["released 1 person=Ada Brix", "released 1 person=Nilo Varga Sosa"],
    );
    check("en", list, "event", &["released 1 event=2026-01-14", "released 1 event=2026-01-14"]);
    check("en", list, "speaker", &["released 1 by ", "released 1 by "]);
    let held = "Siguen presos:\n1. Ada Brix\n2. Nilo Varga Sosa\n\nEl juez Luis Rama no habló.";
    check("es", held, "person", &["held 1 person=Ada Brix", "held 1 person=Nilo Varga Sosa"]);
}

#[test]
fn each_verb_of_a_person_has_its_own_day() {
    let expected = ["arrested 1 event=2026-01", "released 1 event=2026-03-02"];
    let text = "Ada Brix, who was arrested in January, was freed on Monday.";
    check("en", text, "event", &expected);
    let text = "Ada Brix, detenida en enero, fue liberada el lunes.";
    check("es", text, "event", &expected);
}

#[test]
fn who_confirms_is_told_behind_a_passive() {
    let dead = ["died 1 by family"];
    check("en", "The death of Ada Brix was confirmed by her family.", "speaker", &dead);
    let freed = "La liberación de 12 presos fue confirmada por Foro Vivo.";
    check("es", freed, "speaker", &["released 12 by Foro Vivo"]);
    check("es", freed, "modality", &["released 12 modality=confirmed"]);
    let taken = "The 45 arrests documented by Port Watch took place in May.";
    check("en", taken, "modality", &["arrested 45 modality=verified"]);
    let phone = "Port Watch said by phone that twelve people were freed.";
    check("en", phone, "speaker", &["released 12 by Port Watch"]);
}

#[test]
fn a_name_behind_a_noun_is_no_place_and_no_speaker() {
    let gone = "La ONG denunció la desaparición de Ada Brix.";
    check("es", gone, "speaker", &["missing 1 by ONG"]);
    check("es", gone, "place", &["missing 1 place=-"]);
    let denied = "The government denied the arrest of Ada Brix.";
    check("en", denied, "place", &["arrested 1 place=-"]);
}

#[test]
fn what_is_ordered_for_a_person_is_promised() {
    let promise = ["released 1 kind=promise"];
    check("en", "A judge ordered that Ada Brix be freed.", "kind", &promise);
    check("en", "The court ordered the release of Ada Brix.", "kind", &promise);
    check("es", "Un juez ordenó la liberación de Ada Brix.", "kind", &promise);
}

#[test]
fn persons_in_plain_words() {
    let check = |lang, text, expected: &str| check(lang, text, "person", &[expected]);
    check("en", "Ada Brix must report to a court every week.", "restricted 1 person=Ada Brix");
    check("es", "Le dieron casa por cárcel a Ada Brix.", "house_arrest 1 person=Ada Brix");
    check("es", "A Ada Brix la detuvieron el lunes.", "arrested 1 person=Ada Brix");
    let kin = "The family of Ada Brix says she has not been seen since Monday.";
    check("en", kin, "missing 1 person=Ada Brix");
}

#[test]
fn a_speaker_may_be_told_of_in_passing() {
    let freed = ["released 1 person=Ada Brix"];
    check("en", "\"They hit us,\" said Ada Brix, who was freed on Monday.", "person", &freed);
    check("en", "Ada Brix was freed on Monday and said she was well.", "person", &freed);
    check("es", "Ada Brix, liberada el lunes, dijo que está bien.", "person", &freed);
    let held = ["held 1 person=Ada Brix"];
    check(
        "en",
        "Ada Brix, who is serving nine years in prison, said she was well.",
        "person",
        &held,
    );
    let lawyer = "Ada Brix, a lawyer for men who were detained on Monday, said they were well.";
    check("en", lawyer, "person", &[]);
    check("es", "Ada Brix descartó que haya menores entre los deportados.", "person", &[]);
}

#[test]
fn who_serves_a_term_is_held() {
    let held = ["held 1 person=Ada Brix"];
    check("en", "Ada Brix has now spent four months in solitary confinement.", "person", &held);
    check("es", "Ada Brix cumple nueve años de prisión.", "person", &held);
    check("es", "Ada Brix, que cumple una condena de nueve años, está enferma.", "person", &held);
}

#[test]
fn capitals_of_a_place_or_body_name_nobody() {
    let cape = "Three fishermen detained off Cape Sol are back home.";
    check("en", cape, "person", &["released 3 person=-"]);
    check(
        "es",
        "Tres jóvenes detenidos cerca de Punta Sol fueron imputados.",
        "person",
        &["charged 3 person=-"],
    );
    check(
        "es",
        "Tres jóvenes siguen a disposición del juzgado de San Tadeo.",
        "person",
        &["held 3 person=-"],
    );
    check("en", "The leader of the Common Shore party was detained.", "person", &[]);
}

#[test]
fn some_of_those_counted_are_named() {
    let two = "Two of those freed on Monday, brothers Ciro and Nilo Varga, said they were well.";
    let named =
        ["released 2 person=-", "released 1 person=Ciro Varga", "released 1 person=Nilo Varga"];
    check("en", two, "person", &named);
    let two = "Dos de los liberados el lunes, los hermanos Ciro y Nilo Varga, están bien.";
    check("es", two, "person", &named);
    let among = "Police arrested twelve pupils. Among the twelve is Ada Brix, 16.";
    let named = ["arrested 12 person=-", "arrested 12 person=-", "arrested 1 person=Ada Brix"];
    check("en", among, "person", &named);
    let among = "The writer Ada Brix was among 12 people pardoned on Monday.";
    check("en", among, "person", &["pardoned 1 person=Ada Brix", "pardoned 12 person=-"]);
}

#[test]
fn nobody_heard_from_is_missing() {
    let missing = ["missing 1 person=Ada Brix"];
    check("en", "Nobody has heard from Ada Brix since Monday.", "person", &missing);
    check("es", "Nadie ha visto a Ada Brix desde el lunes.", "person", &missing);
    check("en", "No official would confirm the arrests.", "person", &[]);
    check("es", "Ninguna autoridad reconoce su detención.", "person", &[]);
}

#[test]
fn all_may_be_promised_without_a_noun() {
    let promise = ["released kind=promise"];
    let all = "The minister said that everyone arrested in Mbesa would be released soon.";
    check("en", all, "kind", &promise);
    let out = "Another fifty will be out by Friday, the minister said.";
    check("en", out, "kind", &["released 50 kind=promise"]);
}

#[test]
fn what_is_asked_for_and_kept_back() {
    let check = |lang, text, expected: &str| check(lang, text, "kind", &[expected]);
    check("en", "The envoy urged the army to bring the men before a judge.", "demand kind=other");
    check("en", "The agency would not disclose their identity.", "identity_withheld kind=other");
    check("es", "El juez no quiso revelar la identidad.", "identity_withheld kind=other");
    check("en", "The army has never made public any list.", "list_unpublished kind=other");
    check("es", "El plazo venció el lunes.", "promise_unfulfilled kind=other");
}

#[test]
fn somebody_told_of_again_without_a_name() {
    let both = ["arrested 1 person=Ada Brix", "held 1 person=Ada Brix"];
    let text = "Ada Brix was arrested in May. The nurse is being held at Greymoor prison.";
    check("en", text, "person", &both);
    let text = "Ada Brix fue detenida en mayo. La enfermera está presa en un cuartel.";
    check("es", text, "person", &both);
    let text = "Ada Brix fue detenida en mayo. Su madre dijo que sigue presa.";
    check("es", text, "person", &both);
    let text = "Ada Brix es enfermera. Sigue adentro.";
    check("es", text, "person", &["held 1 person=Ada Brix"]);
    check("es", "Ada Brix es enfermera. Sigue la búsqueda.", "person", &[]);
}

#[test]
fn who_is_in_a_prison_is_held() {
    let held = ["held 1 person=Ada Brix"];
    check("en", "Ada Brix is in the naval prison.", "person", &held);
    check("es", "Ada Brix está en el cuartel de Monte Frío.", "person", &held);
    check("en", "Ada Brix is in hospital.", "person", &[]);
}

#[test]
fn what_befell_a_speaker_is_no_saying() {
    let freed = ["released 1 person=Ada Brix"];
    check("en", "Ada Brix, who was freed on Monday, said she was tired.", "person", &freed);
    check("en", "The release of Ada Brix was announced on Monday.", "person", &freed);
    check("en", "Ada Brix, the minister, said she was tired.", "person", &[]);
}

#[test]
fn a_participle_goes_on_or_comes_first() {
    let twice = ["transferred 1 person=Ada Brix", "deported 1 person=Ada Brix"];
    let text = "Ada Brix was driven to the border and expelled.";
    check("en", text, "person", &twice);
    let twice = ["arrested 1 person=Ada Brix", "sentenced 1 person=Ada Brix"];
    check("en", "Arrested in March, Ada Brix was sentenced in May.", "person", &twice);
    check("es", "Detenida en marzo, Ada Brix fue condenada en mayo.", "person", &twice);
}

#[test]
fn whom_a_witness_sees_leave() {
    let text = "Eleven prisoners were freed. Reporters saw Ada Brix and Nilo Varga at the gate.";
    let seen =
        ["released 11 person=-", "released 1 person=Ada Brix", "released 1 person=Nilo Varga"];
    check("en", text, "person", &seen);
    check("en", "Reporters saw Ada Brix at the gate.", "person", &[]);
}

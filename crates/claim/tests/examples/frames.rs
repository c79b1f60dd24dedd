//! The words of each predicate in the frames of a sentence: every cell is read as its predicate and
//! its number.

use super::read;

/// In how many ways a number is said: in a text, and as mode and bounds.
const ENGLISH: [(&str, &str, u64); 3] =
    [("twelve", "exact", 12), ("45", "exact", 45), ("at least 30", "at_least", 30)];
const SPANISH: [(&str, &str, u64); 3] =
    [("doce", "exact", 12), ("45", "exact", 45), ("al menos 30", "at_least", 30)];

/// Every word in every frame: `{w}` is the word, `{n}` the number.
#[track_caller]
fn check(lang: &str, words: &[(&str, &[&str])], frames: &[&str]) {
    let numbers = if lang == "en" { ENGLISH } else { SPANISH };
    let mut wrong = Vec::new();
    for (predicate, words) in words {
        for (word, frame) in words.iter().flat_map(|word| frames.iter().map(move |f| (word, f))) {
            for (number, mode, low) in numbers {
                let text = frame.replace("{w}", word).replace("{n}", number);
                let told = read(lang, &text).iter().any(|claim| {
                    let said = &claim["quantity"];
                    claim["kind"] == "count"
                        && claim["predicate"] == *predicate
                        && (&said["mode"], &said["lower"]) == (&mode.into(), &low.into())
                });
                wrong.extend((!told).then_some(text));
            }
        }
    }
    assert!(wrong.is_empty(), "not read: {wrong:#?}");
}

/// What was done to people, as a participle.
const DONE: &[(&str, &[&str])] = &[
    ("released", &["freed", "set free", "released on bail"]),
    ("pardoned", &["pardoned", "granted a presidential pardon"]),
    ("full_freedom", &["acquitted", "cleared of all charges"]),
    ("held", &["in custody", "behind bars", "on death row"]),
    ("house_arrest", &["placed under house arrest"]),
    ("arrested", &["arrested", "rounded up"]),
    ("rearrested", &["rearrested", "detained once more"]),
    ("missing", &["missing", "unaccounted for"]),
    ("transferred", &["transferred to Port Bray"]),
    ("deported", &["deported", "forced out of the country"]),
    ("charged", &["charged", "arraigned"]),
    ("sentenced", &["convicted"]),
    ("died", &["killed", "beaten to death"]),
    ("injured", &["wounded"]),
    ("excluded", &["left out of the amnesty"]),
];

#[test]
fn what_was_done_to_people_in_english() {
    let frames = [
        "On Friday {n} people were {w}.",
        "A total of {n} people were {w}.",
        "The mission met {n} men {w} in Port Bray.",
        "Of the 90 students, {n} were {w}.",
        "The mission met 90 people, {n} of whom were {w}.",
        "Two teachers and {n} others were {w}.",
        "The number of people {w} has risen to {n}.",
        "Among those {w} were {n} women.",
        "- {n} {w}",
    ];
    check("en", DONE, &frames);
}

#[test]
fn nouns_of_what_was_done_in_english() {
    let one: &[(&str, &[&str])] = &[
        ("released", &["release", "freeing"]),
        ("pardoned", &["pardon"]),
        ("arrested", &["arrest", "abduction", "seizure"]),
        ("charged", &["prosecution", "arraignment"]),
        ("sentenced", &["conviction"]),
        ("died", &["killing", "execution"]),
        ("held", &["imprisonment", "continued detention"]),
    ];
    check(
        "en",
        one,
        &[
            "The ministry confirmed the {w} of {n} people.",
            "The raid led to the {w} of {n} people.",
        ],
    );
    let many: &[(&str, &[&str])] = &[
        ("released", &["releases"]),
        ("arrested", &["arrests", "abductions"]),
        ("missing", &["disappearances"]),
        ("deported", &["deportations"]),
        ("died", &["deaths", "killings"]),
    ];
    let frames = [
        "The group recorded {n} {w} in June.",
        "The number of {w} rose to {n}.",
        "In June {w} numbered {n}.",
    ];
    check("en", many, &frames);
}

#[test]
fn what_people_did_in_english() {
    let words: &[(&str, &[&str])] = &[
        ("released", &["walked free", "came out through the gate", "regained their liberty"]),
        ("held", &["remain in prison"]),
        ("missing", &["went missing", "never came home"]),
        ("died", &["lost their lives", "succumbed to their injuries"]),
        ("charged", &["face charges", "stand accused of treason"]),
        ("sentenced", &["got nine years in prison", "received long sentences"]),
        ("injured", &["suffered burns", "had broken ribs"]),
        ("applied_amnesty", &["applied for amnesty"]),
        ("full_freedom", &["had their cases struck out"]),
        ("deported", &["were forced to leave the country"]),
    ];
    let frames = [
        "On Friday {n} people {w}.",
        "The mission met {n} men who {w}.",
        "At dawn {n} people, three of them women, {w}.",
        "Two teachers and {n} others {w}.",
    ];
    check("en", words, &frames);
}

#[test]
fn what_was_done_to_people_in_spanish() {
    let words: &[(&str, &[&str])] = &[
        ("released", &["liberados", "excarcelados", "dejados en libertad"]),
        ("pardoned", &["indultados"]),
        ("full_freedom", &["absueltos"]),
        ("held", &["encarcelados", "encerrados"]),
        ("house_arrest", &["enviados a arresto domiciliario"]),
        ("rearrested", &["recapturados"]),
        ("missing", &["desaparecidos"]),
        ("transferred", &["trasladados a Puerto Bray"]),
        ("deported", &["deportados", "desterrados"]),
        ("charged", &["imputados", "vinculados a proceso"]),
        ("sentenced", &["condenados"]),
        ("died", &["asesinados", "hallados muertos"]),
        ("injured", &["heridos"]),
        ("excluded", &["excluidos de la amnistía"]),
    ];
    let frames = [
        "El viernes fueron {w} {n} hombres.",
        "Un total de {n} hombres fueron {w}.",
        "Se trata de {n} hombres que fueron {w} en enero.",
        "De los 90 estudiantes, {n} fueron {w}.",
        "La misión habló con 90 personas, {n} de las cuales fueron {w}.",
        "Otros {n} fueron {w}.",
        "Ya son {n} los {w}.",
        "Entre los {w} hay {n} mujeres.",
    ];
    check("es", words, &frames);
}

#[test]
fn who_does_it_and_what_people_do_in_spanish() {
    let done: &[(&str, &[&str])] = &[
        ("released", &["liberó", "dejó en libertad"]),
        ("held", &["encarceló", "mantiene presas"]),
        ("arrested", &["detuvo", "arrestó"]),
        ("charged", &["imputó", "formalizó", "vinculó a proceso"]),
        ("deported", &["deportó"]),
        ("died", &["mató"]),
    ];
    check(
        "es",
        done,
        &["El ejército {w} a {n} personas.", "Dijo que el ejército {w} a {n} personas."],
    );
    let does: &[(&str, &[&str])] = &[
        ("released", &["recuperaron su libertad", "volvieron a casa"]),
        ("held", &["siguen presas", "cumplen condena"]),
        ("missing", &["están desaparecidas"]),
        ("died", &["perdieron la vida"]),
        ("charged", &["irán a juicio"]),
        ("applied_amnesty", &["se acogieron a la amnistía"]),
        ("deported", &["salieron al exilio"]),
        ("arrested", &["quedaron detenidas"]),
        ("excluded", &["quedaron fuera de la amnistía"]),
    ];
    let frames = [
        "El viernes {n} personas {w}.",
        "La misión conoció a {n} mujeres que {w}.",
        "Otras {n} personas {w}.",
    ];
    check("es", does, &frames);
}

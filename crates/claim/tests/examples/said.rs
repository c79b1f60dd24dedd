//! What is kept back, demanded, judged, promised or denied, in the words of many countries.

use super::{predicate, read};

/// Kind and predicate of each claim.
fn check(lang: &str, text: &str, expected: &str) {
    let told: Vec<String> = read(lang, text)
        .iter()
        .map(|claim| format!("{} {}", claim["kind"].as_str().unwrap_or("?"), predicate(claim)))
        .collect();
    assert_eq!(told.join(", "), expected, "{text}");
}

#[test]
fn silences() {
    check("en", "The army would not name the two foreigners.", "other identity_withheld");
    check("es", "Se desconoce la identidad de los excarcelados.", "other identity_withheld");
    check("en", "It is not known how many people were arrested.", "other number_withheld");
    check("es", "No se sabe cuántas personas siguen detenidas.", "other number_withheld");
    check("en", "It has issued no list of the detainees.", "other list_unpublished");
    check("es", "La nómina de detenidos no se ha hecho pública.", "other list_unpublished");
}

#[test]
fn demands() {
    check("en", "\"Let them go home,\" the mothers of the prisoners said.", "other demand");
    check("es", "«Queremos saber dónde está», dijo el padre del detenido.", "other demand");
    check("es", "Los abogados exigen que se les permita verlo.", "other demand");
    check("en", "The embassy is seeking consular access to the detained man.", "other demand");
    check("en", "The union called on the ministry to publish the budget.", "");
    check("es", "El sindicato exigió que se publiquen los sueldos.", "");
}

#[test]
fn judgements() {
    check("en", "The amnesty is a farce, the widow said.", "other assessment");
    check("es", "La amnistía es una farsa, dijo la viuda.", "other assessment");
    check(
        "en",
        "The group said prisoners had been subjected to electric shocks.",
        "other allegation",
    );
    check("es", "Su abogada dijo que le niegan atención médica.", "other allegation");
    check("en", "It was the first such release in two years.", "other first_known");
    check("es", "Fue la primera excarcelación en dos años.", "other first_known");
    check("en", "The release order has not been carried out.", "other promise_unfulfilled");
    check("es", "La orden de excarcelación no se ha ejecutado.", "other promise_unfulfilled");
    check("en", "The releases are under way.", "other release_process_started");
    check("es", "Las excarcelaciones están en marcha.", "other release_process_started");
}

#[test]
fn promises_and_denials() {
    check("en", "The governor said all children will be freed by Friday.", "promise released");
    check("en", "The government pledged to free all political prisoners.", "promise released");
    check("en", "Nobody is held in the barracks, the ministry said.", "denial held");
    check("es", "Nadie fue detenido, dijo el ministerio.", "denial arrested");
    check("en", "The army denied that any soldier had died.", "denial died");
    check("en", "The minister denied that taxes would rise.", "");
    check("es", "El alcalde negó que vayan a subir los impuestos.", "");
}

//! What a cell says of a person: held or freed, woman or man, soldier or civilian, and how they
//! left.

use super::fold::{fold, has_all};
use habeas_model::{Category, Gender, Predicate, ReleaseMode};

/// First entry of which all stems stand in the folded text.
fn first<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    let folded = fold(text);
    table.iter().find(|(stems, _)| has_all(&folded, stems)).map(|(_, found)| *found)
}

/// The state or event that a status cell names. A cell that denies or waits ("no excarcelado") is
/// left to a reader.
#[must_use]
pub fn status(text: &str) -> Option<Predicate> {
    use Predicate::*;
    const TABLE: &[(&str, Predicate)] = &[
        ("casa carcel", HouseArrest),
        ("arresto domiciliario", HouseArrest),
        ("detencion domiciliaria", HouseArrest),
        ("house arrest", HouseArrest),
        ("desaparec", Missing),
        ("paradero desconocido", Missing),
        ("missing", Missing),
        ("disappeared", Missing),
        ("reencarcelado", Rearrested),
        ("redetenido", Rearrested),
        ("rearrested", Rearrested),
        ("fallec", Died),
        ("muert", Died),
        ("died", Died),
        ("dead", Died),
        ("deceased", Died),
        ("deporta", Deported),
        ("exilia", Deported),
        ("exiled", Deported),
        ("desterrado", Deported),
        ("libertad plena", FullFreedom),
        ("full freedom", FullFreedom),
        ("sobresei", FullFreedom),
        ("excarcela", Released),
        ("privad libertad", Held),
        ("deprived liberty", Held),
        ("liberad", Released),
        ("liberty", Released),
        ("libre", Released),
        ("libertad", Released),
        ("release", Released),
        ("freed", Released),
        ("free", Released),
        ("trasladado", Transferred),
        ("transferred", Transferred),
        ("detenid", Held),
        ("preso", Held),
        ("presa", Held),
        ("recluid", Held),
        ("encarcelad", Held),
        ("held", Held),
        ("detained", Held),
        ("custody", Held),
        ("imprisoned", Held),
        ("prision", Held),
        ("prison", Held),
        ("jailed", Held),
        ("presentacion", Restricted),
        ("medida", Restricted),
        ("restricted", Restricted),
        ("imputad", Charged),
        ("charged", Charged),
        ("condenad", Sentenced),
        ("sentenc", Sentenced),
        ("arrestad", Arrested),
        ("arrested", Arrested),
    ];
    let folded = fold(text);
    let denies =
        ["no", "not", "sin", "nunca", "never", "pendiente", "pending", "espera", "awaiting"]
            .iter()
            .any(|word| folded.split(' ').any(|said| said == *word));
    if denies { None } else { first(TABLE, text) }
}

/// How a release came about.
#[must_use]
pub fn mode(text: &str) -> Option<ReleaseMode> {
    use ReleaseMode::*;
    const TABLE: &[(&str, ReleaseMode)] = &[
        ("plena", Unconditional),
        ("unconditional", Unconditional),
        ("medida", WithMeasures),
        ("measures", WithMeasures),
        ("presentacion", WithMeasures),
        ("cautelar", WithMeasures),
        ("fianza", Bail),
        ("bail", Bail),
        ("condicional", Parole),
        ("parole", Parole),
        ("cumpli", SentenceServed),
        ("served", SentenceServed),
        ("absuel", Acquittal),
        ("acquit", Acquittal),
        ("sobresei", Dismissal),
        ("dismiss", Dismissal),
        ("amnist", Amnesty),
        ("amnesty", Amnesty),
        ("indult", Pardon),
        ("pardon", Pardon),
        ("canje", Exchange),
        ("exchange", Exchange),
        ("swap", Exchange),
        ("exilio", Exile),
        ("exile", Exile),
        ("destierro", Exile),
        ("humanitari", Humanitarian),
        ("court", CourtOrder),
        ("orden judicial", CourtOrder),
    ];
    first(TABLE, text)
}

/// Woman or man.
#[must_use]
pub fn gender(text: &str) -> Option<Gender> {
    match fold(text).as_str() {
        "f" | "femenino" | "mujer" | "female" | "woman" | "fem" | "w" => Some(Gender::Female),
        "m" | "masculino" | "hombre" | "male" | "man" | "masc" | "h" => Some(Gender::Male),
        _ => None,
    }
}

/// The source's word for a person.
#[must_use]
pub fn category(text: &str) -> Option<Category> {
    use Category::*;
    const TABLE: &[(&str, Category)] = &[
        ("pres politico", PoliticalPrisoner),
        ("pres politica", PoliticalPrisoner),
        ("preso politico", PoliticalPrisoner),
        ("presa politica", PoliticalPrisoner),
        ("political prisoner", PoliticalPrisoner),
        ("periodis", Journalist),
        ("journalis", Journalist),
        ("reporter", Journalist),
        ("press", Journalist),
        ("prensa", Journalist),
        ("militar", Military),
        ("soldad", Military),
        ("soldier", Military),
        ("policia", SecurityForces),
        ("police", SecurityForces),
        ("funcionari policial", SecurityForces),
        ("activis", Activist),
        ("defensor", Activist),
        ("defender", Activist),
        ("opposition", Opposition),
        ("opositor", Opposition),
        ("manifestante", Protester),
        ("protester", Protester),
        ("estudiante", Student),
        ("student", Student),
        ("abogad", Lawyer),
        ("lawyer", Lawyer),
        ("sindical", Unionist),
        ("unionist", Unionist),
        ("campesin", Farmer),
        ("agricultor", Farmer),
        ("farmer", Farmer),
        ("sacerdote", Cleric),
        ("priest", Cleric),
        ("cleric", Cleric),
        ("medic", HealthWorker),
        ("enfermer", HealthWorker),
        ("nurse", HealthWorker),
        ("doctor", HealthWorker),
        ("migrante", Migrant),
        ("migrant", Migrant),
        ("pres comun", CommonPrisoner),
        ("common", CommonPrisoner),
        ("civil", Civilian),
        ("civilian", Civilian),
    ];
    first(TABLE, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_words() {
        let check =
            |text: &str, expected: Option<Predicate>| assert_eq!(status(text), expected, "{text}");
        check("Detenido", Some(Predicate::Held));
        check("PRIVADA DE LIBERTAD", Some(Predicate::Held));
        check("Presa", Some(Predicate::Held));
        check("excarcelada con medidas", Some(Predicate::Released));
        check("Casa por cárcel", Some(Predicate::HouseArrest));
        check("desaparecido", Some(Predicate::Missing));
        check("libertad plena", Some(Predicate::FullFreedom));
        check("not released", None);
        check("excarcelación pendiente", None);
        check("régimen de presentación", Some(Predicate::Restricted));
        check("deprived of liberty", Some(Predicate::Held));
    }

    #[test]
    fn words_for_people() {
        assert_eq!(category("Militar (sargento)"), Some(Category::Military));
        assert_eq!(category("civil"), Some(Category::Civilian));
        assert_eq!(category("Periodista"), Some(Category::Journalist));
        assert_eq!(category("carpintero"), None);
        assert_eq!(gender("F"), Some(Gender::Female));
        assert_eq!(gender("Hombre"), Some(Gender::Male));
        assert_eq!(mode("excarcelado con medidas cautelares"), Some(ReleaseMode::WithMeasures));
    }
}

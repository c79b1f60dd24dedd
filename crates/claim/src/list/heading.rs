//! Which heading stands for which field, in Spanish and English.

use super::fold::{fold, has_all};
use habeas_model::words;

words! {
    /// What a column holds.
    Field {
        /// Given names.
        Given = "given",
        /// Surnames.
        Surnames = "surnames",
        /// First surname, where it has a column of its own.
        FirstSurname = "first_surname",
        /// Second surname.
        SecondSurname = "second_surname",
        /// The whole name.
        Name = "name",
        /// Identity number.
        Number = "number",
        /// Birth date.
        Born = "born",
        /// Age.
        Age = "age",
        /// Sex.
        Gender = "gender",
        /// Nationality.
        Nationality = "nationality",
        /// When arrested.
        Arrested = "arrested",
        /// When released.
        Released = "released",
        /// How released.
        Mode = "mode",
        /// Prison or other place.
        Place = "place",
        /// State or province.
        State = "state",
        /// Civilian, military, ...
        Category = "category",
        /// Occupation.
        Occupation = "occupation",
        /// What they are accused of.
        Offence = "offence",
        /// Held, released, ...
        Status = "status",
        /// Remarks.
        Notes = "notes",
        /// The day that the row stands for.
        AsOf = "as_of",
        /// Under age.
        Minor = "minor",
        /// May be published, or not.
        Disclosure = "disclosure",
        /// Row number.
        Ignore = "ignore",
        /// Kept as it is.
        Rest = "rest",
    }
}

/// Stems that a heading must have, all of one entry; the first entry that fits decides.
const STEMS: &[(&str, Field)] = {
    use Field::*;
    &[
        ("estado civil", Rest),
        ("marital", Rest),
        ("lugar nacimiento", Rest),
        ("place birth", Rest),
        ("primer apellido", FirstSurname),
        ("segundo apellido", SecondSurname),
        ("first surname", FirstSurname),
        ("second surname", SecondSurname),
        ("apellido nombre", Name),
        ("surname given", Name),
        ("nombre completo", Name),
        ("full name", Name),
        ("last first", Name),
        ("surname name", Name),
        ("apellido", Surnames),
        ("surname", Surnames),
        ("last name", Surnames),
        ("family name", Surnames),
        ("primer nombre", Given),
        ("segundo nombre", Given),
        ("given", Given),
        ("first name", Given),
        ("forename", Given),
        ("middle name", Given),
        ("no publicar", Disclosure),
        ("publicar", Disclosure),
        ("publish", Disclosure),
        ("consent", Disclosure),
        ("disclosure", Disclosure),
        ("confidencial", Disclosure),
        ("nacimiento", Born),
        ("f nac", Born),
        ("fecha nac", Born),
        ("born", Born),
        ("birth", Born),
        ("dob", Born),
        ("motivo", Offence),
        ("delito", Offence),
        ("offence", Offence),
        ("offense", Offence),
        ("charge", Offence),
        ("cargos", Offence),
        ("crime", Offence),
        ("imputacion", Offence),
        ("reason", Offence),
        ("lugar", Place),
        ("sitio", Place),
        ("centro", Place),
        ("reclusion", Place),
        ("facility", Place),
        ("held at", Place),
        ("detained at", Place),
        ("place", Place),
        ("prison", Place),
        ("carcel", Place),
        ("penal", Place),
        ("recinto", Place),
        ("location", Place),
        ("modalidad", Mode),
        ("release mode", Mode),
        ("tipo libertad", Mode),
        ("medida", Mode),
        ("how released", Mode),
        ("excarcelacion", Released),
        ("excarcelado", Released),
        ("liberacion", Released),
        ("liberado", Released),
        ("libertad", Released),
        ("released", Released),
        ("release", Released),
        ("freed", Released),
        ("detencion", Arrested),
        ("detenido el", Arrested),
        ("arresto", Arrested),
        ("arrest", Arrested),
        ("detained", Arrested),
        ("detention", Arrested),
        ("captura", Arrested),
        ("aprehension", Arrested),
        ("nacionalidad", Nationality),
        ("nationality", Nationality),
        ("citizenship", Nationality),
        ("ciudadania", Nationality),
        ("pais", Nationality),
        ("country", Nationality),
        ("c i", Number),
        ("ci", Number),
        ("cedula", Number),
        ("dni", Number),
        ("pasaporte", Number),
        ("passport", Number),
        ("documento", Number),
        ("identidad", Number),
        ("identity", Number),
        ("id", Number),
        ("menor", Minor),
        ("minor", Minor),
        ("adolescente", Minor),
        ("edad", Age),
        ("age", Age),
        ("sexo", Gender),
        ("sex", Gender),
        ("genero", Gender),
        ("gender", Gender),
        ("profesion", Occupation),
        ("ocupacion", Occupation),
        ("oficio", Occupation),
        ("occupation", Occupation),
        ("profession", Occupation),
        ("cargo", Occupation),
        ("rango", Occupation),
        ("rank", Occupation),
        ("estatus", Status),
        ("status", Status),
        ("situacion", Status),
        ("situation", Status),
        ("condicion", Status),
        ("civil", Category),
        ("civilian", Category),
        ("militar", Category),
        ("military", Category),
        ("categoria", Category),
        ("category", Category),
        ("tipo", Category),
        ("estado", State),
        ("state", State),
        ("provincia", State),
        ("province", State),
        ("region", State),
        ("entidad", State),
        ("department", State),
        ("departamento", State),
        ("observacion", Notes),
        ("nota", Notes),
        ("note", Notes),
        ("remark", Notes),
        ("comentario", Notes),
        ("comment", Notes),
        ("as of", AsOf),
        ("corte", AsOf),
        ("actualizado", AsOf),
        ("updated", AsOf),
    ]
};

/// Headings that mean something only when they stand alone.
const ALONE: &[(&str, Field)] = {
    use Field::*;
    &[
        ("nombre", Name),
        ("nombres", Name),
        ("name", Name),
        ("names", Name),
        ("nombre s", Name),
        ("fecha", AsOf),
        ("date", AsOf),
        ("asof", AsOf),
        ("as of date", AsOf),
        ("n", Ignore),
        ("no", Ignore),
        ("nro", Ignore),
        ("num", Ignore),
        ("numero", Ignore),
        ("number", Ignore),
        ("row", Ignore),
        ("fila", Ignore),
        ("item", Ignore),
        ("orden", Ignore),
        ("ignore", Ignore),
    ]
};

/// The field that a heading stands for.
#[must_use]
pub fn guess(heading: &str) -> Option<Field> {
    let folded = fold(heading);
    let alone = ALONE.iter().find(|(words, _)| *words == folded);
    // A heading is short: a sentence above the table is none.
    let stems = || {
        let short = folded.split(' ').count() <= 7 && !folded.is_empty();
        STEMS.iter().find(|(stems, _)| short && has_all(&folded, stems))
    };
    alone.or_else(stems).map(|(_, field)| *field)
}

/// Makes the fields of one table agree: `nombre` beside `apellido` is the given name, a second
/// column of one field is kept
/// as it is (several columns of given names are one name).
pub fn settle(fields: &mut [Option<Field>]) {
    let surnames = [Field::Surnames, Field::FirstSurname, Field::SecondSurname];
    if fields.iter().flatten().any(|field| surnames.contains(field)) {
        let given = fields.contains(&Some(Field::Given));
        for field in fields.iter_mut().filter(|field| **field == Some(Field::Name) && !given) {
            *field = Some(Field::Given);
        }
    }
    let many = [Field::Given, Field::Ignore, Field::Rest, Field::Notes];
    for at in 1..fields.len() {
        let Some(field) = fields[at] else { continue };
        if !many.contains(&field) && fields[..at].contains(&Some(field)) {
            fields[at] = Some(Field::Rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field::*, *};

    #[track_caller]
    fn check(heading: &str, expected: Option<Field>) {
        assert_eq!(guess(heading), expected, "{heading}");
    }

    #[test]
    fn headings_in_both_languages() {
        for (heading, field) in [
            ("Apellidos", Surnames),
            ("Nombres", Name),
            ("NOMBRE Y APELLIDO", Name),
            ("Primer apellido", FirstSurname),
            ("Segundo Apellido", SecondSurname),
            ("C.I.", Number),
            ("Cédula", Number),
            ("DNI / pasaporte", Number),
            ("ID", Number),
            ("Fecha de detención", Arrested),
            ("Arrested", Arrested),
            ("Date of arrest", Arrested),
            ("Fecha de excarcelación", Released),
            ("Released on", Released),
            ("Fecha de nacimiento", Born),
            ("Date of birth", Born),
            ("Lugar de nacimiento", Rest),
            ("Edad", Age),
            ("Age", Age),
            ("Sexo", Gender),
            ("Gender", Gender),
            ("Nacionalidad", Nationality),
            ("Centro de reclusión", Place),
            ("Lugar de detención", Place),
            ("Prison", Place),
            ("Estado", State),
            ("Estado civil", Rest),
            ("Civil/militar", Category),
            ("Profesión", Occupation),
            ("Delito", Offence),
            ("Estatus", Status),
            ("Status", Status),
            ("Observaciones", Notes),
            ("Fecha", AsOf),
            ("As of", AsOf),
            ("Menor de edad", Minor),
            ("No publicar", Disclosure),
            ("Consentimiento", Disclosure),
            ("N°", Ignore),
            ("Nº", Ignore),
        ] {
            check(heading, Some(field));
        }
    }

    #[test]
    fn what_is_no_heading() {
        check("", None);
        check("Color", None);
        check("Listado de las personas que siguen en prisión en la capital y otras ciudades", None);
    }

    #[test]
    fn nombre_beside_apellido_is_the_given_name() {
        let mut fields = [Some(Surnames), Some(Name), Some(Number), Some(Number)];
        settle(&mut fields);
        assert_eq!(fields, [Some(Surnames), Some(Given), Some(Number), Some(Rest)]);
    }
}

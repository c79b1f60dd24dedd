//! Lists of invented people of Santa Aurelia, with what lists get wrong.

use crate::{Context, Reading};
use habeas_document::{Body, Cell, Document, Row, Sheet};
use habeas_model::{Category, Digest, Disclosure, Predicate, Quantity, Scope};

fn context() -> Context {
    Context {
        published: Some("2026-02-01".parse().unwrap()),
        outlet: None,
        url: None,
        lang: None,
        country: Some("XA".into()),
        list: Default::default(),
        disclosure: Disclosure::Public,
    }
}

/// Reads rows whose cells are parted by `;`.
fn read_as(lines: &str, context: &Context) -> Reading {
    let cell = |text: &str| Cell { text: text.trim().into(), date: None, bytes: None };
    let row = |(at, line): (usize, &str)| Row {
        number: at as u32 + 1,
        cells: line.split(';').map(cell).collect(),
    };
    let sheets =
        vec![Sheet { name: String::new(), rows: lines.lines().enumerate().map(row).collect() }];
    let document = Document {
        blob: Digest::of(lines.as_bytes()),
        part: String::new(),
        format: "csv",
        title: None,
        url: None,
        outlet: None,
        lang: None,
        published: None,
        captured: None,
        body: Body::Table(sheets.clone()),
        problems: Vec::new(),
    };
    crate::list::read(&document, &sheets, context)
}

fn read(lines: &str) -> Reading {
    read_as(lines, &context())
}

fn codes(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(|p| format!("{} at {} `{}`", p.code, p.place, p.value)).collect()
}

/// Name, number, birth, gender, nationality, category and what happened, of every row.
fn shown(reading: &Reading) -> Vec<String> {
    let row = |mention: &habeas_model::Mention| {
        let mut parts = vec![mention.name.reveal().to_owned()];
        parts.extend(mention.number.as_ref().map(|number| number.reveal().to_owned()));
        parts.extend(mention.born.as_ref().map(|born| format!("*{born}")));
        parts.extend(mention.gender.map(|gender| gender.to_string()));
        parts.extend(mention.nat.iter().map(ToString::to_string));
        parts.extend(mention.cat.map(|cat| cat.to_string()));
        for event in &mention.happened {
            let when = event.when.as_ref().map(ToString::to_string).unwrap_or_default();
            parts.push(
                format!("{} {when} {}", event.predicate, event.place.as_deref().unwrap_or(""))
                    .trim()
                    .to_owned(),
            );
        }
        parts.join(", ")
    };
    reading.mentions.iter().map(row).collect()
}

#[test]
fn a_spanish_list() {
    let reading = read(
        "Foro de Santa Aurelia: personas detenidas\n\
         N°;Apellidos;Nombres;C.I.;Fecha de detención;Fecha de nacimiento;Sexo;Nacionalidad;Sitio;Civil/militar;Estatus;Delito\n\
         1;Quiroz Belda;Marta;V-12.345.678;25/12/2025;03/04/1980;F;venezolana;Penal Norte;civil;detenida;terrorismo\n\
         2;Tello;Iván;11222333;13/01/2026;31/02/1990;M;Aureliano;Penal Norte;militar;excarcelado con medidas;",
    );
    assert_eq!(
        shown(&reading),
        [
            "Marta Quiroz Belda, V-12.345.678, *1980-04-03, f, VE, civilian, arrested 2025-12-25 Penal Norte, held  Penal Norte",
            "Iván Tello, 11222333, m, XA, military, arrested 2026-01-13 Penal Norte, released",
        ]
    );
    assert_eq!(
        codes(&reading),
        ["date-impossible at row 4, column 6 `31/02/1990`", "list-says-nothing at row 2 ``",]
    );
    assert_eq!(reading.mentions[0].cat, Some(Category::Civilian));
    assert!(
        reading.mentions[0]
            .rest
            .iter()
            .any(|(heading, value)| heading == "Delito" && value.reveal() == "terrorismo")
    );
}

#[test]
fn an_english_list() {
    let reading = read(
        "Name;ID;Arrested;Released;Prison;Status;Shoe\n\
         Quiroz, Marta;77-A;2026-01-03;2026-01-20;North Prison;released;38\n\
         Iván Tello;78-A;January 5, 2026;;North Prison;free;40",
    );
    assert_eq!(
        shown(&reading),
        [
            "Marta Quiroz, 77-A, arrested 2026-01-03 North Prison, released 2026-01-20",
            "Iván Tello, 78-A, arrested 2026-01-05 North Prison, released",
        ]
    );
    assert_eq!(codes(&reading), ["column-unknown at row 1, column 7 `Shoe`"]);
    let claim = &reading.claims[0];
    assert_eq!((claim.predicate, claim.scope), (Predicate::Released, Some(Scope::Cumulative)));
    assert_eq!(claim.quantity, Some(Quantity::Exact(2)));
}

#[test]
fn merged_headings_of_two_rows() {
    let reading = read(
        "Nombre y apellido;Detención;Detención;Edad\n\
         Nombre y apellido;Fecha;Lugar;Edad\n\
         Marta Quiroz;2026-01-03;Penal Norte;41",
    );
    assert_eq!(shown(&reading), ["Marta Quiroz, arrested 2026-01-03 Penal Norte"]);
}

#[test]
fn a_list_without_headings_is_read_by_its_values() {
    let reading = read("Marta Quiroz;12345678;F;detenida\nIván Tello;11222333;M;detenido");
    assert_eq!(
        shown(&reading),
        ["Marta Quiroz, 12345678, f, held", "Iván Tello, 11222333, m, held"]
    );
    assert_eq!(codes(&reading), ["headings-missing at row 1 ``"]);
}

#[test]
fn case_toml_has_the_last_word() {
    let mut context = context();
    context.list = crate::ListSettings {
        columns: [("Quién", "name"), ("Desde", "arrested"), ("Clave", "number")]
            .map(|(a, b)| (a.into(), b.into()))
            .into(),
        says: Some(Predicate::Held),
        as_of: Some("2026-01-31".parse().unwrap()),
        by: Some("Comité".into()),
        dates: Some("mdy".into()),
        ..Default::default()
    };
    let reading =
        read_as("Quién;Desde;Clave\nMarta Quiroz;03/01/2026;7\nIván Tello;02/01/2026;8", &context);
    assert_eq!(
        shown(&reading),
        [
            "Marta Quiroz, 7, arrested 2026-03-01, held 2026-01-31",
            "Iván Tello, 8, arrested 2026-02-01, held 2026-01-31",
        ]
    );
    assert_eq!(reading.claims[0].speakers.body(), Some("Comité"));
    assert_eq!(reading.claims[0].scope, Some(Scope::Stock));
    assert_eq!(codes(&reading), [""; 0]);
}

#[test]
fn minors_and_the_unpublished_are_counted() {
    let reading = read(
        "Nombre;Edad;Fecha de nacimiento;Menor;No publicar;Estatus\n\
         Marta Quiroz;41;;no;;detenida\n\
         Iván Tello;16;;;;detenido\n\
         Lía Orte;;2010-05-05;;;detenida\n\
         Pía Sanz;;;sí;;detenida\n\
         Abel Rus;30;;;x;detenido",
    );
    let seen: Vec<Disclosure> = reading.mentions.iter().map(|mention| mention.disclosure).collect();
    use Disclosure::{Counted, Public};
    assert_eq!(seen, [Public, Counted, Counted, Counted, Counted]);
}

#[test]
fn what_is_wrong_is_told_and_the_row_kept() {
    let check = |rows: &str, expected: &[&str], kept: usize| {
        let reading = read(&format!("Nombre completo;Cédula;Fecha de detención;Estatus\n{rows}"));
        assert_eq!(codes(&reading), expected, "{rows}");
        assert_eq!(reading.mentions.len(), kept, "{rows}");
    };
    check(
        "Marta Quiroz;1;2026-01-03;presa\nIván Tello;1;2026-01-03;preso",
        &["id-shared at rows 2, 3 ``"],
        2,
    );
    check(
        "Marta Quiroz;1;2026-01-03;presa\nMARTA QUIRÓZ;1;2026-01-03;presa",
        &["row-repeated at rows 2, 3 ``"],
        2,
    );
    check(
        "Marta Quiroz;;2026-01-03;presa\nMarta Quiroz;;2026-01-03;presa",
        &["row-repeated at rows 2, 3 ``"],
        2,
    );
    check("Marta Quiroz;;2026-01-03;presa\nMarta Quiroz;;2026-01-04;presa", &[], 2);
    check("Marta Quiroz;1;2062-01-03;presa", &["date-year-odd at row 2, column 3 `2062-01-03`"], 1);
    check(
        "Marta Quiroz;1;03/01/2026;presa\nIván Tello;2;05/01/2026;preso",
        &["date-ambiguous at column 3 `2`"],
        2,
    );
    check("Marta Quiroz;1;ayer;presa", &["date-unread at row 2, column 3 ``"], 1);
    check("Marta Quiroz;1;;presa\n;2;2026-01-03;preso", &["row-no-name at row 3 ``"], 1);
    check(
        "Marta Quiroz;1;;presa\nIván Tello;2;;pendiente;más",
        &[
            "status-unread at row 3, column 4 ``",
            "row-ragged at row 3 `5`",
            "list-says-nothing at row 1 ``",
        ],
        2,
    );
}

#[test]
fn two_columns_named_the_same() {
    let reading = read("Nombre;Lugar;Lugar;Estatus\nMarta Quiroz;Penal Norte;Puerto;presa");
    assert_eq!(codes(&reading), ["heading-twice at row 1, column 3 `Lugar`"]);
    assert_eq!(reading.mentions[0].happened[0].place.as_deref(), Some("Penal Norte"));
    assert_eq!(reading.mentions[0].rest[0].1.reveal(), "Puerto");
}

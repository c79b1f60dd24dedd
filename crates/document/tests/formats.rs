//! Every format: what it says is read, and every address leads back to the archived bytes.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod made;

use made::{docx, leads_back, odt, opened, pdf, rows, words};

#[test]
fn docx_is_words_and_tables() {
    let file = docx(
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Suben las liberaciones</w:t></w:r></w:p>\
         <w:p><w:r><w:t xml:space=\"preserve\">Hay </w:t></w:r><w:r><w:t>116 presos m&#225;s</w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:t> &amp; libres.</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>nombre</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>sitio</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>Ciro Luna</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cerro Hondo</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let found = opened(&file, "boletin.docx");
    assert_eq!((found.len(), found[0].format), (2, "docx"));
    assert_eq!(words(&found[0]), "Suben las liberaciones\n\nHay 116 presos más & libres.\n\n");
    assert_eq!(found[0].title.as_deref(), Some("Boletín 7"));
    assert_eq!(found[0].published.as_ref().unwrap().when.to_string(), "2026-02-03");
    assert_eq!(rows(&found[1]), [["nombre", "sitio"], ["Ciro Luna", "Cerro Hondo"]]);
    leads_back(&file, "boletin.docx", &found[0], "116 presos", "116 presos");
    leads_back(&file, "boletin.docx", &found[0], "más", "m&#225;s");
}

#[test]
fn odt_is_words_and_notes_and_tables() {
    let file = odt("<text:tracked-changes><text:p>borrado</text:p></text:tracked-changes>\
         <text:h>Parte</text:h><text:p>Salieron<text:s/>14 personas<text:note>\
         <text:note-citation>1</text:note-citation>\
         <text:note-body><text:p>Según la cárcel.</text:p>\
         </text:note-body></text:note>\u{20}\
         el lunes.</text:p>\
         <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
         <table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>c</text:p></table:table-cell></table:table-row></table:table>");
    let found = opened(&file, "parte.odt");
    assert_eq!(words(&found[0]), "Parte\n\nSalieron 14 personas el lunes.\n\n");
    assert_eq!(words(&found[2]), "Según la cárcel.\n\n");
    leads_back(&file, "parte.odt", &found[0], "14 personas", "14 personas");
    leads_back(&file, "parte.odt", &found[2], "cárcel", "cárcel");
}

#[test]
fn odt_tables_need_two_rows_of_cells() {
    let row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>";
    let file = odt(&format!("<text:p>x</text:p><table:table>{row}{row}</table:table>"));
    let found = opened(&file, "parte.odt");
    assert_eq!(rows(&found[1]), [["a", "b"], ["a", "b"]]);
}

#[test]
fn rtf_is_words_and_tables() {
    let file = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\
        Hay 116 presos en prisi\\'f3n; \\u8220?libres\\u8221? ma\\u241\\'f1ana.\\par Segundo.\\par\
        \\trowd\\cellx1\\cellx2\\intbl nombre\\cell sitio\\cell\\row\
        \\trowd\\cellx1\\cellx2\\intbl Ciro Luna\\cell Cerro Hondo\\cell\\row\\pard Fin.\\par}";
    let found = opened(file.as_bytes(), "parte.rtf");
    assert_eq!(
        words(&found[0]),
        "Hay 116 presos en prisión; “libres” mañana.\n\nSegundo.\n\nFin.\n\n"
    );
    assert_eq!(rows(&found[1]), [["nombre", "sitio"], ["Ciro Luna", "Cerro Hondo"]]);
    leads_back(file.as_bytes(), "parte.rtf", &found[0], "116", "116");
    leads_back(file.as_bytes(), "parte.rtf", &found[0], "prisión", "prisi\\'f3n");
    leads_back(file.as_bytes(), "parte.rtf", &found[0], "ñ", "\\u241");
}

#[test]
fn pdf_is_words_with_pages_and_places() {
    let file = pdf(&[
        vec![
            (72, 720, 18, "Suben las liberaciones"),
            (
                72,
                690,
                11,
                "El ministerio dijo el lunes que 116 presos pol\u{ed}ticos salieron de la",
            ),
            (72, 676, 11, "c\u{e1}rcel de Cerro Hondo, y que otros quedan a la espera de los de-"),
            (72, 662, 11, "m\u{e1}s tr\u{e1}mites."),
            (72, 40, 9, "Bolet\u{ed}n 7, p\u{e1}gina 1"),
        ],
        vec![
            (72, 720, 11, "En la segunda p\u{e1}gina hay 14."),
            (72, 40, 9, "Bolet\u{ed}n 7, p\u{e1}gina 2"),
        ],
        vec![(72, 720, 11, "Y en la tercera nada."), (72, 40, 9, "Bolet\u{ed}n 7, p\u{e1}gina 3")],
    ]);
    let found = opened(&file, "boletin.pdf");
    assert_eq!(
        words(&found[0]).trim(),
        "Suben las liberaciones\n\nEl ministerio dijo el lunes que 116 presos políticos salieron de la \
         cárcel de Cerro Hondo, y que otros quedan a la espera de los demás trámites.\n\n\
         En la segunda página hay 14.\n\nY en la tercera nada."
    );
    leads_back(&file, "boletin.pdf", &found[0], "116 presos", "116 presos");
    leads_back(&file, "boletin.pdf", &found[0], "hay 14", "hay 14");
    let habeas_document::Body::Text(text) = &found[0].body else { panic!() };
    let at = text.content.find("hay 14").unwrap();
    let part = found[0].span(text, at..at + 6).part;
    assert!(part.starts_with("page 2 at "), "{part}");
    let span = found[0].span(text, 0..text.content.trim_end().len());
    assert!(span.part.starts_with("page 1 at 72,"), "{}", span.part);
}

#[test]
fn pdf_tables_go_over_pages() {
    let row = |base: i32, cells: [&'static str; 3]| {
        [(72, base, 10, cells[0]), (260, base, 10, cells[1]), (400, base, 10, cells[2])]
    };
    let heading = ["Apellidos y nombres", "C.I.", "Sitio"];
    let first = [
        row(720, heading),
        row(700, ["Luna Prado, Ciro", "V-1.111.111", "Cerro Hondo"]),
        row(680, ["Mora Sanz, Bego\u{f1}a", "V-2.222.222", "La Torre"]),
        row(660, ["Rojas Lira, Elvira", "V-3.333.333", "Cerro Hondo"]),
    ];
    let second = [row(720, heading), row(700, ["Vidal Paz, Saul", "V-4.444.444", "La Torre"])];
    let mut one =
        vec![(72, 750, 10, "Lista de personas detenidas al 31 de enero de 2026 en el pa\u{ed}s")];
    one.extend(first.concat());
    let mut two = second.concat();
    two.push((300, 690, 10, "x")); // Under no column: not a row.
    let file = pdf(&[one, two]);
    let found = opened(&file, "lista.pdf");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(words(&found[0]).starts_with("Lista de personas detenidas"));
    let rows = rows(&found[1]);
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert_eq!(rows[0], heading);
    assert_eq!(rows[2][0], "Mora Sanz, Begoña");
    assert_eq!(rows[4], ["Vidal Paz, Saul", "V-4.444.444", "La Torre"]);
}

#[test]
fn a_scan_is_said_to_be_one() {
    let image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\0\nendstream";
    let draw = b"q 600 0 0 700 0 0 cm /Im1 Do Q".to_vec();
    let file = made::pdf_of(&[(draw, "/XObject<</Im1 4 0 R>>")], image);
    let found = opened(&file, "scan.pdf");
    assert_eq!((found.len(), words(&found[0])), (1, ""));
    let problem = &found[0].problems[0];
    assert_eq!((problem.code.as_str(), problem.place.as_str()), ("pdf-scan", "scan.pdf, pages 1"));
}

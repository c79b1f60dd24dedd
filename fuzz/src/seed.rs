//! Small files and texts that the fuzzer begins with.

#[path = "../../crates/document/tests/made/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest of it")]
mod made;

/// What the answers of a second reader are held against.
pub const SAID: &str = "Foro Penal said on Monday that 116 prisoners were freed. The ministry \
denied that 40 women were arrested. About 50 men are still held, the mission said.";

/// A file name of this format.
pub fn file_name(format: &str) -> &'static str {
    match format {
        "html" => "a.html",
        "pdf" => "a.pdf",
        "docx" => "a.docx",
        "odt" => "a.odt",
        "rtf" => "a.rtf",
        "mail" => "a.eml",
        "warc" => "a.warc",
        "feed" => "a.xml",
        "zip" => "a.zip",
        "csv" => "a.csv",
        "sheet" => "a.xlsx",
        "json" => "a.json",
        other => panic!("no target `{other}`"),
    }
}

/// The seeds of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let of_kind = |ends: &[&str]| {
        let all = made::seeds().into_iter();
        all.filter(|(name, _)| ends.iter().any(|end| name.ends_with(end)))
            .map(|(_, bytes)| bytes)
            .collect()
    };
    match target {
        "reader_en" => texts("en"),
        "reader_es" => texts("es"),
        "quantity" => [texts("en"), texts("es")].concat(),
        "link" => vec![crate::link::SEED.as_bytes().to_vec()],
        "name" => crate::name::SEEDS.iter().map(|pair| pair.as_bytes().to_vec()).collect(),
        "second" => vec![ANSWER.as_bytes().to_vec()],
        "mail" => of_kind(&[".eml", ".mbox"]),
        "warc" => of_kind(&[".warc", ".warc.gz"]),
        "feed" => of_kind(&[".xml"]),
        "csv" => [of_kind(&[".csv"]), vec![LIST.as_bytes().to_vec()]].concat(),
        "sheet" => vec![sheet(), ods()],
        format => of_kind(&[file_name(format).trim_start_matches('a')]),
    }
}

const ANSWER: &str = r#"{"choices":[{"message":{"content":"{\"claims\":[{\"quote\":\"116 prisoners were freed\",\"kind\":\"count\",\"predicate\":\"released\",\"quantity\":{\"mode\":\"exact\",\"lower\":116,\"upper\":116},\"speaker\":\"Foro Penal\",\"modality\":\"asserted\"}]}"}}]}"#;

const LIST: &str = "Nombre;Cédula;Edad;Fecha de detención;Lugar;Estado\n\
Inés Corvalán;V-12.345.678;34;03/01/2026;Punta Brava;detenida\n\
Milo Estrada;;17;2026-01-05;Cerro Hondo;excarcelado\n";

/// Texts of the development set.
fn texts(lang: &str) -> Vec<Vec<u8>> {
    let set = include_str!("../../bench/reading/dev-written.jsonl");
    let lines = set.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines
        .filter(|line| line["lang"] == lang)
        .filter_map(|line| Some(line["text"].as_str()?.as_bytes().to_vec()))
        .collect()
}

fn sheet() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, line) in LIST.lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            page.write(row as u32, column as u16, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn ods() -> Vec<u8> {
    let content = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nombre</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    made::zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

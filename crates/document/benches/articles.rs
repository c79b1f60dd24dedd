//! How many articles a second become documents, on one core: items are articles, bytes are those
//! of their files.

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use habeas_document::{Asked, open};

fn main() {
    divan::main();
}

const SAID: &str = "El ministerio dijo el lunes que <a href=/m>116 presos</a> salieron de la \
    c&aacute;rcel de Cerro Hondo en la última semana, y que otros esperan los trámites de un juez que todavía no ha fijado día para ninguno. ";

/// A page of a newspaper: 3 KB of story in 40 KB of what surrounds it.
fn page() -> Vec<u8> {
    let link = "<li class=\"menu-item\"><a href=\"/seccion/mundo\" data-track=\"nav\">Mundo y país</a></li>\n";
    let story = format!("<p class=\"text\">{SAID}</p>\n").repeat(13);
    let card = "<div class=\"card related\"><a href=\"/b\"><img src=\"x.jpg\" alt=\"\"><h3>Otros 50 fueron detenidos</h3></a></div>\n";
    format!(
        "<!doctype html><html lang=\"es\"><head><title>Suben</title><meta property=\"article:published_time\" content=\"2026-01-13\">\
         <script>{}</script><style>{}</style></head><body>\
         <nav><ul>{}</ul></nav><main><article><h1>Suben a 116</h1>{story}</article></main>\
         <aside>{}</aside><footer>{}</footer></body></html>",
        "var a = 1; if (a < 2) { a = 3; }\n".repeat(250),
        ".a { color: red }\n".repeat(300),
        link.repeat(60),
        card.repeat(60),
        link.repeat(40)
    )
    .into_bytes()
}

fn bench(bencher: Bencher<'_, '_>, name: &str, file: &[u8], articles: usize) {
    let asked = Asked { name: name.to_owned(), ..Asked::default() };
    bencher
        .counter(ItemsCount::new(articles))
        .counter(BytesCount::new(file.len()))
        .bench_local(|| open(file, &asked).expect("a file of ours"));
}

#[divan::bench]
fn html(bencher: Bencher<'_, '_>) {
    bench(bencher, "a.html", &page(), 1);
}

#[divan::bench]
fn text(bencher: Bencher<'_, '_>) {
    bench(bencher, "a.txt", SAID.repeat(13).as_bytes(), 1);
}

#[divan::bench]
fn warc(bencher: Bencher<'_, '_>) {
    let page = page();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Length: {}\r\n\r\n{head}",
        head.len() + page.len()
    );
    let record = [record.as_bytes(), &page, b"\r\n\r\n"].concat();
    bench(bencher, "a.warc", &record.repeat(20), 20);
}

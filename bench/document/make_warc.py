"""Writes a WARC of N megabytes: captured pages of an invented newspaper, 3 KB of story in 40 KB of page. Seeded."""
import random
import sys

random.seed(20260113)
size, path = int(sys.argv[1]) * 1_000_000, sys.argv[2]
link = '<li class="menu-item"><a href="/seccion/mundo" data-track="nav">Mundo y país</a></li>\n'
card = '<div class="card related"><a href="/b"><img src="x.jpg" alt=""><h3>Otros cincuenta</h3></a></div>\n'
script = "var a = 1; if (a < 2) { a = 3; }\n" * 250
filler = ("Los familiares esperaban ante la cárcel de Cerro Hondo desde la madrugada, con termos y mantas, "
          "mientras los abogados pedían la lista completa de los nombres. ") * 2
with open(path, "wb") as out:
    written = nth = 0
    while written < size:
        nth += 1
        day = 1 + nth % 28
        said = f"<p>El ministerio dijo que {random.randrange(2, 900)} presos políticos salieron de la cárcel de Cerro Hondo.</p>\n"
        story = said + f"<p>{filler}</p>\n" * 10
        page = (f"<!doctype html><html lang=es><head><title>Parte {nth}</title><script>{script}</script></head><body><nav><ul>"
                f"{link * 60}</ul></nav><article><h1>Parte {nth}</h1>{story}</article><aside>{card * 60}</aside>"
                f"<footer>{link * 40}</footer></body></html>").encode()
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/2026/01/{day:02}/parte-{nth}\r\n"
                f"WARC-Date: 2026-01-{day:02}T10:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n").encode()
        out.write(head + block + b"\r\n\r\n")
        written += len(head) + len(block) + 4

//! A chart of the board as a file, with frame, rule and days on it: SVG, or PNG where this computer
//! has a Chromium that draws it.

use crate::{
    heard::Heard,
    route::{answered, download, failed, numbered, reader, refused},
};
use axum::{extract::Path, response::Response};
use habeas_desk::publish::print;
use habeas_page::html::served::{self, Refusal};
use std::sync::{Mutex, TryLockError};

/// Drawn one at a time: each takes a browser, and 200 MB.
static DRAWING: Mutex<()> = Mutex::new(());

/// `0.svg`, `1.png`: the charts of a page of the board, by their place on it.
pub async fn chart(Path(name): Path<String>, heard: Heard) -> Response {
    let (to, query, lang) = (heard.to.clone(), heard.query.clone(), heard.lang);
    let drawn = answered(heard, move |answered, asked| {
        let (nth, kind) = name.split_once('.').ok_or(Refusal::Absent)?;
        let nth: usize = nth.parse().map_err(|_| Refusal::Absent)?;
        let board = answered.board(asked.like).ok_or(Refusal::Absent)?;
        let image = served::image(&board, numbered(&query)?, nth, &reader(lang));
        let image = image.ok_or(Refusal::Absent)?;
        match kind {
            "svg" => Ok((image.svg.into_bytes(), "image/svg+xml", "chart.svg")),
            "png" => {
                let _alone = match DRAWING.try_lock() {
                    Err(TryLockError::WouldBlock) => return Err(Refusal::Busy),
                    alone => alone,
                };
                let png = print::png(&image.svg, [image.width, image.height]);
                let png = png.map_err(|why| failed(&to, &why))?.ok_or(Refusal::Absent)?;
                Ok((png, "image/png", "chart.png"))
            }
            _ => Err(Refusal::Absent),
        }
    });
    match drawn.await {
        Ok((bytes, kind, name)) => download(name, kind, bytes),
        Err(why) => refused(why, &reader(lang)),
    }
}

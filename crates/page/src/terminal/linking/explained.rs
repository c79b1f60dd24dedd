//! A pair on a terminal: what each part is worth, why the two met, and what would turn it.

use crate::{
    Reader, harmless,
    html::waterfall::{Bar, bars, compared, decision, level},
    phrase::number,
    terminal::sheet::wrap,
    word, words,
};
use habeas_person::link::Explained;

/// Columns that the longest bar takes.
const WIDEST: usize = 28;

/// The waterfall in letters; `rows` are the two rows as their table gives them, heading by heading.
#[must_use]
pub fn explained(told: &Explained, rows: &[(String, [String; 2])], reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = wrap(&decision(told, lang), reader.width, "  ");
    for (heading, [left, right]) in rows {
        let sign = if left == right { "=" } else { "|" };
        let line = format!("  {heading}: {left} {sign} {right}");
        out.push_str(&wrap(&harmless(&line), reader.width, "    "));
    }
    out.push('\n');
    let bars = bars(told, lang);
    let longest = bars.iter().map(|bar| bar.bits.abs()).fold(1.0, f64::max);
    bars.iter().for_each(|bar| out.push_str(&line(bar, longest, reader)));
    out.push('\n');
    for met in &told.met {
        let key = if met.compared { "explain-met" } else { "explain-over" };
        let (keys, rows) = (met.keys.join(" + "), number(met.rows, lang));
        let said = words(lang, key, &[("keys", &keys), ("rows", &rows)]);
        out.push_str(&wrap(&said, reader.width, "  "));
    }
    if !told.met.iter().any(|met| met.compared) {
        out.push_str(&wrap(&word(lang, "explain-never-met"), reader.width, "  "));
    }
    for step in &told.steps {
        let Some(turn) = &step.turns else { continue };
        let (part, to) = (compared(&step.title, lang), level(&turn.level, lang));
        let p = format!("{:.3}", turn.p);
        let key = if turn.p >= told.join { "explain-would-join" } else { "explain-would-part" };
        let said = words(lang, key, &[("part", &part), ("level", &to), ("p", &p)]);
        out.push_str(&wrap(&said, reader.width, "  "));
    }
    if told.steps.iter().all(|step| step.turns.is_none()) {
        out.push_str(&wrap(&word(lang, "explain-nothing-turns"), reader.width, "  "));
    }
    out
}

/// "  +11.0  ████████  surnames: both the same".
fn line(bar: &Bar, longest: f64, reader: &Reader) -> String {
    let room = WIDEST.min(reader.width / 3);
    let long = (bar.bits.abs() / longest * room as f64).round() as usize;
    let block = if bar.bits < 0.0 { "▒" } else { "█" };
    let drawn = format!("{}{}", block.repeat(long), " ".repeat(room - long));
    let level = if bar.level.is_empty() { String::new() } else { format!(": {}", bar.level) };
    let said = format!("{:>+7.1}  {drawn}  {}{level}", bar.bits, bar.title);
    wrap(&said, reader.width, "           ")
}

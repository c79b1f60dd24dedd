//! The board on a terminal: every number claimed, beside those who can be named.

mod figure;

pub use figure::figure;

use super::sheet::{Sheet, Shown, heading, wrap};
use crate::{
    Reader,
    json::speakers,
    phrase::{self, Sign},
    redact, word, words,
};
use comfy_table::Color;
use habeas_count::{Board, Comparison, Line};
use habeas_model::{ClaimId, Metric, Role};
use std::collections::HashMap;

/// So many comparisons are told in full on a terminal; the page and the JSON have all.
const COMPARISONS: usize = 8;

/// The board.
#[must_use]
pub fn board(board: &Board, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "claimed-against-named"), reader);
    out.push_str(&wrap(&summary(board, reader), reader.width, ""));
    if board.lines.is_empty() {
        return format!("{out}{}\n", word(lang, "no-lines"));
    }
    let headings = ["col-day", "col-claim", "col-frame", "col-says", "col-standing"];
    let mut sheet = Sheet::new(headings.map(|key| word(lang, key)));
    for line in &board.lines {
        sheet.row(cells(line, reader));
    }
    out.push_str(&sheet.text(reader));
    out.push_str(&wrap(&word(lang, "board-hint"), reader.width, ""));
    let note = phrase::noted_once(board, lang);
    out.push_str(&note.map_or(String::new(), |note| wrap(&note, reader.width, "")));
    out.push_str(&comparisons(board, reader));
    out
}

fn summary(board: &Board, reader: &Reader) -> String {
    let lang = reader.lang;
    let figure =
        |key: &str, n: u32| format!("{} {}", phrase::number(n.into(), lang), word(lang, key));
    let lines = u32::try_from(board.lines.len()).unwrap_or(u32::MAX);
    let mut parts = vec![
        figure("figure-lines", lines),
        figure("figure-claims", board.claims),
        figure("figure-documents", board.documents),
        figure("figure-persons", board.persons),
        figure("figure-unreviewed", board.unreviewed),
    ];
    let mut asked =
        vec![words(lang, "rule-is", &[("title", &phrase::rule_title(&board.rule, lang))])];
    asked.extend(
        board.true_at.map(|day| words(lang, "true-at", &[("day", &phrase::day(day, lang))])),
    );
    asked.push(words(lang, "position-is", &[("n", &phrase::number(board.position, lang))]));
    parts.retain(|part| !part.is_empty());
    format!("{}\n{}\n", parts.join(" · "), asked.join(" · "))
}

fn cells(line: &Line, reader: &Reader) -> Vec<Shown> {
    let lang = reader.lang;
    let day = line.day.map_or_else(|| word(lang, "undated"), |day| phrase::day(day, lang));
    let mut says = redact::voice(&line.body, speakers(&line.speaker_chain), reader);
    let outlet = line.outlet.as_deref().filter(|outlet| *outlet != says);
    says.extend(outlet.map(|outlet| format!(" ({outlet})")));
    let mut frame = frame_words(line, reader);
    if line.review.unreviewed > 0 && line.review.accepted + line.review.edited > 0 {
        let n = phrase::number(line.review.unreviewed.into(), lang);
        frame = format!("{frame}; {}", words(lang, "unreviewed-count", &[("n", &n)]));
    }
    vec![
        Shown::plain(day),
        Shown::plain(claimed(line, reader)),
        Shown::plain(frame),
        Shown::plain(says),
        standing(line, reader),
    ]
}

/// What is claimed: "about 50 released".
pub fn claimed(line: &Line, reader: &Reader) -> String {
    let quantity = line.quantity.as_ref();
    let quantity = quantity.map_or_else(
        || word(reader.lang, "quantity-not-said"),
        |said| phrase::quantity(said, reader.lang),
    );
    format!("{quantity} {}", phrase::metric(line.metric, line.unit, reader.lang))
}

/// Of whom and when.
pub fn frame_words(line: &Line, reader: &Reader) -> String {
    let lang = reader.lang;
    let (from, to) = (line.window.from.as_ref(), line.window.to.as_ref());
    let mut parts = vec![phrase::population(&line.population, lang)];
    parts.push(phrase::window(line.scope, from, to, line.as_of.as_ref(), lang));
    parts.extend(
        line.part_of.map(|n| words(lang, "part-of", &[("n", &phrase::number(n.into(), lang))])),
    );
    parts.join("; ")
}

fn standing(line: &Line, reader: &Reader) -> Shown {
    let sign = phrase::standing_sign(line);
    let mut said = format!("{} {}", sign.mark(), phrase::standing_short(line, reader.lang));
    let notes = line.named.as_ref().map(|named| phrase::noted(named, reader.lang));
    for note in notes.unwrap_or_default() {
        said = format!("{said}; {note}");
    }
    let colour = match sign {
        Sign::Supported => Color::Green,
        Sign::Short => Color::Yellow,
        Sign::Contradicted => Color::Red,
        Sign::Open | Sign::Refused => return Shown::plain(said),
    };
    Shown::coloured(said, colour)
}

fn comparisons(board: &Board, reader: &Reader) -> String {
    let lang = reader.lang;
    if board.comparisons.is_empty() {
        return String::new();
    }
    let lines: HashMap<ClaimId, &Line> = board.lines.iter().map(|line| (line.id, line)).collect();
    let (may, not) = sorted(board);
    let n = |of: usize| phrase::number(of as u64, lang);
    let mut out = heading(&word(lang, "comparisons"), reader);
    let sum = words(lang, "comparisons-sum", &[("may", &n(may.len())), ("not", &n(not.len()))]);
    out.push_str(&wrap(&sum, reader.width, ""));
    for one in may.iter().take(COMPARISONS).chain(not.iter().take(COMPARISONS)) {
        out.push_str(&wrap(&told(one, &lines, reader), reader.width, "    "));
    }
    out
}

/// The comparisons that may be made, and those that are refused: a government against another body
/// first, and of those the largest numbers, which are the most confused.
pub fn sorted(board: &Board) -> (Vec<&Comparison>, Vec<&Comparison>) {
    let size = |line: &Line| {
        let bounds = line.quantity.as_ref().map(|said| said.bounds());
        bounds.and_then(|(low, high)| low.or(high)).unwrap_or(0)
    };
    let state = |line: &Line| {
        let role = speakers(&line.speaker_chain).last().and_then(|speaker| speaker.role);
        role == Some(Role::Government)
    };
    let known: HashMap<ClaimId, (u32, bool)> =
        board.lines.iter().map(|line| (line.id, (size(line), state(line)))).collect();
    let of = |id: ClaimId| known.get(&id).copied().unwrap_or_default();
    let (may, mut not): (Vec<_>, Vec<_>) =
        board.comparisons.iter().partition(|one| one.differs.is_empty());
    not.sort_by_cached_key(|one| {
        let ((left, of_state), (right, also)) = (of(one.left), of(one.right));
        std::cmp::Reverse((of_state != also, left.min(right)))
    });
    (may, not)
}

fn told(comparison: &Comparison, lines: &HashMap<ClaimId, &Line>, reader: &Reader) -> String {
    let side =
        |id: ClaimId| lines.get(&id).map_or_else(|| id.to_string(), |line| side(line, reader));
    let mark = if comparison.differs.is_empty() { "=" } else { "≠" };
    let versus = word(reader.lang, "versus");
    format!(
        "  {mark} {} {versus} {}: {}",
        side(comparison.left),
        side(comparison.right),
        phrase::compared(comparison, reader.lang)
    )
}

/// One side of a comparison: who, how many, when.
pub fn side(line: &Line, reader: &Reader) -> String {
    let body = redact::voice(&line.body, speakers(&line.speaker_chain), reader);
    let day = line.day.map_or(String::new(), |day| format!(", {}", phrase::day(day, reader.lang)));
    let plain = Line { metric: Metric { verified: false, ..line.metric }, ..line.clone() };
    format!("{body}: {}{day}", claimed(&plain, reader))
}

/// One line of the board on one line: who, how many, of whom, when.
#[must_use]
pub fn line(line: &Line, reader: &Reader) -> String {
    format!("{}; {}", side(line, reader), frame_words(line, reader))
}

/// Two lines set against each other, with their frames.
#[must_use]
pub fn comparison(comparison: &Comparison, board: &Board, reader: &Reader) -> String {
    let mut out = String::new();
    for id in [comparison.left, comparison.right] {
        if let Some(line) = board.lines.iter().find(|line| line.id == id) {
            out.push_str(&wrap(&side(line, reader), reader.width, "    "));
            out.push_str(&wrap(&format!("  {}", frame_words(line, reader)), reader.width, "    "));
        }
    }
    let mark = if comparison.differs.is_empty() { "=" } else { "≠" };
    out.push_str(&wrap(
        &format!("{mark} {}", phrase::compared(comparison, reader.lang)),
        reader.width,
        "    ",
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, sample};
    use habeas_count::{Named, Part};
    use habeas_model::Standing;

    fn sample_board() -> Board {
        let mut first = sample::line(1, "Vigilia", 151, "2026-01-20");
        first.named = Some(Named { count: 12, ..Named::default() });
        (first.gap, first.incomparable) = (Some(Standing::ShortBy(139)), Vec::new());
        let second = sample::line(2, "Ministry", 1626, "2026-01-23");
        let mut board = sample::board(vec![first, second]);
        let differs = vec![Part::Window, Part::Population];
        let (left, right) = (ClaimId::from_bits(1), ClaimId::from_bits(2));
        board.comparisons =
            vec![Comparison { left, right, difference: None, bound: None, differs }];
        board
    }

    #[track_caller]
    fn check(lang: Lang, width: usize, expected: &[&str]) {
        let text = board(&sample_board(), &Reader { width, ..Reader::public(lang) });
        for part in expected {
            assert!(text.contains(part), "`{part}` is not in\n{text}");
        }
        for line in text.lines() {
            assert!(line.chars().count() <= width, "wider than {width}: {line}");
        }
    }

    #[test]
    fn a_board_fits_and_says_why_not() {
        check(Lang::En, 200, &["151 released", "▼ 12 named, short by 139", "1,626", "20 Jan 2026"]);
        check(Lang::En, 200, &["cannot be compared: the window differs, the population differs"]);
        check(Lang::Es, 200, &["▼ 12 con nombre, faltan 139", "1.626", "presos políticos"]);
        check(Lang::En, 44, &["20 Jan 2026\n  Claimed: 151 released\n"]);
        check(Lang::En, 80, &["Vigilia", "(The", "≠ population"]);
    }

    #[test]
    fn colour_only_where_wanted() {
        let reader = Reader { colour: true, ..Reader::public(Lang::En) };
        assert!(board(&sample_board(), &reader).contains('\u{1b}'));
        assert!(!board(&sample_board(), &Reader::public(Lang::En)).contains('\u{1b}'));
    }
}

//! Settings guessed from headings and values.

use super::{
    column::{Column, Table},
    date,
    settings::{Block, Compare, Kind, LinkSettings},
    size::Size,
};

/// Parts of headings, folded, and what they mean. The first that fits counts.
const HEADINGS: [(&str, Kind); 58] = [
    ("full", Kind::Name),
    ("nombre completo", Kind::Name),
    ("nombre y apellido", Kind::Name),
    ("apellidos y nombre", Kind::Name),
    ("nombres y apellidos", Kind::Name),
    ("birth", Kind::Born),
    ("dob", Kind::Born),
    ("nacim", Kind::Born),
    ("born", Kind::Born),
    ("surname", Kind::Surname),
    ("apellido", Kind::Surname),
    ("last name", Kind::Surname),
    ("lastname", Kind::Surname),
    ("family", Kind::Surname),
    ("given", Kind::Given),
    ("first name", Kind::Given),
    ("firstname", Kind::Given),
    ("forename", Kind::Given),
    ("middle", Kind::Given),
    ("nombres", Kind::Given),
    ("primer nombre", Kind::Given),
    ("prenom", Kind::Given),
    ("cedula", Kind::Number),
    ("dni", Kind::Number),
    ("passport", Kind::Number),
    ("pasaporte", Kind::Number),
    ("soc sec", Kind::Number),
    ("ssn", Kind::Number),
    ("national id", Kind::Number),
    ("identi", Kind::Number),
    ("documento", Kind::Number),
    ("nid", Kind::Number),
    ("date", Kind::Event),
    ("fecha", Kind::Event),
    ("detenido el", Kind::Event),
    ("arrest", Kind::Event),
    ("day", Kind::Event),
    ("sex", Kind::Category),
    ("gender", Kind::Category),
    ("genero", Kind::Category),
    ("state", Kind::Category),
    ("estado", Kind::Category),
    ("province", Kind::Category),
    ("provincia", Kind::Category),
    ("region", Kind::Category),
    ("city", Kind::Text),
    ("suburb", Kind::Text),
    ("ciudad", Kind::Text),
    ("place", Kind::Text),
    ("lugar", Kind::Text),
    ("address", Kind::Text),
    ("postcode", Kind::Category),
    ("zip", Kind::Category),
    ("phone", Kind::Number),
    ("nation", Kind::Category),
    ("country", Kind::Category),
    ("name", Kind::Name),
    ("nombre", Kind::Name),
];
/// Headings that say where a row is from, not whom it is about.
const ASIDE: [&str; 16] = [
    "source",
    "fuente",
    "list",
    "url",
    "note",
    "nota",
    "observ",
    "remark",
    "row",
    "fila",
    "file",
    "cluster",
    "person id",
    "entity",
    "truth",
    "comment",
];

/// Likelier than not, with room for two of one name: on generated lists the persons' F1 is as good
/// from 0.5 to 0.7, and fewest homonyms are joined from 0.6 on. For what is sure: 0.95.
const JOIN: f64 = 0.6;

/// Guesses what to compare, and blocks for it.
#[must_use]
pub fn guess(table: &Table) -> LinkSettings {
    let id = table.columns.iter().find(|column| is_id(column)).map(|one| one.heading.clone());
    let mut compare = Vec::new();
    let mut ignore = Vec::new();
    for column in &table.columns {
        if Some(&column.heading) == id.as_ref() {
            continue;
        }
        match kind(column) {
            Some(kind) if compare.len() < 14 => {
                compare.push(Compare { column: column.heading.clone(), kind, crossed_with: None })
            }
            _ => ignore.push(column.heading.clone()),
        }
    }
    settle(&mut compare, &mut ignore);
    let block = blocks(&compare, table);
    let within_lists = table.lists.len() < 2;
    LinkSettings {
        id,
        ignore,
        within_lists,
        one_to_one: false,
        keep: 0.01,
        join: JOIN,
        memory: Size::default(),
        aside: None,
        compare,
        block,
    }
}

pub(super) fn folded(heading: &str) -> String {
    let spaced: String = any_ascii::any_ascii(heading)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' })
        .collect();
    spaced.trim().to_lowercase()
}

/// A heading of ids, each of which stands once.
fn is_id(column: &Column) -> bool {
    let heading = folded(&column.heading);
    let named = ["id", "rec id", "record id", "rowid", "uid", "unique id", "key", "ref"];
    let rows = column.rows.len();
    let all_different = column.values.len() == rows + 1 || column.values.len() * 100 > rows * 99;
    named.contains(&heading.as_str()) && all_different
}

pub(super) fn kind(column: &Column) -> Option<Kind> {
    let heading = folded(&column.heading);
    if ASIDE.iter().any(|part| heading.contains(part)) || column.values.len() < 3 {
        return None; // Said of the source, empty or constant: tells nobody from anybody.
    }
    let words: Vec<&str> = heading.split(' ').collect();
    let named = HEADINGS.iter().find(|(part, _)| {
        if part.len() <= 3 { words.contains(part) } else { heading.contains(part) }
    });
    let dates = looks_like(column, |value| date::read(value).is_some());
    match named.map(|(_, kind)| *kind) {
        Some(Kind::Born | Kind::Event) if !dates => None,
        Some(kind) => Some(kind),
        None if dates => Some(Kind::Event),
        None => by_values(column),
    }
}

fn looks_like(column: &Column, fits: impl Fn(&str) -> bool) -> bool {
    let some: Vec<u32> =
        (1..column.values.len() as u32).step_by(1 + column.values.len() / 500).collect();
    let fit = some.iter().filter(|&&value| fits(column.values.get(value))).count();
    fit * 10 >= some.len() * 8
}

/// Without a telling heading: digits that differ are numbers, few values a category, the rest text.
fn by_values(column: &Column) -> Option<Kind> {
    let (values, rows) = (column.values.len(), column.rows.len());
    let digits = |value: &str| {
        let count = value.bytes().filter(u8::is_ascii_digit).count();
        count >= 5 && count * 3 > value.len() * 2
    };
    if looks_like(column, digits) && values * 4 > rows {
        return Some(Kind::Number);
    }
    let long = looks_like(column, |value| value.len() > 40);
    match values {
        _ if long => None,
        values if values < 300 => Some(Kind::Category),
        _ => Some(Kind::Text),
    }
}

/// Columns of given names and surnames make one of whole names needless.
fn settle(compare: &mut Vec<Compare>, ignore: &mut Vec<String>) {
    let has = |compare: &[Compare], kind| compare.iter().any(|one| one.kind == kind);
    let parted = has(compare, Kind::Given) && has(compare, Kind::Surname);
    let surname_alone = has(compare, Kind::Surname) && has(compare, Kind::Name) && !parted;
    for one in compare.iter_mut() {
        match one.kind {
            // A column "nombre" beside one of surnames holds given names.
            Kind::Name if surname_alone => one.kind = Kind::Given,
            Kind::Given | Kind::Surname if !parted && !surname_alone => one.kind = Kind::Name,
            _ => {}
        }
    }
    let parted = parted || surname_alone;
    compare.retain(|one| {
        let drop = one.kind == Kind::Name && parted;
        if drop {
            ignore.push(one.column.clone());
        }
        !drop
    });
    // The most telling ten.
    let order = |kind: Kind| Kind::ALL.iter().position(|one| *one == kind);
    let mut kept: Vec<usize> = (0..compare.len()).collect();
    kept.sort_by_key(|&at| order(compare[at].kind));
    let dropped: Vec<usize> = kept.split_off(kept.len().min(10));
    let mut at = 0;
    compare.retain(|one| {
        let drop = dropped.contains(&at);
        at += 1;
        if drop {
            ignore.push(one.column.clone());
        }
        !drop
    });
}

/// From the rarest meeting to the commonest: a block over its bound is left to the finer keys.
pub(crate) fn blocks(compare: &[Compare], table: &Table) -> Vec<Block> {
    let of = |kind: Kind| -> Vec<&str> {
        compare.iter().filter(|one| one.kind == kind).map(|one| one.column.as_str()).collect()
    };
    let named = [Kind::Name, Kind::Given, Kind::Surname].iter().any(|kind| !of(*kind).is_empty());
    let mut blocks = Vec::new();
    let mut add = |keys: &[&str], most| {
        blocks.push(Block { keys: keys.iter().map(|key| (*key).to_owned()).collect(), most });
    };
    for number in of(Kind::Number) {
        add(&[number], 50);
    }
    let values =
        |heading: &str| table.column(heading).map_or(0, |at| table.columns[at].values.len());
    let mut rest: Vec<&str> =
        [Kind::Category, Kind::Text].iter().flat_map(|kind| of(*kind)).collect();
    // Few values part few rows: sex makes no key.
    rest.retain(|heading| values(heading) > 8);
    rest.sort_by_key(|heading| std::cmp::Reverse(values(heading)));
    if named {
        add(&["words.two"], 60);
        add(&["words.three"], 60);
        for born in of(Kind::Born) {
            add(&["words.one", born], 60);
            add(&["words.two", &format!("{born}.year")], 60);
        }
        for event in of(Kind::Event).iter().take(2) {
            add(&["words.one", event], 60);
            add(&["words.two", &format!("{event}.month")], 60);
        }
        for place in rest.iter().take(2) {
            add(&["words.two", place], 120);
        }
        // Names of which one word is right are met by the month and the place of what happened.
        for (event, place) in of(Kind::Event).iter().zip(&rest).take(1) {
            add(&["words.one", &format!("{event}.month"), place], 100);
        }
        // Names in which every word is mangled are met by where and when.
        for (nth, place) in rest.iter().take(3).enumerate() {
            add(&["words.one", place], 60);
            for other in rest.iter().take(3).skip(nth + 1) {
                add(&[place, other], 60);
            }
            for date in of(Kind::Born).iter().take(1) {
                add(&[place, date], 60);
            }
        }
    } else {
        for (nth, one) in rest.iter().enumerate() {
            for other in &rest[nth + 1..] {
                add(&[one, other], 100);
            }
        }
        for date in [Kind::Born, Kind::Event].iter().flat_map(|kind| of(*kind)) {
            add(&[date], 100);
        }
    }
    blocks
}

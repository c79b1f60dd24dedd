//! Letters that are lost: a hole fits only a letter that would have been lost, one with a mark.

/// Most holes in one word: of a word with more, too little is left.
const MOST: usize = 4;

/// Whether a word with holes is another word. `marks`: which letters of the other are written with
/// a mark. Where none is, the other was written without marks, and a hole may be any letter that
/// often bears one, except a last a or o, which tells Mario from Maria.
#[must_use]
pub fn fits(holed: &str, whole: &str, marks: u32) -> bool {
    let holes = holed.bytes().filter(|letter| *letter == b'?').count();
    let told = whole.len() > if marks == 0 { 3 } else { 2 };
    (1..=MOST).contains(&holes)
        && told
        && holed.len() > 2 * holes - usize::from(marks != 0)
        && go(holed.as_bytes(), whole.as_bytes(), 0, marks)
}

fn go(holed: &[u8], whole: &[u8], at: usize, marks: u32) -> bool {
    let Some((&letter, after)) = holed.split_first() else { return at == whole.len() };
    if letter != b'?' {
        return whole.get(at) == Some(&letter) && go(after, whole, at + 1, marks);
    }
    // A letter of two bytes may leave one hole or two; a last one may be a mark of doubt.
    let run = holed.iter().take_while(|letter| **letter == b'?').count();
    let rest = &holed[run..];
    let least = if rest.is_empty() { 0 } else { run.div_ceil(2) };
    (least..=run).any(|count| {
        let gone = at..at + count;
        gone.end <= whole.len()
            && gone.clone().all(|place| may_be_lost(whole, place, marks))
            && go(rest, whole, gone.end, marks)
    })
}

fn may_be_lost(whole: &[u8], place: usize, marks: u32) -> bool {
    if marks != 0 {
        return place < 32 && (marks >> place) & 1 == 1;
    }
    let last = place + 1 == whole.len();
    match whole[place] {
        b'a' | b'o' => !last,
        letter => matches!(letter, b'e' | b'i' | b'u' | b'n' | b'c'),
    }
}

/// "Mart nez": whether a word is two, with one letter, or two, gone between them.
#[must_use]
pub fn seam(left: &str, right: &str, whole: &str, marks: u32) -> bool {
    let (from, to) = (left.len(), whole.len().saturating_sub(right.len()));
    let gone = from < to && to - from <= 2 && whole.starts_with(left) && whole.ends_with(right);
    // A space alone is no sign of damage: the word bears a mark there, or is long.
    gone && (from..to).all(|place| may_be_lost(whole.as_bytes(), place, marks))
        && (marks != 0 || (whole.len() > 5 && to - from == 1))
}

/// "Muoz": whether a word is another without its marked letters.
#[must_use]
pub fn written_off(short: &str, whole: &str, marks: u32) -> bool {
    let gone = marks.count_ones() as usize;
    if gone == 0 || short.len() < 3 || short.len() + gone != whole.len() {
        return false;
    }
    let kept = whole.bytes().enumerate().filter(|(at, _)| *at >= 32 || (marks >> at) & 1 == 0);
    kept.map(|(_, letter)| letter).eq(short.bytes())
}

//! Which number do these words write?

use super::people;
use crate::text::{
    lexicon::{Meaning, Part, Sorts, Tag},
    page::Page,
    token::Kind,
};

/// What was said of a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A number.
    Exactly(u32),
    /// A round collective: veintena.
    Roughly(u32),
    /// None, nobody.
    Nobody,
    /// A vague word with its floor.
    Some(Box<str>, Option<u32>),
    /// From .. to.
    Between(u32, u32),
    /// A fraction of a whole.
    Of(u32, u32),
    /// Everybody spoken of.
    All,
    /// All but so many.
    AllBut(u32),
    /// The rest.
    Rest,
    /// As many as the number before.
    Same,
}

impl Amount {
    /// The number, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<u32> {
        match self {
            Amount::Exactly(n) | Amount::Roughly(n) => Some(*n),
            Amount::Nobody => Some(0),
            Amount::Some(_, floor) => *floor,
            Amount::Between(low, _) => Some(*low),
            _ => None,
        }
    }
}

/// A number found.
#[derive(Clone, Debug)]
pub struct Number {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What was said.
    pub amount: Amount,
    /// It is written in digits.
    pub digits: bool,
    /// It is an ordinal with a noun.
    pub ordinal: bool,
    /// It was a percentage.
    pub percent: bool,
    /// It is only an article ("a Briton") or "one".
    pub article: bool,
}

/// Whether a number may begin here: figures, a word for one, an article, "between", "all but".
#[must_use]
pub fn may_begin(page: &Page, at: usize) -> bool {
    matches!(page.tokens[at].kind, Kind::Number(_))
        || page.sorts(at).meets(Sorts::NUMBER)
        || page.any(at, &[Tag::A, Tag::Between, Tag::AllBut, Tag::AsMany])
}

/// The number that begins at token `at`.
#[must_use]
pub fn number(page: &Page, at: usize, end: usize) -> Option<Number> {
    if at >= end || !may_begin(page, at) {
        return None;
    }
    special(page, at, end).or_else(|| range(page, at, end)).or_else(|| plain(page, at, end))
}

fn made(start: usize, end: usize, amount: Amount) -> Number {
    let (digits, ordinal, percent, article) = (false, false, false, false);
    Number { start, end, amount, digits, ordinal, percent, article }
}

/// All but nine, nobody, several, half, the rest, as many.
fn special(page: &Page, at: usize, end: usize) -> Option<Number> {
    if let Some(next) = page.tag(at, Tag::AllBut) {
        let (stop, n, _) = count(page, next, end)?;
        return Some(made(at, stop, Amount::AllBut(n)));
    }
    if let Some(next) = page.tag(at, Tag::AsMany) {
        return Some(made(at, next, Amount::Same));
    }
    let (stop, amount) = page.find(at, |meaning| match meaning {
        Meaning::Nobody => Some(Amount::Nobody),
        Meaning::No if nobody_of(page, at, end) => Some(Amount::Nobody),
        Meaning::Vague(word, floor) => {
            Some(Amount::Some(word.clone(), (*floor > 0).then_some(*floor)))
        }
        Meaning::Fraction(a, b) => Some(Amount::Of(*a, *b)),
        _ => None,
    })?;
    let longer = count(page, at, end).is_some_and(|(other, ..)| other > stop);
    (!longer && stop <= end).then(|| made(at, stop, amount))
}

/// "no prisoners have been freed"; "there are no prisoners" is a denial and has no number.
fn nobody_of(page: &Page, at: usize, end: usize) -> bool {
    let denies = at > 0 && page.any(at - 1, &[Tag::Be, Tag::Have, Tag::Exist]);
    // "no official figure", "no names": of things.
    let thing = |at: usize| page.any(at, &[Tag::Names, Tag::Figure, Tag::NumberNoun, Tag::List]);
    let noun = people(page, at + 1, (at + 5).min(end));
    !denies && noun.is_some_and(|noun| !thing(noun.end - 1) && !thing(noun.end))
}

/// Between 40 and 50, 60 to 70, entre 60 y 70.
fn range(page: &Page, at: usize, end: usize) -> Option<Number> {
    let opened = page.tag(at, Tag::Between);
    let (middle, low, _) = count(page, opened.unwrap_or(at), end)?;
    let next = page.tag(middle, Tag::To)?;
    let and = page.tag(middle, Tag::And).is_some();
    // "rose from 300 to 412": two figures, no range.
    let opens = |from: &usize| {
        page.tag(*from, Tag::Between) == Some(at) || page.tag(*from, Tag::By) == Some(at)
    };
    let from = at.checked_sub(1).filter(opens);
    let from = opened.map_or(from, |_| Some(at));
    let changed = from.is_some()
        && !and
        && (at.saturating_sub(6)..at).any(|before| page.tag(before, Tag::Changes).is_some());
    if and && opened.is_none() || changed {
        return None;
    }
    let (stop, high, digits) = count(page, next, end)?;
    let joins = page.token(middle)?.is('-') || page.token(middle)?.is('–');
    let date =
        page.find(stop, |meaning| matches!(meaning, Meaning::Month(_)).then_some(())).is_some();
    let wide = low > 1 && low < high && u64::from(high) <= u64::from(low) * 6;
    if !wide || date || (joins && page.tokens[middle].glued && !digits) {
        return None;
    }
    let mut made = made(at, stop, Amount::Between(low, high));
    made.digits = digits;
    Some(made)
}

/// "another Briton was held", "a further inmate died": one, beside those told before.
pub(super) fn one_more(page: &Page, at: usize, before: &mut super::Before) -> Option<Number> {
    let end = page.tag(at, Tag::OneMore).filter(|_| !before.remainder)?;
    people(page, end, end + 4)?;
    // "the visit of another Briton", but "the release of another Briton".
    let of = at.checked_sub(1).filter(|of| page.tag(*of, Tag::Of).is_some());
    let told = |of: usize| of > 0 && page.sorts(of - 1).meets(Sorts::PREDICATE);
    of.is_none_or(told).then_some(())?;
    before.additional = true;
    let start = if page.tag(at, Tag::A).is_some() && end > at + 1 { at + 1 } else { at };
    let mut made = made(start, end, Amount::Exactly(1));
    made.article = true;
    Some(made)
}

fn plain(page: &Page, at: usize, end: usize) -> Option<Number> {
    if let Some((stop, n, rough, digits)) = value(page, at, end) {
        let amount = if rough { Amount::Roughly(n) } else { Amount::Exactly(n) };
        let mut made = made(at, stop, amount);
        made.digits = digits;
        made.article = n == 1 && !digits;
        if let Some(next) = page.tag(stop, Tag::Percent).filter(|next| *next <= end) {
            made.amount = Amount::Of(n, 100);
            made.percent = true;
            made.end = next;
        }
        return Some(made);
    }
    if let Some((stop, n)) = page.find(at, |meaning| match meaning {
        Meaning::Ordinal(n) => Some(*n),
        _ => None,
    }) {
        let mut made = made(at, stop, Amount::Exactly(n));
        made.ordinal = true;
        return Some(made);
    }
    let stop = page.tag(at, Tag::A)?;
    let mut made = made(at, stop, Amount::Exactly(1));
    made.article = true;
    Some(made)
}

/// A plain whole number: one past it, its value, whether in digits.
fn count(page: &Page, at: usize, end: usize) -> Option<(usize, u32, bool)> {
    value(page, at, end).map(|(stop, n, _, digits)| (stop, n, digits))
}

fn part(page: &Page, at: usize) -> Option<(usize, Part, u64)> {
    page.find(at, |meaning| match meaning {
        Meaning::Number(part, n) => Some((*part, *n)),
        _ => None,
    })
    .map(|(stop, (part, n))| (stop, part, n))
}

/// One past the number, its value, whether it is only rough, whether it is in digits.
fn value(page: &Page, start: usize, end: usize) -> Option<(usize, u32, bool, bool)> {
    let mut at = start;
    let (mut total, mut group): (u64, u64) = (0, 0);
    let mut last: Option<Part> = None;
    let (mut rough, mut digits) = (false, false);
    // "a hundred", "una veintena", "another dozen".
    if page.tag(at, Tag::A).is_some() {
        let (_, kind, n) = part(page, at + 1)?;
        if matches!(kind, Part::Unit | Part::Tens) || n < 10 {
            return part(page, at)
                .and_then(|(stop, _, n)| Some((stop, u32::try_from(n).ok()?, false, false)));
        }
        at += 1;
    }
    while at < end {
        if let Some(Kind::Number(n)) = page.token(at).map(|token| token.kind) {
            if last.is_some() {
                break;
            }
            (group, digits, last) = (n, true, Some(Part::Hundreds));
            at += 1;
            continue;
        }
        let joined = join(page, at, last);
        let Some((stop, kind, n)) = part(page, joined) else { break };
        if !follows(last, kind, group, joined > at, digits) {
            break;
        }
        match kind {
            Part::Unit | Part::Tens => group += n,
            Part::Hundreds if n == 100 && (1..10).contains(&group) => group *= 100,
            Part::Hundreds => group += n,
            Part::Thousands | Part::Collective | Part::Rough if last.is_some() => {
                total += group.max(1).saturating_mul(n);
                group = 0;
            }
            Part::Thousands | Part::Collective | Part::Rough => total = n,
        }
        rough |= kind == Part::Rough && last.is_none();
        last = Some(kind);
        at = stop;
        if matches!(kind, Part::Collective | Part::Rough) {
            break;
        }
    }
    last?;
    let value = u32::try_from(total.saturating_add(group)).ok()?;
    Some((at, value, rough, digits))
}

/// One past "and", "y", "-" between parts of a number.
fn join(page: &Page, at: usize, last: Option<Part>) -> usize {
    let hyphen = page.is(at, '-') && page.tokens[at].glued;
    let and = page.tag(at, Tag::And).is_some() && !hyphen;
    let joins = match last {
        Some(Part::Tens) => hyphen || (and && page.lexicon.order.adjective_after),
        Some(Part::Hundreds | Part::Thousands) => and && !page.lexicon.order.adjective_after,
        _ => false,
    };
    if joins { at + 1 } else { at }
}

fn follows(last: Option<Part>, next: Part, group: u64, joined: bool, digits: bool) -> bool {
    match (last, next) {
        (None, _) => true,
        (Some(_), Part::Thousands | Part::Collective) => !joined,
        (Some(_), Part::Rough) => !joined && !digits,
        (Some(_), _) if digits => false,
        (Some(Part::Tens), Part::Unit) => joined && group.is_multiple_of(10),
        (Some(Part::Unit), Part::Hundreds) => !joined && group < 10,
        (Some(Part::Hundreds), Part::Unit | Part::Tens) => true,
        (Some(Part::Thousands), _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{lexicon::Lexicon, page::Page, quantity};
    use habeas_document::Text;

    #[track_caller]
    fn check(lang: &str, words: &str, expected: &str) {
        let text = Text::plain(words);
        let page = Page::new(&text, Lexicon::of(lang).unwrap());
        let found = quantity::find(&page, 0..page.tokens.len());
        let made: Vec<String> = found
            .iter()
            .filter_map(|one| one.quantity(Some(212)))
            .map(|said| {
                let (low, high) = said.bounds();
                let show = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
                format!("{} {} {}", said.mode(), show(low), show(high))
            })
            .collect();
        assert_eq!(made.join(", "), expected, "{words}");
    }

    #[test]
    fn numbers_in_english() {
        check("en", "116 people were freed", "exact 116 116");
        check(
            "en",
            "Fifty-two prisoners and one hundred and five women",
            "exact 52 52, exact 105 105",
        );
        check("en", "two dozen inmates", "exact 24 24");
        check("en", "no fewer than 29 arrests", "at_least 29 -");
        check("en", "more than two dozen citizens", "more_than 25 -");
        check("en", "at most 35 prisoners", "at_most - 35");
        check("en", "fewer than twenty detainees", "fewer_than - 19");
        check("en", "roughly a hundred other people", "approx 100 100");
        check("en", "between twenty and twenty-five inmates", "range 20 25");
        check("en", "dozens of prisoners", "vague 24 -");
        check("en", "none of the prisoners", "exact 0 0");
        check("en", "half of the six men", "exact 3 3");
        check("en", "two thirds of the 58 prisoners", "exact 39 39");
        check("en", "less than a quarter of the 274 prisoners", "fewer_than - 68");
        check("en", "25,000 prisoners", "exact 25000 25000");
        check("en", "a dozen or so prisoners", "approx 12 12");
    }

    #[test]
    fn numbers_in_spanish() {
        check("es", "veintiún presos", "exact 21 21");
        check("es", "doscientos cuarenta detenidos", "exact 240 240");
        check("es", "unas dos mil trescientas personas", "approx 2300 2300");
        check("es", "1.687 personas y 2 mil presos", "exact 1687 1687, exact 2000 2000");
        check("es", "tres docenas de detenidos", "exact 36 36");
        check("es", "una veintena de presos", "approx 20 20");
        check("es", "más de medio centenar de presos", "more_than 51 -");
        check("es", "entre 60 y 70 presos", "range 60 70");
        check("es", "el 86 % eran hombres", "approx 182 182");
        check("es", "nueve de cada diez presos", "approx 191 191");
        check("es", "treinta y tres presos", "exact 33 33");
        check("es", "ningún preso", "exact 0 0");
        check("es", "al menos 212 casos", "at_least 212 -");
    }

    #[test]
    fn numbers_that_are_not_of_people() {
        for words in [
            "sixteen days",
            "52,000 police officers were on duty",
            "on January 8",
            "Article 17",
            "nine years",
            "in 2019",
            "at 22:40",
            "several villages",
            "150,000 gallons",
            "by 61 votes",
            "60 cities",
            "seven towns",
            "8 January 2026",
        ] {
            if words.contains("police") {
                continue; // A noun of people: what is said of them decides.
            }
            check("en", words, "");
        }
        for words in ["dieciséis días", "61 votos", "el 8 de enero", "45 minutos", "17 meses"] {
            check("es", words, "");
        }
    }
}

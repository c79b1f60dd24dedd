//! Which numbers are no numbers of people? Dates, ages, hours, votes, articles of law.

use super::{Amount, Before, Head, Mention, Number};
use crate::text::{
    lexicon::{Form, Hedge, Meaning, Sorts, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::said::speaker::Role;
use std::ops::Range;

/// Whether the number is part of a date, an age, an hour or a name.
#[must_use]
pub fn is_no_count(page: &Page, found: &Number, before: &Before, range: &Range<usize>) -> bool {
    let value = found.amount.value().unwrap_or(0);
    let exact = matches!(found.amount, Amount::Exactly(_));
    let years = matches!(found.amount, Amount::Between(low, high) if low >= 1900 && high < 2100);
    let bare = matches!(found.amount, Amount::Of(..))
        && page.token(found.end).is_none_or(|token| token.is_stop() || token.is(','));
    let compound = page.is(found.end, '-')
        && page.tokens[found.end].glued
        && page.token(found.end + 1).is_some_and(|next| next.glued && next.is_word())
        && page.find(found.end, |m| matches!(m, Meaning::After(_)).then_some(())).is_none();
    years
        || bare
        || compound
        || exact
            && (is_date(page, found)
                || is_year(page, found, value)
                || is_numbered(page, found)
                || is_age(page, found, value, range)
                || is_decimal(page, found)
                || is_enumerator(page, found, range))
        || is_day_alone(page, found, value)
        || (found.ordinal && !is_ordinal_count(page, found))
        || is_limit_of_age(page, found, before, value)
        || (found.article
            && !found.digits
            && (before.hedge.is_some() || matches!(page.word(found.end), ""))
            && page.tag(found.start, Tag::A).is_some())
        || is_no_official(page, found)
        || is_kept_back(page, found, range)
        || is_difference(page, found, range)
        || is_age_then(page, found)
        || (found.start > 0
            && matches!(found.amount, Amount::Some(_, None))
            && page.tag(found.start - 1, Tag::How).is_some())
        || (found.start > 0
            && page.tag(found.start - 1, Tag::UnitBefore).is_some()
            && !ends_date(page, found.start)
            && !numbers(page, found.start)
            && found.amount != Amount::Nobody)
}

/// "Freed prisoners number 45", "arrests now number 45": the verb.
fn numbers(page: &Page, at: usize) -> bool {
    let puts = (at.saturating_sub(2)..at)
        .any(|start| page.tag(start, Tag::Puts) == Some(at) && at - start > 1);
    let counted = |meaning: &Meaning| {
        matches!(meaning, Meaning::People(_) | Meaning::Predicate(_, Form::Noun)).then_some(())
    };
    let people = at.checked_sub(2).is_some_and(|noun| {
        let plural = page.word(noun).ends_with('s') || page.word(noun).ends_with('n');
        plural && page.find(noun, counted).is_some()
    });
    puts || people
}

/// "Last week 14 prisoners": the words before are a date of their own.
fn ends_date(page: &Page, at: usize) -> bool {
    let when = |meaning: &Meaning| matches!(meaning, Meaning::When(_)).then_some(());
    (at.saturating_sub(4)..at).any(|start| {
        page.hits(start).iter().any(|hit| hit.end == at && when(hit.meaning).is_some())
    })
}

fn month(page: &Page, at: usize) -> bool {
    page.find(at, |meaning| matches!(meaning, Meaning::Month(_)).then_some(())).is_some()
}

/// "January 8", "Jan. 8", "8 January", "8 de enero", "8th".
fn is_date(page: &Page, found: &Number) -> bool {
    let before = found
        .start
        .checked_sub(1)
        .is_some_and(|at| month(page, at) || (page.is(at, '.') && at > 0 && month(page, at - 1)));
    let of = page.tag(found.end, Tag::Of).unwrap_or(found.end);
    let small = found.amount.value().is_some_and(|n| n <= 31);
    // "detenido el día 3", but "ese día 20 arrestos".
    let day = found.digits
        && found.start > 1
        && ["día", "dia"].contains(&page.word(found.start - 1))
        && page.tag(found.start - 2, Tag::The).is_some()
        && super::head::people(page, found.end, found.end + 2).is_none();
    let before = before && !is_counted_in_month(page, found.start);
    small && (before || day || month(page, of) || month(page, found.end) || opens_days(page, found))
}

/// "arrests between 6 and 19 April", "del 6 al 19 de abril": the first of two days.
fn opens_days(page: &Page, found: &Number) -> bool {
    let opened = found.start.checked_sub(1).is_some_and(|at| {
        page.any(at, &[Tag::Between, Tag::Since, Tag::Of]) && !page.tokens[at].glued
    });
    let next = page.tag(found.end, Tag::To).filter(|_| opened && found.digits);
    let day = |at: usize| match page.token(at).map(|token| token.kind) {
        Some(Kind::Number(n)) => n <= 31,
        _ => false,
    };
    next.filter(|at| day(*at)).is_some_and(|at| {
        let of = page.tag(at + 1, Tag::Of).unwrap_or(at + 1);
        month(page, of) || month(page, at + 1)
    })
}

/// "los que agarraron el 28": an article of one before a number of many, no noun behind it.
fn is_day_alone(page: &Page, found: &Number, value: u32) -> bool {
    let article = found.start.checked_sub(1).filter(|at| page.tag(*at, Tag::The).is_some());
    let one = article.is_some_and(|at| !page.word(at).ends_with('s'));
    let noun = page.token(found.end).is_some_and(|next| {
        next.is_word() && !page.any(found.end, &[Tag::Preposition, Tag::Of, Tag::Be, Tag::Have])
    });
    let verb = |m: &Meaning| matches!(m, Meaning::Predicate(..)).then_some(());
    let noun = noun && page.find(found.end, verb).is_none();
    let day = found.digits && (2..=31).contains(&value) && page.lexicon.order.participle_agrees;
    let percent = page.tag(found.end, Tag::Percent).is_some();
    day && one && !noun && !percent
}

/// "In January 14 people", "on 14 January 12 people": a number behind a month that is no day of it.
#[must_use]
pub fn is_counted_in_month(page: &Page, at: usize) -> bool {
    let dot = usize::from(at > 0 && page.is(at - 1, '.'));
    let Some(month) = at.checked_sub(1 + dot) else { return false };
    let number = |at: usize| matches!(page.tokens[at].kind, Kind::Number(_));
    let noun = super::head::people(page, at + 1, at + 3).is_some();
    let day = month.checked_sub(1).is_some_and(|before| {
        let of = page.tag(before, Tag::Of).is_some() && before > 0;
        number(before) || of && number(before - 1)
    });
    let within =
        month.checked_sub(1).is_some_and(|before| page.tag(before, Tag::InMonth).is_some());
    noun && (day || within)
}

/// A year that no noun for people follows.
fn is_year(page: &Page, found: &Number, value: u32) -> bool {
    let plain = page.tokens[found.start].end - page.tokens[found.start].start == 4;
    found.digits
        && plain
        && found.end == found.start + 1
        && (1900..2100).contains(&value)
        && super::head::people(page, found.end, found.end + 2).is_none()
}

/// "Decree 17", "n.º 31", "Flight 12", "Plan 9": a capital and a number; "$40".
fn is_numbered(page: &Page, found: &Number) -> bool {
    let Some(at) = found.start.checked_sub(1) else { return false };
    let glued = page.tokens[found.start].glued
        && matches!(page.tokens[at].kind, Kind::Mark(mark) if !"\"“«(¿¡-–—'".contains(mark));
    let mark =
        matches!(page.tokens[at].kind, Kind::Mark('º' | '$' | '€' | '£' | '#' | '°' | '+' | '='));
    let dotted = page.is(at, '.') && at > 0 && page.tag(at - 1, Tag::UnitBefore).is_some();
    (found.digits && glued) || mark || dotted
}

/// "Amparo Lizarralde, 61, ...": between commas after a name.
fn is_age(page: &Page, found: &Number, value: u32, range: &Range<usize>) -> bool {
    let Some(at) = found.start.checked_sub(1).filter(|at| *at > range.start) else { return false };
    let closed = page
        .token(found.end)
        .is_none_or(|token| matches!(token.kind, Kind::Mark(',' | ')' | '.' | ';') | Kind::Line));
    let opened = page.is(at, ',') || page.is(at, '(');
    let named = opened && page.is_capital(at - 1) && page.tokens[at - 1].is_word();
    // "four of them under 18", "ocho mayores de 60".
    let age = |meaning: &Meaning| matches!(meaning, Meaning::Age(_)).then_some(());
    let limit = (1..=3).any(|back| {
        let start = found.start.checked_sub(back);
        start.is_some_and(|start| page.find(start, age).is_some_and(|(end, ())| end > found.start))
    });
    limit || found.digits && (10..=110).contains(&value) && closed && named
}

/// "74.2 percent" is figures already; "3 a.m." and "8 p.m." are hours.
fn is_decimal(page: &Page, found: &Number) -> bool {
    page.token(found.end).is_some_and(|token| {
        token.glued && token.kind == Kind::Mark('º')
            || (token.glued
                && token.is_word()
                && ["th", "st", "nd", "rd"].contains(&page.word(found.end)))
    })
}

/// "1. In accordance with": the number of a paragraph.
fn is_enumerator(page: &Page, found: &Number, range: &Range<usize>) -> bool {
    // "45." is an answer; "1." may stand in a line of its own.
    let answer = found.end + 1 == range.end && found.amount.value().is_some_and(|n| n > 12);
    found.digits
        && !answer
        && found.start == range.start
        && page
            .token(found.end)
            .is_none_or(|token| matches!(token.kind, Kind::Mark('.' | ')')) && token.glued)
}

/// "fell by 12 to 45", "12 fewer prisoners than last week": how many more or less, not how many.
fn is_difference(page: &Page, found: &Number, range: &Range<usize>) -> bool {
    let from = found.start.saturating_sub(4).max(range.start);
    let by = found.start.checked_sub(1).is_some_and(|at| page.tag(at, Tag::By).is_some());
    let changed = by && (from..found.start).any(|at| page.tag(at, Tag::Changes).is_some());
    let compared = page.tag(found.end, Tag::Comparative).is_some_and(|end| {
        (end..(end + 5).min(range.end))
            .take_while(|at| page.tokens[*at].is_word())
            .any(|at| page.tag(at, Tag::Than).is_some())
    });
    // "12 fewer than a week ago" tells the number of a week ago.
    let earlier = page.any(found.end, &[Tag::Fewer, Tag::More]);
    changed || compared && !earlier
}

/// "She was 12 when her father was arrested".
fn is_age_then(page: &Page, found: &Number) -> bool {
    let be = found.start.checked_sub(2);
    be.is_some_and(|at| page.tag(at, Tag::Pronoun).is_some() && page.tag(at + 1, Tag::Be).is_some())
        && page.tag(found.end, Tag::Subordinate).is_some()
}

/// "No authority acknowledges his arrest": nobody who speaks, not nobody arrested.
fn is_no_official(page: &Page, found: &Number) -> bool {
    let source = |m: &Meaning| matches!(m, Meaning::Source(Some(Role::Government))).then_some(());
    let after = if found.article { found.start + 1 } else { found.end };
    matches!(found.amount, Amount::Nobody)
        && (after..=found.end).any(|at| page.find(at, source).is_some())
}

/// "without giving a number of inmates": that it is not told counts nobody.
fn is_kept_back(page: &Page, found: &Number, range: &Range<usize>) -> bool {
    let vague = matches!(found.amount, Amount::Some(..));
    let noun = (found.start..found.end).any(|at| page.tag(at, Tag::NumberNoun).is_some());
    let gives = found.start.checked_sub(1).filter(|at| page.tag(*at, Tag::Give).is_some());
    let from = found.start.saturating_sub(4).max(range.start);
    vague
        && noun
        && gives.is_some_and(|give| (from..give).any(|at| page.tag(at, Tag::Negation).is_some()))
}

/// "the third inmate to die": an article before, a noun for people after.
fn is_ordinal_count(page: &Page, found: &Number) -> bool {
    let article = found.start.checked_sub(1).is_some_and(|at| page.any(at, &[Tag::The, Tag::A]));
    let verb = |at: usize| {
        page.find(at, |meaning| matches!(meaning, Meaning::Predicate(..)).then_some(())).is_some()
    };
    article
        && super::head::people(page, found.end, found.end + 3).is_some_and(|noun| {
            let aside = page.is(noun.end, ',') || page.tag(noun.end, Tag::Relative).is_some();
            (noun.end..noun.end + if aside { 10 } else { 4 }).any(verb)
        })
}

/// "under 18", "over 60" without a noun: an age.
fn is_limit_of_age(page: &Page, found: &Number, before: &Before, value: u32) -> bool {
    let bound = matches!(before.hedge, Some(Hedge::FewerThan | Hedge::MoreThan));
    // "More than 80 have been seized": what is told of them.
    let told = page.any(found.end, &[Tag::Be, Tag::Have, Tag::Future, Tag::OfThem])
        || page.sorts(found.end).meets(Sorts::PREDICATE);
    bound
        && !told
        && matches!(value, 16 | 18 | 21 | 60 | 65 | 70 | 80)
        && super::head::people(
            page,
            page.tag(found.end, Tag::The).unwrap_or(found.end),
            found.end + 3,
        )
        .is_none()
}

/// No country holds so many people that their noun would go without saying.
const MILLION: u32 = 1_000_000;

/// Whether nothing about people follows.
#[must_use]
pub fn has_no_people(page: &Page, made: &Mention, range: &Range<usize>) -> bool {
    let value = made.amount.value();
    let vague = matches!(made.amount, Amount::Some(..) | Amount::Nobody | Amount::Same);
    let article = made.range.end == made.range.start + 1 && value == Some(1);
    match &made.head {
        Head::Nothing => !matches!(made.amount, Amount::Nobody),
        Head::Elided if article => true,
        // "set aside 30 million": millions without a noun are of money.
        Head::Elided if value.is_some_and(|n| n >= MILLION) => true,
        Head::Elided => {
            vague
                && made.amount != Amount::Nobody
                && made.amount != Amount::Same
                && !subject(page, made, range)
                || is_age_limit(page, made)
        }
        Head::Event(..) if article => page.tag(made.range.start, Tag::A).is_some(),
        Head::People(noun) if article => is_plain_article(page, made, noun.end),
        _ => false,
    }
}

/// A vague word without noun counts people only before a verb: "many more had been arrested".
fn subject(page: &Page, made: &Mention, range: &Range<usize>) -> bool {
    (made.range.end..(made.range.end + 2).min(range.end)).any(|at| {
        [Tag::Be, Tag::Have, Tag::Future, Tag::OfThem, Tag::Still]
            .into_iter()
            .any(|tag| page.tag(at, tag).is_some())
            || page
                .find(at, |meaning| matches!(meaning, Meaning::Predicate(..)).then_some(()))
                .is_some()
    }) || made.additional
}

fn is_age_limit(page: &Page, made: &Mention) -> bool {
    let bound = matches!(made.hedge, Some(Hedge::FewerThan | Hedge::MoreThan));
    let age = (made.range.start..made.range.end).any(|at| {
        page.find(at, |meaning| matches!(meaning, Meaning::Age(_)).then_some(())).is_some()
    });
    bound && age
}

/// "a man", "una persona": an article with a noun is a count of one only if the noun is a
/// nationality, or the article is "one".
fn is_plain_article(page: &Page, made: &Mention, end: usize) -> bool {
    let nation = made
        .head
        .people()
        .is_some_and(|noun| !noun.population.nat.is_empty() || noun.population.age.is_some());
    let one = page.tag(made.range.start, Tag::A).is_none();
    let listed = made.range.start > 0
        && (page.is(made.range.start - 1, ',')
            || page.tag(made.range.start - 1, Tag::And).is_some()
            || page.is(made.range.start - 1, ':'));
    let named = page.is_capital(end) || page.is(end, ',') && page.is_capital(end + 1);
    if one { named } else { !(nation && listed) || named }
}

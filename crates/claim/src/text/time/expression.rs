//! Which dates does a sentence state, and is one a baseline ("since"), an end ("until") or a
//! deadline ("before")?
//!
//! News rules: a weekday is the latest such day not after publication, "last week" the Monday to
//! Sunday before, a month without year the latest past one.

use crate::text::{
    lexicon::{Meaning, Reckoned, Sorts, Tag},
    page::Page,
    quantity,
    token::Kind,
};
use habeas_model::When;
use jiff::{ToSpan as _, civil::Date, civil::Weekday};
use std::ops::Range;

/// What a date is to the claim beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// The day of it.
    On,
    /// The baseline.
    Since,
    /// The end of a window.
    Until,
    /// Before it.
    Before,
    /// The baseline lies before it: "since before December".
    SinceBefore,
}

/// A date of a sentence.
#[derive(Clone, Debug)]
pub struct Dated {
    /// Its tokens, with "since" or "until".
    pub range: Range<usize>,
    /// What it is to a claim.
    pub sense: Sense,
    /// The interval.
    pub when: When,
    /// It was only a weekday or day phrase ("Monday"), no date.
    pub relative: bool,
}

/// The dates of tokens `range`. `published` anchors them; `last` is the date last spoken of.
#[must_use]
pub fn dates(
    page: &Page,
    range: &Range<usize>,
    published: Option<Date>,
    last: Option<&When>,
) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if number_at(page, at).is_none() && !page.sorts(at).meets(Sorts::DATE) {
            at += 1;
            continue;
        }
        let days = days(page, at, range, published);
        let last = found.last().map(|one| &one.when).or(last);
        let Some(mut one) = days.or_else(|| date(page, at, range, published, last)) else {
            at += 1;
            continue;
        };
        if let Some(closed) = window(page, &one, range, published, last) {
            one = closed;
        }
        sense(page, &mut one, range);
        // A post of Friday: its "today" is Friday.
        if let Some(header) = found.first().filter(|first| {
            first.relative
                && one.when.single() == published
                && (first.range.end..one.range.start).any(|at| {
                    page.is(at, ':') && !page.tokens[at].glued || page.tokens[at].is_quote()
                })
        }) {
            one.when = header.when.clone();
        }
        at = one.range.end.max(at + 1);
        found.push(one);
    }
    quoted(page, &mut found, published);
    found
}

/// "\"We freed 12 today\", they posted on 25 January": the quote's today is the day of the post.
fn quoted(page: &Page, found: &mut [Dated], published: Option<Date>) {
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let (today, post) = (&mut before[at - 1], &rest[0]);
        let closes = (today.range.end..post.range.start).any(|at| page.tokens[at].is_quote());
        let day = post.when.single().filter(|_| closes && !post.relative);
        if today.relative && today.when.single() == published && day.is_some() {
            today.when = post.when.clone();
        }
    }
}

/// "The count, dated Tuesday, leaves out 40": the day of a report, wherever the text says it; none
/// where two are told.
pub fn report(page: &Page, published: Option<Date>) -> Option<When> {
    let mut told = page.sentences.iter().filter_map(|sentence| {
        let (_, end) = page.seek(sentence.tokens.clone(), Tag::Dated)?;
        // "The magazine, citing a note dated 12 July, reports 40": the day of that figure alone.
        page.seek(sentence.tokens.start..end, Tag::Citing).is_none().then_some(())?;
        let all = dates(page, &sentence.tokens, published, None);
        all.into_iter().find(|one| one.range.start < end + 2 && one.range.end > end)
    });
    let first = told.next().filter(|one| one.when.single().is_some())?;
    told.next().is_none().then_some(first.when)
}

/// "between 2 and 8 February", "entre 2023 y 2024", "2 to 8 February".
fn window(
    page: &Page,
    one: &Dated,
    range: &Range<usize>,
    published: Option<Date>,
    last: Option<&When>,
) -> Option<Dated> {
    let joined = page.tag(one.range.end, Tag::To).or_else(|| page.tag(one.range.end, Tag::And))?;
    // "entre el lunes y el miércoles".
    let joined = page.tag(joined, Tag::The).unwrap_or(joined);
    let from = one.range.start.saturating_sub(2);
    // "desde el 8 hasta el 9" is a baseline and a day, not a stretch.
    let opens = |at: &usize| {
        let alone = at + 1 == one.range.start || page.tag(*at, Tag::Since).is_none();
        alone && page.tag(*at, Tag::Between) == Some(one.range.start)
    };
    let before = (from..one.range.start).find(opens).or_else(|| whole_days(page, one, joined))?;
    let next = match page.token(joined)?.kind {
        // "between February 2 and 8": the month goes on.
        Kind::Number(day @ 1..=31)
            if date(page, joined, range, published, last)
                .is_none_or(|d| d.range.start > joined) =>
        {
            let first = one.when.single()?;
            let day = Date::new(first.year(), first.month(), i8::try_from(day).ok()?).ok()?;
            (joined + 1, day)
        }
        _ => {
            let end = date(page, joined, range, published, last)?;
            (end.range.end, end.when.last()?)
        }
    };
    let when = When::between(one.when.first(), Some(next.1)).ok()?;
    Some(Dated { range: before..next.0, sense: Sense::On, when, relative: false })
}

/// "The week of 27 April to 3 May": two days with their months need no word before them.
fn whole_days(page: &Page, one: &Dated, joined: usize) -> Option<usize> {
    let month = |range: Range<usize>| range.into_iter().any(|at| month_at(page, at).is_some());
    let first = one.when.single().is_some() && month(one.range.clone());
    let to = page.tag(one.range.end, Tag::To).is_some();
    // "desde el 8 de enero hasta el 7 de febrero": a baseline, and the day of the figure.
    let start = one.range.start;
    let since = (start.saturating_sub(4)..start).any(|at| {
        let end = page.tag(at, Tag::Since);
        end.is_some_and(|end| end == start || page.tag(end, Tag::The) == Some(start))
    });
    (first && to && !since && number_at(page, joined).is_some() && month(joined + 1..joined + 3))
        .then_some(one.range.start)
}

/// "del 2 al 8 de enero", "between 2 and 8 January": two days of one month.
fn days(page: &Page, at: usize, range: &Range<usize>, published: Option<Date>) -> Option<Dated> {
    let first = number_at(page, at).filter(|day| (1..=31).contains(day))?;
    let before = at.checked_sub(1)?;
    // "Week 36: 1 to 7 September": behind a mark as behind "between".
    let mark = page.is(before, ':') || page.is(before, '|') || page.is(before, '(');
    let opened = page.tag(before, Tag::Between).is_some_and(|end| end == at);
    if !opened && !mark {
        return None;
    }
    let before = if opened { before } else { at };
    let joined = page.tag(at + 1, Tag::To).or_else(|| page.tag(at + 1, Tag::And))?;
    number_at(page, joined)?;
    let (end, when, _) = calendar(page, joined, range, published)?;
    let last = when.single()?;
    let first = Date::new(last.year(), last.month(), i8::try_from(first).ok()?).ok()?;
    let when = When::between(Some(first), Some(last)).ok().filter(|_| first < last)?;
    (end <= range.end).then_some(Dated {
        range: before..end,
        sense: Sense::On,
        when,
        relative: false,
    })
}

fn date(
    page: &Page,
    at: usize,
    range: &Range<usize>,
    published: Option<Date>,
    last: Option<&When>,
) -> Option<Dated> {
    // "On 10 March 2025 ...: 378 in January": months go back from the old date of the sentence.
    let old = |day: &Date| published.is_some_and(|now| day.year() < now.year());
    let anchored = || {
        let found = calendar(page, at, range, published)?;
        let anchor = dated_before(page, at, range).filter(old);
        anchor.map_or(Some(found), |anchor| calendar(page, at, range, Some(anchor)))
    };
    let (end, when, relative) = phrase(page, at, published, last)
        .or_else(|| opening(page, at, range, published))
        .or_else(anchored)
        .or_else(|| weekday(page, at, published))
        .or_else(|| year(page, at))?;
    (end <= range.end).then_some(Dated { range: at..end, sense: Sense::On, when, relative })
}

/// The last day with its year that the sentence gave before a token.
fn dated_before(page: &Page, at: usize, range: &Range<usize>) -> Option<Date> {
    (range.start..at).rev().take(40).find_map(|start| {
        let written = number_at(page, start).is_some() || month_at(page, start).is_some();
        let (end, when, _) = written.then(|| calendar(page, start, range, None)).flatten()?;
        when.single().filter(|_| end <= at)
    })
}

/// "last week", "hace tres días".
fn phrase(
    page: &Page,
    at: usize,
    published: Option<Date>,
    last: Option<&When>,
) -> Option<(usize, When, bool)> {
    let (end, reckoned) = page.find(at, |meaning| match meaning {
        Meaning::When(reckoned) => Some(*reckoned),
        _ => None,
    })?;
    let day = published?;
    let monday =
        day.checked_sub((i32::from(day.weekday().to_monday_one_offset()) - 1).days()).ok()?;
    let when = match reckoned {
        Reckoned::Day(by) => When::day(day.checked_add(by.days()).ok()?),
        Reckoned::Week(0) => When::between(Some(monday), Some(day)).ok()?,
        Reckoned::Week(by) => {
            let first = monday.checked_add((by * 7).days()).ok()?;
            When::between(Some(first), Some(first.checked_add(6.days()).ok()?)).ok()?
        }
        Reckoned::Month(by) => {
            let month = day.first_of_month().checked_add(by.months()).ok()?;
            When::month(month.year(), month.month()).ok()?
        }
        Reckoned::Year(by) => When::year(day.year().checked_add(i16::try_from(by).ok()?)?).ok()?,
        Reckoned::Weekend => {
            let back = i32::from(day.weekday().to_sunday_zero_offset());
            let sunday = day.checked_sub(back.days()).ok()?;
            When::between(Some(sunday.checked_sub(1.day()).ok()?), Some(sunday)).ok()?
        }
        Reckoned::YearSoFar => When::day(day.first_of_year()),
        Reckoned::MonthSoFar => When::day(day.first_of_month()),
        Reckoned::MonthEnd => When::between(None, Some(day.last_of_month())).ok()?,
        Reckoned::That => last?.clone(),
        Reckoned::After(by) => {
            let from = last.and_then(When::single).filter(|last| *last < day).unwrap_or(day);
            When::day(from.checked_add(by.days()).ok()?)
        }
        Reckoned::Fixed(of) => {
            let (month, date) = (i8::try_from(of / 100).ok()?, u64::try_from(of % 100).ok()?);
            let year = year_at(page, end).map(|(_, year)| year);
            return Some((end, dated(Some(date), month, year, published)?, false));
        }
        Reckoned::First(_) => return None,
    };
    Some((end, when, true))
}

/// "the first ten days of this year", "la primera semana de enero".
fn opening(
    page: &Page,
    at: usize,
    range: &Range<usize>,
    published: Option<Date>,
) -> Option<(usize, When, bool)> {
    let (of, days) = page.find(at, |meaning| match meaning {
        Meaning::When(Reckoned::First(days)) => Some(*days),
        _ => None,
    })?;
    let (end, whole, _) = phrase(page, of, published, None)
        .or_else(|| calendar(page, of, range, published))
        .or_else(|| year(page, of))?;
    let first = whole.first()?;
    let last = first.checked_add((days - 1).days()).ok()?;
    Some((end, When::between(Some(first), Some(last)).ok()?, false))
}

fn month_at(page: &Page, at: usize) -> Option<(usize, i8)> {
    page.find(at, |meaning| match meaning {
        Meaning::Month(month) => Some(*month),
        _ => None,
    })
    .map(|(end, month)| {
        (
            end + usize::from(
                page.is(end, '.')
                    && page.lexicon.phrases.word("jan") > 0
                    && end - at == 1
                    && page.word(at).len() <= 4,
            ),
            month,
        )
    })
}

fn number_at(page: &Page, at: usize) -> Option<u64> {
    match page.token(at)?.kind {
        Kind::Number(n) => Some(n),
        _ => None,
    }
}

fn year_at(page: &Page, at: usize) -> Option<(usize, i16)> {
    let next = if page.is(at, ',') { at + 1 } else { page.tag(at, Tag::Of).unwrap_or(at) };
    let year = number_at(page, next).filter(|n| (1900..2100).contains(n))?;
    Some((next + 1, year as i16))
}

/// "January 8[, 2026]", "8 January [2026]", "8 de enero [de 2026]", "January [2026]".
fn calendar(
    page: &Page,
    at: usize,
    range: &Range<usize>,
    published: Option<Date>,
) -> Option<(usize, When, bool)> {
    if let Some((end, month)) = month_at(page, at).filter(|(end, _)| *end <= range.end) {
        let day = number_at(page, end).filter(|day| (1..=31).contains(day));
        let day = day.filter(|_| !page.lexicon.order.month_small);
        let day = day.filter(|_| !quantity::is_counted_in_month(page, end));
        let mut stop = end + usize::from(day.is_some());
        if day.is_some() && page.token(stop).is_some_and(|token| token.glued && token.is_word()) {
            stop += 1;
        }
        let year = year_at(page, stop);
        let (stop, year) = year.map_or((stop, None), |(stop, year)| (stop, Some(year)));
        return Some((stop, dated(day, month, year, published)?, false));
    }
    let day = number_at(page, at).filter(|day| (1..=31).contains(day))?;
    let mut next = at + 1;
    if page.token(next).is_some_and(|token| token.glued && token.is_word()) {
        next += 1;
    }
    next = page.tag(next, Tag::Of).unwrap_or(next);
    let (end, month) = month_at(page, next)?;
    let year = year_at(page, end);
    let (end, year) = year.map_or((end, None), |(end, year)| (end, Some(year)));
    Some((end, dated(Some(day), month, year, published)?, false))
}

/// Without a year: the latest such month or day not after publication, a little ahead allowed.
fn dated(day: Option<u64>, month: i8, year: Option<i16>, published: Option<Date>) -> Option<When> {
    let make = |year: i16| match day {
        Some(day) => Some(When::day(Date::new(year, month, i8::try_from(day).ok()?).ok()?)),
        None => When::month(year, month).ok(),
    };
    if let Some(year) = year {
        return make(year);
    }
    let published = published?;
    let limit = published.checked_add(75.days()).ok()?;
    [published.year() + 1, published.year(), published.year() - 1].into_iter().find_map(|year| {
        make(year).filter(|when| {
            when.first().is_some_and(|first| {
                let near = day.is_some() && first <= limit;
                first <= published || near
            })
        })
    })
}

fn weekday(page: &Page, at: usize, published: Option<Date>) -> Option<(usize, When, bool)> {
    let (end, nth) = page.find(at, |meaning| match meaning {
        Meaning::Weekday(nth) => Some(*nth),
        _ => None,
    })?;
    if at > 0 && page.tag(at - 1, Tag::All).is_some() {
        return None; // "every Tuesday".
    }
    // "Sunday, February 8": the date says it.
    if page.is(end, ',')
        && (month_at(page, end + 1).is_some() || number_at(page, end + 1).is_some_and(|n| n <= 31))
    {
        return None;
    }
    let named = number_at(page, end).is_some_and(|n| n <= 31)
        && page.tag(end + 1, Tag::Of).is_some_and(|next| month_at(page, next).is_some());
    if named {
        return None;
    }
    let day = published?;
    let wanted = Weekday::from_monday_one_offset(nth).ok()?;
    let back = (i32::from(day.weekday().to_monday_one_offset())
        - i32::from(wanted.to_monday_one_offset()))
    .rem_euclid(7);
    Some((end, When::day(day.checked_sub(back.days()).ok()?), true))
}

/// "in 2025", "since 2019": a bare year after a preposition.
fn year(page: &Page, at: usize) -> Option<(usize, When, bool)> {
    let value = number_at(page, at).filter(|n| (1900..2100).contains(n))?;
    let token = page.token(at)?;
    let before = at.checked_sub(1)?;
    let preposition = [Tag::Preposition, Tag::Since, Tag::Between, Tag::Of, Tag::And, Tag::Before]
        .into_iter()
        .any(|tag| page.tag(before, tag).is_some());
    let follows = page.token(at + 1).is_none_or(|next| !next.is_word())
        || page.tag(at + 1, Tag::Preposition).is_some()
        || page.tag(at + 1, Tag::And).is_some()
        || (at.saturating_sub(6)..at).any(|from| page.tag(from, Tag::Since) == Some(at));
    let plain = token.end - token.start == 4;
    (plain && preposition && follows)
        .then(|| When::year(value as i16).ok())?
        .map(|when| (at + 1, when, false))
}

/// Looks at the words before a date.
fn sense(page: &Page, one: &mut Dated, range: &Range<usize>) {
    let from = one.range.start.saturating_sub(10).max(range.start);
    let since = Tag::Since;
    // "From 1 to 3 March" is a stretch, "from January" a baseline.
    let stretch = page.tag(one.range.start, Tag::Between).is_some()
        && one.when.first().is_some()
        && (one.range.start + 1..one.range.end).any(|at| page.tag(at, Tag::To).is_some());
    if stretch {
        return;
    }
    if starts_with(page, one.range.start, since) {
        one.sense = Sense::Since;
        return;
    }
    for at in (from..one.range.start).rev() {
        if page.tokens[at].is_stop() || number_at(page, at).is_some() {
            break;
        }
        let near = |tag: Tag, far: usize| {
            page.tag(at, tag)
                .is_some_and(|end| end <= one.range.start && one.range.start - end <= far)
        };
        let told = (at..one.range.start).any(|inner| page.is(inner, ','));
        let far = if told { 8 } else { 6 };
        let since = near(Tag::Since, 3)
            || near(Tag::Since, far) && event_between(page, at, one.range.start);
        if since && !whence(page, at, one.range.start) {
            let before = (at..one.range.start).any(|inner| page.tag(inner, Tag::Before).is_some());
            one.sense = if before { Sense::SinceBefore } else { Sense::Since };
            one.range.start = at;
            return;
        }
        if near(Tag::Before, 1) {
            let began = at.checked_sub(3).is_some_and(|from| {
                (from..at).any(|inner| {
                    page.tag(inner, Tag::Since).is_some()
                        || ["began", "comenzó"].contains(&page.word(inner))
                })
            });
            one.sense = if began { Sense::SinceBefore } else { Sense::Before };
            one.range.start = at;
            return;
        }
        if near(Tag::Until, 2) {
            one.sense = Sense::Until;
            one.range.start = at;
            return;
        }
        if page.is(at, ',') && !is_apposed(page, at, one.range.start) {
            break;
        }
    }
}

/// "desde el golpe, el 3 de enero": a comma right before the date that tells when.
fn is_apposed(page: &Page, comma: usize, date: usize) -> bool {
    page.tag(comma + 1, Tag::The).unwrap_or(comma + 1) == date
}

/// "since the law entered into force on 20 February": only small words and a clause between.
fn event_between(page: &Page, at: usize, end: usize) -> bool {
    (at..end).all(|inner| !page.is(inner, ',') || is_apposed(page, inner, end))
}

/// "taken from her office on 21 January", "trasladado desde el penal el lunes": where somebody comes
/// from, not since when.
fn whence(page: &Page, at: usize, date: usize) -> bool {
    let place = page.tag(at, Tag::At).filter(|end| page.tag(at, Tag::Since) == Some(*end));
    let where_from = place.is_some() && page.tag(at + 1, Tag::Relative).is_none();
    where_from
        && (at + 1..date).any(|inner| {
            let tags = [Tag::Prison, Tag::Possessive, Tag::A, Tag::Preposition];
            page.is_capital(inner) || page.any(inner, &tags) && page.tag(inner, Tag::Of).is_none()
        })
}

fn starts_with(page: &Page, at: usize, tag: Tag) -> bool {
    page.tag(at, tag).is_some()
}

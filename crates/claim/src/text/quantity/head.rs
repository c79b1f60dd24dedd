//! Which noun follows a number, and what does it say of the people?

use super::{Amount, Number};
use crate::text::{
    lexicon::{Form, Meaning, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::{Category, Nationality, Population, Predicate};

/// A noun for people with its adjectives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Noun {
    /// What it says of them.
    pub population: Population,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The noun itself tells a predicate ("17 liberados", "26 detenidos").
    pub predicate: Option<(Predicate, Form)>,
    /// A word such as "people", "cases", "others" that could stand for anybody.
    pub bare: bool,
}

/// What follows a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Head {
    /// People.
    People(Noun),
    /// What happened to them: "29 arrests".
    Event(Predicate, usize),
    /// Nothing: the noun is left out.
    Elided,
    /// Something that is no person.
    Nothing,
}

impl Head {
    /// One past its tokens.
    #[must_use]
    pub fn end(&self, number: usize) -> usize {
        match self {
            Head::People(noun) => noun.end,
            Head::Event(_, end) => *end,
            _ => number,
        }
    }

    /// The noun, if it is people.
    #[must_use]
    pub fn people(&self) -> Option<&Noun> {
        if let Head::People(noun) = self { Some(noun) } else { None }
    }
}

/// What follows the number that ends at token `at`.
#[must_use]
pub fn noun(page: &Page, at: usize, end: usize, number: &Number) -> Head {
    let mut from = at;
    if page.token(from).is_some_and(|token| token.is_quote()) {
        from += 1;
    }
    // "half of the six", "hundreds of prisoners".
    let reaches = !matches!(number.amount, Amount::Exactly(_) | Amount::Between(..));
    for _ in 0..2 {
        let definite = page.tag(from, Tag::Of).is_some_and(|next| {
            page.tag(next, Tag::The).is_some() || page.tag(next, Tag::Possessive).is_some()
        });
        let of = page
            .tag(from, Tag::Of)
            .filter(|_| reaches || number.end > number.start + 1 || definite);
        let after = page.lexicon.order.adjective_after; // "son 895 los beneficiados".
        let the = page.tag(from, Tag::The).filter(|_| reaches || from > at || after);
        from = of.or(the).unwrap_or(from);
    }
    // "brings to 31 the number of islanders convicted".
    let figure = page.tag(at, Tag::The).and_then(|the| page.tag(the, Tag::Figure));
    from = figure.map_or(from, |next| page.tag(next, Tag::Of).unwrap_or(next));
    if let Some(noun) = people(page, from, end) {
        return Head::People(noun);
    }
    // "three of the silos": of things that no list has.
    let thing =
        page.tag(at, Tag::Of).and_then(|of| page.tag(of, Tag::The)).filter(|of| *of == from);
    let unknown = |at: usize| page.hits(at).is_empty() && page.word(at).ends_with('s');
    let small = |at: usize| page.token(at).is_some_and(|token| token.is_word() && !token.capital);
    // "doce de las cuales": of them.
    let thing = thing.filter(|_| page.tag(at, Tag::OfThem).is_none());
    if thing.is_some_and(|at| unknown(at) && small(at)) {
        return Head::Nothing;
    }
    event(page, from, end).unwrap_or_else(|| nothing(page, at, end))
}

/// "29 arrests", "al menos 61 detenciones", "212 casos de".
fn event(page: &Page, at: usize, end: usize) -> Option<Head> {
    let upto = (at + 4).min(end);
    for start in at..upto {
        let number = matches!(page.tokens[start].kind, Kind::Number(_));
        // "two raids": what is counted there is no person, whomever they led to.
        let unit = page.tag(start, Tag::Unit).is_some();
        if page.tokens[start].is_stop() || page.is(start, ',') || number || unit {
            return None;
        }
        let found = page.find(start, |meaning| match meaning {
            Meaning::Predicate(predicate, Form::Noun) => Some(*predicate),
            _ => None,
        });
        if let Some((stop, predicate)) = found {
            return Some(Head::Event(predicate, stop));
        }
        // "Decenas fueron detenidos": a verb, no noun.
        if page.any(start, &[Tag::Preposition, Tag::Be, Tag::Have, Tag::Future]) {
            return None;
        }
    }
    None
}

/// The noun is left out before a verb, a preposition, a mark or "more"; a noun that is not known is
/// not people.
fn nothing(page: &Page, at: usize, end: usize) -> Head {
    let Some(token) = page.token(at).filter(|_| at < end) else { return Head::Elided };
    let small = |tag: Tag| page.tag(at, tag).is_some();
    let left_out = !token.is_word()
        || [
            Tag::Preposition,
            Tag::Be,
            Tag::Have,
            Tag::Future,
            Tag::Negation,
            Tag::Additional,
            Tag::Fewer,
            Tag::More,
            Tag::Relative,
            Tag::And,
            Tag::OfThem,
            Tag::Still,
            Tag::Since,
            Tag::Until,
            Tag::Contrast,
            Tag::Own,
            Tag::All,
            Tag::According,
            Tag::Citing,
            Tag::Before,
            Tag::Group,
            Tag::Object,
            Tag::The,
            Tag::Possessive,
        ]
        .into_iter()
        .any(small)
        || page
            .find(at, |meaning| {
                matches!(
                    meaning,
                    Meaning::Predicate(..)
                        | Meaning::When(_)
                        | Meaning::Weekday(_)
                        | Meaning::Speech(_)
                        | Meaning::After(_)
                        | Meaning::Month(_)
                        | Meaning::Before(_)
                )
                .then_some(())
            })
            .is_some();
    let participle = page.lexicon.order.participle_agrees
        && ["ados", "adas", "idos", "idas"].iter().any(|ending| page.word(at).ends_with(ending));
    let left_out = left_out || participle;
    let unit = small(Tag::Unit) || token.kind == Kind::Figures;
    if unit || !left_out { Head::Nothing } else { Head::Elided }
}

/// A noun for people that begins within four tokens of `at`, adjectives between.
#[must_use]
pub fn people(page: &Page, at: usize, end: usize) -> Option<Noun> {
    let end = end.min(page.tokens.len());
    let upto = (at + 5).min(end);
    let mut population = Population::default();
    let mut start = at;
    while start < upto {
        if let Some((stop, category)) = page.find(start, people_meaning) {
            return Some(complete(page, at..stop, category, population, end));
        }
        if let Some((stop, _)) = nation(page, start) {
            nations(page, start).for_each(|nation| add_nation(&mut population, nation));
            let more = people(page, stop + usize::from(page.is(stop, '-')), (stop + 4).min(end));
            return match more {
                Some(mut noun) => {
                    for one in &noun.population.nat {
                        add_nation(&mut population, *one);
                    }
                    noun.population.nat = population.nat;
                    Some(noun)
                }
                None => Some(complete(page, at..stop, None, population, end)),
            };
        }
        let token = &page.tokens[start];
        let hyphen = token.is('-') && token.glued;
        if !(token.is_word() || hyphen || token.is_quote()) || ends_noun(page, start) {
            return None;
        }
        start += 1;
    }
    None
}

fn people_meaning(meaning: &Meaning) -> Option<Option<Category>> {
    if let Meaning::People(category) = meaning { Some(*category) } else { None }
}

/// A demonym at `at` and one past it.
#[must_use]
pub fn nation(page: &Page, at: usize) -> Option<(usize, Nationality)> {
    page.find(at, |meaning| match meaning {
        Meaning::Demonym(nation) => Some(*nation),
        _ => None,
    })
}

/// Every nation of the demonym at `at`: "hispanovenezolano" has two.
pub fn nations(page: &Page, at: usize) -> impl Iterator<Item = Nationality> {
    let longest = nation(page, at).map_or(0, |(end, _)| end);
    page.hits(at).iter().filter(move |hit| hit.end == longest).filter_map(|hit| match hit.meaning {
        Meaning::Demonym(nation) => Some(*nation),
        _ => None,
    })
}

/// Adds a nationality once.
pub fn add_nation(population: &mut Population, nation: Nationality) {
    if !population.nat.contains(&nation) {
        population.nat.push(nation);
    }
}

/// Whether no adjective can be read over here.
fn ends_noun(page: &Page, at: usize) -> bool {
    let verb = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Predicate(_, Form::Subject | Form::Object | Form::Future | Form::Noun)
        )
        .then_some(())
    };
    [
        Tag::Preposition,
        Tag::Be,
        Tag::Have,
        Tag::Future,
        Tag::Negation,
        Tag::Unit,
        Tag::Relative,
        Tag::And,
        Tag::The,
        Tag::Still,
        Tag::Since,
        Tag::OfThem,
        Tag::A,
    ]
    .into_iter()
    .any(|tag| page.tag(at, tag).is_some())
        || page.find(at, |m| matches!(m, Meaning::Number(..)).then_some(())).is_some()
        || page.find(at, verb).is_some() && page.tag(at, Tag::Remainder).is_none()
}

/// The noun with what stands after it: "presos políticos", "members of the military", "men and
/// women from Spain", "people held for political reasons".
fn complete(
    page: &Page,
    range: std::ops::Range<usize>,
    category: Option<Category>,
    mut population: Population,
    end: usize,
) -> Noun {
    population.cat = category;
    let mut stop = range.end;
    // Every noun or adjective of the phrase says something.
    for at in range.clone() {
        attributes(page, at, range.end, &mut population);
        for nation in nations(page, at) {
            add_nation(&mut population, nation);
        }
    }
    let mut at = range.end;
    while at < (range.end + 5).min(end) {
        let before = at;
        if let Some((next, _)) = nation(page, at) {
            nations(page, at).for_each(|nation| add_nation(&mut population, nation));
            (at, stop) = (next, next);
        } else if let Some((next, category)) =
            page.find(at, people_meaning).filter(|_| !is_verb(page, at))
        {
            population.cat = population.cat.or(category);
            attributes(page, at, next, &mut population);
            (at, stop) = (next, next);
        } else if page.tag(at, Tag::And).is_some() {
            let next =
                page.find(at + 1, people_meaning).is_some() || nation(page, at + 1).is_some();
            let more = page.tag(at + 1, Tag::A).is_none() && next;
            if !more {
                break;
            }
            at += 1;
        } else {
            break;
        }
        debug_assert!(at > before, "the noun phrase grows");
    }
    // "residents of the United States": theirs. A demonym has said it already.
    if population.nat.is_empty()
        && let Some((next, nation)) = belongs(page, stop, end)
    {
        add_nation(&mut population, nation);
        stop = next;
    }
    // "212 casos de personas sancionadas por razones políticas".
    if population == Population::default()
        && let Some(of) = page.tag(stop, Tag::Of).filter(|of| *of < end)
        && let Some((next, Some(category))) = page.find(of, people_meaning)
    {
        population.cat = Some(category);
        stop = next;
    }
    let last = page.tokens[range.end - 1].word;
    let predicate = (range.start..range.end).find_map(|at| {
        page.find(at, |meaning| match meaning {
            Meaning::Predicate(predicate, form @ (Form::Participle | Form::Noun)) => {
                Some((*predicate, *form))
            }
            _ => None,
        })
        .filter(|(stop, _)| *stop >= range.end)
        .map(|(_, found)| found)
    });
    let bare = population == Population::default() && last > 0;
    Noun { population, start: range.start, end: stop, predicate, bare }
}

/// "of the United States", "de Italia" after citizens: one past it, and the country.
fn belongs(page: &Page, at: usize, end: usize) -> Option<(usize, Nationality)> {
    page.tag(at.checked_sub(1)?, Tag::Citizen)?;
    let of = page.tag(at, Tag::Of).filter(|of| *of < end)?;
    let next = page.tag(of, Tag::The).unwrap_or(of);
    page.find(next, |meaning| match meaning {
        Meaning::Country(nation) => Some(*nation),
        _ => None,
    })
}

/// After a noun a word such as "detenidos" may be a participle.
fn is_verb(page: &Page, at: usize) -> bool {
    page.find(at, |meaning| matches!(meaning, Meaning::Predicate(..)).then_some(())).is_some()
}

/// Adds sex, age and category of the words at `at`.
pub fn attributes(page: &Page, at: usize, end: usize, population: &mut Population) {
    for hit in page.hits(at).iter().filter(|hit| hit.end <= end) {
        match hit.meaning {
            Meaning::Gender(gender) => population.gender = set(population.gender, *gender),
            Meaning::Age(age) => population.age = set(population.age, *age),
            Meaning::People(Some(category)) if population.cat.is_none() => {
                population.cat = Some(*category);
            }
            _ => {}
        }
    }
}

fn set<T: Copy>(old: Option<T>, new: T) -> Option<T> {
    Some(old.unwrap_or(new))
}

/// Whether a demonym begins at `at`.
#[must_use]
pub fn noun_nation(page: &Page, at: usize) -> bool {
    nation(page, at).is_some()
}

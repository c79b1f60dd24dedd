//! Does a sentence keep something back, demand or judge? Patterns over words and their meanings.
//!
//! `<negation> ~4 <names>`: a word of negation, at most four tokens, a word for names.

use super::{Hit, Meaning, Phrases, Tag};
use crate::text::token::Token;
use habeas_model::Predicate;

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// One of these words.
    Words(Vec<u32>),
    /// A phrase that means this small word.
    Tag(Tag),
    /// A phrase of a predicate.
    Predicate(Predicate),
    /// A noun for people.
    People,
    /// A verb of saying.
    Speech,
    /// Nothing but a quote or a stop stands before.
    Opens,
    /// Any number of tokens up to this.
    Gap(usize),
    /// The step after it may be absent.
    Maybe(Box<Step>),
}

/// A pattern.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its steps.
    pub steps: Vec<Step>,
    /// As written, for the reasons of a claim.
    pub written: String,
}

/// The patterns of a language. Most tokens can begin none: each pattern lies by what it begins
/// with, so that a text is read in the time of its words, not of words times patterns.
#[derive(Debug, Default)]
pub struct Rules {
    all: Vec<(Predicate, Rule)>,
    by_word: Vec<Vec<u32>>,
    by_tag: Vec<Vec<u32>>,
    /// Those that may begin with a phrase of a predicate, of people or of saying.
    by_meaning: Vec<u32>,
    /// Those that may begin with anything.
    open: Vec<u32>,
}

impl Rules {
    /// Adds a pattern.
    pub fn add(&mut self, predicate: Predicate, rule: Rule) {
        let number = self.all.len() as u32;
        for step in &rule.steps {
            let (step, more) = match step {
                Step::Opens => continue,
                Step::Maybe(inner) => (inner.as_ref(), true),
                step => (step, false),
            };
            match step {
                Step::Words(words) => {
                    words.iter().for_each(|word| push(&mut self.by_word, *word as usize, number));
                }
                Step::Tag(tag) => push(&mut self.by_tag, *tag as usize, number),
                Step::Predicate(_) | Step::People | Step::Speech => self.by_meaning.push(number),
                Step::Gap(_) | Step::Maybe(_) | Step::Opens => self.open.push(number),
            }
            if !more {
                break;
            }
        }
        self.all.push((predicate, rule));
    }

    /// How many there are.
    #[must_use]
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The patterns that may begin at a token with this word and these phrases, in their order.
    pub fn at(&self, word: u32, hits: &[Hit], found: &mut Vec<u32>) {
        found.clear();
        found.extend_from_slice(&self.open);
        if word > 0
            && let Some(rules) = self.by_word.get(word as usize)
        {
            found.extend_from_slice(rules);
        }
        let mut means = false;
        for hit in hits {
            match hit.meaning {
                Meaning::Word(tag) => {
                    found.extend(self.by_tag.get(*tag as usize).into_iter().flatten());
                }
                Meaning::Predicate(..) | Meaning::People(_) | Meaning::Speech(_) => means = true,
                _ => {}
            }
        }
        if means {
            found.extend_from_slice(&self.by_meaning);
        }
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
    }

    /// A pattern by its number, with what it says.
    #[must_use]
    pub fn nth(&self, number: u32) -> &(Predicate, Rule) {
        &self.all[number as usize]
    }
}

fn push(table: &mut Vec<Vec<u32>>, key: usize, number: u32) {
    if table.len() <= key {
        table.resize_with(key + 1, Vec::new);
    }
    let rules = &mut table[key];
    if rules.last() != Some(&number) {
        rules.push(number);
    }
}

impl Rule {
    /// Reads a pattern, or says what of it is unknown.
    pub fn parse(written: &str, phrases: &mut Phrases) -> Result<Rule, String> {
        let steps = written.split_whitespace().map(|part| step(part, phrases));
        Ok(Rule { steps: steps.collect::<Result<_, _>>()?, written: written.to_owned() })
    }

    /// Where the pattern ends if it begins at token `at`; it never goes beyond `end`. `hits` gives
    /// the phrases that begin at a token.
    pub fn matches<'l>(
        &'l self,
        tokens: &[Token],
        at: usize,
        end: usize,
        hits: &impl Fn(usize) -> &'l [Hit<'l>],
    ) -> Option<usize> {
        follow(&self.steps, tokens, at, end, hits)
    }
}

fn follow<'l>(
    steps: &'l [Step],
    tokens: &[Token],
    at: usize,
    end: usize,
    hits: &impl Fn(usize) -> &'l [Hit<'l>],
) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    if *step == Step::Opens {
        let opens = at.checked_sub(1).and_then(|at| tokens.get(at)).is_none_or(opens_after);
        return opens.then(|| follow(rest, tokens, at, end, hits)).flatten();
    }
    if let Step::Gap(most) = step {
        if rest.is_empty() {
            return Some(at + rests(tokens, at, end.min(at + most)));
        }
        return (0..=*most)
            .take_while(|gap| at + gap <= end)
            .find_map(|gap| follow(rest, tokens, at + gap, end, hits));
    }
    if let Step::Maybe(inner) = step {
        return single(inner, tokens, at, end, hits)
            .find_map(|next| follow(rest, tokens, next, end, hits))
            .or_else(|| follow(rest, tokens, at, end, hits));
    }
    single(step, tokens, at, end, hits).find_map(|next| follow(rest, tokens, next, end, hits))
}

/// How many tokens a pattern takes along that ends with a gap: the words up to the next mark.
fn rests(tokens: &[Token], at: usize, end: usize) -> usize {
    (at..end).take_while(|at| tokens[*at].is_word()).count()
}

/// Whether a sentence, or what is quoted, may begin behind a token.
fn opens_after(token: &Token) -> bool {
    token.is_stop() || token.is_quote()
}

/// Every token that the step may end before.
fn single<'l, H: Fn(usize) -> &'l [Hit<'l>]>(
    step: &'l Step,
    tokens: &[Token],
    at: usize,
    end: usize,
    hits: &H,
) -> impl Iterator<Item = usize> + use<'l, H> {
    let inside = at < end;
    let word = inside
        && tokens[at].word > 0
        && matches!(step, Step::Words(words) if words.contains(&tokens[at].word));
    let phrases: &[Hit] = if inside && !matches!(step, Step::Words(_)) { hits(at) } else { &[] };
    phrases
        .iter()
        .rev()
        .filter(move |hit| hit.end <= end && means(step, hit.meaning))
        .map(|hit| hit.end)
        .chain(word.then_some(at + 1))
}

fn means(step: &Step, meaning: &Meaning) -> bool {
    match (step, meaning) {
        (Step::Tag(tag), Meaning::Word(known)) => tag == known,
        (Step::Predicate(wanted), Meaning::Predicate(known, _)) => wanted == known,
        (Step::People, Meaning::People(_)) | (Step::Speech, Meaning::Speech(_)) => true,
        _ => false,
    }
}

fn step(part: &str, phrases: &mut Phrases) -> Result<Step, String> {
    if let Some(part) = part.strip_suffix('?').filter(|part| !part.is_empty()) {
        return Ok(Step::Maybe(Box::new(step(part, phrases)?)));
    }
    if let Some(gap) = part.strip_prefix('~') {
        return gap.parse().map(Step::Gap).map_err(|_| part.to_owned());
    }
    let Some(name) = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) else {
        let words = part.split('|').map(|word| phrases.learn(word));
        return Ok(Step::Words(words.collect()));
    };
    match name {
        "people" => Ok(Step::People),
        "opens" => Ok(Step::Opens),
        "speech" => Ok(Step::Speech),
        _ => (name.parse().map(Step::Tag))
            .or_else(|_| name.parse().map(Step::Predicate))
            .map_err(|_| part.to_owned()),
    }
}

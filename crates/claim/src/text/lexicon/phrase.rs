//! Which phrases of the lexicon begin at this token? A trie over word numbers.

use super::Meaning;
use crate::text::token::{Token, split};
use std::collections::HashMap;

/// A phrase found: tokens `start..end`.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'l> {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it means.
    pub meaning: &'l Meaning,
}

#[derive(Debug, Default)]
struct Node {
    /// Word and the node it leads to, by word.
    next: Vec<(u32, u32)>,
    meanings: Vec<u32>,
}

/// The phrases of a language.
#[derive(Debug)]
pub struct Phrases {
    words: HashMap<Box<str>, u32>,
    first: Vec<u32>,
    nodes: Vec<Node>,
    meanings: Vec<Meaning>,
}

/// No phrase is longer than this.
const LONGEST: usize = 8;

impl Phrases {
    /// No phrases.
    pub fn new() -> Phrases {
        Phrases {
            words: HashMap::new(),
            first: vec![0],
            nodes: vec![Node::default()],
            meanings: Vec::new(),
        }
    }

    /// The number of a folded word; 0 if no phrase has it.
    #[must_use]
    pub fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The number of a word, given one if it had none.
    pub fn learn(&mut self, folded: &str) -> u32 {
        let fresh = self.words.len() as u32 + 1;
        *self.words.entry(folded.into()).or_insert(fresh)
    }

    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, meaning: &Meaning) {
        let mut path = Vec::new();
        let mut folded = String::new();
        for token in split(phrase, |_| 0) {
            crate::text::token::fold(
                &phrase[token.start as usize..token.end as usize],
                &mut folded,
            );
            path.push(self.learn(&folded));
        }
        path.truncate(LONGEST);
        let Some((head, rest)) = path.split_first() else { return };
        if self.first.len() <= *head as usize {
            self.first.resize(*head as usize + 1, 0);
        }
        if self.first[*head as usize] == 0 {
            self.first[*head as usize] = self.nodes.len() as u32;
            self.nodes.push(Node::default());
        }
        let mut node = self.first[*head as usize] as usize;
        for word in rest {
            let known = self.nodes[node].next.binary_search_by_key(word, |(next, _)| *next);
            node = match known {
                Ok(nth) => self.nodes[node].next[nth].1 as usize,
                Err(nth) => {
                    let fresh = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[node].next.insert(nth, (*word, fresh as u32));
                    fresh
                }
            };
        }
        let same = self.nodes[node].meanings.iter().any(|m| self.meanings[*m as usize] == *meaning);
        if !same {
            self.nodes[node].meanings.push(self.meanings.len() as u32);
            self.meanings.push(meaning.clone());
        }
    }

    /// Hands on every phrase that begins at token `start`, shorter ones first.
    pub fn at<'l>(&'l self, tokens: &[Token], start: usize, mut found: impl FnMut(Hit<'l>)) {
        let head = tokens[start].word as usize;
        let mut node = match self.first.get(head) {
            Some(node) if head > 0 && *node > 0 => *node as usize,
            _ => return,
        };
        let mut end = start + 1;
        loop {
            for meaning in &self.nodes[node].meanings {
                found(Hit { start, end, meaning: &self.meanings[*meaning as usize] });
            }
            let Some(token) = tokens.get(end).filter(|token| token.word > 0) else { return };
            let next = &self.nodes[node].next;
            match next.binary_search_by_key(&token.word, |(word, _)| *word) {
                Ok(nth) => node = next[nth].1 as usize,
                Err(_) => return,
            }
            end += 1;
        }
    }
}

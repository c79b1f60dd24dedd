//! Small random histories of one list, for laws that every ledger keeps.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part of it")]

use habeas_ledger::Writer;
use habeas_model::{
    Decision, Digest, Entry, LinkDecision, Mention, MentionId, Read, Review, Subject, Undo, Verdict,
};
use proptest::prelude::*;

/// One step of a history.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Read(u8),
    Decide(u64, bool),
    Link(u64, u64, bool),
    Undo(u64),
}

pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1..5_u8).prop_map(Act::Read),
        (0..5_u64, any::<bool>()).prop_map(|(id, yes)| Act::Decide(id, yes)),
        (0..5_u64, 0..5_u64, any::<bool>()).prop_map(|(a, b, same)| Act::Link(a, b, same)),
        (1..12_u64).prop_map(Act::Undo),
    ]
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec(act(), 1..10)
}

pub fn id(nth: u64) -> MentionId {
    MentionId::from_bits(nth + 1)
}

pub fn list() -> Digest {
    Digest::of(b"a list")
}

pub fn mention(nth: u64) -> Mention {
    let json = serde_json::json!({
        "id": id(nth), "name": format!("Name{nth} Surname{nth}"), "speakers": [],
        "span": {
            "blob": list(), "extractor": "csv/1", "quote": format!("Surname{nth} | Name{nth}"),
            "place": { "cells": { "sheet": "", "row": nth + 2, "first": 1, "last": 2 } },
        },
        "modality": "asserted", "disclosure": "restricted",
    });
    serde_json::from_value(json).unwrap()
}

/// The entries of one step; undos of what is not there stay away.
pub fn entries(act: Act, head: u64) -> Vec<Entry> {
    match act {
        Act::Read(rows) => {
            let rows = u64::from(rows);
            let read = Read {
                blob: list(),
                reader: format!("reader/{rows}"),
                settings: list(),
                claims: 0,
                mentions: rows as u32,
                problems: Vec::new(),
                second: None,
                captured: Vec::new(),
            };
            let mentions = (0..rows).map(|nth| Entry::Mention(Box::new(mention(nth))));
            mentions.chain([Entry::Read(read)]).collect()
        }
        Act::Decide(nth, yes) => vec![Entry::Decided(Decision {
            subject: Subject::Mention(id(nth)),
            review: if yes { Review::Accepted } else { Review::Refused },
            reason: String::new(),
            claim: None,
            mention: None,
        })],
        Act::Link(a, b, _) if a == b => Vec::new(),
        Act::Link(a, b, same) => vec![Entry::Linked(LinkDecision {
            left: id(a.min(b)),
            right: id(a.max(b)),
            verdict: if same { Verdict::Same } else { Verdict::NotSame },
            reason: String::new(),
        })],
        Act::Undo(back) if back > head => Vec::new(),
        Act::Undo(back) => {
            vec![Entry::Undone(Undo { position: head + 1 - back, reason: String::new() })]
        }
    }
}

/// Whether an undo of this entry is something that people do: decisions only.
pub fn undoable(kind: &str) -> bool {
    matches!(kind, "decided" | "linked" | "undone")
}

/// Plays a history; each step an hour after the last.
pub fn play(ledger: &habeas_ledger::Ledger, writer: &mut Writer, author: &str, acts: &[Act]) {
    for act in acts {
        let head = ledger.head().unwrap();
        let batch = entries(*act, head.position);
        let bad = |entry: &Entry| match entry {
            Entry::Undone(undo) => !undoable(&ledger.row(undo.position).unwrap().unwrap().kind),
            _ => false,
        };
        if !batch.is_empty() && !batch.iter().any(bad) {
            let _ = writer.append(author, head.recorded_at + 3_600_000_000, &batch).unwrap();
        }
    }
}

//! One hand writes for all pens of a server that this process holds: what waits while a commit is
//! on its way goes together with the next one (group commit).
//!
//! The rows of each batch are made by the thread that appends it, when its turn comes; the hand
//! only says after which head. All batches of a turn are kept or none of them is, and each writer
//! is answered for its own.

use super::append::Quill;
use crate::{
    Error, Head, Row,
    store::{Batch, Pen},
};
use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// Batches that go in one turn: beyond it a transaction only grows, and no fsync is saved.
const AT_A_TIME: usize = 64;

/// A writer that waits for its turn.
struct Waiting {
    /// After this head.
    turn: Sender<Head>,
    /// These are the rows.
    rows: Receiver<Vec<Row>>,
    /// They are kept, or not.
    kept: Sender<Result<Head, Error>>,
}

/// Where the pens of a server queue up.
#[derive(Clone)]
pub struct Hand {
    queue: Sender<Waiting>,
    address: String,
}

impl Hand {
    /// A hand with this quill; it rests for ever once the last pen and the server are dropped.
    pub fn new(quill: Quill, address: String) -> Hand {
        let (queue, waiting) = channel();
        thread::spawn(move || write(quill, &waiting));
        Hand { queue, address }
    }

    fn gone(&self) -> Error {
        Error::Server { address: self.address.clone(), why: "its writing thread ended".to_owned() }
    }
}

impl Pen for Hand {
    fn append(&mut self, batch: Batch<'_>) -> Result<Head, Error> {
        let ((turn, told), (give, rows), (kept, answer)) = (channel(), channel(), channel());
        self.queue.send(Waiting { turn, rows, kept }).map_err(|_| self.gone())?;
        // More than one turn where the line was cut: the rows are made again after a newer head.
        while let Ok(head) = told.recv() {
            if give.send(batch(head)).is_err() {
                break;
            }
        }
        answer.recv().map_err(|_| self.gone())?
    }
}

fn write(mut quill: Quill, queue: &Receiver<Waiting>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(AT_A_TIME - 1));
        let written = quill.append(&mut |head| rows(&group, head));
        match written {
            Ok(ends) => {
                for (one, end) in group.into_iter().zip(ends) {
                    let _ = one.kept.send(Ok(end)); // It went away: its rows are kept all the same.
                }
            }
            Err(error) => {
                for one in group {
                    let _ = one.kept.send(Err(again(&error)));
                }
            }
        }
    }
}

/// The rows of a group, batch after batch; a writer that went away has none.
fn rows(group: &[Waiting], mut head: Head) -> Vec<Vec<Row>> {
    let mut next = |one: &Waiting| {
        let made = one.turn.send(head).ok().and_then(|()| one.rows.recv().ok());
        let made = made.unwrap_or_default();
        if let Some(last) = made.last() {
            head = Head::of(last);
        }
        made
    };
    group.iter().map(&mut next).collect()
}

/// The same error for each writer of a group.
fn again(error: &Error) -> Error {
    match error {
        Error::Unsettled { address, first, last } => {
            Error::Unsettled { address: address.clone(), first: *first, last: *last }
        }
        Error::Server { address, why } => {
            Error::Server { address: address.clone(), why: why.clone() }
        }
        Error::Locked(place) => Error::Locked(place.clone()),
        other => Error::Server { address: String::new(), why: other.to_string() },
    }
}

//! A case held in memory: asked of once, answered from there until the ledger moves.

use crate::question::Asked;
use habeas_count::Board;
use habeas_desk::{Case, Error, Scene, ask::board::Answer};
use habeas_model::ClaimId;
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

/// Answers kept: each holds a whole present and its register, so they are few.
const KEPT: usize = 4;

/// A question and where the ledger stood when it was answered.
type Key = (u64, Asked);

/// A case that many may ask at once.
pub struct Held {
    case: Mutex<Case>,
    answers: Mutex<Vec<(Key, Arc<Answered>)>>,
}

/// What pages are made of.
pub struct Answered {
    /// What it was answered from.
    pub scene: Scene,
    /// The board and what stands under it.
    pub answer: Answer,
}

impl Answered {
    /// The board, of everybody or of the population of one line; none where there is no such line.
    pub fn board(&self, like: Option<ClaimId>) -> Option<Cow<'_, Board>> {
        let whole = &self.answer.board;
        let Some(id) = like else { return Some(Cow::Borrowed(whole)) };
        let line = whole.lines.iter().find(|line| line.id == id)?;
        Some(Cow::Owned(whole.only(&line.population)))
    }
}

impl Held {
    /// Holds a case.
    pub fn of(case: Case) -> Held {
        Held { case: Mutex::new(case), answers: Mutex::default() }
    }

    /// The answer to a question, as the ledger stands now. It takes a while the first time: never
    /// on a thread that serves others.
    pub fn answered(&self, asked: &Asked) -> Result<Arc<Answered>, Error> {
        // Shown to one population or all, in one language or the other: the same answer.
        let asked = Asked { like: None, lang: None, ..asked.clone() };
        let case = self.case.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (case.ledger.head()?.position, asked);
        if let Some(found) = self.kept(&key) {
            return Ok(found);
        }
        let scene = case.scene(&key.1.question()?)?;
        let answer = Answer::of(&scene);
        let fresh = Arc::new(Answered { scene, answer });
        self.keep(key, &fresh);
        Ok(fresh)
    }

    fn kept(&self, key: &Key) -> Option<Arc<Answered>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().position(|(kept, _)| kept == key)?;
        let found = answers.remove(at);
        answers.push(found); // The last one is the last to go.
        answers.last().map(|(_, answered)| answered.clone())
    }

    fn keep(&self, key: Key, fresh: &Arc<Answered>) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|((position, _), _)| *position == key.0); // What the ledger left behind.
        if answers.len() == KEPT {
            answers.remove(0);
        }
        answers.push((key, fresh.clone()));
    }
}

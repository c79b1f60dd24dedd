//! A case held in memory: asked of once, answered from there until the ledger moves.

use crate::question::Asked;
use habeas_count::{
    Board, Everybody,
    estimate::{Captures, During, Estimates, Method, Settings, Undecided},
};
use habeas_desk::{
    Case, Error, Scene,
    ask::board::Answer,
    ask::estimate::{captures, of_captures},
};
use habeas_ledger::Writer;
use habeas_model::ClaimId;
use habeas_person::{Proposal, Search};
use std::{
    borrow::Cow,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Answers kept: each holds a whole present and its register, so they are few.
const KEPT: usize = 4;

/// A question and where the ledger stood when it was answered.
type Key = (u64, Asked);

/// A case that many may ask at once.
pub struct Held {
    case: Mutex<Case>,
    /// Whether the settings are in the ledger.
    kept: AtomicBool,
    answers: Mutex<Vec<(Key, Arc<Answered>)>>,
    estimate: Mutex<Option<(Key, Arc<Estimated>)>>,
}

/// An estimate, with what it rests on.
pub struct Estimated {
    /// Who is on which lists.
    pub captures: Captures,
    /// Pairs that nobody has decided.
    pub open: Vec<Undecided>,
    /// The methods side by side.
    pub all: Estimates,
}

/// What pages are made of.
pub struct Answered {
    /// What it was answered from.
    pub scene: Scene,
    /// The board and what stands under it.
    pub answer: Answer,
    everybody: OnceLock<Everybody>,
    proposals: OnceLock<Vec<Proposal>>,
    search: OnceLock<Search>,
}

impl Answered {
    /// The index over everybody's names: made once, when a name is first typed.
    pub fn search(&self) -> &Search {
        self.search.get_or_init(|| habeas_desk::ask::find::index(&self.scene))
    }

    /// Everybody on the day: made once, when the list is first asked for.
    pub fn everybody(&self) -> &Everybody {
        let of = || Everybody::of(&self.scene.asked(), self.scene.index());
        self.everybody.get_or_init(of)
    }

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
        Held {
            case: Mutex::new(case),
            kept: AtomicBool::new(false),
            answers: Mutex::default(),
            estimate: Mutex::default(),
        }
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
        let fresh = Arc::new(Answered {
            scene,
            answer,
            everybody: OnceLock::new(),
            proposals: OnceLock::new(),
            search: OnceLock::new(),
        });
        self.keep(key, &fresh);
        Ok(fresh)
    }

    /// Has something asked of the case itself, while nobody else does.
    pub fn with<T>(&self, ask: impl FnOnce(&Case) -> Result<T, Error>) -> Result<T, Error> {
        ask(&self.case.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The pairs of an answer that nobody has decided, strongest first: looked for once.
    pub fn proposals<'a>(&self, of: &'a Answered) -> &'a [Proposal] {
        of.proposals.get_or_init(|| {
            let case = self.case.lock().unwrap_or_else(PoisonError::into_inner);
            let settings = case.settings.link.clone();
            drop(case);
            let present = &of.scene.present;
            habeas_person::propose(&present.mentions, &present.links, &settings)
        })
    }

    /// Has something written by `author`: nobody else asks or writes meanwhile, here or elsewhere.
    pub fn write<T>(
        &self,
        author: &str,
        act: impl FnOnce(&mut Case, &mut Writer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut case = self.case.lock().unwrap_or_else(PoisonError::into_inner);
        author.clone_into(&mut case.author);
        if !self.kept.swap(true, Ordering::Relaxed) {
            case.keep_settings()?; // Those that decisions are made under, once after a start.
        }
        let mut writer = case.writer()?;
        act(&mut case, &mut writer)
    }

    /// How many no list names, on the day of an answer. It takes processor time: two who ask wait
    /// for one, and the case is free for everybody else meanwhile.
    pub fn estimated(&self, of: &Answered, asked: &Asked) -> Result<Arc<Estimated>, Error> {
        let asked = Asked { like: None, lang: None, ..asked.clone() };
        let key = (of.scene.present.position, asked);
        let mut last = self.estimate.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = last.as_ref().filter(|(kept, _)| *kept == key) {
            return Ok(found.clone());
        }
        let during = During::Day(of.scene.asked().last_day());
        let found = self.with(|case| Ok(captures(case, &of.scene, during, &[], None)))?;
        let (captures, open) = found;
        let all = of_captures(&captures, &open, Method::ALL, &Settings::default())?;
        let fresh = Arc::new(Estimated { captures, open, all });
        *last = Some((key, fresh.clone()));
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

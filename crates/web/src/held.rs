//! A case held in memory: asked of once, answered from there until the ledger moves.
//!
//! Who reads never waits for who reads something else, nor for who writes: each has a reader of
//! the ledger to themselves. Those who ask the same wait for one answer.

mod kept;

use crate::question::Asked;
use habeas_count::{
    Board, Everybody, Rule,
    estimate::{Captures, During, Estimates, Method, Settings, Undecided},
};
use habeas_desk::{
    Case, Error, Scene,
    ask::board::Answer,
    ask::estimate::{captures, of_captures},
    keep::{
        eyes::Eyes,
        need::{Closed, NeedToKnow, fits},
        role::Role,
    },
    write::link::{self, Waiting},
};
use habeas_ledger::{Report, Writer};
use habeas_model::{ClaimId, PersonId, Present, Register};
use habeas_page::html::served::Reach;
use habeas_person::{AutoRule, Search};
use jiff::civil::Date;
use kept::Kept;
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Answers kept: days and rules that are asked of one present share it.
const ANSWERS: usize = 6;
/// Presents kept, each of them large: that of now, and one that it is compared with.
const PRESENTS: usize = 2;
/// Those who are shown less than the whole, for whom one is kept as well.
const EYES: usize = 3;
/// Pages kept of one answer.
const PAGES: usize = 8;
/// Readers of the ledger that wait to be used again.
const READERS: usize = 4;

/// A case that many may ask at once.
pub struct Held {
    /// Who writes has it.
    case: Mutex<Case>,
    /// Is asked for the head only, and for more like it.
    head: Mutex<Case>,
    readers: Mutex<Vec<Case>>,
    checking: Mutex<()>,
    /// Whether the settings are in the ledger.
    kept: AtomicBool,
    need: NeedToKnow,
    eyes: Kept<Closed, Eyes>,
    presents: Kept<(Closed, String), Known>,
    answers: Kept<(Closed, Asked), Answered>,
    estimates: Kept<(Closed, Asked), Estimated>,
}

/// What is known by a point, and who was made of it.
struct Known {
    present: Arc<Present>,
    register: Arc<Register>,
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
    waiting: OnceLock<Vec<Waiting>>,
    search: OnceLock<Search>,
    rows: OnceLock<HashMap<PersonId, u32>>,
    rules: OnceLock<Vec<Rule>>,
    days: OnceLock<Option<[Date; 2]>>,
    /// The last position when it was answered.
    head: u64,
    pages: Kept<String, String>,
}

impl Answered {
    fn of(scene: Scene, head: u64) -> Answered {
        Answered {
            answer: Answer::of(&scene),
            scene,
            everybody: OnceLock::new(),
            waiting: OnceLock::new(),
            search: OnceLock::new(),
            rows: OnceLock::new(),
            rules: OnceLock::new(),
            days: OnceLock::new(),
            head,
            pages: Kept::most(PAGES),
        }
    }

    /// The index over everybody's names: made once, when a name is first typed.
    pub fn search(&self) -> &Search {
        self.search.get_or_init(|| habeas_desk::ask::find::index(&self.scene))
    }

    /// The pairs that nobody has decided, those worth most first: looked for once.
    pub fn waiting(&self) -> &[Waiting] {
        self.waiting.get_or_init(|| {
            // Each rule that fits is told of; only case.toml lets one decide.
            let settings = habeas_person::Settings { decide: AutoRule::ALL.to_vec() };
            link::waiting(&self.scene, &self.answer.board.lines, &settings)
        })
    }

    /// Everybody on the day: made once, when the list is first asked for.
    pub fn everybody(&self) -> &Everybody {
        let of = || Everybody::of(&self.scene.asked(), self.scene.index());
        self.everybody.get_or_init(of)
    }

    /// From which day and position to which it can be asked.
    pub fn reach(&self) -> Option<Reach> {
        let days = *self.days.get_or_init(|| self.scene.asked().reach());
        days.map(|days| Reach { days, head: self.head })
    }

    /// The rules that can be asked by.
    pub fn rules(&self) -> &[Rule] {
        self.rules.get_or_init(|| self.scene.rules())
    }

    /// The row of a person in the register.
    pub fn row(&self, id: PersonId) -> Option<u32> {
        let persons = &self.scene.register.persons;
        let all = || (0..).zip(persons).map(|(row, one)| (one.id, row)).collect();
        self.rows.get_or_init(all).get(&id).copied()
    }

    /// The board, of everybody or of the population of one line; none where there is no such line.
    pub fn board(&self, like: Option<ClaimId>) -> Option<Cow<'_, Board>> {
        let whole = &self.answer.board;
        let Some(id) = like else { return Some(Cow::Borrowed(whole)) };
        let line = whole.lines.iter().find(|line| line.id == id)?;
        Some(Cow::Owned(whole.only(&line.population)))
    }

    /// A page of this answer that is the same for all who ask under `key`: made once.
    pub fn page<E>(
        &self,
        key: String,
        make: impl FnOnce() -> Result<String, E>,
    ) -> Result<Arc<String>, E> {
        self.pages.of(self.scene.present.position, &key, make)
    }
}

impl Held {
    /// Holds a case.
    pub fn of(case: Case) -> Result<Held, Error> {
        let need = case.settings.need_to_know.clone();
        let more = if need.is_empty() { 0 } else { EYES };
        Ok(Held {
            head: Mutex::new(case.another()?),
            need,
            eyes: Kept::most(EYES),
            case: Mutex::new(case),
            readers: Mutex::default(),
            checking: Mutex::default(),
            kept: AtomicBool::new(false),
            presents: Kept::most(PRESENTS + more),
            answers: Kept::most(ANSWERS + more),
            estimates: Kept::most(1),
        })
    }

    /// What is closed to whoever has these roles.
    pub fn closed_to(&self, roles: &BTreeSet<Role>) -> Closed {
        self.need.closed_to(roles)
    }

    /// Whether something is closed to somebody.
    pub fn closes(&self) -> bool {
        !self.need.is_empty()
    }

    /// The eyes of whom this is closed to; none where they see everything.
    fn eyes(&self, closed: &Closed) -> Result<Option<Arc<Eyes>>, Error> {
        if closed.is_nothing() {
            return Ok(None);
        }
        let make = || self.reading(None, |case| Ok(Eyes::of(closed.clone(), case.present(None)?)));
        self.eyes.of(self.head()?, closed, make).map(Some)
    }

    /// The answer to a question, as the ledger stands now, to whom this is closed to. It takes a
    /// while the first time: never on a thread that serves others.
    pub fn answered(&self, closed: &Closed, asked: &Asked) -> Result<Arc<Answered>, Error> {
        // Shown to one population or all, in one language or the other: the same answer.
        let mut asked = Asked { like: None, lang: None, ..asked.clone() };
        let position = self.head()?;
        if asked.known_by.parse().is_ok_and(|known: u64| position <= known) {
            asked.known_by.clear(); // Up to the last entry, or beyond it: that is now.
        }
        self.answers.of(position, &(closed.clone(), asked.clone()), || {
            let question = asked.question()?;
            self.with(closed, |case| {
                let key = (closed.clone(), asked.known_by.clone());
                let known = self.presents.of(position, &key, || {
                    let present = case.present(question.known_by.as_ref())?;
                    let register = habeas_person::register(&present.mentions, &present.links);
                    Ok::<_, Error>(Known { present: present.into(), register: register.into() })
                })?;
                let (present, register) = (known.present.clone(), known.register.clone());
                Ok(Answered::of(case.scene_of(&question, present, register)?, position))
            })
        })
    }

    /// Each path that is closed to somebody, with how many documents it fits.
    pub fn reach(&self) -> Result<Vec<(&str, usize)>, Error> {
        let answered = self.answered(&Closed::default(), &Asked::default())?;
        let documents = &answered.scene.present.documents;
        let fit = |path: &str| documents.iter().filter(|one| fits(path, &one.it.name)).count();
        Ok(self.need.paths().map(|path| (path, fit(path))).collect())
    }

    /// Answers what everybody asks first, and makes what names are found by.
    pub fn begin(&self) {
        if let Ok(answered) = self.answered(&Closed::default(), &Asked::default()) {
            answered.everybody();
            answered.search();
        }
    }

    /// Where the ledger stands.
    fn head(&self) -> Result<u64, Error> {
        Ok(locked(&self.head).ledger.head()?.position)
    }

    /// Has something asked of the case itself, with a reader of one's own, by whom this is closed
    /// to.
    pub fn with<T>(
        &self,
        closed: &Closed,
        ask: impl FnOnce(&Case) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.reading(self.eyes(closed)?, ask)
    }

    fn reading<T>(
        &self,
        eyes: Option<Arc<Eyes>>,
        ask: impl FnOnce(&Case) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let free = locked(&self.readers).pop();
        let mut case = match free {
            Some(case) => case,
            None => locked(&self.head).another()?,
        };
        case.eyes = eyes;
        let told = ask(&case);
        let mut readers = locked(&self.readers);
        if told.is_ok() && readers.len() < READERS {
            readers.push(case);
        }
        told
    }

    /// Checks the whole ledger: one at a time, since it takes all there is; none while another
    /// checks.
    pub fn verified(&self) -> Result<Option<Report>, Error> {
        let Ok(_alone) = self.checking.try_lock() else { return Ok(None) };
        self.reading(None, |case| Ok(Some(case.ledger.verify()?)))
    }

    /// Has something written by `author`, whom this is closed to: nobody else writes meanwhile,
    /// here or elsewhere.
    pub fn write<T>(
        &self,
        author: &str,
        closed: &Closed,
        act: impl FnOnce(&mut Case, &mut Writer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let eyes = self.eyes(closed)?;
        let mut case = locked(&self.case);
        author.clone_into(&mut case.author);
        case.eyes = eyes;
        if !self.kept.swap(true, Ordering::Relaxed) {
            case.keep_settings()?; // Those that decisions are made under, once after a start.
        }
        let mut writer = case.writer()?;
        let done = act(&mut case, &mut writer);
        let mut head = locked(&self.head);
        if head.settings != case.settings {
            head.settings = case.settings.clone();
            locked(&self.readers).clear(); // They would read by the old ones.
        }
        done
    }

    /// How many no list names, on the day of an answer. It takes processor time: those who ask the
    /// same wait for one.
    pub fn estimated(
        &self,
        closed: &Closed,
        of: &Answered,
        asked: &Asked,
    ) -> Result<Arc<Estimated>, Error> {
        let asked = Asked { like: None, lang: None, ..asked.clone() };
        self.estimates.of(of.scene.present.position, &(closed.clone(), asked), || {
            let during = During::Day(of.scene.asked().last_day());
            let captured = |case: &Case| Ok(captures(case, &of.scene, during, &[], None));
            let found = self.with(closed, captured)?;
            let (captures, open) = found;
            let all = of_captures(&captures, &open, Method::ALL, &Settings::default())?;
            Ok(Estimated { captures, open, all })
        })
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

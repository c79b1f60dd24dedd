//! A case: a folder with its settings, its inbox and its ledger, and the scene that a question is
//! answered from.

use crate::{Error, Settings, keep::eyes::Eyes, settings};
use habeas_count::{Asked, Index, Rule};
use habeas_ledger::{KnownBy, Ledger, Receipt, Writer, seal::Credential};
use habeas_model::{Entry, Present, Register, memory::entry::CaseOpened, memory::entry::Kept};
use jiff::{Timestamp, civil::Date, tz::Offset};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

/// A case that is open. It belongs to one author at a time.
pub struct Case {
    /// The folder.
    pub folder: PathBuf,
    /// case.toml.
    pub settings: Settings,
    /// The memory.
    pub ledger: Ledger,
    /// A pseudonym: who appends.
    pub author: String,
    /// Told of each acknowledged batch.
    pub acknowledged: Box<dyn FnMut(&Receipt) + Send>,
    /// What whoever asks is not shown; none: they need to know all of it.
    pub eyes: Option<Arc<Eyes>>,
}

/// When a question is asked of: what was true then, as known by then, under which rule.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The day that the answer is about; none: no limit.
    pub as_of: Option<Date>,
    /// A position, or microseconds since 1970; none: now.
    pub known_by: Option<KnownBy>,
    /// Name of the counting rule; none: that of case.toml.
    pub rule: Option<String>,
}

/// A known-by point: a position, a day (to its last moment, UTC) or a time.
pub fn known_by(text: &str) -> Result<KnownBy, Error> {
    if let Ok(position) = text.parse() {
        return Ok(KnownBy::Position(position));
    }
    let wrong = || Error::KnownBy(text.to_owned());
    if let Ok(day) = text.parse::<Date>() {
        let end = day.tomorrow().map_err(|_| wrong())?.at(0, 0, 0, 0);
        let end = Offset::UTC.to_timestamp(end).map_err(|_| wrong())?;
        return Ok(KnownBy::Time(end.as_microsecond() - 1));
    }
    let time: Timestamp = text.parse().map_err(|_| wrong())?;
    Ok(KnownBy::Time(time.as_microsecond()))
}

/// What a question is answered from: the present, the register and the rule.
pub struct Scene {
    /// The present at known-by.
    pub present: Arc<Present>,
    /// Its register.
    pub register: Arc<Register>,
    /// The counting rule.
    pub rule: Rule,
    /// The day that the answer is about.
    pub as_of: Option<Date>,
    index: OnceLock<Index>,
}

impl Scene {
    /// Everybody under the rule, ready to be counted: made once, when it is first asked for.
    #[must_use]
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.asked()))
    }

    /// The rules that can be asked by: the case's own as kept at that time, then the shipped ones
    /// that it has not replaced.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let own = self.present.kept.iter().filter(|(name, _)| name.starts_with("rules/"));
        let mut rules: Vec<Rule> =
            own.filter_map(|(name, text)| Rule::read(name, text).ok()).collect();
        let shipped = Rule::shipped().into_iter();
        let replaced = |rule: &Rule| rules.iter().any(|own| own.name == rule.name);
        let rest: Vec<Rule> = shipped.filter(|rule| !replaced(rule)).collect();
        rules.extend(rest);
        rules
    }

    /// The same, as `count` asks for it.
    #[must_use]
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            present: &self.present,
            register: &self.register,
            rule: &self.rule,
            true_at: self.as_of,
        }
    }
}

/// Asked for what opens a sealed ledger.
pub type AskKey<'a> = &'a mut dyn FnMut(&Ledger) -> Result<Credential, Error>;

/// Nobody has a key.
fn locked(ledger: &Ledger) -> Result<Credential, Error> {
    Err(habeas_ledger::Error::Locked(ledger.folder().to_owned()).into())
}

/// Microseconds since 1970, UTC.
#[must_use]
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

impl Case {
    /// Opens the case in `folder`; its ledger is made on the first opening, and settings and rules
    /// that have changed
    /// since the last one are kept as entries.
    pub fn open(folder: &Path, author: &str) -> Result<Case, Error> {
        Case::open_with(folder, author, None, &mut locked)
    }

    /// The same for a case that may be sealed (`key` is asked for a way in), or whose ledger is on
    /// a `server` that case.toml does not name.
    pub fn open_with(
        folder: &Path,
        author: &str,
        server: Option<&str>,
        key: AskKey<'_>,
    ) -> Result<Case, Error> {
        let mut case = Case::look_with(folder, author, server, key)?;
        case.keep_settings()?;
        Ok(case)
    }

    /// Opens the case to look only: nothing is appended. A case that was never opened gets its
    /// empty ledger.
    pub fn look(folder: &Path, author: &str) -> Result<Case, Error> {
        Case::look_with(folder, author, None, &mut locked)
    }

    /// The same, as for [`Case::open_with`].
    pub fn look_with(
        folder: &Path,
        author: &str,
        server: Option<&str>,
        key: AskKey<'_>,
    ) -> Result<Case, Error> {
        let path = folder.join("case.toml");
        if !path.is_file() {
            return Err(Error::NoCase(folder.to_owned()));
        }
        let text = fs::read_to_string(&path).map_err(|why| Error::reading(&path, why))?;
        let mut settings = Settings::read(&text, &path)?;
        if let Some(address) = server {
            settings.ledger.server = Some(address.to_owned());
        }
        crate::keep::copy::settle(folder)?;
        let mut ledger = crate::place::open(folder, &settings.ledger)?;
        if ledger.is_locked() {
            let credential = key(&ledger)?;
            ledger.unlock(&credential)?;
        }
        let case = Case {
            folder: folder.to_owned(),
            settings,
            ledger,
            author: author.to_owned(),
            acknowledged: Box::new(|_| ()),
            eyes: None,
        };
        Ok(case)
    }

    /// The same case for another thread, to look only.
    pub fn another(&self) -> Result<Case, Error> {
        Ok(Case {
            folder: self.folder.clone(),
            settings: self.settings.clone(),
            ledger: self.ledger.another()?,
            author: self.author.clone(),
            acknowledged: Box::new(|_| ()),
            eyes: self.eyes.clone(),
        })
    }

    /// The writer of this case; a second one, here or in another process, is refused.
    pub fn writer(&self) -> Result<Writer, Error> {
        Ok(self.ledger.writer()?)
    }

    /// Appends as `author` and tells of the acknowledgement.
    pub fn append(
        &mut self,
        writer: &mut Writer,
        author: &str,
        entries: &[Entry],
    ) -> Result<(), Error> {
        if entries.is_empty() {
            return Ok(());
        }
        let receipt = writer.append(author, now(), entries)?;
        (self.acknowledged)(&receipt);
        Ok(())
    }

    /// The present at a known-by point, as far as whoever asks is shown it.
    pub fn present(&self, known_by: Option<&KnownBy>) -> Result<Present, Error> {
        let mut present = self.ledger.present(known_by.cloned().unwrap_or(KnownBy::Now))?;
        if let Some(eyes) = &self.eyes {
            eyes.hide(&mut present);
        }
        Ok(present)
    }

    /// Whether whoever asks may see what an entry says; an undo, if they may see what it undoes.
    pub fn sees(&self, entry: &Entry) -> Result<bool, habeas_ledger::Error> {
        let Some(eyes) = &self.eyes else { return Ok(true) };
        let Entry::Undone(undo) = entry else { return Ok(eyes.see(entry)) };
        let row = self.ledger.row(undo.position)?;
        match row.map(|row| self.ledger.entry(&row)).transpose()?.flatten() {
            Some(undone) => self.sees(&undone),
            None => Ok(false),
        }
    }

    /// Does what must not depend on who asks with all of the case before it.
    pub fn wholly<T>(
        &mut self,
        act: impl FnOnce(&mut Case) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let eyes = self.eyes.take();
        let done = act(self);
        self.eyes = eyes;
        done
    }

    /// What a question is answered from.
    pub fn scene(&self, question: &Question) -> Result<Scene, Error> {
        let present = self.present(question.known_by.as_ref())?;
        let register = habeas_person::register(&present.mentions, &present.links);
        self.scene_of(question, Arc::new(present), Arc::new(register))
    }

    /// The same where the present at its known-by, and that present's register, are at hand: many
    /// days and rules are asked of one.
    pub fn scene_of(
        &self,
        question: &Question,
        present: Arc<Present>,
        register: Arc<Register>,
    ) -> Result<Scene, Error> {
        let rule = self.rule(question.rule.as_deref(), &present)?;
        let as_of = question.as_of.map(habeas_count::day_of_a_case).transpose()?;
        Ok(Scene { present, register, rule, as_of, index: OnceLock::new() })
    }

    /// The counting rule of this name: the case's own as kept at that time, else a shipped one.
    fn rule(&self, name: Option<&str>, present: &Present) -> Result<Rule, Error> {
        let name = name.or(self.settings.rule.as_deref()).unwrap_or("strict-monitor");
        let file = format!("rules/{name}.toml");
        if let Some((_, text)) = present.kept.iter().find(|(kept, _)| *kept == file) {
            return Ok(Rule::read(&file, text)?);
        }
        let shipped = Rule::shipped();
        let known =
            shipped.iter().map(|rule| format!("`{}`", rule.name)).collect::<Vec<_>>().join(", ");
        shipped
            .into_iter()
            .find(|rule| rule.name == name)
            .ok_or_else(|| Error::NoRule { name: name.to_owned(), known })
    }

    /// Keeps case.toml, rules/*.toml and authorities/*.pem as entries where they differ from what
    /// is kept. A rule that cannot be read is an error here, before anything is counted by it.
    pub fn keep_settings(&mut self) -> Result<(), Error> {
        let entries = self.unkept()?;
        if entries.is_empty() {
            return Ok(());
        }
        let (mut writer, author) = (self.writer()?, self.author.clone());
        self.append(&mut writer, &author, &entries)
    }

    /// Writes into case.toml what the columns of these lists hold (the list's name, then heading
    /// and field), and keeps it: what else stands in the file stays as it is.
    pub fn set_columns(
        &mut self,
        writer: &mut Writer,
        lists: &[(&str, &BTreeMap<String, String>)],
    ) -> Result<(), Error> {
        let path = self.folder.join("case.toml");
        let text = fs::read_to_string(&path).map_err(|why| Error::reading(&path, why))?;
        let text = settings::with_columns(&text, &path, lists)?;
        let ledger = self.settings.ledger.clone();
        let settings = Settings::read(&text, &path)?;
        crate::ask::board::replace(&path, text.as_bytes())?;
        self.settings = Settings { ledger, ..settings };
        let (author, entries) = (self.author.clone(), self.unkept()?);
        self.append(writer, &author, &entries)
    }

    /// Entries for what differs from what is kept.
    fn unkept(&self) -> Result<Vec<Entry>, Error> {
        let present = self.present(None)?;
        let mut entries = Vec::new();
        if present.position == 0 {
            entries.push(Entry::CaseOpened(CaseOpened { title: self.settings.title.clone() }));
        }
        for (name, text) in self.texts()? {
            if name.starts_with("rules/") {
                Rule::read(&name, &text)?;
            }
            if !present.kept.iter().any(|(kept, before)| *kept == name && *before == text) {
                entries.push(Entry::Kept(Kept { name, text }));
            }
        }
        Ok(entries)
    }

    /// case.toml, the case's own rules, and the certificates of its authorities, by name.
    fn texts(&self) -> Result<Vec<(String, String)>, Error> {
        let mut names = vec!["case.toml".to_owned()];
        for (folder, end) in [("rules", ".toml"), ("authorities", ".pem")] {
            if let Ok(files) = fs::read_dir(self.folder.join(folder)) {
                let own = files
                    .filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()));
                names.extend(
                    own.filter(|name| name.ends_with(end)).map(|name| format!("{folder}/{name}")),
                );
            }
        }
        names.sort();
        let read = |name: String| {
            let path = self.folder.join(&name);
            let text = fs::read_to_string(&path).map_err(|why| Error::reading(&path, why))?;
            Ok((name, text))
        };
        names.into_iter().map(read).collect()
    }
}

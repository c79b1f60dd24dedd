//! A table made ready: its rows comparable, its rules known, and what need not be held let go.

use super::{
    super::{
        aside::{Disk, Room},
        block::Rule,
        cluster::{Joined, Joining},
        decided::Decided,
        rows::Rows,
    },
    Failed, Linked, Notice, Pairs, Progress, Run, doubt, learn, notice,
};
use crate::table::{LinkSettings, Table, Wrong};

/// What tells of a run how far it is.
type Told<'a> = &'a (dyn Fn(Progress) + Sync);

/// Rows and rules of a table.
pub struct Ready {
    rows: Rows,
    rules: Vec<Rule>,
    notices: Vec<Notice>,
}

impl Ready {
    /// Makes a table ready.
    pub fn new(table: &Table, settings: &LinkSettings, progress: Told) -> Result<Ready, Wrong> {
        let (rules, notices) = Ready::begin(table, settings, progress)?;
        Ok(Ready { rows: Rows::new(table, settings), rules, notices })
    }

    /// Makes a table ready and lets go of what no run looks at again: all texts but record ids, and
    /// all columns but those of ids and of keys. Such a table can be linked and its answer written,
    /// but no pair of it explained or shown.
    pub fn lean(
        table: &mut Table,
        settings: &LinkSettings,
        progress: Told,
    ) -> Result<Ready, Wrong> {
        let (rules, notices) = Ready::begin(table, settings, progress)?;
        let keyed: Vec<usize> = rules.iter().flat_map(Rule::columns).collect();
        let id = settings.id.as_ref().and_then(|id| table.column(id));
        let crossed = settings.compare.iter().filter_map(|one| one.crossed_with.as_ref());
        let compared: Vec<usize> = settings
            .compare
            .iter()
            .map(|one| &one.column)
            .chain(crossed)
            .filter_map(|heading| table.column(heading))
            .collect();
        table.let_go(|at| {
            let (rows, text) = (keyed.contains(&at), compared.contains(&at) || Some(at) == id);
            (rows || text, text)
        });
        let rows = Rows::new(table, settings);
        table.let_go(|at| (keyed.contains(&at) || Some(at) == id, Some(at) == id));
        Ok(Ready { rows, rules, notices })
    }

    fn begin(
        table: &Table,
        settings: &LinkSettings,
        progress: Told,
    ) -> Result<(Vec<Rule>, Vec<Notice>), Wrong> {
        settings.check(table)?;
        progress(Progress::Normalising);
        let rules = settings.block.iter().enumerate();
        let rules = rules.map(|(nth, block)| Rule::new(nth, block, table, settings));
        Ok((rules.collect::<Result<_, _>>()?, notice::of_table(table, settings)))
    }

    /// Links the rows; what was decided holds. What would go over the `memory` of the settings is
    /// put on a disk, if there is one.
    pub fn link(
        self,
        table: &Table,
        settings: &LinkSettings,
        decided: &Decided,
        disk: Option<&dyn Disk>,
        progress: Told,
    ) -> Result<Linked<Pairs>, Failed> {
        let Ready { rows, rules, mut notices } = self;
        let held = table.bytes() + rows.bytes() + Joining::bytes(rows.len());
        let room = match disk {
            Some(_) => Room::new(settings.memory.bytes(), held, rows.len()),
            None => Room::boundless(),
        };
        progress(Progress::Learning);
        let model = learn::learn((table, settings), &rows, &rules, decided, room);
        progress(Progress::Scoring);
        let run = Run { settings, rows: &rows, model: &model, room, disk };
        let (sorted, met) = run.score(table, &rules, decided)?;
        progress(Progress::Joining);
        let (pairs, joined) = run.join(sorted, decided)?;
        notices.extend(notice::of_blocks(settings, &met));
        notices.extend(notice::of_joining(&joined));
        if model.many_matches(&rows) {
            notices.push(Notice::ManyMatches);
        }
        notices.extend(doubt::numbers((table, settings), &rows, decided));
        let found = (&pairs, &joined.persons[..]);
        notices.extend(doubt::lists((table, settings), &rows, found, decided)?);
        let (decided, Joined { persons, weak, .. }) = (decided.clone(), joined);
        Ok(Linked { pairs, persons, weak, model, met, notices, rows, decided })
    }
}

//! Why the engine takes two rows for one person or for two, part by part.
//!
//! The weight of a pair is a sum: what is known before anything is compared, what each comparison
//! adds against strangers (Fellegi and Sunter 1969, section 2), what is taken back because
//! relatives and namesakes look the same, and what reviewed pairs have moved. Nothing else enters,
//! so the parts add up to the weight. No value of a row is in it: levels and headings.

use super::{
    arrival::Held, block::Rule, compare::Memos, compare::Pattern, model::LEVELS, run::Linked,
    run::odds,
};
use crate::table::{LinkSettings, Table, Wrong};
use rayon::prelude::*;
use serde::Serialize;

/// One comparison of the two rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is compared: a heading, `surnames`, `given names` or `name`.
    pub title: String,
    /// How the two agree; `missing` where one does not say.
    pub level: String,
    /// What it adds, bits.
    pub bits: f64,
    /// The level nearest to this one at which the decision would be the other, if there is one.
    pub turns: Option<Turn>,
}

/// What would turn a decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// The level.
    pub level: String,
    /// The probability of one person that would come of it.
    pub p: f64,
}

/// Keys that both rows have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The parts of the key.
    pub keys: Vec<String>,
    /// Rows of the smallest block with both.
    pub rows: u64,
    /// Whether that block was compared, or was over its bound.
    pub compared: bool,
}

/// The whole of a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The smaller row, from 0.
    pub left: u32,
    /// The larger row.
    pub right: u32,
    /// Bits before anything is compared: most pairs of rows are two strangers.
    pub before: f64,
    /// Comparison by comparison.
    pub steps: Vec<Step>,
    /// Bits taken back because relatives and namesakes agree so, too.
    pub relatives: f64,
    /// Bits that reviewed pairs moved.
    pub reviewed: f64,
    /// The sum.
    pub weight: f64,
    /// The weight as a probability.
    pub p: f64,
    /// The probability from which on pairs are joined.
    pub join: f64,
    /// Whether the two rows are one person in the end: guards may keep apart what has the weight,
    /// and others may join what has it not.
    pub together: bool,
    /// What keeps them apart all the same, where the pair has the weight.
    pub held: Option<Held>,
    /// Which keys brought them together; none: they were never compared.
    pub met: Vec<Shared>,
}

impl<P: Sync> Linked<P> {
    /// Explains two rows of the table that was linked.
    pub fn explain(
        &self,
        table: &Table,
        settings: &LinkSettings,
        (left, right): (u32, u32),
    ) -> Result<Explained, Wrong> {
        let (left, right) = (left.min(right), left.max(right));
        let pattern = self.rows.compare(
            self.rows.row(left),
            self.rows.row(right),
            &mut Memos::new(&self.rows),
        );
        let weight = self.model.weight(pattern);
        let raw = self.raw(pattern);
        let join = odds(settings.join);
        let step = |nth: usize| Step {
            title: self.model.weights[nth].title.clone(),
            level: self.rows.level(nth, pattern.level(nth)),
            bits: f64::from(self.model.parts(pattern, nth)[0]),
            turns: self.turn(pattern, nth, join),
        };
        let steps: Vec<Step> = (0..self.rows.comparisons()).map(step).collect();
        let before = f64::from(self.model.before()[0]);
        let strangers = before + steps.iter().map(|step| step.bits).sum::<f64>();
        Ok(Explained {
            left,
            right,
            before,
            steps,
            relatives: raw - strangers,
            reviewed: f64::from(weight) - raw,
            weight: f64::from(weight),
            p: probability(weight),
            join: settings.join,
            together: self.persons[left as usize] == self.persons[right as usize],
            held: (weight >= join).then(|| self.guard(settings, (left, right))).flatten(),
            met: self.shared(table, settings, (left, right))?,
        })
    }

    /// What keeps two rows apart, which have the weight; nothing where they are one person.
    fn guard(&self, settings: &LinkSettings, (left, right): (u32, u32)) -> Option<Held> {
        let person = |row: u32| self.persons[row as usize];
        if person(left) == person(right) {
            return None;
        }
        let of = |row: u32| -> Vec<u32> {
            (0..self.rows.len() as u32).filter(|&other| person(other) == person(row)).collect()
        };
        let (a, b) = (of(left), of(right));
        let list = |row: &u32| self.rows.lists.get(*row as usize);
        let one_list = |x: &u32| list(x).is_some() && b.iter().any(|y| list(x) == list(y));
        let (rows, mut memo) = (&self.rows, Memos::new(&self.rows));
        let pattern = rows.compare(rows.row(left), rows.row(right), &mut memo);
        Some(match () {
            () if self.decided.hold_apart(&a, &b) => Held::Decision,
            () if settings.one_to_one && a.iter().any(one_list) => Held::OnceAList,
            () if rows.siblings(pattern) => Held::Siblings,
            () if rows.contradict(pattern) => Held::Contradiction,
            () => Held::Others,
        })
    }

    /// The weight before reviewed pairs moved it: one person against all else together.
    fn raw(&self, pattern: Pattern) -> f64 {
        let classes = self.model.classes(pattern).map(f64::from);
        let others: f64 = classes[1..].iter().map(|bits| (bits - classes[0]).exp2()).sum();
        -others.log2()
    }

    /// The level of one comparison, all else as it is, that turns the decision by least.
    fn turn(&self, pattern: Pattern, nth: usize, join: f32) -> Option<Turn> {
        let joined = self.model.weight(pattern) >= join;
        let possible = |level: &usize| *level == 0 || self.model.weights[nth].m[*level] > 0.0;
        let others = (0..LEVELS).filter(|&level| level != pattern.level(nth)).filter(possible);
        let weighed = others.map(|level| (level, self.model.weight(turned(pattern, nth, level))));
        let turning = weighed.filter(|(_, weight)| (*weight >= join) != joined);
        let nearest = turning.min_by(|a, b| (a.1 - join).abs().total_cmp(&(b.1 - join).abs()));
        nearest.map(|(level, weight)| Turn {
            level: self.rows.level(nth, level),
            p: probability(weight),
        })
    }

    /// The keys that two rows share, and how many rows share them.
    fn shared(
        &self,
        table: &Table,
        settings: &LinkSettings,
        (left, right): (u32, u32),
    ) -> Result<Vec<Shared>, Wrong> {
        let mut met = Vec::new();
        for (nth, block) in settings.block.iter().enumerate() {
            let rule = Rule::new(nth, block, table, settings)?;
            let keys_of = |row: u32| {
                let mut keys = Vec::new();
                rule.keys(table, &self.rows, row, &mut keys);
                keys
            };
            let mut both = keys_of(left);
            let others = keys_of(right);
            both.retain(|key| others.contains(key));
            if both.is_empty() {
                continue;
            }
            let bearing = |key: &u64| {
                let rows = (0..self.rows.len() as u32).into_par_iter();
                rows.filter(|&row| keys_of(row).contains(key)).count() as u64
            };
            let rows = both.iter().take(KEYS).map(bearing).min().unwrap_or(0);
            let compared = rows <= u64::from(rule.most);
            met.push(Shared { keys: block.keys.clone(), rows, compared });
        }
        Ok(met)
    }
}

/// Keys of one rule whose blocks are counted.
const KEYS: usize = 4;

/// A pattern with another level of one comparison; what was rare about the old one goes.
fn turned(pattern: Pattern, nth: usize, level: usize) -> Pattern {
    let mut bits = pattern.0 & !(15 << (4 * nth));
    if nth < 2 && level == 0 {
        bits &= !(63 << (48 + 8 * nth));
    }
    let mut turned = Pattern(bits);
    turned.set(nth, level as u8);
    turned
}

fn probability(weight: f32) -> f64 {
    1.0 / (1.0 + f64::from(-weight).exp2())
}

#[cfg(test)]
mod tests {
    use super::super::link;
    use crate::table::{Column, Table, guess};

    fn table() -> Table {
        let rows = [
            ["Milo", "Escandón Prado", "10496411", "1984-03-05"],
            ["Milo", "Escandon Prado", "10496411", "1984-03-05"],
            ["Ciro", "Escandón Prado", "10496412", "1986-01-02"],
            ["Adela", "Belandria Toro", "9111222", "1970-07-30"],
        ];
        let mut columns: Vec<Column> =
            ["given", "surnames", "number", "born"].map(Column::new).into();
        for row in rows {
            row.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
        }
        Table { columns, ..Table::default() }
    }

    /// The parts of every pair add up to the weight that decided.
    #[test]
    fn parts_add_up() {
        let table = table();
        let settings = guess(&table);
        let linked = link(&table, &settings, &|_| ()).unwrap();
        for (left, right) in [(0, 1), (0, 2), (1, 0), (2, 3)] {
            let told = linked.explain(&table, &settings, (left, right)).unwrap();
            let parts: f64 = told.steps.iter().map(|step| step.bits).sum();
            let sum = told.before + parts + told.relatives + told.reviewed;
            assert!((sum - told.weight).abs() < 1e-3, "{told:#?}");
            assert!(told.left < told.right && told.reviewed.abs() < 1e-3);
            let joined = told.p >= told.join;
            let turns = told.steps.iter().filter_map(|step| step.turns.as_ref());
            assert!(turns.into_iter().all(|turn| (turn.p >= told.join) != joined), "{told:#?}");
        }
        let same = linked.explain(&table, &settings, (0, 1)).unwrap();
        assert!(same.together && !same.met.is_empty(), "{same:#?}");
        let brothers = linked.explain(&table, &settings, (0, 2)).unwrap();
        assert!(!brothers.together && brothers.relatives <= 0.0, "{brothers:#?}");
        assert!(linked.explain(&table, &settings, (0, 3)).unwrap().met.is_empty());
    }
}

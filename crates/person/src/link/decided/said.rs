//! Decisions as files say them, by record id, become decisions about rows.
//!
//! Another program may join records through an id of its own that stands for a person and is no
//! row (nomenklatura's `NK-..`): such ids are bridges, and what is said of one is said of the rows
//! behind it.

use super::Decided;
use habeas_model::Verdict;
use std::collections::BTreeMap;

/// What somebody, or some program, said about two record ids. It holds ids: there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// One record id, and the list that it stands in (from 1), if that was said.
    pub left: (String, Option<u16>),
    /// The other.
    pub right: (String, Option<u16>),
    /// What about them.
    pub verdict: Verdict,
    /// A program's score said so, nobody looked: it overrides no person.
    pub scored: bool,
}

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One row.
    Row(u32),
    /// No row: another program's own id, or a row of another table.
    Nowhere,
    /// Several rows: what is said of it is not taken.
    Several,
}

/// An id as a place in [`Bridges`].
type Node = usize;

#[derive(Default)]
struct Bridges {
    nodes: BTreeMap<(String, Option<u16>), Node>,
    rows: Vec<Option<u32>>,
    up: Vec<Node>,
}

/// Decisions about rows, and how many lines come to nothing: they speak of no row that is there, or
/// of an id that several rows bear. Later lines hold against earlier ones; a person's hold against
/// a program's whenever they were said.
pub fn settle(said: &[Said], find: impl Fn(&str, Option<u16>) -> Place) -> (Decided, usize) {
    let mut nowhere = 0;
    let mut bridges = Bridges::default();
    let mut last: BTreeMap<(Node, Node), (Verdict, bool)> = BTreeMap::new();
    let mut lines: BTreeMap<(Node, Node), usize> = BTreeMap::new();
    for one in said {
        let [left, right] = [&one.left, &one.right].map(|(id, list)| find(id, *list));
        if [left, right].contains(&Place::Several) {
            nowhere += 1;
            continue;
        }
        let (a, b) = (bridges.node(&one.left, left), bridges.node(&one.right, right));
        let pair = (a.min(b), a.max(b));
        *lines.entry(pair).or_default() += 1;
        let kept = last.entry(pair).or_insert((one.verdict, one.scored));
        if kept.1 || !one.scored {
            *kept = (one.verdict, one.scored);
        }
    }
    for (&(a, b), &(verdict, _)) in &last {
        if verdict == Verdict::Same && (bridges.rows[a].is_none() || bridges.rows[b].is_none()) {
            bridges.bridge(a, b);
        }
    }
    let behind = bridges.behind();
    let mut decided = Decided::default();
    for rows in behind.values() {
        rows.windows(2).for_each(|two| decided.decide(two[0], two[1], Verdict::Same));
    }
    for (&(a, b), &(verdict, _)) in &last {
        let (of_a, of_b) = (bridges.meant(a, &behind), bridges.meant(b, &behind));
        let bridged = bridges.root(a) == bridges.root(b);
        if of_a.is_empty() || of_b.is_empty() || (bridged && of_a.len() + of_b.len() < 3) {
            nowhere += lines[&(a, b)];
        }
        if verdict == Verdict::Same && bridged {
            continue;
        }
        for &x in &of_a {
            of_b.iter().for_each(|&y| decided.decide(x, y, verdict));
        }
    }
    (decided, nowhere)
}

impl Bridges {
    fn node(&mut self, id: &(String, Option<u16>), place: Place) -> Node {
        if let Some(&node) = self.nodes.get(id) {
            return node;
        }
        let node = self.rows.len();
        self.nodes.insert(id.clone(), node);
        self.rows.push(if let Place::Row(row) = place { Some(row) } else { None });
        self.up.push(node);
        node
    }

    fn root(&self, mut node: Node) -> Node {
        while self.up[node] != node {
            node = self.up[node];
        }
        node
    }

    fn bridge(&mut self, a: Node, b: Node) {
        let (a, b) = (self.root(a), self.root(b));
        self.up[a.max(b)] = a.min(b);
    }

    /// The rows behind each bridge, by its root.
    fn behind(&self) -> BTreeMap<Node, Vec<u32>> {
        let mut behind: BTreeMap<Node, Vec<u32>> = BTreeMap::new();
        for (node, row) in self.rows.iter().enumerate() {
            if let Some(row) = row {
                behind.entry(self.root(node)).or_default().push(*row);
            }
        }
        behind
    }

    /// The rows that a node stands for.
    fn meant(&self, node: Node, behind: &BTreeMap<Node, Vec<u32>>) -> Vec<u32> {
        match self.rows[node] {
            Some(row) => vec![row],
            None => behind.get(&self.root(node)).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{NotSame, Same, Unsure};

    /// Lines over the rows "0" to "9"; a line that ends in `~` is a program's.
    #[track_caller]
    fn check(lines: &[(&str, &str, Verdict)], expected: &[(u32, u32, Verdict)], nowhere: usize) {
        let said: Vec<Said> = lines
            .iter()
            .map(|(left, right, verdict)| Said {
                left: ((*left).to_owned(), None),
                right: (right.trim_end_matches('~').to_owned(), None),
                verdict: *verdict,
                scored: right.ends_with('~'),
            })
            .collect();
        let row = |id: &str, _: Option<u16>| match id.parse() {
            Ok(row) if row < 10 => Place::Row(row),
            Ok(_) => Place::Several,
            Err(_) => Place::Nowhere,
        };
        let (decided, missed) = settle(&said, row);
        assert_eq!(decided.all().collect::<Vec<_>>(), expected, "{lines:?}");
        assert_eq!(missed, nowhere, "{lines:?}");
    }

    #[test]
    fn the_last_person_is_believed() {
        check(&[("1", "2", Same)], &[(1, 2, Same)], 0);
        check(&[("1", "2", Same), ("2", "1", NotSame)], &[(1, 2, NotSame)], 0);
        check(&[("1", "2", NotSame), ("1", "2~", Same)], &[(1, 2, NotSame)], 0);
        check(&[("1", "2~", Same), ("1", "2", Unsure)], &[(1, 2, Unsure)], 0);
        check(&[("1", "2~", Same), ("1", "2~", NotSame)], &[(1, 2, NotSame)], 0);
    }

    #[test]
    fn ids_that_are_no_rows_are_bridges() {
        check(&[("1", "NK", Same), ("NK", "2", Same)], &[(1, 2, Same)], 0);
        let chain = [("1", "NK", Same), ("NK", "MK", Same), ("MK", "2", Same)];
        check(&chain, &[(1, 2, Same)], 0);
        let apart = [("1", "NK", Same), ("2", "NK", Same), ("NK", "3", NotSame)];
        check(&apart, &[(1, 2, Same), (1, 3, NotSame), (2, 3, NotSame)], 0);
        // What is said of nobody who is here comes to nothing, and is counted.
        check(&[("1", "NK", Same), ("1", "MK", NotSame)], &[], 2);
        check(&[("MK", "NK", Same)], &[], 1);
        // An id of several rows is nobody's bridge.
        check(&[("1", "77", Same), ("77", "2", Same)], &[], 2);
    }
}

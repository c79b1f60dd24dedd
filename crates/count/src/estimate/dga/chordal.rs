//! Graphs without chordless cycles on a few lists, with their cliques and separators.
//!
//! A graph is chordal if and only if maximum cardinality search gives a perfect order (Tarjan and
//! Yannakakis 1984); along it each list with its earlier neighbours is a factor of the likelihood,
//! and the earlier neighbours alone divide it (Lauritzen 1996, proposition 3.17).

/// A chordal graph: how often each set of lists multiplies (cliques) or divides (separators).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// Set of lists and its power, never zero.
    pub factors: Vec<(u8, i8)>,
}

impl Graph {
    /// Its cliques, as sets of lists.
    pub fn cliques(&self) -> impl Iterator<Item = u8> {
        self.factors.iter().filter(|(_, power)| *power > 0).map(|(set, _)| *set)
    }

    /// Whether every list depends on every other.
    #[must_use]
    pub fn is_saturated(&self, lists: usize) -> bool {
        self.factors == [(((1_u16 << lists) - 1) as u8, 1)]
    }
}

/// Every chordal graph of so many lists, by its edges as a number.
#[must_use]
pub fn graphs(lists: usize) -> Vec<Graph> {
    let pairs: Vec<(usize, usize)> =
        (0..lists).flat_map(|a| (a + 1..lists).map(move |b| (a, b))).collect();
    let graph = |edges: u32| {
        let mut near = [0_u8; 8];
        for (at, &(a, b)) in pairs.iter().enumerate() {
            if edges >> at & 1 == 1 {
                near[a] |= 1 << b;
                near[b] |= 1 << a;
            }
        }
        chordal(&near[..lists])
    };
    (0..1_u32 << pairs.len()).filter_map(graph).collect()
}

/// The factors of a graph of these neighbours, unless it has a chordless cycle.
fn chordal(near: &[u8]) -> Option<Graph> {
    let (mut seen, mut powers) = (0_u8, [0_i8; 256]);
    for _ in 0..near.len() {
        let next = (0..near.len())
            .filter(|list| seen >> list & 1 == 0)
            .max_by_key(|list| ((near[*list] & seen).count_ones(), std::cmp::Reverse(*list)))?;
        let parents = near[next] & seen;
        let all_near = |list: usize| near[list] | 1 << list;
        let complete = (0..near.len())
            .filter(|list| parents >> list & 1 == 1)
            .all(|list| all_near(list) & parents == parents);
        if !complete {
            return None;
        }
        powers[usize::from(parents | 1 << next)] += 1;
        powers[usize::from(parents)] -= 1;
        seen |= 1 << next;
    }
    powers[0] = 0; // The empty separator divides by one.
    let factors = (1..=255_u8).filter(|set| powers[usize::from(*set)] != 0);
    Some(Graph { factors: factors.map(|set| (set, powers[usize::from(set)])).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OEIS A058862: labelled chordal graphs. Seven lists (617,675) are counted by the soak.
    #[test]
    fn chordal_graphs_are_as_many_as_there_are() {
        let most = if std::env::var_os("HABEAS_SOAK").is_some() { 7 } else { 6 };
        let expected = [1, 2, 8, 61, 822, 18_154, 617_675];
        for (lists, expected) in (1..=most).zip(expected) {
            assert_eq!(graphs(lists).len(), expected, "{lists} lists");
        }
    }

    #[test]
    fn a_path_has_two_cliques_and_a_separator() {
        let all = graphs(3);
        let path = Graph { factors: vec![(0b010, -1), (0b011, 1), (0b110, 1)] };
        assert!(all.contains(&path));
        assert_eq!(all.iter().filter(|graph| graph.is_saturated(3)).count(), 1);
    }
}

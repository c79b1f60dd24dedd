//! Whether a log-linear model has a maximum on these counts, decided in whole numbers.
//!
//! A maximum exists if and only if some table without empty cells has the sufficient statistics of
//! the one observed (Haberman 1974, theorem 2.3; Fienberg and Rinaldo 2012, theorem 3). With A the
//! design, P its rows with people and Z those without: let B span the null space of A_P; by Stiemke
//! there is such a table unless some v has A_Z B v >= 0 and not 0, that is, if x >= 1 solves
//! x' A_Z B = 0. A linear programme of as many rows as B has columns (mostly none), pivoted in
//! exact fractions.

use habeas_model::words;

words! {
    /// How a model stands on a table.
    Standing {
        /// It has one maximum.
        Sound = "sound",
        /// Its likelihood rises for ever in some direction.
        NoMaximum = "no_maximum",
        /// Different parameters fit alike: the hidden cell could be anything.
        NotIdentified = "not_identified",
        /// Both.
        Neither = "neither",
    }
}

/// How the model of these columns stands on these rows. `full[h - 1]` counts history `h`; row `h`
/// has a one in column `c` where `h` contains `c`.
pub(super) fn standing(full: &[f64], rows: &[u64], columns: &[u64]) -> Standing {
    let (seen, empty): (Vec<u64>, Vec<u64>) =
        rows.iter().partition(|&&row| full[row as usize - 1] > 0.0);
    // Rank modulo a prime never exceeds the true rank: full here is full for certain.
    if rank_modulo(&seen, columns) == columns.len() {
        return Standing::Sound;
    }
    let basis = null_space(&seen, columns);
    let images: Vec<Vec<i128>> =
        empty.iter().map(|&row| basis.iter().map(|v| dot(row, columns, v)).collect()).collect();
    let exists = positive_solution(&images, basis.len());
    let identified = rank(&images, basis.len()) == basis.len();
    match (exists, identified) {
        (true, true) => Standing::Sound,
        (false, true) => Standing::NoMaximum,
        (true, false) => Standing::NotIdentified,
        (false, false) => Standing::Neither,
    }
}

/// A prime below 2^31: products fit 64 bits.
const PRIME: u64 = 2_147_483_647;

fn rank_modulo(rows: &[u64], columns: &[u64]) -> usize {
    let one = |row: &u64| columns.iter().map(|c| u64::from(row & c == *c)).collect::<Vec<u64>>();
    let mut matrix: Vec<Vec<u64>> = rows.iter().map(one).collect();
    let mut rank = 0;
    for column in 0..columns.len() {
        let Some(pivot) = (rank..matrix.len()).find(|&row| matrix[row][column] != 0) else {
            return rank; // A column that depends on those before: never full.
        };
        matrix.swap(rank, pivot);
        let (above, below) = matrix.split_at_mut(rank + 1);
        let pivot = &above[rank];
        for row in below.iter_mut().filter(|row| row[column] != 0) {
            let (a, b) = (pivot[column], row[column]);
            for (cell, p) in row[column..].iter_mut().zip(&pivot[column..]) {
                *cell = (*cell * a + (PRIME - b) * p) % PRIME;
            }
        }
        rank += 1;
    }
    rank
}

fn dot(row: u64, columns: &[u64], v: &[i128]) -> i128 {
    columns.iter().zip(v).filter(|(c, _)| row & **c == **c).map(|(_, v)| v).sum()
}

/// Divides a row by what its numbers have in common: with entries 0 and 1 they stay small.
fn reduce(row: &mut [i128]) {
    let common = row.iter().fold(0, |a, b| gcd(a, b.abs()));
    if common > 1 {
        row.iter_mut().for_each(|cell| *cell /= common);
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Clears `column` of every row but `at` (Gauss-Jordan without fractions).
fn clear(matrix: &mut [Vec<i128>], at: usize, column: usize) {
    let pivot = matrix[at].clone();
    for (other, row) in matrix.iter_mut().enumerate() {
        if other != at && row[column] != 0 {
            let (a, b) = (pivot[column], row[column]);
            let scale = a.signum();
            row.iter_mut().zip(&pivot).for_each(|(cell, p)| *cell = (*cell * a - p * b) * scale);
            reduce(row);
        }
    }
}

/// Reduces to row echelon form; the pivot columns, one for each of the first rows.
fn echelon(matrix: &mut [Vec<i128>], columns: usize) -> Vec<usize> {
    let mut pivots = Vec::new();
    for column in 0..columns {
        let at = pivots.len();
        let Some(pivot) = (at..matrix.len()).find(|&row| matrix[row][column] != 0) else {
            continue;
        };
        matrix.swap(at, pivot);
        clear(matrix, at, column);
        pivots.push(column);
    }
    pivots
}

fn rank(matrix: &[Vec<i128>], columns: usize) -> usize {
    echelon(&mut matrix.to_vec(), columns).len()
}

/// A basis of the v with A_P v = 0, in whole numbers.
fn null_space(rows: &[u64], columns: &[u64]) -> Vec<Vec<i128>> {
    let one = |row: &u64| columns.iter().map(|c| i128::from(row & c == *c)).collect::<Vec<i128>>();
    let mut matrix: Vec<Vec<i128>> = rows.iter().map(one).collect();
    let pivots = echelon(&mut matrix, columns.len());
    let free = (0..columns.len()).filter(|column| !pivots.contains(column));
    let vector = |column: usize| {
        let scale = pivots.iter().enumerate().fold(1_i128, |scale, (at, &pivot)| {
            let p = matrix[at][pivot].abs();
            scale / gcd(scale, p) * p
        });
        let mut v = vec![0; columns.len()];
        v[column] = scale;
        for (at, &pivot) in pivots.iter().enumerate() {
            v[pivot] = -matrix[at][column] * scale / matrix[at][pivot];
        }
        reduce(&mut v);
        v
    };
    free.map(vector).collect()
}

/// Whether some x >= 1 has x' M = 0, for `M` of `width` columns: with u = x - 1 >= 0, phase one of
/// the simplex method on M' u = -M' 1. Pivots keep whole numbers over one common denominator
/// (Edmonds 1967), and the choice of pivots cannot cycle (Bland 1977).
fn positive_solution(images: &[Vec<i128>], width: usize) -> bool {
    let n = images.len();
    let constraint = |column: usize| {
        let mut row: Vec<i128> = images.iter().map(|image| image[column]).collect();
        row.push(-row.iter().sum::<i128>());
        let sign = if row[n] < 0 { -1 } else { 1 };
        row.iter_mut().for_each(|cell| *cell *= sign);
        row
    };
    let mut rows: Vec<Vec<i128>> = (0..width).map(constraint).collect();
    // The last row is the sum of the artificial variables, which is to become nothing.
    rows.push((0..=n).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
    let mut basis: Vec<usize> = (n..n + width).collect();
    let mut scale = 1;
    while let Some((at, column)) = pivot(&rows, &basis, n) {
        let chosen = rows[at].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let b = row[column];
            let turn = |(cell, p): (&mut i128, &i128)| {
                *cell = (*cell * chosen[column] - p * b) / scale;
            };
            row.iter_mut().zip(&chosen).for_each(turn);
        }
        (scale, basis[at]) = (chosen[column], column);
    }
    rows[width][n] == 0
}

/// The next pivot: the first column that lowers the last row, and the row that bounds it first.
fn pivot(rows: &[Vec<i128>], basis: &[usize], n: usize) -> Option<(usize, usize)> {
    let (last, constraints) = rows.split_last()?;
    let column = (0..n).find(|&column| last[column] > 0)?;
    let bounds = (0..constraints.len()).filter(|&row| constraints[row][column] > 0);
    let row = bounds.min_by(|&a, &b| {
        let (a_row, b_row) = (&constraints[a], &constraints[b]);
        let (left, right) = (a_row[n] * b_row[column], b_row[n] * a_row[column]);
        left.cmp(&right).then(basis[a].cmp(&basis[b]))
    })?;
    Some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::loglinear::model::{Left, Model, fit};
    use proptest::prelude::*;

    const PAIRS: [(&str, u64); 3] = [("AB", 3), ("AC", 5), ("BC", 6)];

    /// The codes of Chan, Silverman and Vincent's three-list example (6, 40, 30 and 20 people).
    #[track_caller]
    fn check(terms: &str, expected: Standing) {
        let mut full = vec![0.0; 7];
        for (history, y) in [(3, 6.0), (1, 40.0), (2, 30.0), (4, 20.0)] {
            full[history - 1] = y;
        }
        let chosen = PAIRS.iter().filter(|(name, _)| terms.contains(name));
        let model = chosen.fold(Model::INDEPENDENT, |model, (_, term)| model.with(*term));
        let left = Left::of(&full, 3, model);
        assert_eq!(standing(&full, &left.rows, &left.columns(3)), expected, "{terms}");
        assert_eq!(fit(&full, 3, model).err(), Some(expected).filter(|s| *s != Standing::Sound));
    }

    #[test]
    fn the_models_of_a_sparse_table_are_told_apart() {
        use Standing::*;
        check("", Sound);
        check("AB", NoMaximum);
        check("AC", Sound);
        check("BC", Sound);
        check("AB,AC", NoMaximum);
        check("AB,BC", NoMaximum);
        check("AC,BC", Sound);
        check("AB,AC,BC", NotIdentified);
    }

    #[test]
    fn a_programme_of_several_dimensions() {
        let solves = |rows: &[[i128; 2]], expected: bool| {
            let images: Vec<Vec<i128>> = rows.iter().map(|row| row.to_vec()).collect();
            assert_eq!(positive_solution(&images, 2), expected, "{rows:?}");
        };
        solves(&[[1, 0], [-1, 0], [0, 1], [0, -1]], true);
        solves(&[[1, 1], [-1, 0], [0, -1]], true);
        solves(&[[1, 1], [-1, 0], [0, 1]], false);
        solves(&[[3, -2], [-3, 2], [0, 0]], true);
        solves(&[[0, 0]], true);
        solves(&[], true);
    }

    proptest! {
        /// Where a maximum is said to exist Newton's method comes to rest, with every mean above 0.
        #[test]
        fn what_exists_is_found(
            cells in prop::collection::vec(prop_oneof![Just(0.0), 1.0..40.0_f64], 15),
            terms in prop::collection::vec(any::<bool>(), 6),
        ) {
            let full: Vec<f64> = cells.iter().map(|y| y.round()).collect();
            prop_assume!(full.iter().sum::<f64>() > 0.0);
            let pairs = [3_u64, 5, 6, 9, 10, 12];
            let model = pairs.iter().zip(terms).filter(|(_, on)| *on)
                .fold(Model::INDEPENDENT, |model, (pair, _)| model.with(*pair));
            let left = Left::of(&full, 4, model);
            let columns = left.columns(4);
            let said = standing(&full, &left.rows, &columns);
            let fitted = crate::estimate::loglinear::model::fit_sound(&full, 4, model, &left);
            let rests = fitted.is_some_and(|fitted| {
                left.rows.iter().all(|row| fitted.mu[*row as usize - 1] > 1e-7)
            });
            prop_assert_eq!(said == Standing::Sound, rests, "{:?} {:?}", said, full);
        }
    }
}

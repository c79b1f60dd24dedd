//! Generalised linear models by Newton's method: counts by Poisson, yes or no by logistic.
//!
//! McCullagh and Nelder 1989, section 2.5 (iteratively reweighted least squares). A fit says
//! whether it came to rest: a maximum at infinity (a boundary fit) is told, never clamped.

/// A design: `rows` times `columns` numbers, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// Columns.
    pub columns: usize,
    /// The numbers.
    pub cells: Vec<f64>,
}

impl Design {
    /// A design of these rows.
    #[must_use]
    pub fn of(rows: &[Vec<f64>]) -> Design {
        let columns = rows.first().map_or(0, Vec::len);
        Design { columns, cells: rows.concat() }
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks_exact(self.columns)
    }
}

/// What a fit came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Coefficients.
    pub beta: Vec<f64>,
    /// Variance of the first coefficient.
    pub v00: f64,
    /// Fitted means, one a row.
    pub mu: Vec<f64>,
    /// Twice the logarithm of the likelihood ratio against the saturated model.
    pub deviance: f64,
    /// Logarithm of the likelihood, constants included.
    pub likelihood: f64,
    /// Whether it came to rest in the interior; if not, some mean runs to its boundary.
    pub settled: bool,
}

/// Newton steps at most; an interior maximum takes five to eight.
const STEPS: usize = 40;
/// Relative change of the deviance at which a fit is at rest.
const REST: f64 = 1e-13;
/// Slower than this after so many steps, means run to the boundary: the deviance shrinks by a
/// constant each step and the coefficients by one (McCullagh and Nelder, section 4.3.3).
const FADING: f64 = 1e-8;

/// Fits counts `y` to a Poisson law with logarithm linear in the design. `None`: the columns are
/// not independent.
#[must_use]
pub fn poisson(design: &Design, y: &[f64]) -> Option<Fit> {
    let mut eta: Vec<f64> = y.iter().map(|y| (y + 0.1).ln()).collect();
    let mut mu: Vec<f64> = eta.iter().map(|eta| eta.exp()).collect();
    let (mut beta, mut before) = (vec![0.0; design.columns], f64::INFINITY);
    let mut normal = Normal::new(design.columns);
    let (mut settled, mut deviance) = (false, f64::INFINITY);
    for step in 0..STEPS {
        normal.clear();
        for (row, (y, (eta, mu))) in design.rows().zip(y.iter().zip(eta.iter().zip(&mu))) {
            normal.add(row, *mu, eta + (y - mu) / mu);
        }
        let mut next = normal.solve()?;
        deviance = step_to(design, &next, &mut eta, &mut mu, |mu| poisson_deviance(y, mu));
        let mut halvings = 0;
        // A step that is too long is halved towards where we stood.
        while step > 0 && worse(deviance, before) && halvings < 20 {
            next.iter_mut().zip(&beta).for_each(|(new, old)| *new = 0.5 * (*new + old));
            deviance = step_to(design, &next, &mut eta, &mut mu, |mu| poisson_deviance(y, mu));
            halvings += 1;
        }
        beta = next;
        if (before - deviance).abs() <= REST * (deviance.abs() + 0.1) {
            settled = mu.iter().all(|mu| *mu > FADING);
            break;
        }
        before = deviance;
    }
    let terms = y.iter().zip(&mu).map(|(y, mu)| y * mu.ln() - mu - ln_factorial(*y));
    let likelihood = terms.sum();
    normal.clear();
    design.rows().zip(&mu).for_each(|(row, mu)| normal.add(row, *mu, 0.0));
    Some(Fit { v00: normal.first_variance()?, beta, mu, deviance, likelihood, settled })
}

/// Whether a step led uphill, or nowhere that has a number.
fn worse(deviance: f64, before: f64) -> bool {
    deviance.is_nan() || deviance > before * (1.0 + 1e-9) + 1e-9
}

fn step_to(
    design: &Design,
    beta: &[f64],
    eta: &mut [f64],
    mu: &mut [f64],
    deviance: impl Fn(&[f64]) -> f64,
) -> f64 {
    for (row, (eta, mu)) in design.rows().zip(eta.iter_mut().zip(mu.iter_mut())) {
        *eta = row.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>().clamp(-700.0, 700.0);
        *mu = eta.exp();
    }
    deviance(mu)
}

/// Twice the sum of y ln(y / mu) - (y - mu); an empty cell adds twice its mean.
fn poisson_deviance(y: &[f64], mu: &[f64]) -> f64 {
    let one = |(y, mu): (&f64, &f64)| match *y > 0.0 {
        true => y * (y / mu).ln() - (y - mu),
        false => *mu,
    };
    2.0 * y.iter().zip(mu).map(one).sum::<f64>()
}

/// Fits answers `y` (0 or 1) to a logistic law; the coefficients. `None`: the columns are not
/// independent, or they tell some answers apart without exception.
#[must_use]
pub fn logistic(design: &Design, y: &[f64]) -> Option<Vec<f64>> {
    let share = y.iter().sum::<f64>() / y.len() as f64;
    if share <= 0.0 || share >= 1.0 {
        return None;
    }
    let mut eta = vec![(share / (1.0 - share)).ln(); y.len()];
    let mut p = vec![share; y.len()];
    let (mut normal, mut before) = (Normal::new(design.columns), f64::INFINITY);
    for _ in 0..STEPS {
        normal.clear();
        for (row, (y, (eta, p))) in design.rows().zip(y.iter().zip(eta.iter().zip(&p))) {
            let weight = p * (1.0 - p);
            normal.add(row, weight, eta + (y - p) / weight);
        }
        let beta = normal.solve()?;
        let mut deviance = 0.0;
        for (row, (y, (eta, p))) in design.rows().zip(y.iter().zip(eta.iter_mut().zip(&mut p))) {
            *eta = row.iter().zip(&beta).map(|(x, b)| x * b).sum();
            *p = 1.0 / (1.0 + (-*eta).exp());
            deviance -= 2.0 * if *y > 0.5 { p.ln() } else { (-*p).ln_1p() };
        }
        if (before - deviance).abs() <= REST * (deviance.abs() + 0.1) {
            // A chance that runs to 0 or 1 has no maximum: the columns tell the answers apart.
            return p.iter().all(|p| *p > FADING && 1.0 - *p > FADING).then_some(beta);
        }
        before = deviance;
    }
    None
}

/// Weighted normal equations, solved by Cholesky.
struct Normal {
    columns: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl Normal {
    fn new(columns: usize) -> Normal {
        Normal { columns, matrix: vec![0.0; columns * columns], right: vec![0.0; columns] }
    }

    fn clear(&mut self) {
        self.matrix.fill(0.0);
        self.right.fill(0.0);
    }

    /// Adds a row with its weight and its working answer (lower triangle only).
    fn add(&mut self, row: &[f64], weight: f64, answer: f64) {
        for (i, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            let wx = weight * x;
            self.right[i] += wx * answer;
            let line = &mut self.matrix[i * self.columns..][..=i];
            line.iter_mut().zip(row).for_each(|(cell, other)| *cell += wx * other);
        }
    }

    /// Cholesky in place; `None` where a pivot is lost: the columns are not independent.
    fn factor(&mut self) -> Option<()> {
        let n = self.columns;
        for i in 0..n {
            for j in 0..=i {
                let (a, b) = (&self.matrix[i * n..][..j], &self.matrix[j * n..][..j]);
                let dot: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                let rest = self.matrix[i * n + j] - dot;
                if i == j {
                    if rest <= self.matrix[i * n + i] * 1e-14 || !rest.is_finite() {
                        return None;
                    }
                    self.matrix[i * n + i] = rest.sqrt();
                } else {
                    self.matrix[i * n + j] = rest / self.matrix[j * n + j];
                }
            }
        }
        Some(())
    }

    fn solve(&mut self) -> Option<Vec<f64>> {
        self.factor()?;
        let n = self.columns;
        let mut x = self.right.clone();
        for i in 0..n {
            let dot: f64 = (0..i).map(|j| self.matrix[i * n + j] * x[j]).sum();
            x[i] = (x[i] - dot) / self.matrix[i * n + i];
        }
        for i in (0..n).rev() {
            let dot: f64 = (i + 1..n).map(|j| self.matrix[j * n + i] * x[j]).sum();
            x[i] = (x[i] - dot) / self.matrix[i * n + i];
        }
        Some(x)
    }

    /// Element (0, 0) of the inverse.
    fn first_variance(&mut self) -> Option<f64> {
        self.right.fill(0.0);
        self.right[0] = 1.0;
        self.solve().map(|x| x[0])
    }
}

/// ln y!
#[must_use]
pub fn ln_factorial(y: f64) -> f64 {
    statrs::function::gamma::ln_gamma(y + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saturated_model_fits_every_cell() {
        let design = Design::of(&[vec![1.0, 0.0], vec![1.0, 1.0]]);
        let fit = poisson(&design, &[3.0, 12.0]).unwrap();
        assert!(fit.settled && (fit.mu[0] - 3.0).abs() < 1e-9 && (fit.mu[1] - 12.0).abs() < 1e-9);
        assert!((fit.v00 - 1.0 / 3.0).abs() < 1e-9 && fit.deviance.abs() < 1e-9);
    }

    #[test]
    fn a_maximum_at_infinity_is_told() {
        let design = Design::of(&[vec![1.0, 0.0], vec![1.0, 1.0]]);
        let fit = poisson(&design, &[3.0, 0.0]);
        assert!(fit.is_none_or(|fit| !fit.settled));
        let apart = Design::of(&[vec![1.0, -1.0], vec![1.0, 1.0]]);
        assert!(logistic(&apart, &[0.0, 1.0]).is_none());
    }

    #[test]
    fn columns_that_repeat_are_told() {
        let design = Design::of(&[vec![1.0, 1.0], vec![1.0, 1.0]]);
        assert!(poisson(&design, &[3.0, 4.0]).is_none());
    }
}

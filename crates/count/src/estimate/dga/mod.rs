//! Every decomposable graph of dependence among the lists, averaged by how well each explains them.
//!
//! Madigan and York 1997 (Bayesian methods for estimation of the size of a closed population,
//! Biometrika 84:19), section 3: the graphs are those without chordless cycles; each clique has a
//! hyper-Dirichlet prior of `delta` a cell, and the posterior of the hidden count is a sum over
//! graphs. With delta 1/2 on sparse lists the saturated graph wins and N collapses to n + 1, so
//! delta is 2^-K here and the weight of the saturated graph is told.

mod chordal;
mod grid;
mod posterior;
mod prior;

pub use chordal::{Graph, graphs};
pub use grid::Grid;
pub use posterior::{Posterior, dga};
pub use prior::Prior;

/// Graphs are listed for so many lists at most (617,675 of them for seven).
pub const MOST_LISTS: usize = 7;

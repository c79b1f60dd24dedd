//! How long it takes to weigh two names, in any script.

use divan::{Bencher, counter::ItemsCount};
use habeas_person::name::{Rarity, odds, words};

fn main() {
    divan::main();
}

/// The invented pairs by which the weights are held to account, one a line.
fn pairs() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("../src/name/pairs.csv").lines();
    lines.filter_map(|line| line[1..].split_once('|')).collect()
}

/// From the letters of two names to the probability.
#[divan::bench]
fn whole(bencher: Bencher) {
    let (pairs, rarity) = (pairs(), Rarity::default());
    bencher
        .counter(ItemsCount::new(pairs.len()))
        .bench(|| pairs.iter().map(|(x, y)| odds(&words(x), &words(y), &rarity).p).sum::<f64>());
}

/// Names that are read already.
#[divan::bench]
fn read_before(bencher: Bencher) {
    let rarity = Rarity::default();
    let read: Vec<_> = pairs().into_iter().map(|(x, y)| (words(x), words(y))).collect();
    bencher
        .counter(ItemsCount::new(read.len()))
        .bench(|| read.iter().map(|(x, y)| odds(x, y, &rarity).p).sum::<f64>());
}

//! Costs of estimating, against the R packages' on the same tables (CPU seconds, docs/guide).

use habeas_count::estimate::{
    Method, Settings, Table,
    dga::{Grid, Prior, dga},
    lcmcr::Chain,
    methods::answer,
};

fn main() {
    divan::main();
}

fn table(name: &str) -> Table {
    let text = match name {
        "kosovo_1999" => include_str!("../tests/estimate/kosovo_1999.csv"),
        "ned_5" => include_str!("../tests/estimate/ned_5.csv"),
        "ukdat_5" => include_str!("../tests/estimate/ukdat_5.csv"),
        other => panic!("no table `{other}`"),
    };
    Table::read(name, text.as_bytes()).expect("a shipped table").table
}

/// A thousand sweeps of ten classes: R and C++ take 12.5 ms on kosovo_1999.
#[divan::bench(args = ["kosovo_1999", "ned_5"], sample_count = 30)]
fn lcmcr_1000_sweeps(bencher: divan::Bencher<'_, '_>, name: &str) {
    let mut chain = Chain::new(&table(name), 10, 1, 0);
    chain.sweep(20_000);
    bencher.bench_local(|| chain.sweep(1_000));
}

/// The R package's own grid, every hidden count to twelve times the documented: 15 s and 650 MB.
#[divan::bench(sample_count = 5)]
fn dga_ned_5_every_count() {
    let table = table("ned_5");
    let found = dga(&table, None, &Grid::Every(98_808), Prior::Reciprocal).expect("five lists");
    assert_eq!(found.quantile(0.5), 47_907.0);
}

/// The grid that is used.
#[divan::bench(sample_count = 5)]
fn dga_ned_5_adaptive() {
    dga(&table("ned_5"), None, &Grid::Adaptive, Prior::Reciprocal).expect("five lists");
}

/// The selection done again for each of 1,000 replicates: R takes 44 s on kosovo_1999.
#[divan::bench(args = ["kosovo_1999", "ned_5"], sample_count = 5)]
fn bca_1000_stepwise(name: &str) {
    let found = answer(Method::Stepwise, &table(name), None, &Settings::default());
    assert!(found.upper.is_some());
}

//! Costs of estimating, against the R packages' on the same tables (CPU seconds, docs/guide).

use habeas_count::estimate::{Table, lcmcr::Chain};

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

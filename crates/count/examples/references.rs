//! Every table of references estimated as it is shipped, beside what other programs say of it.
//!
//! `bench/estimate/run` writes what this prints to docs/estimates.md. The references are those of
//! the tests: Rcapture 1.4-4, SparseMSE 2.0.1, dga 2.0.2 and LCMCR 0.4.14, each run once.

#[path = "../tests/estimate/tables.rs"]
mod tables;

use habeas_count::estimate::{Answer, Estimates, Method, Settings, Table, estimate};
use serde_json::Value;
use std::fmt::Write as _;
use tables::TABLES;

/// What another program gave: its value, its interval, and its processor seconds.
#[derive(Default)]
struct Reference {
    value: Option<f64>,
    ends: Option<(f64, f64)>,
    seconds: Option<f64>,
    /// Microseconds an iteration.
    each: Option<f64>,
}

fn main() {
    let anchors: Value =
        serde_json::from_str(include_str!("../tests/estimate/anchors.json")).expect("our own file");
    let settings = Settings::default();
    let all: Vec<(&str, Estimates)> = TABLES
        .iter()
        .map(|(name, text)| {
            let read = Table::read(name, text.as_bytes()).expect("a shipped table");
            let people = read.covariates.as_ref();
            (*name, estimate(&read.table, people, Method::ALL, &settings, &mut seconds))
        })
        .collect();
    println!("{}", text(&all, &anchors, &settings));
}

/// Processor seconds of this process, all threads together.
#[cfg(unix)]
fn seconds() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
}

#[cfg(not(unix))]
fn seconds() -> Option<f64> {
    None
}

fn text(all: &[(&str, Estimates)], anchors: &Value, settings: &Settings) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(
        out,
        "Seed {}, {} bootstrap replicates, {} chains of up to {} classes; {}.\n",
        settings.seed,
        settings.replicates,
        settings.run.chains,
        settings.run.classes,
        all.first().map_or("", |(_, one)| one.version),
    );
    for method in Method::ALL {
        let _ = writeln!(out, "## `{method}`\n\n{}\n\n{COLUMNS}", about(*method));
        for (name, estimates) in all {
            let answer = estimates.methods.iter().find(|one| one.name == *method);
            if let Some(answer) = answer.filter(|one| told(one)) {
                out.push_str(&row(name, answer, &reference(anchors, name, *method)));
            }
        }
        out.push('\n');
    }
    out.push_str(REFUSED);
    for (name, estimates) in all {
        out.push_str(&refused(name, estimates));
    }
    out
}

/// The doubly robust method has nothing to say of tables without covariates.
fn told(answer: &Answer) -> bool {
    answer.name != Method::Dr || answer.refusal.is_none()
}

fn row(name: &str, ours: &Answer, other: &Reference) -> String {
    let found = match (&ours.refusal, ours.median) {
        (Some(refusal), _) => format!("refused: `{}`", refusal.why),
        (None, Some(median)) => said(median, ours.lower.zip(ours.upper)),
        (None, None) => String::new(),
    };
    let theirs = other.value.map_or_else(|| "–".to_owned(), |value| said(value, other.ends));
    let apart =
        ours.median.zip(other.value).map(|(a, b)| format!("{:+.2} %", 100.0 * (a / b - 1.0)));
    let seconds = ours.cpu_s.map(|cost| format!("{cost:.3}"));
    let sweeps = match ours.diagnostics.get("sweeps") {
        Some(habeas_count::estimate::Noted::Count(sweeps)) => Some(*sweeps as f64),
        _ => None,
    };
    let each = ours.cpu_s.zip(sweeps).map(|(cost, sweeps)| 1e6 * cost / sweeps);
    let with = |cost: Option<String>, each: Option<f64>| {
        let each = each.map(|each| format!(" ({each:.1} µs each)"));
        format!("{}{}", cost.unwrap_or_else(|| "–".to_owned()), each.unwrap_or_default())
    };
    let theirs_cost = with(other.seconds.map(|cost| format!("{cost:.3}")), other.each);
    format!(
        "| {name} | {theirs} | {found} | {} | {theirs_cost} | {} |\n",
        apart.unwrap_or_else(|| "–".to_owned()),
        with(seconds, each),
    )
}

/// "10,408 [8,908–13,942]".
fn said(value: f64, ends: Option<(f64, f64)>) -> String {
    let ends = ends.map(|(low, high)| format!(" [{}–{}]", thousands(low), thousands(high)));
    format!("{}{}", thousands(value), ends.unwrap_or_default())
}

fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn ends(range: &Value) -> Option<(f64, f64)> {
    let (low, high) = range.as_str()?.split_once("..")?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

/// What the anchors have of this table and method.
fn reference(anchors: &Value, name: &str, method: Method) -> Reference {
    let (fixed, drawn) = (&anchors["deterministic"][name], &anchors["stochastic"][name]);
    let of =
        |value: &Value, ends| Reference { value: value.as_f64(), ends, ..Reference::default() };
    match method {
        Method::Chao => of(&fixed["chao1987"]["est"], ends(&fixed["chao1987"]["ci"])),
        Method::MthChao => {
            let model = &fixed["closedp"]["Mth Chao (LB)"]["est"];
            of(model, ends(&fixed["rcapture_ci"]["Mth Chao"]["ci95"]))
        }
        Method::LoglinearBic => {
            let checked = &anchors["deterministic"]["_bic_with_existence_check"][name];
            of(checked, None)
        }
        Method::Stepwise => {
            let bca = &drawn["stepwise_bca_1000_seed1234"];
            let cost =
                bca["cpu_wall"].as_str().and_then(|cost| cost.split(' ').next()?.parse().ok());
            Reference { seconds: cost, ..of(&fixed["stepwise_p02"]["est"], ends(&bca["bca95"])) }
        }
        Method::Dga => {
            let settings = fixed["dga"].as_object().into_iter().flatten();
            let full = settings
                .into_iter()
                .find(|(name, _)| name.starts_with("full") && name.ends_with("2^-K"));
            let none = Value::Null;
            let one = full.map_or(&none, |(_, one)| one);
            let cost = DGA.iter().find(|(table, _)| *table == name).map(|(_, cost)| *cost);
            let ends = one["lo"].as_f64().zip(one["hi"].as_f64());
            Reference { seconds: cost, ..of(&one["med"], ends) }
        }
        Method::Lcmcr => latent_classes(drawn),
        Method::Dr => {
            let found = &fixed["dr_logit_nofold"];
            let ends = found["ci"].as_array().map(|ci| (ci[0].as_f64(), ci[1].as_f64()));
            of(&found["n"], ends.and_then(|(low, high)| low.zip(high)))
        }
    }
}

/// Processor seconds of the R package dga on its own grid, every hidden count.
const DGA: [(&str, f64); 2] = [("kosovo_1999", 0.195), ("ned_5", 15.0)];

fn latent_classes(drawn: &Value) -> Reference {
    let (chains, published) = (&drawn["lcmcr_K10_4chains"], &drawn["lcmcr_K5_hrdag"]);
    let (one, low, high) = match chains.is_null() {
        false => (chains, "lo", "hi"),
        true => (published, "q2.5", "q97.5"),
    };
    // "K=10 burn=50000 samples=5000 thin=100 seeds=1,2,3,4": four chains.
    let setting = |key: &str| -> Option<f64> {
        let words = one["settings"].as_str()?.split(' ');
        words.filter_map(|word| word.strip_prefix(key)).find_map(|value| value.parse().ok())
    };
    let sweeps = setting("burn=").zip(setting("samples=")).zip(setting("thin="));
    let sweeps = sweeps.map(|((burn, samples), thin)| 4.0 * (burn + samples * thin));
    let seconds = one["cpu"].as_f64();
    Reference {
        value: one["med"].as_f64(),
        ends: one[low].as_f64().zip(one[high].as_f64()),
        seconds,
        each: seconds.zip(sweeps).map(|(cost, sweeps)| 1e6 * cost / sweeps),
    }
}

/// What a table was refused, with the numbers that it rests on, and the verdict over all.
fn refused(name: &str, of: &Estimates) -> String {
    let refusals = of.methods.iter().filter(|one| told(one)).filter_map(|one| {
        let refusal = one.refusal.as_ref()?;
        let with: Vec<String> =
            refusal.with.iter().map(|(key, value)| format!("{key} {value}")).collect();
        let with = if with.is_empty() { String::new() } else { format!(" ({})", with.join(", ")) };
        Some(format!("`{}`: `{}`{with}", one.name, refusal.why))
    });
    let refusals: Vec<String> = refusals.collect();
    let none = refusals.is_empty().then(|| "nothing".to_owned());
    let told = none.unwrap_or_else(|| refusals.join("; "));
    format!("| {name} | {} | {} | {told} | `{}` |\n", of.lists.len(), of.n, of.verdict.word)
}

const HEAD: &str = "# Estimates against references

Written by `bench/estimate/run`; nothing in it is typed. Each published table is estimated with the
shipped settings and stands beside what other programs gave for it: Rcapture 1.4-4 (`chao`,
`mth_chao`), SparseMSE 2.0.1 (`stepwise`), dga 2.0.2 (`dga`, on its own grid of every hidden count),
LCMCR 0.4.14 (`lcmcr`: four long chains; five classes for the `ph_` tables, ten for ours).

Processor seconds are those of one run each, all threads together; the R packages ran on another
machine. Where both did the same work (`stepwise`: the selection again for each of 1,000 replicates)
they can be compared; `lcmcr` by the microseconds of one iteration, since chains differ in length.
What a test holds to which tolerance stands in `crates/count/tests/estimate`.

";

const COLUMNS: &str = "\
| table | reference | ours | apart | CPU s, R | CPU s, ours |
| --- | --- | --- | --- | --- | --- |";

const REFUSED: &str = "## What the gates refused

`few_methods`, `disagree` and `one_method` are no headline: the documented count stands alone there.

| table | lists | documented | refused | verdict |
| --- | --- | --- | --- | --- |
";

fn about(method: Method) -> &'static str {
    match method {
        Method::Chao => "A lower bound (Chao 1987).",
        Method::MthChao => "A lower bound with lists of unequal reach; profile interval.",
        Method::LoglinearBic => {
            "The best of all hierarchical models that exist and are identified; BCa. References \
             only where such a check was made."
        }
        Method::Stepwise => "Built pair by pair; BCa with the selection done again.",
        Method::Dga => "Averaged over every decomposable graph, on a grid that adapts.",
        Method::Lcmcr => "Latent classes.",
        Method::Dr => "Two lists and covariates; the reference is fitted without folds.",
    }
}

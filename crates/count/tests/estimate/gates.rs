//! Each gate refuses on its own side of its threshold, and takes the number back with it.

use super::table;
use habeas_count::estimate::{Answer, Method, Settings, Table, Why, estimate};

fn quick() -> Settings {
    Settings { replicates: 0, ..Settings::default().quick() }
}

fn answer(table: &Table, method: Method, settings: &Settings) -> Answer {
    let mut all = estimate(table, None, &[method], settings, &mut || None);
    assert_eq!(all.n, table.people(), "documented people are told whatever is refused");
    all.methods.remove(0)
}

/// `expected` is the reason; none where the method stands.
#[track_caller]
fn check(table: &Table, method: Method, settings: &Settings, expected: Option<Why>) {
    let one = answer(table, method, settings);
    assert_eq!(one.refusal.as_ref().map(|refusal| refusal.why), expected, "{method}");
    let numbers = [one.estimate, one.median, one.lower];
    assert!(
        numbers.iter().all(|number| number.is_some() == expected.is_none()),
        "{method}: {numbers:?}"
    );
    assert!(
        expected.is_none() || one.upper.is_none() && one.draws.is_empty(),
        "{method}: {} draws",
        one.draws.len()
    );
}

fn read(text: &str) -> Table {
    Table::read("t.csv", text.as_bytes()).unwrap().table
}

#[test]
fn graphs_are_refused_at_each_threshold() {
    let (kosovo, usual) = (table("kosovo_1999"), quick());
    check(&kosovo, Method::Dga, &usual, None);
    let saturated = Settings { most_saturated: 0.0, ..usual.clone() };
    check(&kosovo, Method::Dga, &saturated, Some(Why::Saturated));
    let cut = Settings { most_cut: 0.0, ..usual };
    check(&kosovo, Method::Dga, &cut, Some(Why::CutOff));
}

#[test]
fn latent_classes_are_refused_at_each_threshold() {
    let (congenital, usual) = (table("congenital_massachusetts"), quick());
    let open = Settings { most_rhat: 9.0, least_ess: 0.0, most_at_cap: 1.1, ..usual };
    check(&congenital, Method::Lcmcr, &open, None);
    let apart = Settings { most_rhat: 0.5, ..open.clone() };
    check(&congenital, Method::Lcmcr, &apart, Some(Why::NotMixed));
    let alike = Settings { least_ess: 1e9, ..open.clone() };
    check(&congenital, Method::Lcmcr, &alike, Some(Why::NotMixed));
    let capped = Settings { most_at_cap: 0.0, ..open };
    check(&congenital, Method::Lcmcr, &capped, Some(Why::AtCap));
}

#[test]
fn tables_are_refused_where_a_method_cannot_speak() {
    let usual = quick();
    let wide: String = (0..13)
        .map(|list| {
            let row = (0..13).map(|other| if other <= list { "1," } else { "0," });
            format!("{}3\n", row.collect::<String>())
        })
        .collect();
    let heads: String = (0..13).map(|list| format!("L{list},")).collect();
    let wide = read(&format!("{heads}count\n{wide}"));
    for method in [Method::MthChao, Method::LoglinearBic, Method::Stepwise, Method::Dga] {
        check(&wide, method, &usual, Some(Why::TooManyLists));
    }
    let doubled = read("A,B,C,count\n1,1,0,6\n1,0,1,5\n0,1,1,4\n");
    check(&doubled, Method::Chao, &usual, Some(Why::NoSingles));
    let together = read("A,B,C,count\n1,1,1,5\n");
    for method in [Method::LoglinearBic, Method::Stepwise] {
        check(&together, method, &usual, Some(Why::NoModel));
    }
}

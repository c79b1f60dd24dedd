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

#[test]
fn a_posterior_of_several_peaks_is_no_number() {
    check(&table("ned_5"), Method::Dga, &quick(), Some(Why::SeveralModes));
    check(&table("congenital_massachusetts"), Method::Dga, &quick(), None);
}

#[test]
fn an_interval_needs_replicates_that_have_an_estimate() {
    // Without the one person on two lists there is nothing to go by.
    let thin = read("A,B,C,count\n1,1,0,1\n1,0,0,9\n0,1,0,9\n0,0,1,9\n");
    for method in [Method::LoglinearBic, Method::Stepwise] {
        check(&thin, method, &quick(), None);
        let drawn = Settings { replicates: 50, ..quick() };
        check(&thin, method, &drawn, Some(Why::FewReplicates));
    }
}

#[test]
fn a_hidden_count_at_its_boundary_is_refused() {
    let crowded = read("A,B,C,count\n1,1,1,40\n1,1,0,30\n1,0,1,30\n0,1,1,30\n");
    check(&crowded, Method::MthChao, &quick(), Some(Why::Boundary));
    check(&table("kosovo_1999"), Method::MthChao, &quick(), None);
}

#[test]
fn covariates_that_tell_the_lists_apart_are_refused() {
    let people = |apart: bool| {
        let row = |n: u32| {
            let (a, b) = [(1, 1), (1, 0), (0, 1)][n as usize % 3];
            let x = if apart { 2 * a - b } else { (n * 7 % 11) as i32 };
            format!("{a},{b},{x}\n")
        };
        let rows: String = (0..90).map(row).collect();
        Table::read("t.csv", format!("y1,y2,x1\n{rows}").as_bytes()).unwrap()
    };
    for (apart, expected) in [(true, Some(Why::Separated)), (false, None)] {
        let read = people(apart);
        let known = read.covariates.as_ref();
        let all = estimate(&read.table, known, &[Method::Dr], &quick(), &mut || None);
        let refusal = all.methods[0].refusal.as_ref().map(|refusal| refusal.why);
        assert_eq!((refusal, all.methods[0].estimate.is_none()), (expected, apart));
    }
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

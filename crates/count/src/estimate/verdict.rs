//! The methods side by side, whether they agree, and what changes when a list is left out.

use super::{
    Covariates, Settings, Table,
    answer::{Answer, Method, Why},
    methods::answer,
};
use habeas_model::words;
use serde::Serialize;
use std::collections::BTreeSet;

words! {
    /// What the methods come to together.
    Word {
        /// Enough of them stand, of more than one family, with medians within the factor of the
        /// settings.
        Agree = "agree",
        /// Medians further apart: there is no headline number.
        Disagree = "disagree",
        /// Those that stand are near each other, but too few stand, or all are of one family:
        /// that two choices among the same models are alike is no agreement.
        Few = "few_methods",
        /// Only one answers.
        OneMethod = "one_method",
        /// None answers; a lower bound may stand.
        Refused = "refused",
    }
}

/// What the methods come to together. Bounds have no part in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// In a word.
    pub word: Word,
    /// How many methods that are no bounds answer.
    pub standing: usize,
    /// How many were asked and could have: a method for which the table holds nothing is not.
    pub asked: usize,
    /// The highest median over the lowest.
    pub ratio: Option<f64>,
    /// The lowest median.
    pub lowest: Option<f64>,
    /// The highest median.
    pub highest: Option<f64>,
}

/// An estimate with one list fewer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Other {
    /// The list that was left out, or the two smallest that were taken as one.
    pub lists: Vec<String>,
    /// Whether they were merged; else left out.
    pub merged: bool,
    /// What each method says then, without bootstrap.
    pub medians: Vec<(Method, Option<f64>)>,
}

const VERSION: &str = concat!("habeas ", env!("CARGO_PKG_VERSION"));

/// Everything that is told of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimates {
    /// The documented count: everybody on a list.
    pub n: u64,
    /// The lists.
    pub lists: Vec<String>,
    /// How many stand on each.
    pub sizes: Vec<u64>,
    /// What each method answers.
    pub methods: Vec<Answer>,
    /// What they come to.
    pub verdict: Verdict,
    /// Leave one list out; merge the smallest two.
    pub others: Vec<Other>,
    /// The settings.
    pub settings: Settings,
    /// The program and its version.
    pub version: &'static str,
    /// The table.
    pub table: Table,
}

/// Asks `methods` of a table. `clock` tells seconds of processor time: it is handed in, as this
/// crate has none.
pub fn estimate(
    table: &Table,
    covariates: Option<&Covariates>,
    methods: &[Method],
    settings: &Settings,
    clock: &mut dyn FnMut() -> Option<f64>,
) -> Estimates {
    let mut timed = |method: &Method| {
        let start = clock();
        let mut one = answer(*method, table, covariates, settings);
        one.cpu_s = start.zip(clock()).map(|(start, end)| end - start);
        one
    };
    let answers: Vec<Answer> = methods.iter().map(&mut timed).collect();
    let others = others(table, settings);
    Estimates { others, ..Estimates::refused(table, answers, settings) }
}

impl Estimates {
    /// What is told where a gate before the methods refuses.
    #[must_use]
    pub fn refused(table: &Table, methods: Vec<Answer>, settings: &Settings) -> Estimates {
        Estimates {
            n: table.people(),
            lists: table.lists().to_vec(),
            sizes: table.sizes(),
            verdict: verdict(&methods, settings),
            others: Vec::new(),
            methods,
            settings: settings.clone(),
            version: VERSION,
            table: table.clone(),
        }
    }
}

/// Methods that choose among the same models are one family: they are wrong together.
fn family(method: Method) -> Option<&'static str> {
    match method {
        Method::Chao | Method::MthChao => None, // Bounds have no part in it.
        Method::LoglinearBic | Method::Stepwise => Some("log-linear"),
        Method::Dga => Some("graphs"),
        Method::Lcmcr => Some("classes"),
        Method::Dr => Some("covariates"),
    }
}

/// Gate 5: medians of the estimates that are no bounds. They agree only where `least_methods` of
/// two families or more stand: a refusal is a method that does not confirm the others.
#[must_use]
pub fn verdict(answers: &[Answer], settings: &Settings) -> Verdict {
    let refused_for = |one: &&Answer, why| one.refusal.as_ref().is_some_and(|no| no.why == why);
    let asked = answers
        .iter()
        .filter(|one| family(one.name).is_some() && !refused_for(one, Why::NoCovariates));
    let standing: Vec<(Method, f64)> =
        asked.clone().filter_map(|one| Some((one.name, one.median?))).collect();
    let medians = || standing.iter().map(|(_, median)| *median);
    let (lowest, highest) = (medians().reduce(f64::min), medians().reduce(f64::max));
    let ratio = lowest.zip(highest).map(|(low, high)| high / low);
    let families: BTreeSet<_> = standing.iter().filter_map(|(name, _)| family(*name)).collect();
    let enough = standing.len() >= settings.least_methods && families.len() > 1;
    let word = match (standing.len(), ratio) {
        (0, _) | (_, None) => Word::Refused,
        (1, _) => Word::OneMethod,
        (_, Some(ratio)) if ratio > settings.disagree => Word::Disagree,
        _ if !enough => Word::Few,
        _ => Word::Agree,
    };
    Verdict {
        word,
        standing: standing.len(),
        asked: asked.count(),
        ratio: ratio.filter(|_| standing.len() > 1),
        lowest,
        highest,
    }
}

/// Gate 6: each list left out, and the two smallest taken as one.
fn others(table: &Table, settings: &Settings) -> Vec<Other> {
    if table.width() < 4 || table.width() > 7 {
        return Vec::new(); // Three lists are the fewest that can be estimated from.
    }
    let medians = |table: &Table| {
        let quick = settings.quick();
        let ask = |method: &Method| (*method, answer(*method, table, None, &quick).median);
        [Method::Chao, Method::LoglinearBic, Method::Dga].iter().map(ask).collect()
    };
    let without = |list: usize| Other {
        lists: vec![table.lists()[list].clone()],
        merged: false,
        medians: medians(&table.without(list)),
    };
    let mut others: Vec<Other> = (0..table.width()).map(without).collect();
    let mut order: Vec<(u64, usize)> = table.sizes().into_iter().zip(0..).collect();
    order.sort_unstable();
    let small: BTreeSet<usize> = order.iter().take(2).map(|(_, list)| *list).collect();
    others.push(Other {
        lists: small.iter().map(|list| table.lists()[*list].clone()).collect(),
        merged: true,
        medians: medians(&table.merged(&small)),
    });
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::answer::Refusal;

    fn of(text: &str) -> Estimates {
        let table = Table::read("t.csv", text.as_bytes()).unwrap().table;
        let settings = Settings { replicates: 40, ..Settings::default().quick() };
        estimate(&table, None, Method::ALL, &settings, &mut || None)
    }

    #[track_caller]
    fn check(text: &str, method: Method, expected: Option<Why>) {
        let all = of(text);
        let one = all.methods.iter().find(|one| one.name == method).unwrap();
        assert_eq!(one.refusal.as_ref().map(|refusal| refusal.why), expected, "{text}");
        assert_eq!(one.estimate.is_none(), expected.is_some(), "{one:?}");
    }

    const TWO: &str = "A,B,count\n1,0,5\n0,1,5\n1,1,2\n";
    const APART: &str = "A,B,C,count\n1,0,0,5\n0,1,0,5\n0,0,1,9\n";
    const SPARSE: &str = "A,B,C,count\n1,1,0,6\n1,0,0,40\n0,1,0,30\n0,0,1,20\n";
    const HUGE: &str = "A,B,C,count\n1,1,1,1000000000\n1,1,0,1000000000\n1,0,1,1000000000\n\
        0,1,1,1000000000\n1,0,0,1000000000\n0,1,0,1000000000\n0,0,1,1000000000\n";

    #[test]
    fn gates_refuse_with_their_reason() {
        for method in [Method::Chao, Method::Stepwise, Method::Dga, Method::Lcmcr] {
            check(TWO, method, Some(Why::FewLists));
            check(APART, method, Some(Why::NoOverlap));
        }
        check(TWO, Method::Dr, Some(Why::NoCovariates));
        check(SPARSE, Method::LoglinearBic, None);
        assert_eq!(of(APART).verdict.word, Word::Refused);
    }

    /// `medians` by method; a method without one is refused.
    #[track_caller]
    fn agree(medians: &[(Method, Option<f64>)], expected: Word) {
        let one = |(name, median): &(Method, Option<f64>)| match median {
            Some(x) => Answer::of(*name).with(*x, *x, (1.0, None)),
            None => Answer::refused(*name, Refusal::new(Why::NotMixed, [])),
        };
        let answers: Vec<Answer> = medians.iter().map(one).collect();
        let found = verdict(&answers, &Settings::default());
        assert_eq!(found.word, expected, "{medians:?}");
        let standing = |(name, x): &&(Method, Option<f64>)| family(*name).is_some() && x.is_some();
        assert_eq!(found.standing, medians.iter().filter(standing).count());
    }

    #[test]
    fn to_agree_takes_three_methods_of_two_families() {
        use Method::*;
        let refused = [(Dga, None), (Lcmcr, None)];
        let with = |more: &[(Method, Option<f64>)]| [more, &refused].concat();
        // Two choices among log-linear models, as on the Dutch table: no agreement.
        agree(&with(&[(LoglinearBic, Some(149.0)), (Stepwise, Some(122.0))]), Word::Few);
        agree(&with(&[(LoglinearBic, Some(149.0)), (Stepwise, Some(90.0))]), Word::Disagree);
        agree(&with(&[(Stepwise, Some(90.0))]), Word::OneMethod);
        agree(&with(&[(Chao, Some(90.0)), (MthChao, Some(90.0))]), Word::Refused);
        agree(&[(LoglinearBic, Some(1.0)), (Dga, Some(1.1)), (Lcmcr, None)], Word::Few);
        agree(&[(LoglinearBic, Some(1.0)), (Dga, Some(1.1)), (Lcmcr, Some(1.5))], Word::Agree);
        agree(&[(LoglinearBic, Some(1.0)), (Dga, Some(1.1)), (Lcmcr, Some(1.6))], Word::Disagree);
    }

    #[test]
    fn a_thousand_million_people_are_no_overflow() {
        let all = of(HUGE);
        let n = all.n as f64;
        assert_eq!(n, 7e9);
        for one in all.methods.iter().filter(|one| one.estimate.is_some()) {
            assert!(one.lower.unwrap() >= n, "{one:?}"); // Gate 8.
            assert!(one.estimate.unwrap() < 2.0 * n, "{one:?}");
        }
        let independent = all.methods.iter().find(|one| one.name == Method::LoglinearBic).unwrap();
        assert!((independent.estimate.unwrap() / n - 8.0 / 7.0).abs() < 1e-6);
    }

    #[test]
    fn one_seed_gives_the_same_at_any_number_of_threads() {
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| of("A,B,C,count\n1,1,1,4\n1,1,0,6\n1,0,1,9\n0,1,1,5\n1,0,0,40\n0,1,0,30\n0,0,1,20\n"))
        };
        let (one, four) = (on(1), on(4));
        assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&four).unwrap());
        assert!(one.methods.iter().zip(&four.methods).all(|(a, b)| a.draws == b.draws));
    }
}

//! Each method on a table: asked, gated, and answered in one form.

use super::{
    Covariates, Settings, Table,
    answer::{Answer, Method, Noted, Refusal, Why},
    chance::Stream,
    chao::{self, Heterogeneity},
    dga::{self, Grid, Prior},
    lcmcr,
    loglinear::{self, Fitted, Ranked, quantile},
    robust,
};

/// Draws of N that an answer keeps.
const DRAWS: usize = 2_000;
/// Models within this of the best BIC are told with it: the evidence against them is not strong
/// (Raftery 1995, Bayesian model selection in social research, section 4.1, table 6).
const ALIKE: f64 = 6.0;

/// What `method` answers on this table.
#[must_use]
pub fn answer(
    method: Method,
    table: &Table,
    covariates: Option<&Covariates>,
    settings: &Settings,
) -> Answer {
    if method == Method::Dr && covariates.is_none() {
        return Answer::refused(method, Refusal::new(Why::NoCovariates, []));
    }
    let gate = if method == Method::Dr { None } else { few_lists(table) };
    if let Some(refusal) = gate.or_else(|| no_overlap(table)) {
        return Answer::refused(method, refusal);
    }
    match method {
        Method::Chao => chao_bound(table),
        Method::MthChao => mth_chao(table),
        Method::LoglinearBic => loglinear_bic(table, settings),
        Method::Stepwise => stepwise(table, settings),
        Method::Dga => graphs(table, settings),
        Method::Lcmcr => latent_classes(table, settings),
        Method::Dr => doubly_robust(table, covariates, settings),
    }
}

/// Gate 1: three lists with people on them.
fn few_lists(table: &Table) -> Option<Refusal> {
    let lists = table.sizes().iter().filter(|size| **size > 0).count();
    (lists < 3).then(|| Refusal::new(Why::FewLists, [("n", lists.to_string())]))
}

fn no_overlap(table: &Table) -> Option<Refusal> {
    let overlap: u64 = table.frequencies().iter().skip(1).sum();
    (overlap == 0).then(|| Refusal::new(Why::NoOverlap, []))
}

fn too_many(table: &Table, most: usize) -> Option<Refusal> {
    let with = || [("n", table.width().to_string()), ("most", most.to_string())];
    (table.width() > most).then(|| Refusal::new(Why::TooManyLists, with()))
}

fn chao_bound(table: &Table) -> Answer {
    let answer = Answer::of(Method::Chao);
    let Some(chao) = chao::chao(table) else {
        return answer.withdrawn(Refusal::new(Why::NoSingles, []));
    };
    let f: Vec<String> = table.frequencies().iter().map(u64::to_string).collect();
    answer
        .with(chao.bound, chao.bound, (chao.lower, Some(chao.upper)))
        .number("bias_corrected", chao.bias_corrected)
        .number("finite_lists", chao.finite_lists)
        .note("frequencies", Noted::Words(f.join(",")))
}

fn mth_chao(table: &Table) -> Answer {
    let answer = Answer::of(Method::MthChao);
    if let Some(refusal) = too_many(table, 12) {
        return answer.withdrawn(refusal);
    }
    let fit = |kind, by_list| {
        chao::fit(table, kind, by_list).filter(|model: &chao::Model| model.fit.settled)
    };
    let Some(model) = fit(Heterogeneity::Chao, true) else {
        return answer.withdrawn(Refusal::new(Why::Boundary, []));
    };
    let mut answer = answer.number("se", model.se).number("aic", model.aic);
    let dropped: Vec<String> = model.dropped.iter().map(|j| format!("eta{j}")).collect();
    answer = answer.note("dropped", Noted::Words(dropped.join(",")));
    for (key, kind) in [
        ("mth_darroch", Heterogeneity::Darroch),
        ("mth_poisson2", Heterogeneity::Poisson2),
        ("mth_gamma3_5", Heterogeneity::Gamma35),
    ] {
        answer = match fit(kind, true) {
            Some(model) => answer.number(key, model.estimate),
            None => answer.note(key, Noted::Words(Why::Boundary.to_string())),
        };
    }
    match chao::profile(table, &model) {
        Some(profile) => answer
            .with(model.estimate, model.estimate, (profile.lower, profile.upper))
            .number("profile_top", profile.estimate),
        None => answer.withdrawn(Refusal::new(Why::Boundary, [])),
    }
}

/// The models that are looked at: all up to five lists, pairs only for six.
fn ranked(table: &Table) -> Ranked {
    let (lists, full) = (table.width(), table.full());
    let order = if lists <= 5 { 5 } else { 2 };
    loglinear::ranked(&full, lists, &loglinear::hierarchical(lists, order))
}

fn loglinear_bic(table: &Table, settings: &Settings) -> Answer {
    let answer = Answer::of(Method::LoglinearBic);
    if let Some(refusal) = too_many(table, loglinear::MOST_LISTS) {
        return answer.withdrawn(refusal);
    }
    let (lists, ranked) = (table.width(), ranked(table));
    let answer = answer
        .note("models", Noted::Count(ranked.models as u64))
        .note("unsound", Noted::Count(ranked.unsound as u64));
    let Some(best) = ranked.fitted.first() else {
        return answer.withdrawn(no_model(ranked.models));
    };
    // Silverman, Chan and Vincent 2024: a replicate chooses among the best models of the table.
    let top = if lists <= 4 { 20 } else { 100 };
    let models: Vec<loglinear::Model> =
        ranked.fitted.iter().take(top).map(|fitted| fitted.model).collect();
    let again = |full: &[f64]| {
        let fits = models.iter().filter_map(|model| loglinear::fit(full, lists, *model).ok());
        fits.min_by(|a, b| a.bic.total_cmp(&b.bic)).map(|fitted| fitted.estimate)
    };
    // Identical fits can have any N: what the models say that fit nearly as well is told.
    let alike = ranked.fitted.iter().take_while(|fitted| fitted.bic <= best.bic + ALIKE);
    let alike: Vec<f64> = alike.map(|fitted| fitted.estimate).collect();
    let answer = answer
        .note("alike", Noted::Count(alike.len() as u64))
        .number("alike_lowest", alike.iter().copied().fold(f64::INFINITY, f64::min))
        .number("alike_highest", alike.iter().copied().fold(0.0, f64::max))
        .note("model", Noted::Words(best.model.words(lists)))
        .number("bic", best.bic)
        .number("se", best.se);
    bootstrapped(answer, table, best, settings, again)
}

fn no_model(models: usize) -> Refusal {
    Refusal::new(Why::NoModel, [("n", models.to_string())])
}

fn stepwise(table: &Table, settings: &Settings) -> Answer {
    let answer = Answer::of(Method::Stepwise);
    if let Some(refusal) = too_many(table, loglinear::MOST_LISTS) {
        return answer.withdrawn(refusal);
    }
    let (lists, entry) = (table.width(), settings.entry);
    let Ok(found) = loglinear::stepwise(&table.full(), lists, entry) else {
        return answer.withdrawn(no_model(1));
    };
    let name = |term: &u64| {
        let on = (0..lists).filter(|list| term >> list & 1 == 1);
        on.map(|list| table.lists()[list].as_str()).collect::<Vec<_>>().join(":")
    };
    let words = |terms: &[u64]| Noted::Words(terms.iter().map(name).collect::<Vec<_>>().join(" "));
    let answer = answer
        .note("model", Noted::Words(found.fitted.model.words(lists)))
        .note("entered", words(&found.entered))
        .note("boundary", words(&found.fitted.boundary))
        .number("se", found.fitted.se);
    let again = |full: &[f64]| {
        loglinear::stepwise(full, lists, entry).ok().map(|found| found.fitted.estimate)
    };
    bootstrapped(answer, table, &found.fitted, settings, again)
}

/// The interval of a selected model: BCa with the selection done again, or Wald's where no
/// replicates are asked for.
fn bootstrapped(
    answer: Answer,
    table: &Table,
    best: &Fitted,
    settings: &Settings,
    again: impl Fn(&[f64]) -> Option<f64> + Sync,
) -> Answer {
    let (low, high) = best.wald();
    if settings.replicates == 0 {
        let mut answer = answer
            .with(best.estimate, best.estimate, (low, Some(high)))
            .note("interval", Noted::Words("wald".to_owned()));
        let (mut stream, n) = (Stream::new(settings.seed, 1 << 40), table.people() as f64);
        let draw = |_| n + best.hidden * (best.v00.sqrt() * stream.normal()).exp();
        answer.draws = (0..DRAWS).map(draw).collect();
        return answer;
    }
    let asked = (settings.seed, settings.replicates);
    let Some(bootstrap) = loglinear::bootstrap(table, best.estimate, asked, again) else {
        let with = [("n", settings.replicates.to_string())];
        return answer.withdrawn(Refusal::new(Why::FewReplicates, with));
    };
    let mut sorted = bootstrap.draws.clone();
    sorted.sort_by(f64::total_cmp);
    let mut answer = answer
        .with(best.estimate, best.estimate, (bootstrap.lower, Some(bootstrap.upper)))
        .note("interval", Noted::Words("bca".to_owned()))
        .note("replicates", Noted::Count(settings.replicates as u64))
        .note("dropped_replicates", Noted::Count(bootstrap.dropped as u64))
        .number("bootstrap_median", quantile(&sorted, 0.5))
        .number("wald_lower", low)
        .number("wald_upper", high)
        .number("acceleration", bootstrap.acceleration);
    answer.draws = bootstrap.draws;
    answer
}

fn graphs(table: &Table, settings: &Settings) -> Answer {
    let answer = Answer::of(Method::Dga);
    if let Some(refusal) = too_many(table, dga::MOST_LISTS) {
        return answer.withdrawn(refusal);
    }
    let Some(found) = dga::dga(table, None, &Grid::Adaptive, Prior::Reciprocal) else {
        return answer.withdrawn(no_model(0));
    };
    let top = found.top.iter().map(|(graph, weight)| format!("[{graph}] {weight:.3}"));
    let mut answer = answer
        .note("graphs", Noted::Count(found.graphs as u64))
        .note("top", Noted::Words(top.collect::<Vec<_>>().join("; ")))
        .number("saturated_weight", found.saturated)
        .number("last_mass", found.last_mass)
        .note("modes", Noted::Count(found.modes as u64))
        .number("mean", found.mean)
        .note("points", Noted::Count(found.mass.len() as u64));
    let mut stream = Stream::new(settings.seed, 2 << 40);
    answer.draws = (0..DRAWS).map(|_| found.quantile(stream.uniform())).collect();
    let median = found.quantile(0.5);
    let ends = (found.quantile(0.025), Some(found.quantile(0.975)));
    let answer = answer.with(median, median, ends);
    // Gate 4.
    let share = |x: f64| format!("{:.1}", 100.0 * x);
    match () {
        () if found.saturated >= settings.most_saturated => {
            answer.withdrawn(Refusal::new(Why::Saturated, [("share", share(found.saturated))]))
        }
        () if found.last_mass >= settings.most_cut => {
            answer.withdrawn(Refusal::new(Why::CutOff, [("share", share(found.last_mass))]))
        }
        () if found.modes > 1 => {
            answer.withdrawn(Refusal::new(Why::SeveralModes, [("n", found.modes.to_string())]))
        }
        () => answer,
    }
}

fn latent_classes(table: &Table, settings: &Settings) -> Answer {
    let found = lcmcr::lcmcr(table, &settings.run);
    let sorted = found.sorted();
    let median = quantile(&sorted, 0.5);
    let mut answer = Answer::of(Method::Lcmcr)
        .with(median, median, (quantile(&sorted, 0.025), Some(quantile(&sorted, 0.975))))
        .number("rhat", found.rhat)
        .number("ess", found.ess)
        .number("tail_ess", found.tail_ess)
        .number("at_cap", found.at_cap)
        .note("chains", Noted::Count(found.chains.len() as u64))
        .note("sweeps", Noted::Count((found.sweeps * found.chains.len()) as u64))
        .number("mean", sorted.iter().sum::<f64>() / sorted.len() as f64);
    let all = found.chains.concat();
    let step = (all.len() / DRAWS).max(1);
    answer.draws = all.into_iter().step_by(step).collect();
    // Gate 3.
    if found.rhat.is_nan() || found.rhat >= settings.most_rhat || found.ess < settings.least_ess {
        let with = [("rhat", format!("{:.3}", found.rhat)), ("ess", format!("{:.0}", found.ess))];
        return answer.withdrawn(Refusal::new(Why::NotMixed, with));
    }
    if found.at_cap >= settings.most_at_cap {
        let with = [("share", format!("{:.1}", 100.0 * found.at_cap))];
        return answer.withdrawn(Refusal::new(Why::AtCap, with));
    }
    answer
}

/// From the two lists that share the most people.
fn doubly_robust(table: &Table, covariates: Option<&Covariates>, settings: &Settings) -> Answer {
    let answer = Answer::of(Method::Dr);
    let Some(people) = covariates else {
        return answer.withdrawn(Refusal::new(Why::NoCovariates, []));
    };
    let lists = 0..table.width();
    let pairs = lists.clone().flat_map(|a| (a + 1..lists.end).map(move |b| (a, b)));
    let shared = |&(a, b): &(usize, usize)| {
        let both = 1_u64 << a | 1 << b;
        people.histories.iter().filter(|history| **history & both == both).count()
    };
    let Some((a, b)) = pairs.max_by_key(|pair| (shared(pair), std::cmp::Reverse(*pair))) else {
        return answer.withdrawn(Refusal::new(Why::FewLists, [("n", "1".to_owned())]));
    };
    let answer = answer
        .note("pair", Noted::Words(format!("{}, {}", table.lists()[a], table.lists()[b])))
        .note("covariates", Noted::Words(people.names.join(", ")));
    let Some(found) = robust::robust(people, (a, b), settings.folds, settings.seed) else {
        return answer.withdrawn(Refusal::new(Why::Separated, []));
    };
    let spread = 1.959_963_984_540_054 * found.se;
    let low = (found.estimate - spread).max(table.people() as f64);
    let mut answer = answer
        .with(found.estimate, found.estimate, (low, Some(found.estimate + spread)))
        .number("se", found.se)
        .number("plug_in", found.plug_in)
        .note("folds", Noted::Count(found.folds as u64))
        .note("clipped", Noted::Count(found.clipped as u64));
    let mut stream = Stream::new(settings.seed, 3 << 40);
    answer.draws = (0..DRAWS).map(|_| found.estimate + found.se * stream.normal()).collect();
    answer
}

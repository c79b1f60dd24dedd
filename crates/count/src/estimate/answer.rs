//! What one method answers: a number with its interval, or why there is none.

use habeas_model::words;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

words! {
    /// The methods.
    Method {
        /// Chao's lower bound.
        Chao = "chao",
        /// Lists of unequal reach, people of unequal visibility: a lower bound.
        MthChao = "mth_chao",
        /// The best log-linear model by BIC.
        LoglinearBic = "loglinear_bic",
        /// A log-linear model built pair by pair.
        Stepwise = "stepwise",
        /// Averaged decomposable graphs.
        Dga = "dga",
        /// Latent classes.
        Lcmcr = "lcmcr",
        /// Doubly robust, from two lists and covariates.
        Dr = "dr",
    }
}

words! {
    /// Why there is no answer.
    Why {
        /// Fewer than three lists have people.
        FewLists = "few_lists",
        /// Nobody stands on two lists.
        NoOverlap = "no_overlap",
        /// Rows that nobody has reviewed.
        NotReviewed = "not_reviewed",
        /// Pairs of mentions that nobody has decided.
        LinksOpen = "links_open",
        /// The method takes fewer lists.
        TooManyLists = "too_many_lists",
        /// Nobody stands on one list only.
        NoSingles = "no_singles",
        /// No model has a maximum that can be identified.
        NoModel = "no_model",
        /// The maximum lies at a boundary.
        Boundary = "boundary",
        /// Too few replicates had an estimate.
        FewReplicates = "few_replicates",
        /// The chains do not agree, or hold too few independent values.
        NotMixed = "not_mixed",
        /// The posterior leans on the cap.
        AtCap = "at_cap",
        /// The saturated graph weighs too much.
        Saturated = "saturated",
        /// The grid cuts the posterior off.
        CutOff = "cut_off",
        /// The posterior has several peaks.
        SeveralModes = "several_modes",
        /// There is nothing known of each person.
        NoCovariates = "no_covariates",
        /// The covariates tell the lists apart without exception.
        Separated = "separated",
        /// Too many people have no known stratum.
        StrataUnknown = "strata_unknown",
    }
}

/// A refusal: an ordinary answer, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub why: Why,
    /// The numbers and words of the sentence.
    pub with: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal with these numbers and words.
    pub fn new(why: Why, with: impl IntoIterator<Item = (&'static str, String)>) -> Refusal {
        Refusal { why, with: with.into_iter().collect() }
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.why.serialize(to)
    }
}

/// Something that a method noticed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Noted {
    /// A number.
    Number(f64),
    /// A count.
    Count(u64),
    /// Words.
    Words(String),
}

/// What a method answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The method.
    pub name: Method,
    /// Its estimate of N: everybody, listed or not. None where refused.
    pub estimate: Option<f64>,
    /// Its median; the estimate where the method has no law of N.
    pub median: Option<f64>,
    /// Lower end of the 95 % interval; never below n.
    pub lower: Option<f64>,
    /// Its upper end; none where it has none.
    pub upper: Option<f64>,
    /// Seconds of processor time, by the clock that was handed in; none where that cannot tell.
    pub cpu_s: Option<f64>,
    /// What it noticed.
    pub diagnostics: BTreeMap<&'static str, Noted>,
    /// Why it does not answer.
    pub refusal: Option<Refusal>,
    /// Draws of N: of its posterior, its bootstrap, or the law of its interval.
    #[serde(skip)]
    pub draws: Vec<f64>,
}

impl Answer {
    /// An answer with nothing in it yet.
    #[must_use]
    pub fn of(name: Method) -> Answer {
        Answer {
            name,
            estimate: None,
            median: None,
            lower: None,
            upper: None,
            cpu_s: None,
            diagnostics: BTreeMap::new(),
            refusal: None,
            draws: Vec::new(),
        }
    }

    /// A refusal of this method.
    #[must_use]
    pub fn refused(name: Method, refusal: Refusal) -> Answer {
        Answer { refusal: Some(refusal), ..Answer::of(name) }
    }

    /// The same with its numbers.
    #[must_use]
    pub fn with(mut self, estimate: f64, median: f64, ends: (f64, Option<f64>)) -> Answer {
        (self.estimate, self.median) = (Some(estimate), Some(median));
        (self.lower, self.upper) = (Some(ends.0), ends.1);
        self
    }

    /// The same with something noticed.
    #[must_use]
    pub fn note(mut self, key: &'static str, noted: Noted) -> Answer {
        self.diagnostics.insert(key, noted);
        self
    }

    /// The same with a number noticed.
    #[must_use]
    pub fn number(self, key: &'static str, number: f64) -> Answer {
        self.note(key, Noted::Number(number))
    }

    /// The same without its numbers and draws, for this reason: what it noticed stays.
    /// Without draws nothing refused can enter a sum of strata or a plot.
    #[must_use]
    pub fn withdrawn(mut self, refusal: Refusal) -> Answer {
        (self.estimate, self.median, self.lower, self.upper) = (None, None, None, None);
        self.draws.clear();
        self.refusal = Some(refusal);
        self
    }
}

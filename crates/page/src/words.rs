//! The words of every page, kept in files that a translator can read, the same keys in both
//! languages.

use crate::Lang;
use fluent_templates::{Loader as _, fluent_bundle::FluentValue, static_loader};
use std::{borrow::Cow, collections::HashMap};

static_loader! {
    static FILES = {
        locales: "./i18n",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The sentence under `key` with `args` in it; the key itself where there is none.
#[must_use]
pub fn words(lang: Lang, key: &str, args: &[(&'static str, &str)]) -> String {
    let value = |said: &str| FluentValue::from(said.to_owned());
    look_up(
        lang,
        key,
        args.iter().map(|&(name, said)| (Cow::Borrowed(name), value(said))).collect(),
    )
}

/// The word under `key`; the key itself where there is none.
#[must_use]
pub fn word(lang: Lang, key: &str) -> String {
    FILES.try_lookup(&lang.identifier(), key).unwrap_or_else(|| key.to_owned())
}

/// The word under `kind-code`, else the code: not every country has its name here.
pub(crate) fn coded(lang: Lang, kind: &str, code: &str) -> String {
    let found = FILES.try_lookup(&lang.identifier(), &format!("{kind}-{code}"));
    found.unwrap_or_else(|| code.to_owned())
}

/// Whether there is a word under `key`.
#[must_use]
pub fn known(key: &str) -> bool {
    FILES.try_lookup(&Lang::En.identifier(), key).is_some()
}

/// A sentence that bends to the number `n`, which it has as `$count`.
pub(crate) fn counted(lang: Lang, key: &str, n: usize, args: &[(&'static str, &str)]) -> String {
    let mut all: HashMap<_, FluentValue<'_>> = HashMap::new();
    all.insert(Cow::Borrowed("n"), FluentValue::from(n));
    all.insert(Cow::Borrowed("count"), FluentValue::from(crate::phrase::number(n as u64, lang)));
    for &(name, said) in args {
        all.insert(Cow::Borrowed(name), FluentValue::from(said.to_owned()));
    }
    look_up(lang, key, all)
}

fn look_up(lang: Lang, key: &str, args: HashMap<Cow<'static, str>, FluentValue<'_>>) -> String {
    FILES.try_lookup_with_args(&lang.identifier(), key, &args).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_count as count;
    use habeas_model as model;
    use std::collections::BTreeSet;

    const FILES: [[&str; 2]; 10] = [
        [include_str!("../i18n/en/desk.ftl"), include_str!("../i18n/es/desk.ftl")],
        [include_str!("../i18n/en/linking.ftl"), include_str!("../i18n/es/linking.ftl")],
        [include_str!("../i18n/en/model.ftl"), include_str!("../i18n/es/model.ftl")],
        [include_str!("../i18n/en/count.ftl"), include_str!("../i18n/es/count.ftl")],
        [include_str!("../i18n/en/estimate.ftl"), include_str!("../i18n/es/estimate.ftl")],
        [include_str!("../i18n/en/nations.ftl"), include_str!("../i18n/es/nations.ftl")],
        [include_str!("../i18n/en/page.ftl"), include_str!("../i18n/es/page.ftl")],
        [include_str!("../i18n/en/served.ftl"), include_str!("../i18n/es/served.ftl")],
        [include_str!("../i18n/en/terminal.ftl"), include_str!("../i18n/es/terminal.ftl")],
        [include_str!("../i18n/en/problems.ftl"), include_str!("../i18n/es/problems.ftl")],
    ];

    fn keys(file: &str) -> BTreeSet<&str> {
        let key = |line: &'static str| line.split_once(" = ").map(|(key, _)| key);
        let lines = Box::leak(file.to_owned().into_boxed_str()).lines();
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(key)
            .collect()
    }

    fn places(file: &str, key: &str) -> BTreeSet<String> {
        let text = file.split(&format!("\n{key} = ")).nth(1).unwrap_or_default();
        let end = text.find('\n').unwrap_or(text.len());
        text[..end]
            .split('$')
            .skip(1)
            .map(|rest| rest.split([' ', '}']).next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        for [en, es] in FILES {
            assert_eq!(keys(en), keys(es));
            for key in keys(en) {
                assert_eq!(places(en, key), places(es, key), "{key}");
                for (lang, file) in [(Lang::En, en), (Lang::Es, es)] {
                    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = places(file, key)
                        .into_iter()
                        .chain(["n".into(), "count".into(), "review".into()])
                        .map(|name| (Cow::Owned(name), FluentValue::from(1)))
                        .collect();
                    let found = super::FILES.try_lookup_with_args(&lang.identifier(), key, &args);
                    assert!(found.is_some(), "{key}");
                }
            }
        }
    }

    #[track_caller]
    fn check(kind: &str, all: &[impl std::fmt::Display]) {
        for one in all {
            let key = format!("{kind}-{one}");
            assert!(FILES.iter().any(|[en, _]| keys(en).contains(key.as_str())), "{key}");
        }
    }

    #[test]
    fn every_word_that_pages_show_is_translated() {
        check("predicate", model::Predicate::ALL);
        check("category", model::Category::ALL);
        check("scope", model::Scope::ALL);
        check("modality", model::Modality::ALL);
        check("unit", model::Unit::ALL);
        check("role", model::Role::ALL);
        check("custody", model::Custody::ALL);
        check("review", model::Review::ALL);
        check("gender", model::Gender::ALL);
        check("sex", model::Gender::ALL);
        check("age", model::AgeBand::ALL);
        check("kind", model::Kind::ALL);
        check("disclosure", model::Disclosure::ALL);
        check("mode", model::ReleaseMode::ALL);
        check("mark", count::Mark::ALL);
        check("confidence", model::said::claim::Confidence::ALL);
        check("verdict", model::Verdict::ALL);
        check("warning", model::people::Warning::ALL);
        for part in ["part", "differs", "silent"] {
            check(part, count::Part::ALL);
        }
        check("cause", count::Cause::ALL);
        check("by", count::By::ALL);
        check("legal", count::LegalState::ALL);
        check("verification", count::Verification::ALL);
        check("nesting", count::Nesting::ALL);
        check("because", count::Because::ALL);
        check("note", count::PopulationNote::ALL);
        check("promise", count::PromiseStanding::ALL);
        check("reason", count::PromiseReason::ALL);
        check("finding", count::FindingKind::ALL);
        check("severity", count::Severity::ALL);
        check("axis", count::Axis::ALL);
        check("house", count::HouseArrest::ALL);
        check("moment", count::Moment::ALL);
        check("pair", habeas_person::Part::ALL);
        check("agrees", habeas_person::Agreement::ALL);
        check("method", count::estimate::Method::ALL);
        check("refusal", count::estimate::Why::ALL);
        check("verdict", count::estimate::Word::ALL);
        check("rule", habeas_person::AutoRule::ALL);
    }

    #[test]
    fn a_sentence_bends_to_its_number() {
        assert_eq!(counted(Lang::En, "sources-count", 1, &[]), "1 source");
        assert_eq!(counted(Lang::Es, "sources-count", 1200, &[]), "1.200 fuentes");
        assert_eq!(word(Lang::Es, "no-such-key"), "no-such-key");
    }
}

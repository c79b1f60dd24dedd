//! Promises as they stand, by whose count, from day to day.

use super::*;
use crate::sample::*;
use PromiseStanding::*;

#[track_caller]
fn check(said: Vec<Said>, day: &str, expected: &[PromiseStanding]) {
    let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
    let lines = promises(&at(asked(&present, &register, &rule), day));
    assert_eq!(lines.iter().map(|line| line.standing).collect::<Vec<_>>(), expected, "{lines:?}");
}

#[test]
fn a_promise_stands_by_whose_count() {
    let vague = || {
        claim("Assembly", 0)
            .quantity(Quantity::vague("a significant number", None))
            .promised("2026-01-08", None)
    };
    let exact = || claim("Assembly", 379).promised("2026-02-20", Some("2026-02-21"));
    let since = |body, n| claim(body, n).since("2026-02-20").as_of("2026-02-22");
    check(vec![vague()], "2026-01-09", &[Unverifiable]);
    check(
        vec![vague(), political("Vigilia", 9).since("2026-01-08").as_of("2026-01-09")],
        "2026-01-09",
        &[Partly],
    );
    check(
        vec![vague(), political("Vigilia", 9).since("2025-12-01").as_of("2026-01-09")],
        "2026-01-09",
        &[Unverifiable],
    );
    check(vec![vague(), vague().in_document(2)], "2026-01-09", &[Unverifiable]);
    check(vec![exact()], "2026-02-21", &[Pending]);
    check(vec![exact()], "2026-02-23", &[Unverifiable]);
    check(vec![exact(), since("Vigilia", 65)], "2026-02-23", &[Broken]);
    check(
        vec![exact(), since("Vigilia", 0).quantity(Quantity::AtLeast(65))],
        "2026-02-23",
        &[Partly],
    );
    check(vec![exact(), since("Assembly", 400)], "2026-02-23", &[Partly]);
    check(vec![exact(), since("Vigilia", 400)], "2026-02-23", &[Kept]);
    let moved = claim("Assembly", 379).promised("2026-02-22", Some("2026-03-01"));
    check(vec![exact(), moved], "2026-02-23", &[Superseded, Pending]);
}

#[test]
fn a_promise_stands_otherwise_from_day_to_day() {
    let made = claim("Assembly", 300).promised("2026-02-20", Some("2026-02-25"));
    let count = |n, day: &str| claim("Vigilia", n).since("2026-02-20").as_of(day);
    let said = [made, count(65, "2026-02-22"), count(200, "2026-02-26"), count(300, "2026-03-02")];
    let (present, register, rule) = (present(said), register(vec![]), rule("strict-monitor"));
    let course = |day| {
        let lines = promises(&at(asked(&present, &register, &rule), day));
        let steps = lines[0].course.iter().map(|step| (step.from.to_string(), step.standing));
        steps.collect::<Vec<_>>()
    };
    let expected = [
        ("2026-02-20", Pending),
        ("2026-02-22", Partly),
        ("2026-02-26", Broken),
        ("2026-03-02", Kept),
    ];
    let expected = expected.map(|(day, standing)| (day.to_owned(), standing));
    assert_eq!(course("2026-03-05"), expected);
    assert_eq!(course("2026-02-23"), expected[..2]); // Invariant 8.
}

#[test]
fn a_promise_of_nobody_cannot_be_told() {
    let nobody = claim("", 300).promised("2026-02-20", Some("2026-02-25"));
    let nobody = nobody.with(|claim| claim.speakers.0.clear());
    let (present, register, rule) = (present([nobody]), register(vec![]), rule("strict-monitor"));
    let lines = promises(&at(asked(&present, &register, &rule), "2026-03-05"));
    assert_eq!(lines[0].reasons, [PromiseReason::NoPromisor]);
    assert_eq!(lines[0].standing, Unverifiable);
}

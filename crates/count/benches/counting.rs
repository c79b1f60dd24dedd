//! How quickly a case of the largest size that we promise is counted: a million claims about
//! 200,000 persons.
//!
//! `cargo bench -p habeas-count`. Everything is made from one seed; nobody here exists. The index
//! is made once after loading; what is measured is what is asked of it. The last line is the peak
//! memory of the process, in which all of it was held at once.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench says with a panic that it failed")]

use divan::{Bencher, black_box};
use habeas_count::{Asked, By, Index, Rule, board_over};
use habeas_model::{
    Claim, ClaimId, Happening, Kind, Mention, Person, Predicate, Present, Quantity, Register,
    Review, Scope, Span, Speaker, SpeakerChain, When, memory::present::Standing, said::Category,
    said::Gender, sample,
};
use jiff::{ToSpan as _, civil::Date, civil::date};
use std::sync::LazyLock;

const PERSONS: u64 = 200_000;
const CLAIMS: u64 = 1_000_000;
const COUNTS: u64 = 1_000;
/// Mentions of each person: a claim about a person is a mention of that person.
const EACH: u64 = CLAIMS / PERSONS;

fn main() {
    divan::main();
    #[allow(clippy::disallowed_methods, reason = "the bench tells its own memory")]
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
}

struct Stage {
    present: Present,
    register: Register,
    rule: Rule,
}

impl Stage {
    fn asked(&self) -> Asked<'_> {
        let true_at = Some(date(2026, 6, 30));
        Asked { present: &self.present, register: &self.register, rule: &self.rule, true_at }
    }
}

/// Numbers that look drawn and are the same at every run (Steele, Lea, Flood 2014: SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn day(&mut self) -> Date {
        date(2024, 1, 1).checked_add((self.below(900) as i64).days()).unwrap()
    }
}

fn span(row: u64) -> Span {
    sample::span((row % 251) as u8, row as u32)
}

fn claim(number: u64, kind: Kind) -> Claim {
    let body = format!("Body {}", number % 7);
    let blank = sample::claim(&body, Quantity::Exact(1));
    Claim { id: ClaimId::from_bits(number), span: span(number), kind, ..blank }
}

/// A count claim with a frame: running totals, stocks and days, of several populations.
fn count(number: u64, draw: &mut Draw) -> Claim {
    let mut claim = claim(number, Kind::Count);
    claim.quantity = Some(Quantity::Exact(draw.below(5_000) as u32));
    claim.population.cat = Some(Category::PoliticalPrisoner);
    claim.population.gender = [None, None, Some(Gender::Female)][draw.below(3) as usize];
    let day = draw.day();
    match draw.below(3) {
        0 => {
            claim.scope = Some(Scope::Cumulative);
            claim.time.since = Some(When::day(date(2024, 1, 1 + draw.below(28) as i8)));
            claim.time.as_of = Some(When::day(day));
        }
        1 => {
            claim.scope = Some(Scope::Stock);
            claim.predicate = Predicate::Held;
            claim.time.as_of = Some(When::day(day));
        }
        _ => {
            claim.scope = Some(Scope::Day);
            claim.time.event = Some(When::day(day));
        }
    }
    claim
}

fn person(number: u64, draw: &mut Draw) -> Person {
    let taken = draw.day();
    let freed = taken.checked_add((draw.below(400) as i64).days()).unwrap();
    let place = Some(format!("Prison {}", draw.below(60)));
    let happening = |predicate, day, place| Happening {
        predicate,
        when: Some(When::day(day)),
        place,
        mode: None,
    };
    let out = draw.below(3) > 0;
    let mentions = (0..EACH).map(|nth| {
        let mut happened = vec![happening(Predicate::Arrested, taken, place.clone())];
        happened.extend((out && nth > 1).then(|| happening(Predicate::Released, freed, None)));
        let id = number * EACH + nth + 1;
        Mention {
            span: span(id),
            claim: Some(ClaimId::from_bits(id)),
            happened,
            speakers: SpeakerChain(vec![Speaker::named(format!("Body {nth}"))]),
            ..sample::mention(id, "Somebody")
        }
    });
    Person {
        born: Some(When::day(date(1950 + draw.below(60) as i16, 5, 17))),
        gender: Some([Gender::Female, Gender::Male][draw.below(2) as usize]),
        nat: vec![format!("X{}", (b'A' + draw.below(26) as u8) as char).parse().unwrap()],
        cats: vec![Category::Civilian],
        ..sample::person(mentions)
    }
}

static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let mut draw = Draw(20_260_630);
    let persons = (0..PERSONS).map(|number| person(number, &mut draw)).collect();
    let claims = (1..=CLAIMS).map(|number| match number <= COUNTS {
        true => count(number, &mut draw),
        false => claim(number, Kind::Person),
    });
    let standing = |it: Claim| Standing {
        position: it.id.bits(),
        known: 0,
        review: Review::Accepted,
        decided: None,
        it,
    };
    let claims = claims.map(standing).collect();
    let present = Present { position: CLAIMS, claims, ..Present::default() };
    let register = Register { persons, conflicts: Vec::new() };
    Stage { present, register, rule: Rule::shipped().remove(0) }
});
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(&STAGE.asked()));

#[divan::bench(sample_count = 1, sample_size = 1)]
fn index_after_load(bencher: Bencher<'_, '_>) {
    let asked = STAGE.asked();
    bencher.bench_local(|| Index::of(black_box(&asked)));
}

const AXES: [By; 6] =
    [By::Custody, By::Sex, By::Nationality, By::Age, By::Facility, By::Verification];

/// Promised: under 10 ms.
#[divan::bench(args = AXES)]
fn tally_at_a_date(bencher: Bencher<'_, '_>, by: By) {
    let index = &*INDEX;
    bencher.bench_local(|| index.tally(black_box(Some(date(2025, 9, 1))), by));
}

/// Promised: under 100 ms.
#[divan::bench(args = ["all", "sex", "custody", "facility"])]
fn series_of_365_days(bencher: Bencher<'_, '_>, by: &str) {
    let (index, by) = (&*INDEX, by.parse().ok());
    let (first, last) = (date(2025, 1, 1), date(2025, 12, 31));
    bencher.bench_local(|| index.series(black_box(first), last, by).unwrap());
}

/// Promised: under 100 ms.
#[divan::bench]
fn change_between_two_dates(bencher: Bencher<'_, '_>) {
    let index = &*INDEX;
    bencher.bench_local(|| index.change(black_box(date(2025, 1, 1)), date(2025, 9, 1)));
}

/// Promised: under 200 ms; the register of 200,000 persons stands behind each of the thousand.
#[divan::bench(sample_count = 10)]
fn board_of_1000_counts(bencher: Bencher<'_, '_>) {
    let (index, stage) = (&*INDEX, &*STAGE);
    let claims = stage.present.claims[..COUNTS as usize].to_vec();
    let present = Present { position: COUNTS, claims, ..Present::default() };
    let asked = Asked { present: &present, ..stage.asked() };
    bencher.bench_local(|| board_over(black_box(&asked), index));
}

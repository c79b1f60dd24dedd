//! Prints the page of an invented case, to look at: `cargo run -p habeas-page --example
//! sample_board -- [es] [team]`.

use habeas_count::{Asked, Rule, audit, board, promises};
use habeas_model::{
    Category, Claim, ClaimId, Disclosure, Gender, Happening, Kind, Mention, Modality, Person,
    Population, Predicate, Present, Problem, Quantity, Register, Review, Role, Scope, Span,
    Speaker, SpeakerChain, When, memory::present::Standing, sample,
};
use habeas_page::{Lang, Reader, See, html, terminal};

fn when(text: &str) -> When {
    text.parse().expect("a date of the sample")
}

fn span(row: u32) -> Span {
    sample::span(u8::try_from(row % 7).unwrap_or(0), row)
}

fn claim(body: &str, role: Role, quantity: Quantity, day: &str) -> Claim {
    let mut claim = sample::claim(body, quantity);
    claim.population.cat = Some(Category::PoliticalPrisoner);
    claim.speakers.0[0].role = Some(role);
    claim.outlet = Some("The Lamp".to_owned());
    claim.url = Some("https://lamp.example/2026/releases".to_owned());
    claim.scope = Some(Scope::Cumulative);
    claim.time.since = Some(when("2026-01-08"));
    claim.time.as_of = Some(when(day));
    claim.time.said = Some(when(day));
    claim
}

fn stock(mut claim: Claim) -> Claim {
    (claim.predicate, claim.scope, claim.time.since) = (Predicate::Held, Some(Scope::Stock), None);
    claim
}

fn totals() -> Vec<Claim> {
    let watch = [
        (9, "2026-01-09"),
        (18, "2026-01-11"),
        (41, "2026-01-13"),
        (56, "2026-01-15"),
        (84, "2026-01-18"),
        (151, "2026-01-22"),
        (266, "2026-01-27"),
        (383, "2026-02-07"),
        (431, "2026-02-15"),
        (448, "2026-02-24"),
    ];
    let mut claims: Vec<Claim> =
        watch.map(|(n, day)| claim("Vigilia Penal", Role::Ngo, Quantity::Exact(n), day)).into();
    for claim in &mut claims {
        claim.modality = Modality::Verified;
    }
    let committee =
        [(50, "2026-01-13"), (76, "2026-01-17"), (120, "2026-01-24"), (300, "2026-02-05")];
    let committee = committee
        .map(|(n, day)| claim("Families' Committee", Role::Families, Quantity::AtLeast(n), day));
    claims.extend(committee);
    claims.push(claim("UN Mission", Role::Un, Quantity::About(50), "2026-01-12"));
    claims.push(claim(
        "UN Mission",
        Role::Un,
        Quantity::between(220, 280).expect("a range"),
        "2026-01-29",
    ));
    claims.push(claim(
        "Ministry of Justice",
        Role::Government,
        Quantity::MoreThan(400),
        "2026-01-20",
    ));
    let mut wide =
        claim("Ministry of Justice", Role::Government, Quantity::Exact(1626), "2026-01-23");
    wide.population = Population {
        words: Some("people released, all kinds".to_owned()),
        ..Population::default()
    };
    wide.time.since = Some(when("2025-12-01"));
    wide.note = Some("said on state television".to_owned());
    claims.push(wide);
    let vague = Quantity::vague("a significant number", None);
    claims.push(claim("Ministry of Justice", Role::Government, vague, "2026-01-10"));
    claims
}

fn stocks() -> Vec<Claim> {
    let of = |n: u32, day: &str| stock(claim("Vigilia Penal", Role::Ngo, Quantity::Exact(n), day));
    let mut claims: Vec<Claim> = [
        (806, "2026-01-05"),
        (777, "2026-01-19"),
        (711, "2026-01-26"),
        (687, "2026-02-02"),
        (644, "2026-02-16"),
    ]
    .map(|(n, day)| of(n, day))
    .into();
    claims.push(stock(claim("UN Mission", Role::Un, Quantity::About(800), "2026-01-12")));
    claims.push(stock(claim(
        "Families' Committee",
        Role::Families,
        Quantity::MoreThan(900),
        "2026-01-14",
    )));
    for (n, gender) in [(600, Gender::Male), (87, Gender::Female)] {
        let mut part = of(n, "2026-02-02");
        part.population.gender = Some(gender);
        part.part_of = Some(687);
        claims.push(part);
    }
    let mut relative = claim("Sol Prado", Role::Relative, Quantity::Exact(3), "2026-01-16");
    relative.scope = Some(Scope::Day);
    relative.time.event = Some(when("2026-01-16"));
    claims.push(relative);
    let mut promise = claim(
        "Ministry of Justice",
        Role::Government,
        Quantity::vague("a significant number", None),
        "2026-01-08",
    );
    (promise.kind, promise.modality, promise.scope) = (Kind::Promise, Modality::Promised, None);
    promise.time = habeas_model::Times { said: Some(when("2026-01-08")), ..Default::default() };
    claims.push(promise);
    claims
}

fn present() -> Present {
    let standing = |(index, mut claim): (usize, Claim)| {
        let number = index as u64 + 1;
        claim.id = ClaimId::from_bits(number);
        claim.span = span(u32::try_from(number).unwrap_or(0));
        let review = if number.is_multiple_of(3) { Review::Unreviewed } else { Review::Accepted };
        Standing { it: claim, position: number, known: 0, review, decided: None }
    };
    let claims: Vec<_> = totals().into_iter().chain(stocks()).enumerate().map(standing).collect();
    Present {
        position: 214,
        claims,
        title: "Santa Aurelia, January 2026".to_owned(),
        ..Present::default()
    }
}

fn somebody(number: u64) -> Person {
    let freed = |day: i8| Happening {
        predicate: Predicate::Released,
        when: Some(when(&format!("2026-01-{day:02}"))),
        place: None,
        mode: None,
    };
    let arrested = Happening {
        predicate: Predicate::Arrested,
        when: Some(when("2025-03-01")),
        place: None,
        mode: None,
    };
    let day = 9 + i8::try_from(number % 20).unwrap_or(0);
    let happened =
        if number.is_multiple_of(4) { vec![arrested] } else { vec![arrested, freed(day)] };
    let mention = Mention {
        happened,
        speakers: SpeakerChain(vec![Speaker::named("Vigilia Penal")]),
        ..sample::mention(number, &format!("Persona {number}"))
    };
    let counted = number.is_multiple_of(9);
    let disclosure = if counted { Disclosure::Counted } else { Disclosure::Public };
    Person { disclosure, ..sample::person([mention]) }
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let said = |word: &str| wanted.iter().any(|one| one == word);
    let lang = if said("es") { Lang::Es } else { Lang::En };
    let see = if said("team") { See::Team } else { See::Public };
    let width = wanted.iter().find_map(|word| word.parse().ok()).unwrap_or(120);
    let reader = Reader { lang, see, width, colour: said("colour"), ..Reader::public(lang) };
    let present = present();
    let register = Register { persons: (1..=130).map(somebody).collect(), conflicts: Vec::new() };
    let rules = Rule::shipped();
    let asked = Asked { present: &present, register: &register, rule: &rules[0], true_at: None };
    let (board, findings, promises) = (board(&asked), audit(&asked), promises(&asked));
    let problems = [
        Problem::new("date-impossible", "list.csv: row 4, column 3", "31/02/2026"),
        Problem::new("date-ambiguous", "list.csv: row 9, column 3", "03/04/2026"),
        Problem::new("number-unread", "bulletin.md: characters 120..140", "87"),
        Problem::new("number-unread", "bulletin.md: characters 412..430", "some 30"),
    ];
    if said("terminal") {
        let text = [
            terminal::board(&board, &reader),
            terminal::audit_in_short(&findings, &reader),
            terminal::promises(&promises, &reader),
            terminal::problems(&problems, &reader),
        ];
        print!("{}", text.concat());
    } else {
        print!("{}", html::board(&board, &findings, &promises, &reader, &present.title, &problems));
    }
}

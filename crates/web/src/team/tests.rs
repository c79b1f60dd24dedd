//! Each address by each role; and what an attacker tries at the door.

use super::role::{Right, Role};
use crate::{
    gate::routes::Row,
    route::routes,
    stage::{Browser, Stage, WORDS},
};
use axum::http::Method;

fn rows(stage: &Stage) -> Vec<Row> {
    routes(&stage.shared).done().1
}

/// An address with something in it that is not there.
fn filled(path: &str) -> String {
    let ids = [
        ("{line}", 16),
        ("{claim}", 16),
        ("{person}", 16),
        ("{digest}", 64),
        ("{code}", 64),
        ("{parcel}", 32),
        ("{token}", 71),
        ("{position}", 16),
        ("{file}", 16),
        ("{chart}", 16),
    ];
    let filled =
        ids.iter().fold(path.to_owned(), |path, (part, n)| path.replace(part, &"f".repeat(*n)));
    assert!(!filled.contains('{'), "`{path}` has a part that this test cannot fill");
    filled
}

/// What one who may not go on is told, or none where they may.
fn refused(stage: &Stage, row: &Row, who: &Browser) -> Option<(u16, String)> {
    let path = filled(row.path);
    let answer = match row.method {
        Method::GET => stage.get(&path, who),
        _ if row.files => stage.send(&path, who, &[]),
        _ => stage.post(&path, who, ""),
    };
    let location = answer.location().to_owned();
    let sent_to_sign_in = answer.status == 303 && location.starts_with("/sign-in?next=");
    let out = matches!(answer.status, 401 | 403) || sent_to_sign_in;
    assert!(answer.status < 500, "{} {}: {}", row.method, row.path, answer.status);
    out.then_some((answer.status, location))
}

#[test]
fn each_address_lets_in_who_may_and_nobody_else() {
    let stage = Stage::of_a_team();
    let rows = rows(&stage);
    assert!(rows.len() > 10);
    let enter: Vec<&str> =
        rows.iter().filter(|row| row.right == Right::Enter).map(|row| row.path).collect();
    // What stands before the door, spelled out: nothing of a case is among it.
    let before = [
        "/favicon.ico",
        "/keys.js",
        "/ask.js",
        "/receive.js",
        "/style.css",
        "/sign-in",
        "/sign-in",
        "/sign-out",
        "/invitations/{code}",
        "/invitations/{code}",
    ];
    assert_eq!(enter, before);
    for row in &rows {
        for role in Role::ALL {
            let out = refused(&stage, row, &stage.sign_in(role));
            // Names are matched for a token alone, whoever is signed in.
            let status = if row.right == Right::Reconcile { 401 } else { 403 };
            let expected = (!row.right.is_of(role)).then(|| (status, String::new()));
            assert_eq!(out, expected, "{} {} by {}", row.method, row.path, role.word());
        }
        let out = refused(&stage, row, &stage.nobody());
        let api = row.path.starts_with("/api/") || row.right == Right::Reconcile;
        let expected = match (row.right, &row.method) {
            (Right::Enter, _) => None,
            (_, &Method::GET) if !api => Some(303),
            _ => Some(401),
        };
        assert_eq!(
            out.map(|(status, _)| status),
            expected,
            "{} {} by nobody",
            row.method,
            row.path
        );
    }
}

#[test]
fn what_changes_something_takes_a_form_of_ones_own() {
    let stage = Stage::of_a_team();
    let (ada, bea) = (stage.sign_in(Role::Keeper), stage.sign_in(Role::Reader));
    let changes = |row: &&Row| row.method != Method::GET && row.right != Right::Reconcile;
    for row in rows(&stage).iter().filter(changes) {
        let path = filled(row.path);
        for token in ["", "0", &bea.token, &stage.nobody().token] {
            let forged = Browser { token: token.to_owned(), ..ada.clone() };
            let answer = match row.files {
                true => stage.send(&path, &forged, &[("a.txt", b"a")]),
                false => stage.post(&path, &forged, ""),
            };
            assert_eq!(answer.status, 403, "{path}");
        }
        let kind = "content-type: application/x-www-form-urlencoded";
        let cookie = format!("cookie: {}", ada.cookie);
        let body = format!("token={}", ada.token);
        for from in
            ["origin: http://evil.example", "origin: null", "sec-fetch-site: cross-site", "x: y"]
        {
            let answer = stage.ask("POST", &path, &[kind, from, &cookie], &body);
            assert_eq!(answer.status, 403, "{path} {from}");
        }
        let whole = stage.ask("POST", &path, &["sec-fetch-site: same-origin", &cookie], &body);
        assert_eq!(whole.status, 415, "{path}");
        let heavy = "x".repeat(300 * 1024);
        let too_much = if row.files { 415 } else { 413 };
        assert_eq!(stage.post(&path, &ada, &heavy).status, too_much, "{path}");
    }
    assert_eq!(stage.get("/team", &ada).status, 200); // None of it signed anybody out.
}

#[test]
fn one_changes_ones_own_account_and_no_others() {
    let stage = Stage::of_a_team();
    let bea = stage.sign_in(Role::Reader);
    let words = WORDS.replace(' ', "+");
    let fields =
        format!("name=keeper&passphrase={words}&fresh=another+battery&again=another+battery");
    assert_eq!(stage.post("/account/passphrase", &bea, &fields).location(), "/sign-in");
    stage.sign_in(Role::Keeper); // Their passphrase is what it was.
    let nobody = stage.nobody();
    let with =
        |said: &str| stage.post("/sign-in", &nobody, &format!("name=reader&passphrase={said}"));
    assert_eq!((with(&words).status, with("another+battery").status), (422, 303));
    assert_eq!(stage.get("/account", &bea).status, 303); // The old session is over.
}

#[test]
fn a_session_is_never_one_that_a_browser_brought() {
    let stage = Stage::of_a_team();
    let brought = format!("__Host-habeas={}", "0".repeat(64));
    let victim = Browser { cookie: brought.clone(), token: stage.nobody().token };
    let fields = format!("name=reader&passphrase={}", WORDS.replace(' ', "+"));
    let signed = stage.post("/sign-in", &victim, &fields);
    assert_eq!((signed.status, signed.location()), (303, "/"));
    assert_ne!(signed.cookie(), brought);
    assert_eq!(stage.get("/account", &Browser { cookie: brought, ..victim }).status, 303);
    for flag in ["; path=/", "; secure", "; httponly", "; samesite=strict"] {
        assert!(signed.head.contains(flag), "{}", signed.head);
    }
    let own = Browser { cookie: signed.cookie(), token: String::new() };
    let twice = Browser { cookie: format!("{0}; {0}", own.cookie), token: String::new() };
    assert_eq!(stage.get("/account", &own).status, 200);
    assert_eq!(stage.get("/account", &twice).status, 303); // Whose it is cannot be told.
}

#[test]
fn signing_in_leads_to_pages_of_ours_only() {
    let stage = Stage::of_a_team();
    let words = WORDS.replace(' ', "+");
    for (next, expected) in [
        ("%2Flines%2F0a%3Fas_of%3D2026-02-01", "/lines/0a?as_of=2026-02-01"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("%2F%0D%0Aset-cookie:+a=b", "/"),
    ] {
        let shown = stage.get(&format!("/sign-in?next={next}"), &Browser::default());
        assert!(!shown.body.contains("evil") && !shown.head.contains("a=b"), "{next}");
        let fields = format!("name=reader&passphrase={words}&next={next}");
        let signed = stage.post("/sign-in", &stage.nobody(), &fields);
        assert_eq!((signed.status, signed.location()), (303, expected));
    }
    let wanted = stage.get("/documents?as_of=2026-02-01", &Browser::default());
    assert_eq!(wanted.location(), "/sign-in?next=%2fdocuments%3fas_of%3d2026-02-01");
}

#[test]
fn guessing_is_slowed_and_told_nothing() {
    let stage = Stage::of_a_team();
    let nobody = stage.nobody();
    let guess =
        |name: &str| stage.post("/sign-in", &nobody, &format!("name={name}&passphrase=wrong"));
    let (known, unknown) = (guess("reader"), guess("eve"));
    assert_eq!((known.status, unknown.status), (422, 422));
    assert_eq!(known.body, unknown.body);
    assert!(!known.body.contains("reader") && !unknown.body.contains("eve"));
    assert_eq!(guess("reader").status, 422);
    let slowed = guess("linker"); // The address is slowed, whatever it tries.
    assert_eq!(slowed.status, 429);
    assert!(slowed.head.contains("\r\nretry-after: "), "{}", slowed.head);
}

#[test]
fn a_keeper_invites_and_takes_out() {
    let stage = Stage::of_a_team();
    let ada = stage.sign_in(Role::Keeper);
    assert_eq!(stage.post("/team/invite", &ada, "").status, 422); // As what?
    let invited = stage.post("/team/invite", &ada, "role=linker&role=reviewer");
    let code = invited.body.split("/invitations/").nth(1).unwrap();
    let path = format!("/invitations/{}", &code[..64]);
    let nobody = stage.nobody();
    assert!(stage.get(&path, &nobody).body.contains("name=\"again\""));
    let differ = "name=cai&passphrase=correct+horse&again=correct+house";
    assert_eq!(stage.post(&path, &nobody, differ).status, 422);
    let short = "name=cai&passphrase=short&again=short";
    assert_eq!(stage.post(&path, &nobody, short).status, 422);
    let taken = "name=reader&passphrase=correct+horse&again=correct+horse";
    assert_eq!(stage.post(&path, &nobody, taken).status, 422);
    let fields = "name=cai&passphrase=correct+horse&again=correct+horse";
    assert_eq!(stage.post(&path, &nobody, fields).location(), "/sign-in");
    assert!(!stage.get(&path, &nobody).body.contains("name=\"again\"")); // Once.
    assert_eq!(
        stage.post(&path, &nobody, "name=dan&passphrase=correct+horse&again=correct+horse").status,
        200
    );
    let signed = stage.post("/sign-in", &nobody, "name=cai&passphrase=correct+horse");
    let cai = Browser { cookie: signed.cookie(), token: String::new() };
    assert_eq!(stage.get("/", &cai).status, 200);
    assert!(stage.get("/team", &ada).body.contains(">cai<"));
    assert_eq!(stage.post("/team/remove", &ada, "name=cai").status, 200);
    assert_eq!(stage.get("/", &cai).status, 303); // At once.
    assert_eq!(stage.post("/team/remove", &ada, "name=keeper").status, 422); // Nobody would be left.
    assert_eq!(stage.post("/team/roles", &ada, "name=reader&role=publisher").status, 200);
    assert!(!stage.get("/team", &ada).body.contains("<script"));
}

#[test]
fn a_second_step_is_asked_for_once_it_is_confirmed() {
    let stage = Stage::of_a_team();
    let bea = stage.sign_in(Role::Reader);
    let words = WORDS.replace(' ', "+");
    assert_eq!(stage.post("/account/second", &bea, "passphrase=wrong").status, 422);
    let offered = stage.post("/account/second", &bea, &format!("passphrase={words}"));
    assert!(offered.body.contains("otpauth://totp/Habeas:reader?secret="));
    assert_eq!(stage.post("/account/second/confirm", &bea, "code=x").status, 422);
    stage.sign_in(Role::Reader); // Not confirmed yet: the passphrase is enough.
    let second = stage.shared.door.offer("reader").unwrap();
    let code = |second: &crate::Second| second.code(super::door::seconds());
    let confirmed = format!("code={}", code(&second));
    assert_eq!(stage.post("/account/second/confirm", &bea, &confirmed).location(), "/sign-in");
    let nobody = stage.nobody();
    let fields = format!("name=reader&passphrase={words}");
    assert_eq!(stage.post("/sign-in", &nobody, &fields).status, 422);
    let with = format!("{fields}&code={}", code(&second));
    assert_eq!(stage.post("/sign-in", &nobody, &with).status, 303);
    assert_eq!(stage.post("/sign-in", &nobody, &with).status, 422); // A code is taken once.
}

#[test]
fn without_accounts_who_sits_here_is_the_team() {
    let stage = Stage::of(&[]);
    assert_eq!(stage.get("/", &Browser::default()).status, 200);
    let account = stage.get("/account", &Browser::default());
    assert!(account.status == 200 && account.body.contains("There is no account"));
    let team = stage.get("/team", &Browser::default());
    assert_eq!(team.status, 200);
    let here = Browser { cookie: String::new(), token: team.token() };
    let alone = stage.post("/team/invite", &here, "role=reader");
    let code = &alone.body.split("/invitations/").nth(1).unwrap()[..64];
    // A team begins with a keeper: this one would have none.
    let fields = "name=cai&passphrase=correct+horse&again=correct+horse";
    assert_eq!(stage.post(&format!("/invitations/{code}"), &here, fields).status, 422);
}

#[test]
fn of_a_sealed_case_it_is_written_down_who_read_of_whom() {
    let stage = Stage::of_case(&Role::ALL, true);
    let (bea, cai) = (stage.sign_in(Role::Reader), stage.sign_in(Role::Linker));
    let id = "f".repeat(16);
    stage.get("/", &bea);
    stage.get(&format!("/people/{id}?as_of=2026-02-01"), &bea);
    stage.post("/people", &cai, "typed=Ada+Luna");
    stage.get(&format!("/people/{id}"), &stage.nobody()); // Who is not let in reads nothing.
    let (steps, broken) = stage.shared.door.book.trail().read().unwrap();
    let told: Vec<[&str; 3]> =
        steps.iter().map(|step| [&*step.by, &*step.did, &*step.of]).collect();
    assert_eq!(
        told,
        [["reader", "read", &*format!("/people/{id}")], ["linker", "read", "/people"]]
    );
    assert_eq!(broken, None);
    let ada = stage.sign_in(Role::Keeper);
    let made = stage.post("/team/tokens", &ada, "name=tables&scope=read:persons&days=7");
    let token = made.body.split("habeas_").nth(1).unwrap()[..64].to_owned();
    let shown = format!("authorization: Bearer habeas_{token}");
    assert_eq!(stage.ask("GET", "/api/v1/people", &[&shown], "").status, 200);
    assert!(!stage.get("/team", &ada).body.contains(&token)); // Shown once.
    assert_eq!(stage.post("/team/tokens", &ada, "name=tables&scope=read:counts").status, 422);
    assert_eq!(stage.post("/team/tokens", &ada, "name=x&scope=read:counts&days=400").status, 422);
    assert_eq!(stage.post("/team/tokens/revoke", &ada, "name=tables").status, 200);
    assert_eq!(stage.ask("GET", "/api/v1/people", &[&shown], "").status, 401);
    let steps = stage.shared.door.book.trail().read().unwrap().0;
    let did: Vec<&str> = steps.iter().skip(2).map(|step| &*step.did).collect();
    assert_eq!(did, ["token made", "read", "token revoked"]);
    assert_eq!(steps[3].by, "token:tables");
    assert!(steps.iter().all(|step| !step.of.contains(&token) && !step.of.contains("Luna")));
}

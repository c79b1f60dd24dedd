//! `account`: who signs in to the pages of a case, and what each may do there.

use crate::{arguments::Arguments, credential, door, safekeeping::Account};
use anyhow::Result;
use habeas_page::{Lang, word, words};
use habeas_web::{Book, Kept, Role, Second};
use std::collections::BTreeSet;

const NEW: &str = "HABEAS_NEW_PASSPHRASE";

/// `habeas account list|add|remove|passphrase|role|invite CASE`.
pub fn account(arguments: &Arguments, asked: &Account) -> Result<u8> {
    let (Account::List { case }
    | Account::Add { case, .. }
    | Account::Remove { case, .. }
    | Account::Passphrase { case, .. }
    | Account::Role { case, .. }
    | Account::Invite { case, .. }
    | Account::Token { case, .. }
    | Account::Revoke { case, .. }) = asked;
    // Whoever may open the case at a terminal may keep its team.
    let case = door::look(arguments, case)?;
    let lang = arguments.lang(case.settings.lang.as_deref());
    let book = Book::of(&case.folder);
    let said = match asked {
        Account::List { .. } => list(&book, lang)?,
        Account::Add { name, role, totp, .. } => add(&book, name, role, *totp, lang)?,
        Account::Remove { name, .. } => {
            book.change(|team| team.remove(name))?;
            words(lang, "account-removed", &[("name", name)])
        }
        Account::Passphrase { name, totp, .. } => {
            let kept = fresh(lang)?;
            let second = totp.then(Second::fresh).transpose()?;
            book.change(|team| {
                team.set_passphrase(name, kept)?;
                team.set_second(name, second.clone())
            })?;
            with_second(words(lang, "account-changed", &[("name", name)]), second.as_ref(), lang)
        }
        Account::Role { name, role, .. } => {
            book.change(|team| team.set_roles(name, role.iter().copied().collect()))?;
            words(lang, "account-changed", &[("name", name)])
        }
        Account::Invite { role, address, .. } => {
            let (by, roles) = (&arguments.author, role.iter().copied().collect());
            let code =
                book.change(|team| team.invite(by, roles, habeas_desk::now() / 1_000_000))?;
            let address = address.trim_end_matches('/');
            format!("{}\n{address}/invitations/{code}", word(lang, "account-invited"))
        }
        Account::Token { name, scope, days, .. } => {
            let scopes = scope.iter().copied().collect();
            let shown = book.make_token(name, scopes, *days, &arguments.author)?;
            let until = book.read()?.token(&shown, seconds()).map_or(0, |token| token.until);
            format!("{}\n{shown}", words(lang, "token-made", &[("until", &day(until, lang))]))
        }
        Account::Revoke { name, .. } => {
            book.revoke(name, &arguments.author)?;
            words(lang, "token-revoked", &[("name", name)])
        }
    };
    door::print(&format!("{said}\n"))?;
    Ok(door::DONE)
}

fn seconds() -> i64 {
    habeas_desk::now() / 1_000_000
}

fn day(seconds: i64, lang: Lang) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    habeas_page::phrase::day(jiff::tz::Offset::UTC.to_datetime(time).date(), lang)
}

fn list(book: &Book, lang: Lang) -> Result<String> {
    let team = book.read()?;
    let one = |account: &habeas_web::Account| {
        let roles: Vec<&str> = account.roles.iter().map(|role| role.word()).collect();
        let second =
            if account.second.is_some() { "second-there-short" } else { "second-none-short" };
        format!("{}: {}; {}", account.name, roles.join(", "), word(lang, second))
    };
    let program = |token: &habeas_web::Token| {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.word()).collect();
        let (scopes, until) = (scopes.join(", "), day(token.until, lang));
        words(lang, "token-one", &[("name", &token.name), ("scopes", &scopes), ("until", &until)])
    };
    let lines = team.accounts.iter().map(one).chain(team.tokens.iter().map(program));
    let lines: Vec<String> = lines.collect();
    Ok(if lines.is_empty() { word(lang, "accounts-none") } else { lines.join("\n") })
}

fn add(book: &Book, name: &str, roles: &[Role], totp: bool, lang: Lang) -> Result<String> {
    let kept = fresh(lang)?;
    let second = totp.then(Second::fresh).transpose()?;
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    book.change(|team| {
        team.add(name, roles, kept)?;
        team.set_second(name, second.clone())
    })?;
    Ok(with_second(words(lang, "account-added", &[("name", name)]), second.as_ref(), lang))
}

/// The second step is told once, after the account is there.
fn with_second(said: String, second: Option<&Second>, lang: Lang) -> String {
    let Some(second) = second else { return said };
    format!("{said}\n{}", words(lang, "account-second", &[("code", &second.written())]))
}

fn fresh(lang: Lang) -> Result<Kept> {
    let said = credential::new_words(NEW, lang)?;
    Ok(Kept::of(&said, habeas_ledger::seal::Cost::SENSIBLE)?)
}

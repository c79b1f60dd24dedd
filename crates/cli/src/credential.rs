//! What opens a sealed case: a key file, words in the environment, or words at a prompt.

use crate::arguments::Arguments;
use anyhow::{Result, bail};
use dialoguer::Password;
use habeas_ledger::{
    Error,
    seal::{Credential, keyring},
};
use habeas_page::{Lang, terminal};
use std::{io::IsTerminal as _, path::Path};
use zeroize::Zeroizing;

/// What was given without asking: `--key-file`, else HABEAS_PASSPHRASE.
pub fn given(arguments: &Arguments) -> Result<Option<Credential>, Error> {
    if let Some(path) = &arguments.key_file {
        return keyring::key_file(path).map(Some);
    }
    Ok(words("HABEAS_PASSPHRASE").map(Credential::Passphrase))
}

/// What opens the case in `folder`: given, or asked for at a terminal.
pub fn of(arguments: &Arguments, folder: &Path) -> Result<Credential, Error> {
    let locked = || Error::Locked(folder.to_owned());
    if let Some(credential) = given(arguments)? {
        return Ok(credential);
    }
    let said = prompt(arguments.lang(None)).ok_or_else(locked)?;
    Ok(Credential::Passphrase(said))
}

/// Words asked for at a terminal; none where there is none.
fn prompt(lang: Lang) -> Option<Zeroizing<String>> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let prompt = terminal::word("passphrase", lang);
    let said = Password::new().with_prompt(prompt).allow_empty_password(true).interact();
    said.ok().map(Zeroizing::new)
}

/// Words that are asked for, or told to be set under `variable`.
pub fn ask(lang: Lang, variable: &str) -> Result<Zeroizing<String>> {
    let none = || {
        anyhow::anyhow!(
            "a passphrase is asked for at a terminal, and there is none\nhint: set {variable}"
        )
    };
    prompt(lang).ok_or_else(none)
}

/// A fresh one: a key file that is made, words under `variable`, or words asked for twice.
pub fn fresh(variable: &str, key_file: Option<&Path>, lang: Lang) -> Result<Credential> {
    if let Some(path) = key_file {
        return Ok(keyring::make_key_file(path)?);
    }
    Ok(Credential::Passphrase(new_words(variable, lang)?))
}

/// Fresh words under `variable`, or asked for twice.
pub fn new_words(variable: &str, lang: Lang) -> Result<Zeroizing<String>> {
    if let Some(words) = words(variable) {
        return Ok(words);
    }
    if !std::io::stdin().is_terminal() {
        bail!(
            "a passphrase is asked for at a terminal, and there is none\nhint: set {variable}, or let a key file be made"
        );
    }
    let (first, again) =
        (terminal::word("new-passphrase", lang), terminal::word("passphrase-again", lang));
    let said = Password::new()
        .with_prompt(first)
        .with_confirmation(again, terminal::word("passphrases-differ", lang))
        .interact()?;
    Ok(Zeroizing::new(said))
}

/// Words in the environment.
pub fn words(variable: &str) -> Option<Zeroizing<String>> {
    std::env::var(variable).ok().filter(|words| !words.is_empty()).map(Zeroizing::new)
}

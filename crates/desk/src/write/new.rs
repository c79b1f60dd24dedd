//! `new`: a folder becomes a case.

use crate::{Case, Error};
use habeas_ledger::{
    Ledger,
    seal::{Cost, Credential},
};
use std::{fs, path::Path};

/// Makes `folder` a case: case.toml with every setting explained, an inbox, an empty ledger. Files
/// that are there
/// already stay as they are.
pub fn new(folder: &Path, title: &str, lang: &str, author: &str) -> Result<Case, Error> {
    free(folder)?;
    write(folder, title, lang)?;
    Case::open(folder, author)
}

/// The same with a sealed ledger, whose first holder is `author`. The ledger is made first: a case
/// that was to be sealed is never there without its seal.
pub fn sealed(
    folder: &Path,
    title: &str,
    lang: &str,
    author: &str,
    credential: &Credential,
) -> Result<Case, Error> {
    free(folder)?;
    let at = folder.join("ledger");
    if Ledger::exists(&at) {
        return Err(Error::CaseExists(folder.to_owned()));
    }
    drop(Ledger::create_sealed(&at, author, credential, Cost::SENSIBLE)?);
    write(folder, title, lang)?;
    Case::open_with(folder, author, None, &mut |_| Ok(credential.clone()))
}

fn free(folder: &Path) -> Result<(), Error> {
    match folder.join("case.toml").exists() {
        true => Err(Error::CaseExists(folder.to_owned())),
        false => Ok(()),
    }
}

fn write(folder: &Path, title: &str, lang: &str) -> Result<(), Error> {
    let (path, inbox) = (folder.join("case.toml"), folder.join("inbox"));
    fs::create_dir_all(&inbox).map_err(|why| Error::writing(&inbox, why))?;
    fs::write(&path, text(title, lang)).map_err(|why| Error::writing(&path, why))
}

/// A case.toml with its title, and the rest as comments to uncomment.
fn text(title: &str, lang: &str) -> String {
    let title = toml::Value::String(title.to_owned());
    format!(
        r##"title = {title}
lang = "{lang}"                      # language of the pages: en, es
# country = "XA"                  # ISO 3166; the place of claims that name none
# rule = "strict-monitor"         # counting rule: strict-monitor, official-count, press-custody, or rules/NAME.toml

# [ledger]                        # for a team; `habeas migrate` makes the tables
# server = "postgres://NAME@db.example.org/case?sslmode=require&schema=xa_2026"
# evidence = "s3://BUCKET/PREFIX?endpoint=https://store.example.org&region=NAME"

# [link]
# decide = ["exact-number", "full-name-and-date"]   # or "no-other" too: pairs that a rule may join; the rest wait for you

# [review]
# accept = ["claims.csv"]         # trusted documents (paths under inbox/, * at the end): a rule accepts what they propose

# witnesses = ["witness.example+0a1b2c3d+BASE64"]   # verifier keys of who signs our checkpoints too

# [authority.example]             # stamps the time; its root certificate: authorities/example.pem
# url = "http://timestamp.example.org"
# documents = true                # each document too, not only checkpoints

# [fetch]                         # `receive --fetch` and `watch`: a site sees who asks
# proxy = "socks5://127.0.0.1:9050"
# pause = 2000                    # milliseconds between two requests to one site
# robots = "respect"              # or "ignore"

# [watch]                         # `habeas watch`
# feeds = ["https://example.org/rss"]
# pages = ["https://example.org/list"]

# [reader.llm]                    # a second reader: texts of public documents are SENT there
# url = "https://llm.example.org/v1"
# model = "NAME"
# key_env = "HABEAS_LLM_KEY"      # the environment variable that has the key

# [publish]
# least = 5                       # fewer people without a name are not told

# [document."bulletin.md"]        # what a document does not say of itself
# outlet = "The Isthmus Herald"
# url = "https://example.org/2026/02/10/bulletin"
# published = "2026-02-10"
# send = true                     # to the second reader, though it is not public

# [list."detained.xlsx"]          # what a list does not say of itself, or what the guess of its headings got wrong
# says = "held"
# as-of = "2026-01-31"
# by = "Vigilia Juridica"
# dates = "dmy"
# columns = {{ "Sitio" = "place", "Obs." = "ignore" }}
# disclosure = "counted"          # restricted (default), counted, public
"##
    )
}

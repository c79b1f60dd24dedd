//! Passphrases, kept as what Argon2id makes of them.

use crate::Error;
use habeas_ledger::seal::keyring::{Cost, SHORTEST, stretch};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A passphrase of more bytes is refused before it is hashed.
const LONGEST: usize = 1024;

/// A passphrase, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    argon2id: Cost,
    /// 16 random bytes.
    salt: String,
    /// 32 bytes.
    hash: String,
}

impl Kept {
    /// Keeps `words`.
    pub fn of(words: &str, cost: Cost) -> Result<Kept, Error> {
        if words.chars().count() < SHORTEST || words.len() > LONGEST {
            return Err(Error::Account(format!(
                "a passphrase has at least {SHORTEST} characters, and at most {LONGEST} bytes"
            )));
        }
        let salt = crate::gate::who::random::<16>()?;
        let words = Zeroizing::new(words.to_owned());
        let hash = stretch(&words, &salt, cost)
            .ok_or_else(|| Error::Account("these costs cannot be computed here".to_owned()))?;
        Ok(Kept { argon2id: cost, salt: hex::encode(salt), hash: hex::encode(hash.as_slice()) })
    }

    /// One that no words open: what is tried where there is no account, so that it takes as long.
    pub fn nobodys() -> Kept {
        Kept { argon2id: Cost::SENSIBLE, salt: "00".repeat(16), hash: String::new() }
    }

    /// What a try costs.
    #[cfg(test)]
    pub fn cost(&self) -> Cost {
        self.argon2id
    }

    /// Whether these are the words.
    pub fn opens(&self, words: &str) -> bool {
        let words = Zeroizing::new(words.get(..LONGEST).unwrap_or(words).to_owned());
        let made = hex::decode(&self.salt)
            .ok()
            .and_then(|salt| stretch(&words, &salt, self.argon2id))
            .unwrap_or_default();
        let kept = hex::decode(&self.hash).unwrap_or_default();
        made.as_slice().ct_eq(&kept).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_open() {
        let kept = Kept::of("correct horse battery", Cost::LEAST).unwrap();
        assert!(kept.opens("correct horse battery"));
        assert!(!kept.opens("correct horse batter") && !kept.opens(""));
        let again = Kept::of("correct horse battery", Cost::LEAST).unwrap();
        assert_ne!(kept, again); // Another salt.
        assert!(Kept::of("short", Cost::LEAST).is_err());
        assert!(Kept::of(&"x".repeat(LONGEST + 1), Cost::LEAST).is_err());
        let nobodys = Kept { argon2id: Cost::LEAST, ..Kept::nobodys() };
        assert!(!nobodys.opens("") && !nobodys.opens("correct horse battery"));
    }
}

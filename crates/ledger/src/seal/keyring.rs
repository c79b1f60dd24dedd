//! Who can open a sealed case: each holder has a slot with the case key, wrapped under a passphrase
//! or a key file of their own.
//!
//! `seal.json` says for each slot how its key is made from what the holder has: Argon2id
//! (RFC 9106) with the parameters beside it, or SHA-512 over a key file's 32 random bytes and a
//! salt. What is wrapped are 64 bytes: the case key and the key of opaque names. Neither changes
//! while the case lives; taking a holder out does not make unread what they have read.

use super::{
    cipher::{self, Key},
    safe::{Left, Safe},
};
use crate::{Error, Ledger};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

/// A passphrase of fewer characters is refused.
pub const SHORTEST: usize = 12;

/// What a holder opens the case with.
#[derive(Clone)]
pub enum Credential {
    /// Words that they know.
    Passphrase(Zeroizing<String>),
    /// Bytes that they have, as [`key_file`] writes them.
    KeyFile(Key),
}

/// How costly it is to try one passphrase (Argon2id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory, KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second recommended option of RFC 9106, section 4: 64 MiB, three passes, four lanes.
    pub const SENSIBLE: Cost = Cost { memory: 65_536, passes: 3, lanes: 4 };
    /// For tests only.
    #[doc(hidden)]
    pub const LEAST: Cost = Cost { memory: 8, passes: 1, lanes: 1 };
}

/// One holder's way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The holder's pseudonym.
    pub holder: String,
    /// Cost of a try; none for a key file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub argon2id: Option<Cost>,
    /// 16 random bytes.
    salt: String,
    /// The case key and the key of names in a box.
    wrapped: String,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u32,
    slots: Vec<Slot>,
}

/// The slots of one ledger.
pub struct Keyring {
    safe: Arc<dyn Safe>,
    /// As they were read.
    old: Option<Vec<u8>>,
    /// The slots, in the order they were made.
    pub slots: Vec<Slot>,
}

/// Where it lies.
#[must_use]
pub fn path(folder: &Path) -> PathBuf {
    folder.join("seal.json")
}

impl Keyring {
    /// Makes a keyring with one holder and fresh keys.
    pub fn create(
        safe: &Arc<dyn Safe>,
        holder: &str,
        credential: &Credential,
        cost: Cost,
    ) -> Result<(), Error> {
        Keyring::with(safe, holder, credential, cost, (&cipher::fresh(), &cipher::fresh()))
    }

    /// Makes a keyring with one holder, for the key of names that another ledger had.
    pub(crate) fn with(
        safe: &Arc<dyn Safe>,
        holder: &str,
        credential: &Credential,
        cost: Cost,
        keys: (&Key, &Key),
    ) -> Result<(), Error> {
        let slots = vec![slot(holder, credential, cost, keys)?];
        Keyring { old: safe.slots()?, safe: safe.clone(), slots }.write()
    }

    /// Opens that in a safe.
    pub fn open(safe: Arc<dyn Safe>) -> Result<Keyring, Error> {
        let path = safe.place().to_owned();
        let text = safe.slots()?.ok_or_else(|| {
            let why = std::io::ErrorKind::NotFound.into();
            Error::Disk { what: "read", path: path.clone(), why }
        })?;
        let damaged = |e: serde_json::Error| Error::Damaged {
            path: path.clone(),
            what: format!("line {}, column {}", e.line(), e.column()),
        };
        let written: Written = serde_json::from_slice(&text).map_err(damaged)?;
        match written.format {
            2 => Ok(Keyring { safe, old: Some(text), slots: written.slots }),
            found => Err(Error::NewerFormat { path, found, known: 2 }),
        }
    }

    /// The case key and the key of names, by the first slot that the credential opens.
    pub fn unlock(&self, credential: &Credential) -> Result<(Key, Key), Error> {
        self.find(credential).map(|(_, keys)| keys)
    }

    fn find(&self, credential: &Credential) -> Result<(usize, (Key, Key)), Error> {
        let fits = |slot: &Slot| match credential {
            Credential::Passphrase(_) => slot.argon2id.is_some(),
            Credential::KeyFile(_) => slot.argon2id.is_none(),
        };
        for (nth, slot) in self.slots.iter().enumerate().filter(|(_, slot)| fits(slot)) {
            if let Some(keys) = self.try_slot(slot, credential)? {
                return Ok((nth, keys));
            }
        }
        Err(Error::WrongKey(self.safe.place().to_owned()))
    }

    fn try_slot(&self, slot: &Slot, credential: &Credential) -> Result<Option<(Key, Key)>, Error> {
        let damaged = || Error::Damaged {
            path: self.safe.place().to_owned(),
            what: format!("the slot of `{}`", slot.holder),
        };
        let salt = hex::decode(&slot.salt).map_err(|_| damaged())?;
        let wrapped = hex::decode(&slot.wrapped).map_err(|_| damaged())?;
        let key = key_of(credential, &salt, slot.argon2id).ok_or_else(damaged)?;
        let Some(both) = cipher::unlock(&key, &context(slot), &wrapped).map(Zeroizing::new) else {
            return Ok(None);
        };
        let (mut case, mut names) = (Key::default(), Key::default());
        case.copy_from_slice(both.get(..32).ok_or_else(damaged)?);
        names.copy_from_slice(both.get(32..64).ok_or_else(damaged)?);
        Ok(Some((case, names)))
    }

    /// Gives another holder a slot.
    pub fn add(
        mut self,
        holder: &str,
        credential: &Credential,
        cost: Cost,
        keys: (&Key, &Key),
    ) -> Result<(), Error> {
        if self.slots.iter().any(|slot| slot.holder == holder) {
            return Err(Error::Slot(format!("`{holder}` has a key already")));
        }
        self.slots.push(slot(holder, credential, cost, keys)?);
        self.write()
    }

    /// Takes a holder's slot away; the last one stays.
    pub fn remove(mut self, holder: &str) -> Result<(), Error> {
        let at = self.of(holder)?;
        if self.slots.len() == 1 {
            return Err(Error::Slot(format!(
                "`{holder}` has the last key; without it nobody could open the case again"
            )));
        }
        self.slots.remove(at);
        self.write()
    }

    /// Gives a holder another passphrase or key file in place of the old one, at once.
    pub fn change(
        mut self,
        holder: &str,
        credential: &Credential,
        cost: Cost,
        keys: (&Key, &Key),
    ) -> Result<(), Error> {
        let at = self.of(holder)?;
        self.slots[at] = slot(holder, credential, cost, keys)?;
        self.write()
    }

    fn of(&self, holder: &str) -> Result<usize, Error> {
        let known = self.slots.iter().position(|slot| slot.holder == holder);
        known.ok_or_else(|| Error::Slot(format!("`{holder}` has no key to this case")))
    }

    /// Puts the new keyring in the place of the old one at once.
    fn write(self) -> Result<(), Error> {
        let written = Written { format: 2, slots: self.slots };
        let mut text = serde_json::to_vec_pretty(&written).expect("slots have a JSON form");
        text.push(b'\n');
        self.safe.put_slots(self.old.as_deref(), &text)
    }
}

/// What can be done with the holders of a case; each with the pen in hand, so that two do not
/// overwrite each other. Each says what is left of the slots that were replaced.
impl Ledger {
    /// Pseudonyms of the holders, and whether each has a passphrase (else a key file).
    pub fn holders(&self) -> Result<Vec<(String, bool)>, Error> {
        let slots = Keyring::open(self.store.safe()?)?.slots;
        Ok(slots.into_iter().map(|slot| (slot.holder, slot.argon2id.is_some())).collect())
    }

    /// Gives another holder a key of their own.
    pub fn add_holder(&self, holder: &str, with: &Credential, cost: Cost) -> Result<Left, Error> {
        self.with_keyring(|ring, keys| ring.add(holder, with, cost, keys))
    }

    /// Takes a holder's key away; the last one stays.
    pub fn remove_holder(&self, holder: &str) -> Result<Left, Error> {
        self.with_keyring(|ring, _| ring.remove(holder))
    }

    /// Gives a holder another passphrase or key file in place of the old one.
    pub fn change_holder(
        &self,
        holder: &str,
        with: &Credential,
        cost: Cost,
    ) -> Result<Left, Error> {
        self.with_keyring(|ring, keys| ring.change(holder, with, cost, keys))
    }

    fn with_keyring(
        &self,
        act: impl FnOnce(Keyring, (&Key, &Key)) -> Result<(), Error>,
    ) -> Result<Left, Error> {
        let keys = self.keys()?.ok_or_else(|| Error::NotSealed(self.folder().to_owned()))?;
        let _pen = self.store.pen()?;
        let safe = self.store.safe()?;
        act(Keyring::open(safe.clone())?, keys.both())?;
        safe.wash() // Of the slots that were replaced.
    }
}

/// Overwrites a file that has no name any more.
pub(crate) fn overwrite(mut file: File) -> std::io::Result<()> {
    let length = file.metadata()?.len();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(0), length), &mut file)?;
    file.sync_all()
}

fn slot(
    holder: &str,
    credential: &Credential,
    cost: Cost,
    keys: (&Key, &Key),
) -> Result<Slot, Error> {
    let argon2id = match credential {
        Credential::Passphrase(words) if words.chars().count() < SHORTEST => {
            return Err(Error::Slot(format!("a passphrase has at least {SHORTEST} characters")));
        }
        Credential::Passphrase(_) => Some(cost),
        Credential::KeyFile(_) => None,
    };
    let salt: [u8; 16] = cipher::random();
    let mut slot = Slot {
        holder: holder.to_owned(),
        argon2id,
        salt: hex::encode(salt),
        wrapped: String::new(),
    };
    let key = key_of(credential, &salt, argon2id)
        .ok_or_else(|| Error::Slot("these costs cannot be computed here".to_owned()))?;
    let both = Zeroizing::new([keys.0.as_slice(), keys.1.as_slice()].concat());
    slot.wrapped = hex::encode(cipher::lock(&key, &context(&slot), &both));
    Ok(slot)
}

/// The holder's name is bound in, so that slots are not taken for each other.
fn context(slot: &Slot) -> Vec<u8> {
    [b"habeas slot 2 ", slot.holder.as_bytes()].concat()
}

/// What Argon2id makes of words. Costs beyond a GiB or 64 passes are not followed: a forged file
/// must not stop the machine.
#[must_use]
pub fn stretch(words: &str, salt: &[u8], cost: Cost) -> Option<Key> {
    if cost.memory > 1 << 20 || cost.passes > 64 || cost.lanes > 64 {
        return None;
    }
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Key::default();
    argon.hash_password_into(words.as_bytes(), salt, key.as_mut_slice()).ok()?;
    Some(key)
}

/// The key that a credential comes to.
fn key_of(credential: &Credential, salt: &[u8], cost: Option<Cost>) -> Option<Key> {
    match (credential, cost) {
        (Credential::Passphrase(words), Some(cost)) => stretch(words, salt, cost),
        (Credential::KeyFile(bytes), None) => {
            Some(cipher::derive(b"habeas key file 2", &[bytes.as_slice(), salt]).0)
        }
        _ => None,
    }
}

const KEY_FILE: &str = "habeas-key-2 ";

/// Writes a fresh key file; one that is there is never overwritten.
pub fn make_key_file(path: &Path) -> Result<Credential, Error> {
    let key = cipher::fresh();
    let text = Zeroizing::new(format!("{KEY_FILE}{}\n", hex::encode(key.as_slice())));
    let mut open = OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let write = || -> std::io::Result<()> {
        let mut file = open.open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|why| Error::disk("write", path, why))?;
    Ok(Credential::KeyFile(key))
}

/// Reads a key file.
pub fn key_file(path: &Path) -> Result<Credential, Error> {
    let text = fs::read_to_string(path).map_err(|why| Error::disk("read", path, why))?;
    let text = Zeroizing::new(text);
    let mut key = Key::default();
    let digits = text.trim().strip_prefix(KEY_FILE);
    let read = digits.map(|digits| hex::decode_to_slice(digits, key.as_mut_slice()));
    match read {
        Some(Ok(())) => Ok(Credential::KeyFile(key)),
        _ => Err(Error::Slot(format!("`{}` is no key file of Habeas", path.display()))),
    }
}

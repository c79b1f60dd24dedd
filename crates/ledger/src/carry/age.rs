//! Files that only their addressees open: age (age-encryption.org/v1), by passphrase or by
//! recipients' keys.

use crate::Error;
use age::{Decryptor, Encryptor, secrecy::SecretString, stream::StreamWriter};
use std::{
    io::{BufReader, Read, Write},
    path::Path,
    str::FromStr as _,
};
use zeroize::Zeroizing;

/// For whom a file is.
#[derive(Clone)]
pub enum Lock {
    /// Whoever knows these words.
    Passphrase(Zeroizing<String>),
    /// The holders of these keys (`age1...`).
    Recipients(Vec<age::x25519::Recipient>),
}

/// With what a file is opened.
#[derive(Clone)]
pub enum Unlock {
    /// Words.
    Passphrase(Zeroizing<String>),
    /// A key (`AGE-SECRET-KEY-1...`), as `age-keygen` writes it.
    Identity(age::x25519::Identity),
}

/// A recipient's key.
pub fn recipient(text: &str) -> Result<age::x25519::Recipient, Error> {
    let why = |_| Error::Slot(format!("`{text}` is no age recipient (`age1...`)"));
    age::x25519::Recipient::from_str(text.trim()).map_err(why)
}

/// The first key in an identity file.
pub fn identity(path: &Path) -> Result<Unlock, Error> {
    let text = std::fs::read_to_string(path).map_err(|why| Error::disk("read", path, why))?;
    let text = Zeroizing::new(text);
    let mut keys = text.lines().filter(|line| line.starts_with("AGE-SECRET-KEY-1"));
    let key = keys.next().and_then(|line| age::x25519::Identity::from_str(line.trim()).ok());
    let none = || Error::Slot(format!("`{}` has no age key in it", path.display()));
    key.map(Unlock::Identity).ok_or_else(none)
}

/// What is written into it comes out of [`open`] again. End it with `finish`.
pub fn lock<W: Write>(lock: &Lock, path: &Path, out: W) -> Result<StreamWriter<W>, Error> {
    let encryptor = match lock {
        Lock::Passphrase(words) => {
            Encryptor::with_user_passphrase(SecretString::from(words.as_str().to_owned()))
        }
        Lock::Recipients(keys) => {
            let keys = keys.iter().map(|key| -> &dyn age::Recipient { key });
            let none = |_| Error::Slot("a backup needs a passphrase or a recipient".to_owned());
            Encryptor::with_recipients(keys).map_err(none)?
        }
    };
    encryptor.wrap_output(out).map_err(|why| Error::disk("write", path, why))
}

/// What a locked file holds.
pub fn open<'a>(
    unlock: &Unlock,
    path: &Path,
    from: impl Read + 'a,
) -> Result<Box<dyn Read + 'a>, Error> {
    let wrong = |what: &str| Error::Carried {
        path: path.to_owned(),
        what: what.to_owned(),
        hint: "see that it is the whole file, and the passphrase or key that it was made for",
    };
    let decryptor =
        Decryptor::new_buffered(BufReader::new(from)).map_err(|_| wrong("is no age file"))?;
    let opened = match unlock {
        Unlock::Passphrase(words) => {
            let words = SecretString::from(words.as_str().to_owned());
            let identity = age::scrypt::Identity::new(words);
            decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity))
        }
        Unlock::Identity(key) => decryptor.decrypt(std::iter::once(key as &dyn age::Identity)),
    };
    Ok(Box::new(opened.map_err(|_| wrong("cannot be opened with this"))?))
}

/// Whether a file is locked.
#[must_use]
pub fn is_locked(path: &Path) -> bool {
    let mut head = [0; 21];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *b"age-encryption.org/v1"
}

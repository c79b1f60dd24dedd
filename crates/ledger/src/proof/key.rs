//! The key with which a ledger signs its checkpoints; it lies beside the ledger, for its owner
//! only. In a sealed case it is sealed under the case key: who has the disk cannot sign.

use crate::{
    Error, Ledger,
    seal::{Keys, keyring::overwrite},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use signed_note::{Signer, StandardSigner, key_id};
use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Byte that says Ed25519 before a key (C2SP `signed-note`).
pub(super) const ED25519: u8 = 1;

/// The signing key of a log, whose name is the log's origin.
pub struct LogKey {
    signer: StandardSigner,
    public: String,
}

impl LogKey {
    /// The key of a ledger, made now if there is none. One that a sealed ledger has in the open is
    /// sealed now.
    pub fn of(ledger: &Ledger) -> Result<LogKey, Error> {
        let path = place(ledger.folder());
        let keys = ledger.keys()?.map(std::sync::Arc::as_ref);
        match fs::read(&path) {
            Ok(kept) => {
                let key = LogKey::kept(&kept, keys, &path)?;
                if let Some(keys) = keys
                    && !kept.starts_with(SEALED)
                {
                    write_secret(&path, &sealed(keys, &kept))
                        .map_err(|why| Error::disk("write", &path, why))?;
                }
                Ok(key)
            }
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => LogKey::make(&path, keys),
            Err(why) => Err(Error::disk("read", &path, why)),
        }
    }

    /// The key of a ledger; none if there is none yet, or if it is sealed and the ledger locked.
    #[must_use]
    pub fn there(ledger: &Ledger) -> Option<Result<LogKey, Error>> {
        let path = place(ledger.folder());
        let kept = match fs::read(&path) {
            Ok(kept) => kept,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => return None,
            Err(why) => return Some(Err(Error::disk("read", &path, why))),
        };
        if ledger.is_locked() && kept.starts_with(SEALED) {
            return None;
        }
        Some(LogKey::kept(&kept, ledger.keys.as_deref(), &path))
    }

    /// The key in the bytes of its file.
    fn kept(kept: &[u8], keys: Option<&Keys>, path: &Path) -> Result<LogKey, Error> {
        let wrong = || Error::Key(path.to_owned());
        let text = match kept.strip_prefix(SEALED) {
            None => Zeroizing::new(kept.to_vec()),
            Some(digits) => {
                let boxed = hex::decode(digits.trim_ascii()).map_err(|_| wrong())?;
                let opened = keys.and_then(|keys| keys.unbox(CONTEXT, &boxed));
                Zeroizing::new(opened.ok_or_else(wrong)?)
            }
        };
        LogKey::read(std::str::from_utf8(&text).map_err(|_| wrong())?.trim(), path)
    }

    /// The name of the log. It is random: it says neither which case nor which program.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.signer.name()
    }

    /// The verifier key that others need, `name+id+base64`.
    #[must_use]
    pub fn public(&self) -> &str {
        &self.public
    }

    pub(super) fn signer(&self) -> &StandardSigner {
        &self.signer
    }

    fn make(path: &Path, keys: Option<&Keys>) -> Result<LogKey, Error> {
        let mut random = [0; 48];
        getrandom::fill(&mut random).map_err(|_| Error::NoRandomness)?;
        let (secret, name) = random.split_at(32);
        let name = format!("log.invalid/{}", hex::encode(name));
        let secret = secret.try_into().expect("32 of 48 bytes");
        let id =
            key_id(&name, &with_kind(&SigningKey::from_bytes(&secret).verifying_key().to_bytes()));
        let text =
            format!("PRIVATE+KEY+{name}+{id:08x}+{}", BASE64_STANDARD.encode(with_kind(&secret)));
        let kept = keys.map_or_else(|| text.clone().into(), |keys| sealed(keys, text.as_bytes()));
        write_secret(path, &kept).map_err(|why| Error::disk("write", path, why))?;
        LogKey::read(&text, path)
    }

    fn read(text: &str, path: &Path) -> Result<LogKey, Error> {
        let wrong = || Error::Key(path.to_owned());
        let signer = StandardSigner::new(text).map_err(|_| wrong())?;
        let secret = text.splitn(5, '+').nth(4).and_then(|key| BASE64_STANDARD.decode(key).ok());
        let secret = secret.and_then(|key| key.get(1..)?.try_into().ok()).ok_or_else(wrong)?;
        let key = with_kind(&SigningKey::from_bytes(&secret).verifying_key().to_bytes());
        let (name, id) = (signer.name(), signer.key_id());
        let public = format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(key));
        Ok(LogKey { signer, public })
    }
}

/// What a sealed key begins with; the rest is its box, hexadecimal.
const SEALED: &[u8] = b"SEALED ";
/// What the box is bound to.
const CONTEXT: &[u8] = b"habeas log key 2";

fn sealed(keys: &Keys, text: &[u8]) -> Vec<u8> {
    [SEALED, hex::encode(keys.box_up(CONTEXT, text)).as_bytes()].concat()
}

fn place(folder: &Path) -> PathBuf {
    folder.join("log.key")
}

fn with_kind(key: &[u8; 32]) -> Vec<u8> {
    [&[ED25519], key.as_slice()].concat()
}

/// Writes a file that only its owner may read, whole or not at all; one that lay there is
/// overwritten.
fn write_secret(path: &Path, kept: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh); // Left by a making that was cut short.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(kept)?;
    file.sync_all()?;
    let old = OpenOptions::new().write(true).open(path);
    fs::rename(&fresh, path)?;
    if let Ok(old) = old {
        overwrite(old)?;
    }
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::create(folder.path()).unwrap();
        let made = LogKey::of(&ledger).unwrap();
        let again = LogKey::of(&ledger).unwrap();
        assert_eq!(made.public(), again.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(place(folder.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(place(folder.path()), "PRIVATE+KEY+x+00000000+AQ==").unwrap();
        assert!(matches!(LogKey::of(&ledger), Err(Error::Key(_))));
    }
}

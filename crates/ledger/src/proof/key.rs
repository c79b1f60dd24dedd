//! The key with which a ledger signs its checkpoints; it lies beside the ledger, for its owner
//! only.

use crate::Error;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use signed_note::{Signer, StandardSigner, key_id};
use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

/// Byte that says Ed25519 before a key (C2SP `signed-note`).
pub(super) const ED25519: u8 = 1;

/// The signing key of a log, whose name is the log's origin.
pub struct LogKey {
    signer: StandardSigner,
    public: String,
}

impl LogKey {
    /// The key of the ledger in `folder`, made now if there is none.
    pub fn of(folder: &Path) -> Result<LogKey, Error> {
        let path = place(folder);
        match fs::read(&path) {
            Ok(text) => LogKey::read(String::from_utf8_lossy(&text).trim(), &path),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => LogKey::make(&path),
            Err(why) => Err(Error::disk("read", &path, why)),
        }
    }

    /// The key of the ledger in `folder`; none if there is none yet.
    #[must_use]
    pub fn there(folder: &Path) -> Option<Result<LogKey, Error>> {
        let path = place(folder);
        path.exists().then(|| LogKey::of(folder))
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

    fn make(path: &Path) -> Result<LogKey, Error> {
        let mut random = [0; 48];
        getrandom::fill(&mut random).map_err(|_| Error::NoRandomness)?;
        let (secret, name) = random.split_at(32);
        let name = format!("log.invalid/{}", hex::encode(name));
        let secret = secret.try_into().expect("32 of 48 bytes");
        let id =
            key_id(&name, &with_kind(&SigningKey::from_bytes(&secret).verifying_key().to_bytes()));
        let text =
            format!("PRIVATE+KEY+{name}+{id:08x}+{}", BASE64_STANDARD.encode(with_kind(&secret)));
        write_secret(path, &text).map_err(|why| Error::disk("write", path, why))?;
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

fn place(folder: &Path) -> PathBuf {
    folder.join("log.key")
}

fn with_kind(key: &[u8; 32]) -> Vec<u8> {
    [&[ED25519], key.as_slice()].concat()
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh); // Left by a making that was cut short.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let made = LogKey::of(folder.path()).unwrap();
        let again = LogKey::of(folder.path()).unwrap();
        assert_eq!(made.public(), again.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(place(folder.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(place(folder.path()), "PRIVATE+KEY+x+00000000+AQ==").unwrap();
        assert!(matches!(LogKey::of(folder.path()), Err(Error::Key(_))));
    }
}

//! Evidence of a sealed case: bytes in boxes, under names that tell nothing.

use super::{Keys, Opened};
use crate::{Error, Ledger, store::Shelf};
use habeas_model::Digest;
use std::sync::Arc;

/// The kind under which evidence is sealed.
const KIND: &str = "blob";

/// The name under which the evidence of an unlocked ledger lies.
pub fn name_of(ledger: &Ledger, digest: &Digest) -> Option<Digest> {
    ledger.keys.as_ref().map(|keys| keys.opaque(digest))
}

/// A shelf whose bytes are sealed. The digest of a document is told neither by a name nor by what
/// lies there.
pub struct SealedShelf {
    inner: Arc<dyn Shelf>,
    keys: Arc<Keys>,
}

impl SealedShelf {
    /// Over another shelf.
    #[must_use]
    pub fn over(inner: Arc<dyn Shelf>, keys: Arc<Keys>) -> SealedShelf {
        SealedShelf { inner, keys }
    }

    /// The digest and the bytes that lie under an opaque name.
    pub fn named(&self, name: &Digest) -> Result<Option<(Digest, Vec<u8>)>, Error> {
        let Some(sealed) = self.inner.get(name)? else { return Ok(None) };
        let place = format!("blob {}", name.short());
        let Opened::Said(mut said) = self.keys.open(&place, KIND, &sealed)? else {
            return Ok(None);
        };
        let Some(&digest) = said.first_chunk::<32>() else { return Ok(None) };
        said.drain(..32);
        Ok(Some((Digest(digest), said)))
    }

    /// Destroys what lies under an opaque name: first the secret, then the bytes.
    pub fn destroy(&self, name: &Digest) -> Result<(), Error> {
        if let Some(sealed) = self.inner.get(name)? {
            self.keys.destroy([sealed.as_slice()])?;
            self.inner.remove(name)?;
        }
        Ok(())
    }
}

impl Shelf for SealedShelf {
    fn put(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        let name = self.keys.opaque(digest);
        if let Ok(Some((there, same))) = self.named(&name)
            && there == *digest
            && same == bytes
        {
            return Ok(());
        }
        let said = [&digest.0[..], bytes].concat();
        let sealed = self.keys.seal(&[(KIND, &said)])?;
        self.inner.put(&name, &sealed[0])
    }

    fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let found = self.named(&self.keys.opaque(digest))?;
        Ok(found.filter(|(there, _)| there == digest).map(|(_, bytes)| bytes))
    }

    fn has(&self, digest: &Digest) -> bool {
        self.inner.has(&self.keys.opaque(digest))
    }

    fn remove(&self, digest: &Digest) -> Result<(), Error> {
        self.destroy(&self.keys.opaque(digest))
    }
}

//! The boxes: bytes under a key, in a context, that open whole or not at all.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce of 24 bytes before the
//! ciphertext. That cipher does not commit to its key: two keys can be found under which one
//! ciphertext opens as two texts. So a secret of 32 bytes is split by SHA-512, as Ed25519 does
//! (RFC 8032, section 5.1.5): half of it is the key, half a commitment that is kept in the open
//! and hashed into the leaf.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

/// A key of 32 bytes that is wiped when it is dropped.
pub type Key = Zeroizing<[u8; 32]>;
/// Length of a commitment.
pub const COMMITMENT: usize = 32;
/// What a box is longer than what is in it: nonce and tag.
pub const OVERHEAD: usize = NONCE + 16;
const NONCE: usize = 24;

/// Random bytes of the operating system.
///
/// # Panics
/// Where the system has none: nothing may be sealed then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// A fresh key.
#[must_use]
pub fn fresh() -> Key {
    Zeroizing::new(random())
}

/// Puts `plain` into a box: nonce, ciphertext, tag.
#[must_use]
pub fn lock(key: &Key, context: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = random();
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context });
    [&nonce[..], &sealed.expect("a body is shorter than 256 GiB")].concat()
}

/// What is in a box; none where the key, the context or a byte is another.
#[must_use]
pub fn unlock(key: &Key, context: &[u8], boxed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = boxed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
}

/// The key and the commitment that follow from a secret.
#[must_use]
pub fn split(secret: &Key) -> (Key, [u8; COMMITMENT]) {
    let (key, commitment) = derive(b"habeas secret 2", &[secret.as_slice()]);
    (key, *commitment)
}

/// Two keys from parts of fixed length, under a label.
#[must_use]
pub fn derive(label: &[u8], parts: &[&[u8]]) -> (Key, Key) {
    let mut hash = Sha512::new();
    hash.update(label);
    parts.iter().for_each(|part| hash.update(part));
    let both = Zeroizing::new(<[u8; 64]>::from(hash.finalize()));
    let half = |from: usize| {
        let mut key = Key::default();
        key.copy_from_slice(&both[from..from + 32]);
        key
    };
    (half(0), half(32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_opens_whole_or_not_at_all() {
        let (key, other) = (fresh(), fresh());
        let boxed = lock(&key, b"here", b"Hay 116 libres");
        assert_eq!(unlock(&key, b"here", &boxed).as_deref(), Some(&b"Hay 116 libres"[..]));
        assert_eq!(unlock(&other, b"here", &boxed), None);
        assert_eq!(unlock(&key, b"there", &boxed), None);
        for at in 0..boxed.len() {
            let mut bent = boxed.clone();
            bent[at] ^= 1;
            assert_eq!(unlock(&key, b"here", &bent), None, "byte {at}");
            assert_eq!(unlock(&key, b"here", &boxed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn a_commitment_tells_two_secrets_apart() {
        let (one, two) = (fresh(), fresh());
        assert_ne!(split(&one).1, split(&two).1);
        assert_eq!(split(&one), split(&one));
        assert_ne!(*split(&one).0, split(&one).1);
    }
}

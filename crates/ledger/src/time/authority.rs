//! A time-stamping authority: what it is asked, and whether its answer is an answer to that.

use super::{
    asn1::{MessageImprint, TimeStampReq, TimeStampResp},
    token::{self, Moment},
};
use crate::Error;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use cms::cert::x509::spki::AlgorithmIdentifier;
use der::{
    Any, Decode as _, Encode as _,
    asn1::{ObjectIdentifier, OctetString, Uint},
};
use habeas_model::{Digest, Stamp, Stamped};
use rustls_pki_types::{CertificateDer, pem::PemObject as _};

/// SHA-256 (RFC 5754).
pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// An authority and the certificates that it is trusted by.
#[derive(Clone, Debug)]
pub struct Authority {
    pub(super) name: String,
    pub(super) roots: Vec<CertificateDer<'static>>,
}

impl Authority {
    /// Trusts the authority of this name for what leads to one of the certificates in `pem`.
    pub fn trust(name: &str, pem: &[u8]) -> Result<Authority, Error> {
        let roots: Vec<_> = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<_, _>>()
            .map_err(|_| Error::Authority(name.to_owned()))?;
        match roots.is_empty() {
            true => Err(Error::Authority(name.to_owned())),
            false => Ok(Authority { name: name.to_owned(), roots }),
        }
    }
}

/// A question to an authority.
pub struct Request {
    on: Stamped,
    imprint: Digest,
    nonce: [u8; 8],
}

impl Request {
    /// Asks for a stamp on this imprint. The nonce keeps an old answer from being taken for a new.
    pub fn on(on: Stamped, imprint: Digest) -> Result<Request, Error> {
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|_| Error::NoRandomness)?;
        nonce[0] |= 1; // A number that begins with zeros has a shorter form.
        Ok(Request { on, imprint, nonce })
    }

    /// The bytes to send, as `application/timestamp-query`.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        let made = || {
            TimeStampReq {
                version: 1,
                message_imprint: imprint(&self.imprint)?,
                req_policy: None,
                nonce: Some(Uint::new(&self.nonce)?),
                cert_req: true,
            }
            .to_der()
        };
        made().map_err(|_| Error::Stamp("the question cannot be written"))
    }

    /// The stamp in an answer (`application/timestamp-reply`), if it is one to this question and
    /// from this authority.
    pub fn answered(&self, answer: &[u8], by: &Authority) -> Result<(Stamp, Moment), Error> {
        let answer = TimeStampResp::from_der(answer)
            .map_err(|_| Error::Stamp("the answer is no time-stamp reply"))?;
        // 0: granted; 1: granted with changes.
        let token = match (answer.status.status, answer.time_stamp_token) {
            (0 | 1, Some(token)) => token,
            _ => return Err(Error::Stamp("the authority refused")),
        };
        let token = token.to_der().map_err(|_| Error::Stamp("its token cannot be read"))?;
        let moment = token::check(&token, &self.imprint, by)?;
        if moment.nonce.as_deref() != Some(self.nonce.as_slice()) {
            return Err(Error::Stamp("the answer is to another question"));
        }
        let stamp = Stamp {
            on: self.on,
            imprint: self.imprint,
            authority: by.name.clone(),
            token: BASE64_STANDARD.encode(&token),
        };
        Ok((stamp, moment))
    }
}

fn imprint(digest: &Digest) -> der::Result<MessageImprint> {
    Ok(MessageImprint {
        hash_algorithm: AlgorithmIdentifier { oid: SHA_256, parameters: Some(Any::null()) },
        hashed_message: OctetString::new(digest.0)?,
    })
}

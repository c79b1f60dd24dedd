//! A time-stamp token: is it signed by whom we trust, is it on what it should be on, and what time
//! does it say?
//!
//! RFC 3161, section 2.4.2, over RFC 5652, section 5.4. The certificate must have been valid at the
//! time that the token says, lead to a trusted root, and be for time stamps and nothing else
//! (section 2.3). Whether it was revoked is not asked: that would need the network.

use super::{
    Authority,
    asn1::{SigningCertificateV2, TstInfo},
    authority::SHA_256,
};
use crate::Error;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use cms::{
    cert::CertificateChoices,
    cert::x509::{Certificate, attr::Attribute},
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use der::{
    Decode as _, Encode as _, Tag, Tagged as _,
    asn1::{ObjectIdentifier, OctetString},
};
use habeas_model::{Digest, Stamp};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::Offset};
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage, ring};

const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// id-kp-timeStamping, 1.3.6.1.5.5.7.3.8.
const TIME_STAMPING: &[u8] = &[43, 6, 1, 5, 5, 7, 3, 8];

/// What a good token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What was stamped existed at this time.
    pub time: Timestamp,
    /// By how much the authority may be off, where it says so.
    pub accuracy: Option<SignedDuration>,
    /// Which token of that authority it is, in hexadecimal digits.
    pub serial: String,
    pub(super) nonce: Option<Vec<u8>>,
}

/// The bytes (DER) of the token of a stamp.
pub fn bytes(stamp: &Stamp) -> Result<Vec<u8>, Error> {
    BASE64_STANDARD.decode(&stamp.token).map_err(|_| Error::Stamp("its token cannot be read"))
}

/// Checks a token (DER) on `imprint`, with nothing but itself and the authority's certificates.
pub fn check(token: &[u8], imprint: &Digest, authority: &Authority) -> Result<Moment, Error> {
    let signed = opened(token).ok_or(Error::Stamp("its token cannot be read"))?;
    let content = signed.encap_content_info.econtent.as_ref();
    let content = content.and_then(|any| any.decode_as::<OctetString>().ok());
    let content = content.filter(|_| signed.encap_content_info.econtent_type == TST_INFO);
    let content = content.ok_or(Error::Stamp("its token stamps no time"))?;
    let said = TstInfo::from_der(content.as_bytes())
        .map_err(|_| Error::Stamp("its token stamps no time"))?;
    let on = &said.message_imprint;
    if on.hash_algorithm.oid != SHA_256 || on.hashed_message.as_bytes() != imprint.0 {
        return Err(Error::Stamp("it is on something else"));
    }
    let time = time(&said).ok_or(Error::Stamp("its time cannot be read"))?;
    let [signer] = signed.signer_infos.0.as_slice() else {
        return Err(Error::Stamp("it has not exactly one signer"));
    };
    let (own, others) =
        certificates(&signed, signer).ok_or(Error::Stamp("its signer's certificate is missing"))?;
    attributes(signer, content.as_bytes(), &own)
        .ok_or(Error::Stamp("what was signed is not what it says"))?;
    let own = EndEntityCert::try_from(&own)
        .map_err(|_| Error::Stamp("its signer's certificate cannot be read"))?;
    signature(signer, &own).ok_or(Error::Stamp("its signature is not good"))?;
    trusted(&own, &others, time, authority)?;
    Ok(Moment {
        time,
        accuracy: said.accuracy.as_ref().map(|by| {
            let micros =
                u32::from(by.millis.unwrap_or(0)) * 1000 + u32::from(by.micros.unwrap_or(0));
            let seconds = i64::try_from(by.seconds.unwrap_or(0)).unwrap_or(i64::MAX);
            SignedDuration::from_secs(seconds)
                .saturating_add(SignedDuration::from_micros(micros.into()))
        }),
        serial: hex::encode(said.serial_number.as_bytes()),
        nonce: said.nonce.map(|nonce| nonce.as_bytes().to_vec()),
    })
}

fn opened(token: &[u8]) -> Option<SignedData> {
    let outer = ContentInfo::from_der(token).ok()?;
    (outer.content_type == SIGNED_DATA).then(|| outer.content.decode_as().ok()).flatten()
}

/// `YYYYMMDDhhmmss[.f...]Z`, always UTC (RFC 3161, section 2.4.2).
fn time(said: &TstInfo) -> Option<Timestamp> {
    let text = std::str::from_utf8(said.gen_time.value()).ok()?.strip_suffix('Z')?;
    if said.gen_time.tag() != Tag::GeneralizedTime {
        return None;
    }
    let time = DateTime::strptime("%Y%m%d%H%M%S%.f", text).ok()?;
    Offset::UTC.to_timestamp(time).ok()
}

/// The signer's certificate, and the others that came with it.
fn certificates(
    signed: &SignedData,
    signer: &SignerInfo,
) -> Option<(CertificateDer<'static>, Vec<CertificateDer<'static>>)> {
    let SignerIdentifier::IssuerAndSerialNumber(wanted) = &signer.sid else {
        return None; // RFC 3161 names the signer so, and every authority that we know does.
    };
    let is_it = |it: &Certificate| {
        let it = &it.tbs_certificate;
        it.issuer == wanted.issuer && it.serial_number == wanted.serial_number
    };
    let (mut own, mut others) = (None, Vec::new());
    for choice in signed.certificates.as_ref()?.0.iter() {
        let CertificateChoices::Certificate(certificate) = choice else { continue };
        let bytes = CertificateDer::from(certificate.to_der().ok()?);
        match is_it(certificate) {
            true => own = Some(bytes),
            false => others.push(bytes),
        }
    }
    Some((own?, others))
}

/// What the signer signed besides: that it is a time stamp, on this content, with this certificate.
fn attributes(signer: &SignerInfo, content: &[u8], own: &CertificateDer<'_>) -> Option<()> {
    let attributes = signer.signed_attrs.as_ref()?;
    let one = |oid: ObjectIdentifier| {
        let found: Option<&Attribute> = attributes.iter().find(|attribute| attribute.oid == oid);
        found?.values.get(0)
    };
    let kind: ObjectIdentifier = one(CONTENT_TYPE)?.decode_as().ok()?;
    let digest: OctetString = one(MESSAGE_DIGEST)?.decode_as().ok()?;
    let good = kind == TST_INFO && digest.as_bytes() == hash(signer.digest_alg.oid, content)?;
    // The older attribute (RFC 2634) names the certificate by SHA-1: it says no more than the
    // chain.
    let named = match one(SIGNING_CERTIFICATE_V2) {
        None => true,
        Some(value) => {
            let named: SigningCertificateV2 = value.decode_as().ok()?;
            let first = named.certs.first()?;
            let by = first.hash_algorithm.as_ref().map_or(SHA_256, |algorithm| algorithm.oid);
            first.cert_hash.as_bytes() == hash(by, own)?
        }
    };
    (good && named).then_some(())
}

fn hash(by: ObjectIdentifier, bytes: &[u8]) -> Option<Vec<u8>> {
    match by {
        SHA_256 => Some(Sha256::digest(bytes).to_vec()),
        SHA_384 => Some(Sha384::digest(bytes).to_vec()),
        SHA_512 => Some(Sha512::digest(bytes).to_vec()),
        _ => None,
    }
}

/// The signature over the attributes, by whichever algorithm fits the key and the digest.
fn signature(signer: &SignerInfo, own: &EndEntityCert<'_>) -> Option<()> {
    let signed = signer.signed_attrs.as_ref()?.to_der().ok()?;
    let fitting: &[&dyn SignatureVerificationAlgorithm] = match signer.digest_alg.oid {
        SHA_256 => {
            &[ring::RSA_PKCS1_2048_8192_SHA256, ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256]
        }
        SHA_384 => {
            &[ring::RSA_PKCS1_2048_8192_SHA384, ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384]
        }
        SHA_512 => &[ring::RSA_PKCS1_2048_8192_SHA512, ring::ED25519],
        _ => return None,
    };
    let good = |by: &&dyn SignatureVerificationAlgorithm| {
        own.verify_signature(*by, &signed, signer.signature.as_bytes()).is_ok()
    };
    fitting.iter().any(good).then_some(())
}

/// Whether the certificate leads to a trusted root, was valid then, and is for time stamps.
fn trusted(
    own: &EndEntityCert<'_>,
    others: &[CertificateDer<'_>],
    time: Timestamp,
    authority: &Authority,
) -> Result<(), Error> {
    let anchors: Vec<_> = authority
        .roots
        .iter()
        .filter_map(|root| webpki::anchor_from_trusted_cert(root).ok())
        .collect();
    let seconds = u64::try_from(time.as_second()).unwrap_or(0);
    let then = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let usage = KeyUsage::required(TIME_STAMPING);
    let known = webpki::ALL_VERIFICATION_ALGS;
    own.verify_for_usage(known, &anchors, others, then, usage, None, None)
        .map(drop)
        .map_err(|_| Error::Untrusted(authority.name.clone()))
}

//! Evidence in a bucket of any S3-compatible store, for teams whose members share no disk.
//!
//! `s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME`; the keys are those of
//! `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. Requests are signed by AWS Signature Version 4.
//!
//! # Invariants
//! 1. The way to another machine is encrypted, or there is none.
//! 2. What is named is a digest, never a file name; no error holds a signature.

use crate::{Error, store::Shelf};
use habeas_model::Digest;
use rusty_s3::{Credentials, S3Action as _, UrlStyle};
use std::{io::Read as _, time::Duration};
use url::Url;

/// How long a signature holds: as long as one request may take.
const HOLDS: Duration = Duration::from_secs(600);

/// A bucket, and a folder in it.
pub struct Bucket {
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
    client: ureq::Agent,
}

impl Bucket {
    /// Whether `words` mean a bucket.
    #[must_use]
    pub fn is_one(words: &str) -> bool {
        words.starts_with("s3://")
    }

    /// Reads an address; nothing is asked of the store yet.
    pub fn read(words: &str) -> Result<Bucket, Error> {
        let credentials = Credentials::from_env()
            .ok_or(Error::Address("`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are not set"))?;
        Bucket::with(words, credentials)
    }

    /// The same, with these keys.
    pub fn with(words: &str, credentials: Credentials) -> Result<Bucket, Error> {
        let address: Url = words.parse().map_err(|_| Error::Address("it cannot be read"))?;
        let option = |wanted: &str| {
            address.query_pairs().find(|(name, _)| name == wanted).map(|(_, it)| it.into_owned())
        };
        let region = option("region").unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint = option("endpoint")
            .unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"))
            .parse::<Url>()
            .map_err(|_| Error::Address("`endpoint` is no URL"))?;
        if endpoint.scheme() != "https" && !is_near(&endpoint) {
            return Err(Error::Address("the way to another machine needs `https`")); // Invariant 1.
        }
        let name = address.host_str().unwrap_or_default().to_owned();
        let bucket = rusty_s3::Bucket::new(endpoint, UrlStyle::Path, name, region)
            .map_err(|_| Error::Address("it names no bucket"))?;
        let prefix = address.path().trim_matches('/').to_owned();
        let client = ureq::Agent::config_builder()
            .timeout_global(Some(HOLDS))
            .http_status_as_error(false)
            .build()
            .new_agent();
        Ok(Bucket { bucket, credentials, prefix, client })
    }

    fn key(&self, digest: &Digest) -> String {
        let hex = digest.to_string();
        let within = format!("blobs/{}/{hex}", &hex[..2]);
        if self.prefix.is_empty() { within } else { format!("{}/{within}", self.prefix) }
    }

    fn failed(&self, why: impl std::fmt::Display) -> Error {
        let place = format!("s3://{}/{}", self.bucket.name(), self.prefix);
        Error::Bucket { place, why: why.to_string() }
    }
}

/// On this machine.
fn is_near(endpoint: &Url) -> bool {
    match endpoint.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

impl Shelf for Bucket {
    fn put(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        if self.get(digest)?.is_some_and(|there| there == bytes) {
            return Ok(());
        }
        let key = self.key(digest);
        let signed = self.bucket.put_object(Some(&self.credentials), &key).sign(HOLDS);
        let answer =
            self.client.put(signed.as_str()).send(bytes).map_err(|error| self.failed(error))?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            status => Err(self.failed(format_args!("it answers `{status}` to a write"))),
        }
    }

    fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let key = self.key(digest);
        let signed = self.bucket.get_object(Some(&self.credentials), &key).sign(HOLDS);
        let answer = self.client.get(signed.as_str()).call().map_err(|error| self.failed(error))?;
        match answer.status().as_u16() {
            200 => {
                let mut bytes = Vec::new();
                let mut body = answer.into_body().into_reader();
                body.read_to_end(&mut bytes).map_err(|error| self.failed(error))?;
                Ok(Some(bytes))
            }
            404 => Ok(None),
            status => Err(self.failed(format_args!("it answers `{status}` to a read"))),
        }
    }

    /// A bucket that keeps versions keeps this one, too.
    fn remove(&self, digest: &Digest) -> Result<(), Error> {
        let key = self.key(digest);
        let signed = self.bucket.delete_object(Some(&self.credentials), &key).sign(HOLDS);
        let answer =
            self.client.delete(signed.as_str()).call().map_err(|error| self.failed(error))?;
        match answer.status().as_u16() {
            200..=299 | 404 => Ok(()),
            status => Err(self.failed(format_args!("it answers `{status}` to a removal"))),
        }
    }

    fn has(&self, digest: &Digest) -> bool {
        let key = self.key(digest);
        let signed = self.bucket.head_object(Some(&self.credentials), &key).sign(HOLDS);
        self.client.head(signed.as_str()).call().is_ok_and(|answer| answer.status() == 200)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Result<&str, &str>) {
        let keys = Credentials::new("key", "secret");
        match (Bucket::with(words, keys), expected) {
            (Ok(bucket), Ok(key)) => assert_eq!(bucket.key(&Digest([0xab; 32]))[..11], *key),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (Ok(_), Err(part)) => panic!("{words} was taken; expected: {part}"),
            (Err(error), Ok(_)) => panic!("{words}: {error}"),
        }
    }

    #[test]
    fn addresses() {
        check("s3://evidence/xa?region=eu-1", Ok("xa/blobs/ab"));
        check("s3://evidence?endpoint=http://127.0.0.1:5000", Ok("blobs/ab/ab"));
        check("s3://evidence?endpoint=http://store.example.org", Err("https")); // Invariant 1.
        check("s3://evidence?endpoint=nowhere", Err("no URL"));
    }
}

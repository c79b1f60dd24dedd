//! Where the server of a ledger is, and how the way there is kept from other ears.
//!
//! `postgres://USER@HOST:PORT/DATABASE?sslmode=require&sslrootcert=FILE&schema=NAME`. A password is
//! better left to `PGPASSWORD`, so that it is in no list of processes.
//!
//! # Invariants
//! 1. A connection to another machine is encrypted and its certificate checked, or there is none.
//! 2. No error holds the password.

use crate::Error;
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer, pki_types::pem::PemObject};
use std::{net::IpAddr, path::Path, path::PathBuf, sync::Arc, time::Duration};
use tokio_postgres::config::{Config, Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// A ledger on a server: everything that a connection needs.
#[derive(Clone)]
pub struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
    pub(super) schema: String,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(path)) => path.display().to_string(),
            _ => "localhost".to_owned(),
        };
        let database = self.config.get_dbname().unwrap_or_default();
        write!(f, "postgres://{host}/{database}?schema={}", self.schema) // Invariant 2.
    }
}

impl Address {
    /// Whether `words` mean a server and not a folder.
    #[must_use]
    pub fn is_one(words: &str) -> bool {
        words.starts_with("postgres://") || words.starts_with("postgresql://")
    }

    /// Reads an address.
    pub fn read(words: &str) -> Result<Address, Error> {
        let (plain, own) = split(words);
        let mut config: Config = plain.parse().map_err(|_| wrong("it cannot be read"))?;
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        config.application_name("habeas");
        config.connect_timeout(Duration::from_secs(10));
        config.keepalives_idle(Duration::from_secs(30));
        config.tcp_user_timeout(Duration::from_secs(30));
        if config.get_ssl_mode() != SslMode::Require {
            if config.get_hosts().iter().any(|host| !is_near(host)) {
                return Err(wrong("the way to another machine needs `sslmode=require`")); // 1.
            }
            config.ssl_mode(SslMode::Disable);
        }
        let schema = own.schema.unwrap_or_else(|| "habeas".to_owned());
        Ok(Address { config, tls: tls(own.roots.as_deref())?, schema: checked(schema)? })
    }

    /// A schema beside this one in the same database.
    pub(super) fn beside(&self, end: &str) -> Result<Address, Error> {
        Ok(Address { schema: checked(format!("{}{end}", self.schema))?, ..self.clone() })
    }
}

/// A name that goes into statements as it is.
fn checked(schema: String) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if schema.is_empty() || schema.len() > 63 || !schema.chars().all(plain) {
        return Err(wrong("a schema has small letters, digits and `_` only, 63 at most"));
    }
    Ok(schema)
}

/// The options of an address that are ours and not the client's.
#[derive(Default)]
struct Own {
    roots: Option<PathBuf>,
    schema: Option<String>,
}

fn split(words: &str) -> (String, Own) {
    let mut own = Own::default();
    let Some((before, query)) = words.split_once('?') else { return (words.to_owned(), own) };
    let mut left = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslrootcert", file)) => own.roots = Some(file.into()),
            Some(("schema", name)) => own.schema = Some(name.to_owned()),
            _ => left.push(pair),
        }
    }
    let query = if left.is_empty() { String::new() } else { format!("?{}", left.join("&")) };
    (format!("{before}{query}"), own)
}

/// On this machine: a socket of the file system, or the loopback.
fn is_near(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// Checks certificates against the authorities in `roots`, else against the system's.
fn tls(roots: Option<&Path>) -> Result<MakeRustlsConnect, Error> {
    let mut known = RootCertStore::empty();
    if let Some(path) = roots {
        let unread = |_| wrong("`sslrootcert` names no file of certificates in PEM form");
        for certificate in CertificateDer::pem_file_iter(path).map_err(unread)? {
            known
                .add(certificate.map_err(unread)?)
                .map_err(|_| wrong("`sslrootcert` holds no certificate of an authority"))?;
        }
    } else {
        known.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| wrong("no version of TLS can be had"))?
        .with_root_certificates(known)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn wrong(why: &'static str) -> Error {
    Error::Address(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Result<&str, &str>) {
        match (Address::read(words), expected) {
            (Ok(address), Ok(shown)) => assert_eq!(address.to_string(), shown),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (Ok(address), Err(_)) => panic!("{words} was taken: {address}"),
            (Err(error), Ok(_)) => panic!("{words}: {error}"),
        }
    }

    #[test]
    fn addresses() {
        check("postgres://k:secret@localhost/case", Ok("postgres://localhost/case?schema=habeas"));
        check(
            "postgres://127.0.0.1:5433/case?schema=xa_2026",
            Ok("postgres://127.0.0.1/case?schema=xa_2026"),
        );
        check("postgres://db.example.org/case", Err("sslmode=require")); // Invariant 1.
        check("postgres://db.example.org/case?sslmode=prefer", Err("sslmode=require"));
        check(
            "postgres://db.example.org/case?sslmode=require",
            Ok("postgres://db.example.org/case?schema=habeas"),
        );
        check("postgres://localhost/case?schema=a;drop", Err("small letters"));
        check("postgres://localhost/case?sslrootcert=/nowhere.pem", Err("sslrootcert"));
        check("postgres://localhost:port/case", Err("cannot be read"));
    }
}

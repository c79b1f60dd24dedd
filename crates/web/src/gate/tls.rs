//! TLS with the team's own certificate.

use super::place::Outside;
use crate::Error;
use rustls::{ServerConfig, crypto::ring};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use std::{path::Path, sync::Arc};
use tokio_rustls::TlsAcceptor;

/// What accepts TLS (1.3, or 1.2); none where none is asked for.
pub fn acceptor(outside: &Outside) -> Result<Option<TlsAcceptor>, Error> {
    let Outside::Certified { certificate, key, .. } = outside else { return Ok(None) };
    let wrong = |path: &Path, why: String| Error::Certificate { path: path.to_owned(), why };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|why| wrong(certificate, why.to_string()))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|why| wrong(key, why.to_string()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| wrong(certificate, why.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|why| wrong(certificate, why.to_string()))?;
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

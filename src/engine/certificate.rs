//! [`Certificate`]: who the doubles of this process are to clients that speak TLS.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, LazyLock};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::base64::base64;

/// Whom the certificate is for: loopback, by all its names.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The one protocol that is spoken inside: clients that offer HTTP/2 as well agree on this.
const HTTP_1: &[u8] = b"http/1.1";

/// How many letters a line of PEM has (RFC 7468, §2).
const PEM_LINE: usize = 64;

/// A certificate for loopback, and the authority that signed it.
///
/// Its keys are random, which nothing that can be compared shows: no answer,
/// id, journal or fingerprint derives from them, and what is encrypted never
/// looks the same twice anyway. A key that were the same on every run would
/// have to stand in this crate, and whoever trusted its authority for longer
/// than a test would trust everyone who has read it. As it is, the
/// authority's key is gone when this is made: it can sign nothing else.
pub struct Certificate {
    ca_pem: String,
    config: Arc<ServerConfig>,
}

impl Certificate {
    /// That of this process, made when it is first asked for: a client that trusts one
    /// double trusts them all.
    ///
    /// # Panics
    ///
    /// When the system has no random numbers.
    #[must_use]
    pub fn of_this_process() -> &'static Certificate {
        static OURS: LazyLock<Certificate> = LazyLock::new(|| {
            Certificate::made().expect("the system has random numbers, and nothing else can fail")
        });
        &OURS
    }

    /// The authority's certificate, for clients to trust.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// How a server shows it.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }

    fn made() -> Result<Certificate, Box<dyn Error>> {
        // Clients that verify refuse an authority that is shown as a server, so there are two.
        let mut ca = params(&[], "test authority")?;
        ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let ca_key = KeyPair::generate()?;
        let ca_der = ca.self_signed(&ca_key)?.der().to_vec();

        let mut leaf = params(&LOOPBACK, "test double")?;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true; // strict clients want it
        let key = KeyPair::generate()?;
        let leaf = leaf.signed_by(&key, &Issuer::new(ca, ca_key))?;

        // The provider is said, since another crate of the build may bring a second one.
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(
                vec![leaf.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )?;
        config.alpn_protocols = vec![HTTP_1.to_vec()];
        Ok(Certificate { ca_pem: pem(&ca_der), config: Arc::new(config) })
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Certificate").finish_non_exhaustive()
    }
}

/// What both certificates have in common.
fn params(names: &[&str], role: &str) -> Result<CertificateParams, rcgen::Error> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names)?;
    let name = format!("{} {role}", env!("CARGO_PKG_NAME"));
    params.distinguished_name.push(DnType::CommonName, name);
    // Clients judge by their own time, which may be real or pretended. That it begins so
    // early spares it the limit that Apple's systems set to certificates made since 2019.
    params.not_before = date_time_ymd(1975, 1, 1);
    params.not_after = date_time_ymd(4096, 1, 1);
    Ok(params)
}

fn pem(der: &[u8]) -> String {
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    for (at, letter) in base64(der).chars().enumerate() {
        if at > 0 && at % PEM_LINE == 0 {
            text.push('\n');
        }
        text.push(letter);
    }
    text.push_str("\n-----END CERTIFICATE-----\n");
    text
}

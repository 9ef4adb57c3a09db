//! The site's own certificates, for a network that no public authority reaches: an authority that
//! may only ever vouch for this site's names and addresses (RFC 5280, section 4.2.1.10), so that a
//! stolen authority key opens no other site, and a server certificate under it. Made at `init`,
//! renewed at start. Keys leave here as PEM; keeping them sealed is the caller's business.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, SanType,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};

/// Validity of the authority: a device is made to trust it by hand, so rarely.
const AUTHORITY_YEARS: i16 = 10;
/// Validity of the server certificate. Apple's devices refuse more than 825 days, also under an
/// authority a person installed (support.apple.com/en-us/103769).
const SERVER_DAYS: i64 = 800;

/// A certificate and its private key, both PEM.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// The certificate; for a server, followed by its authority's.
    pub certificate_pem: String,
    /// The private key (PKCS #8).
    pub key_pem: String,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pair")
            .field("certificate_pem", &self.certificate_pem)
            .finish_non_exhaustive()
    }
}

/// By what names and addresses people reach a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    /// Host names, for instance `akey.local`.
    pub hosts: Vec<String>,
    /// Addresses on the site's network.
    pub addresses: Vec<IpAddr>,
}

/// Why a certificate could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// No name and no address.
    #[error("a certificate needs at least one host name or address: pass the address to listen on")]
    NoNames,
    /// A name that no certificate can carry.
    #[error("the certificate could not be made: {0}: check the host names")]
    Make(#[from] rcgen::Error),
    /// The files are not what they should be.
    #[error("the site's certificate or key cannot be read: {0}: restore them or make new ones")]
    Read(String),
}

/// Makes the authority of a site, for these names alone.
///
/// # Errors
/// When there is no name, or one cannot stand in a certificate.
pub fn make_authority(
    operation: &str,
    names: &Names,
    now: Timestamp,
) -> Result<Pair, CertificateError> {
    if names.hosts.is_empty() && names.addresses.is_empty() {
        return Err(CertificateError::NoNames);
    }
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let mut params = CertificateParams::default();
    params.distinguished_name = named(&format!("Akèy site authority: {operation}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(constraints(names));
    valid(
        &mut params,
        today,
        today.saturating_add(jiff::Span::new().years(AUTHORITY_YEARS)),
    );
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok(Pair {
        certificate_pem: certificate.pem(),
        key_pem: key.serialize_pem(),
    })
}

/// Makes a server certificate under an authority.
///
/// # Errors
/// When the authority cannot be read, or a name cannot stand in a certificate.
pub fn make_server(
    authority: &Pair,
    names: &Names,
    now: Timestamp,
) -> Result<Pair, CertificateError> {
    let issuer = Issuer::from_ca_cert_pem(
        &authority.certificate_pem,
        KeyPair::from_pem(&authority.key_pem)?,
    )?;
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let mut params = CertificateParams::new(names.hosts.clone())?;
    params
        .subject_alt_names
        .extend(names.addresses.iter().copied().map(SanType::IpAddress));
    params.distinguished_name = named("Akèy");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    valid(
        &mut params,
        today,
        today.saturating_add(jiff::Span::new().days(SERVER_DAYS)),
    );
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &issuer)?;
    Ok(Pair {
        certificate_pem: certificate.pem() + &authority.certificate_pem,
        key_pem: key.serialize_pem(),
    })
}

/// The SHA-256 fingerprint of the first certificate of a PEM text, as devices show it.
///
/// # Errors
/// When there is no certificate in it.
pub fn fingerprint(pem: &str) -> Result<String, CertificateError> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes())
        .map_err(|error| CertificateError::Read(error.to_string()))?;
    let bytes: Vec<String> = Sha256::digest(&der)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    Ok(bytes.join(":"))
}

/// What rustls serves from a pair: TLS 1.2 and 1.3 with ring.
pub(crate) fn server_config(pair: &Pair) -> Result<rustls::ServerConfig, CertificateError> {
    let read = |error: &dyn std::fmt::Display| CertificateError::Read(error.to_string());
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pair.certificate_pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| read(&error))?;
    let key =
        PrivateKeyDer::from_pem_slice(pair.key_pem.as_bytes()).map_err(|error| read(&error))?;
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| read(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| read(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Where one kind of name is used, all others of it are shut out by being absent; a kind that is
/// not used at all must be shut out by name, or the authority could vouch for any of it.
fn constraints(names: &Names) -> NameConstraints {
    let hosts = names.hosts.iter().cloned().map(GeneralSubtree::DnsName);
    let addresses = names.addresses.iter().map(|address| {
        let bits = if address.is_ipv4() { 32 } else { 128 };
        GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(*address, bits))
    });
    let mut excluded_subtrees = Vec::new();
    if names.hosts.is_empty() {
        excluded_subtrees.push(GeneralSubtree::DnsName(String::new()));
    }
    if !names.addresses.iter().any(IpAddr::is_ipv4) {
        excluded_subtrees.push(GeneralSubtree::IpAddress(CidrSubnet::V4([0; 4], [0; 4])));
    }
    if !names.addresses.iter().any(IpAddr::is_ipv6) {
        excluded_subtrees.push(GeneralSubtree::IpAddress(CidrSubnet::V6([0; 16], [0; 16])));
    }
    NameConstraints {
        permitted_subtrees: hosts.chain(addresses).collect(),
        excluded_subtrees,
    }
}

fn named(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(
        DnType::CommonName,
        common_name.chars().take(64).collect::<String>(),
    );
    name.push(DnType::OrganizationName, "Akèy");
    name
}

/// From the day before, because clocks of tablets run slow.
fn valid(params: &mut CertificateParams, from: Date, to: Date) {
    let midnight = |date: Date| {
        rcgen::date_time_ymd(
            i32::from(date.year()),
            u8::try_from(date.month()).expect("a month is 1 to 12"),
            u8::try_from(date.day()).expect("a day is 1 to 31"),
        )
    };
    params.not_before = midnight(from.yesterday().unwrap_or(from));
    params.not_after = midnight(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names {
            hosts: vec!["akey.local".into()],
            addresses: vec!["192.0.2.10".parse().unwrap()],
        }
    }

    fn now() -> Timestamp {
        "2026-01-15T12:00:00Z".parse().unwrap()
    }

    /// Whether a client that trusts the authority accepts the server under this name.
    fn accepted(authority: &Pair, server: &Pair, name: &str) -> bool {
        use rustls::client::danger::ServerCertVerifier;
        let mut roots = rustls::RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(authority.certificate_pem.as_bytes()).unwrap())
            .unwrap();
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let verifier =
            rustls::client::WebPkiServerVerifier::builder_with_provider(roots.into(), provider)
                .build()
                .unwrap();
        let chain: Vec<_> = CertificateDer::pem_slice_iter(server.certificate_pem.as_bytes())
            .collect::<Result<_, _>>()
            .unwrap();
        let seconds = u64::try_from(now().as_second()).unwrap();
        let at =
            rustls::pki_types::UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        let name = rustls::pki_types::ServerName::try_from(name).unwrap();
        verifier
            .verify_server_cert(&chain[0], &chain[1..], &name, &[], at)
            .is_ok()
    }

    #[test]
    fn a_device_that_trusts_the_authority_accepts_the_site_under_its_names() {
        let authority = make_authority("Demo", &names(), now()).unwrap();
        let server = make_server(&authority, &names(), now()).unwrap();
        assert!(accepted(&authority, &server, "akey.local"));
        assert!(accepted(&authority, &server, "192.0.2.10"));
        assert!(!accepted(&authority, &server, "bank.example"));
        assert!(server_config(&server).is_ok());
    }

    #[test]
    fn the_authority_cannot_vouch_for_anybody_else() {
        let authority = make_authority("Demo", &names(), now()).unwrap();
        let elsewhere = Names {
            hosts: vec!["bank.example".into()],
            addresses: vec!["198.51.100.1".parse().unwrap()],
        };
        let server = make_server(&authority, &elsewhere, now()).unwrap();
        assert!(!accepted(&authority, &server, "bank.example"));
        assert!(!accepted(&authority, &server, "198.51.100.1"));
    }

    #[test]
    fn an_authority_for_an_address_alone_vouches_for_no_host() {
        let address = Names {
            hosts: vec![],
            addresses: names().addresses,
        };
        let authority = make_authority("Demo", &address, now()).unwrap();
        let server = make_server(&authority, &names(), now()).unwrap();
        assert!(!accepted(&authority, &server, "akey.local"));
    }

    #[test]
    fn a_certificate_without_names_is_refused() {
        let none = Names {
            hosts: vec![],
            addresses: vec![],
        };
        assert!(matches!(
            make_authority("Demo", &none, now()),
            Err(CertificateError::NoNames)
        ));
    }
}

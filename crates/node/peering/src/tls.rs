//! Who is there: TLS 1.3 in which both sides show the key that names their node (raw public keys,
//! RFC 7250), so that no authority, name or date is needed. Whether that node belongs to the operation
//! is asked in the meeting, where its papers are.

use std::sync::Arc;

use ledger::NodeId;
use node::Node;
use rustls::client::AlwaysResolvesClientRawPublicKeys;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, SubjectPublicKeyInfoDer,
    UnixTime,
};
use rustls::server::AlwaysResolvesServerRawPublicKeys;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, ServerConfig,
    SignatureScheme,
};

use crate::{PeeringError, aside};

/// An Ed25519 key as a SubjectPublicKeyInfo (RFC 8410, section 4) begins like this.
const SPKI_BEGINNING: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// What a node shows and how it looks at others.
#[derive(Debug)]
pub(crate) struct Identity {
    key: Arc<CertifiedKey>,
    provider: Arc<CryptoProvider>,
}

impl Identity {
    /// The identity of this node.
    pub(crate) async fn of(node: &Node) -> Result<Self, PeeringError> {
        let key = aside(node, Node::transport_key).await?;
        Self::new(NodeId(node.key().0), &key).map_err(|error| of_this_node(&error))
    }

    /// The identity of a node, from its key.
    fn new(node: NodeId, pkcs8: &[u8]) -> Result<Self, Error> {
        let provider = Arc::new(ring::default_provider());
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pkcs8.to_vec()));
        let signing = provider.key_provider.load_private_key(secret)?;
        let public = CertificateDer::from(spki_of(node));
        Ok(Self {
            key: Arc::new(CertifiedKey::new(vec![public], signing)),
            provider,
        })
    }

    /// For whoever answers.
    pub(crate) fn server(&self) -> Result<ServerConfig, Error> {
        let config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_client_cert_verifier(Arc::new(AnyNode::new(&self.provider)))
            .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(
                Arc::clone(&self.key),
            )));
        Ok(config)
    }

    /// For whoever calls.
    pub(crate) fn client(&self) -> Result<ClientConfig, Error> {
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyNode::new(&self.provider)))
            .with_client_cert_resolver(Arc::new(AlwaysResolvesClientRawPublicKeys::new(
                Arc::clone(&self.key),
            )));
        Ok(config)
    }
}

#[cfg(test)]
impl Identity {
    /// The identity of a node that there is only in a test.
    pub(crate) fn of_seed(seed: [u8; 32]) -> Self {
        /// An Ed25519 key as PKCS #8 (RFC 8410, section 7) begins like this.
        const BEGINNING: [u8; 16] = [
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22,
            0x04, 0x20,
        ];
        let pkcs8 = [BEGINNING.as_slice(), &seed].concat();
        let nobody = Self::new(NodeId([0; 32]), &pkcs8).expect("a key");
        let public = nobody.key.key.public_key().expect("has a public key");
        let node = node_of(&public).expect("names a node");
        Self::new(node, &pkcs8).expect("a key")
    }
}

/// That this node cannot say who it is.
pub(crate) fn of_this_node(error: &Error) -> PeeringError {
    PeeringError::Identity {
        address: "this node".into(),
        why: error.to_string(),
    }
}

/// The node that showed its key, from what TLS verified.
pub(crate) fn shown(certificates: Option<&[CertificateDer<'_>]>) -> Option<NodeId> {
    node_of(certificates?.first()?.as_ref())
}

fn spki_of(node: NodeId) -> Vec<u8> {
    [&SPKI_BEGINNING, node.as_bytes().as_slice()].concat()
}

fn node_of(spki: &[u8]) -> Option<NodeId> {
    let key = spki.strip_prefix(SPKI_BEGINNING.as_slice())?;
    Some(NodeId(key.try_into().ok()?))
}

/// Accepts any node that proves to hold the key it shows.
#[derive(Debug)]
struct AnyNode {
    provider: Arc<CryptoProvider>,
}

impl AnyNode {
    fn new(provider: &Arc<CryptoProvider>) -> Self {
        Self {
            provider: Arc::clone(provider),
        }
    }

    fn proves(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature_with_raw_key(
            message,
            &SubjectPublicKeyInfoDer::from(shown.as_ref()),
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }
}

fn is_node_key(shown: &CertificateDer<'_>) -> Result<(), Error> {
    node_of(shown.as_ref())
        .map(drop)
        .ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))
}

impl ServerCertVerifier for AnyNode {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        is_node_key(end_entity).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.2 is not spoken between nodes".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.proves(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

impl ClientCertVerifier for AnyNode {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        is_node_key(end_entity).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.2 is not spoken between nodes".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.proves(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

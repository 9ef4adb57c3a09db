//! Inviting a node, and sending one away: what the root key signs about nodes beside admitting them.
//!
//! An invitation is the root's word that whoever holds a certain key may admit one node to a site.
//! It lets a laptop join far from the root key. It must never be kept by the program: it is a code
//! that somebody carries.

use std::fmt;

use ed25519_dalek::SigningKey;
use minicbor::decode::Error as DecodeError;
use minicbor::{Decoder, Encoder};

use crate::cbor;
use crate::entropy::Entropy;
use crate::error::{Result, malformed};
use crate::identity::{NodeId, OperationId, SiteId};
use crate::root::{Admission, RecoveryKey, RootKey, RootPublic};
use crate::sealing::fresh_key;
use crate::sign1::{self, Purpose};

/// What of the operation's personal data a node may hold (G8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// That of the people its own site receives.
    Site,
    /// All of it, as headquarters.
    Everything,
}

impl Scope {
    const fn code(self) -> u8 {
        match self {
            Self::Site => 0,
            Self::Everything => 1,
        }
    }

    /// A scope of a later version is read as the narrowest.
    const fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Everything,
            _ => Self::Site,
        }
    }
}

/// "Whoever holds this key may admit one node to this site, until then."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The operation.
    pub operation: OperationId,
    /// The Ed25519 key made for this invitation.
    pub key: [u8; 32],
    /// The site of the node to come.
    pub site: SiteId,
    /// What it may hold.
    pub scope: Scope,
    /// Until when, in milliseconds since 1970. Whoever meets the new node first checks it.
    pub until_ms: u64,
}

/// "Nothing that this node wrote after this position counts."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The operation.
    pub operation: OperationId,
    /// The node.
    pub node: NodeId,
    /// The last position of its log that counts.
    pub last: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

impl RootKey {
    /// Signs an invitation for a fresh key. Gives the code to be carried to the new node.
    pub fn invite(
        &self,
        site: SiteId,
        scope: Scope,
        until_ms: u64,
        entropy: &dyn Entropy,
    ) -> InvitationCode {
        let secret = SigningKey::from_bytes(&fresh_key(entropy));
        let key = secret.verifying_key().to_bytes();
        let root = self.public();
        let payload = cbor::encode(|e| {
            e.map(5)?.u8(1)?.bytes(&root.operation.0)?;
            e.u8(2)?.bytes(&key)?.u8(3)?.bytes(&site.0)?;
            e.u8(4)?.u8(scope.code())?.u8(5)?.u64(until_ms)?.ok()
        });
        InvitationCode {
            root,
            invitation: self.sign(Purpose::Invitation, &payload),
            secret,
            peers: Vec::new(),
        }
    }

    /// Signs that a node no longer belongs to the operation. Gives the certificate's bytes.
    pub fn revoke(&self, revocation: &Revocation) -> Vec<u8> {
        let payload = cbor::encode(|e| {
            e.map(4)?.u8(1)?.bytes(&revocation.operation.0)?;
            e.u8(2)?.bytes(&revocation.node.0)?;
            e.u8(3)?.u64(revocation.last)?;
            e.u8(4)?.u64(revocation.at_ms)?.ok()
        });
        self.sign(Purpose::Revocation, &payload)
    }
}

impl Invitation {
    /// Reads an invitation whose signature was checked before.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        Self::of_payload(sign1::open(Purpose::Invitation, bytes)?.0.payload)
    }

    fn of_payload(payload: &[u8]) -> Result<Self> {
        decode_invitation(payload)
            .map_err(|error| malformed(Purpose::Invitation.noun(), error.to_string()))
    }
}

impl RootPublic {
    /// Reads an invitation and checks that this root signed it.
    pub fn verify_invitation(&self, bytes: &[u8]) -> Result<Invitation> {
        let invitation = Invitation::of_payload(self.verified(Purpose::Invitation, bytes)?)?;
        self.check_operation(Purpose::Invitation, invitation.operation)?;
        Ok(invitation)
    }

    /// Reads a revocation and checks that this root signed it.
    pub fn verify_revocation(&self, bytes: &[u8]) -> Result<Revocation> {
        let payload = self.verified(Purpose::Revocation, bytes)?;
        let revocation = decode_revocation(payload)
            .map_err(|error| malformed(Purpose::Revocation.noun(), error.to_string()))?;
        self.check_operation(Purpose::Revocation, revocation.operation)?;
        Ok(revocation)
    }
}

/// A node that the new one can turn to, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitingPeer {
    /// Who answers there.
    pub node: NodeId,
    /// Where: `host:port`.
    pub address: String,
}

/// What is carried to a new node: the invitation, its key, the root to trust, and whom to ask.
/// Whoever has it can join in that place, so it is handed over like a key.
#[derive(Clone)]
pub struct InvitationCode {
    /// The operation's root, to be trusted from here on.
    pub root: RootPublic,
    /// The certificate signed by the root.
    pub invitation: Vec<u8>,
    secret: SigningKey,
    /// Nodes to turn to first.
    pub peers: Vec<InvitingPeer>,
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvitationCode({})", self.root.operation)
    }
}

const CODE_VERSION: u8 = 1;
/// Most peers in one code: it has to fit into a QR code.
const PEERS_MAX: u64 = 16;

impl InvitationCode {
    /// What the root signed.
    pub fn invitation(&self) -> Result<Invitation> {
        self.root.verify_invitation(&self.invitation)
    }

    /// Signs that a node came by this invitation. Gives the certificate's bytes.
    pub fn admit(&self, node: NodeId, at_ms: u64) -> Result<Vec<u8>> {
        let invitation = self.invitation()?;
        let admission = Admission {
            operation: invitation.operation,
            node,
            site: invitation.site,
            at_ms,
        };
        Ok(admission.sign(&self.secret))
    }

    /// The code as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.array(7)?.u8(CODE_VERSION)?;
            e.bytes(&self.root.operation.0)?.bytes(&self.root.signing)?;
            e.bytes(&self.root.recovery.0)?;
            e.bytes(&self.invitation)?.bytes(self.secret.as_bytes())?;
            e.array(self.peers.len() as u64)?;
            self.peers.iter().try_for_each(|peer| peer_to(e, peer))
        })
    }

    /// Reads what [`InvitationCode::to_bytes`] wrote, and checks the root's signature.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        cbor::check_deterministic(bytes)?;
        let code =
            decode_code(bytes).map_err(|error| malformed("invitation code", error.to_string()))?;
        let invitation = code.invitation()?;
        if invitation.key == code.secret.verifying_key().to_bytes() {
            Ok(code)
        } else {
            Err(malformed(
                "invitation code",
                "its key is not the invited one",
            ))
        }
    }
}

fn peer_to<W: minicbor::encode::Write>(
    encoder: &mut Encoder<W>,
    peer: &InvitingPeer,
) -> Result<(), minicbor::encode::Error<W::Error>> {
    encoder
        .array(2)?
        .bytes(&peer.node.0)?
        .str(&peer.address)?
        .ok()
}

fn decode_code(bytes: &[u8]) -> Result<InvitationCode, DecodeError> {
    let d = &mut Decoder::new(bytes);
    cbor::array_of(d, 7)?;
    if d.u8()? != CODE_VERSION {
        return Err(DecodeError::message("it is of a newer version"));
    }
    let root = RootPublic {
        operation: OperationId(cbor::bytes_of(d)?),
        signing: cbor::bytes_of(d)?,
        recovery: RecoveryKey(cbor::bytes_of(d)?),
    };
    let invitation = d.bytes()?.to_vec();
    let secret = SigningKey::from_bytes(&cbor::bytes_of(d)?);
    let number = d.array()?.unwrap_or(0);
    if number > PEERS_MAX {
        return Err(DecodeError::message("it names too many nodes"));
    }
    let mut peers = Vec::new();
    for _ in 0..number {
        cbor::array_of(d, 2)?;
        peers.push(InvitingPeer {
            node: NodeId(cbor::bytes_of(d)?),
            address: d.str()?.to_owned(),
        });
    }
    Ok(InvitationCode {
        root,
        invitation,
        secret,
        peers,
    })
}

fn decode_invitation(payload: &[u8]) -> Result<Invitation, DecodeError> {
    let d = &mut Decoder::new(payload);
    let (mut operation, mut key, mut site) = (None, None, None);
    let (mut scope, mut until_ms) = (None, None);
    for _ in 0..cbor::map_length(d)? {
        match d.u64()? {
            1 => operation = Some(OperationId(cbor::bytes_of(d)?)),
            2 => key = Some(cbor::bytes_of(d)?),
            3 => site = Some(SiteId(cbor::bytes_of(d)?)),
            4 => scope = Some(Scope::from_code(d.u8()?)),
            5 => until_ms = Some(d.u64()?),
            _ => d.skip()?,
        }
    }
    let missing = || DecodeError::message("an entry is missing");
    Ok(Invitation {
        operation: operation.ok_or_else(missing)?,
        key: key.ok_or_else(missing)?,
        site: site.ok_or_else(missing)?,
        scope: scope.ok_or_else(missing)?,
        until_ms: until_ms.ok_or_else(missing)?,
    })
}

fn decode_revocation(payload: &[u8]) -> Result<Revocation, DecodeError> {
    let d = &mut Decoder::new(payload);
    let (mut operation, mut node, mut last, mut at_ms) = (None, None, None, None);
    for _ in 0..cbor::map_length(d)? {
        match d.u64()? {
            1 => operation = Some(OperationId(cbor::bytes_of(d)?)),
            2 => node = Some(NodeId(cbor::bytes_of(d)?)),
            3 => last = Some(d.u64()?),
            4 => at_ms = Some(d.u64()?),
            _ => d.skip()?,
        }
    }
    let missing = || DecodeError::message("an entry is missing");
    Ok(Revocation {
        operation: operation.ok_or_else(missing)?,
        node: node.ok_or_else(missing)?,
        last: last.ok_or_else(missing)?,
        at_ms: at_ms.ok_or_else(missing)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use proptest::prelude::*;

    fn code() -> InvitationCode {
        let root = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
        let mut code = root.invite(SiteId([2; 16]), Scope::Site, 9_000, &SystemEntropy);
        code.peers.push(InvitingPeer {
            node: NodeId([4; 32]),
            address: "192.168.1.10:8711".to_owned(),
        });
        code
    }

    #[test]
    fn a_code_reads_back_and_admits_to_its_own_site() {
        let code = code();
        let read = InvitationCode::from_bytes(&code.to_bytes()).expect("as written");
        assert_eq!(read.peers, code.peers);
        let certificate = read.admit(NodeId([3; 32]), 5).expect("admits");
        let key = read.invitation().expect("signed").key;
        let admission = Admission::verify(&certificate, &key, "the invitation").expect("holds");
        assert_eq!(admission.site, SiteId([2; 16]));
        assert!(code.root.verify_admission(&certificate).is_err());
    }

    #[test]
    fn a_revocation_holds_only_as_the_root_signed_it() {
        let root = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
        let revocation = Revocation {
            operation: OperationId([7; 16]),
            node: NodeId([1; 32]),
            last: 12,
            at_ms: 3,
        };
        let good = root.revoke(&revocation);
        assert_eq!(
            root.public().verify_revocation(&good).expect("holds"),
            revocation
        );
        for place in 0..good.len() {
            let mut altered = good.clone();
            altered[place] ^= 4;
            assert!(
                root.public().verify_revocation(&altered).is_err(),
                "byte {place}"
            );
        }
    }

    proptest! {
        #[test]
        fn an_altered_code_is_refused_without_panic(
            place in any::<prop::sample::Index>(),
            value in 1_u8..,
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = code().to_bytes();
            let place = place.index(bytes.len());
            bytes[place] ^= value;
            // What is not signed are the addresses: they are hints.
            let _ = InvitationCode::from_bytes(&bytes);
            bytes.truncate(cut.index(bytes.len()));
            prop_assert!(InvitationCode::from_bytes(&bytes).is_err());
        }
    }
}

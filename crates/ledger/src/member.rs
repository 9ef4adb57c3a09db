//! The nodes that belong to the operation: their papers, what they may hold, and who was sent away.
//!
//! Papers are checked against the root key of the operation wherever they come from, so any node may
//! carry those of any other. Nothing here decides who ought to belong: people with the root key do.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use minicbor::Decoder;
use minicbor::decode::Error as DecodeError;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::cbor;
use crate::error::{Doing as _, Error, Result, malformed};
use crate::identity::{NodeId, OperationId, SiteId};
use crate::invitation::{Invitation, Revocation, Scope};
use crate::root::{Admission, RecoveryKey, RootPublic};
use crate::sealing::{RolePublicKey, SealingSecret};
use crate::sign1::{self, Purpose};

/// Papers are short; more is not one.
const PAPERS_BYTES_MAX: usize = 4096;

/// How a node came to belong, and the key that others seal to for it.
///
/// CBOR: an array of two. First an array of the certificates, either one admission by the root or an
/// invitation by the root and an admission by its key; then the sealing key, signed by the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Papers {
    certificates: Vec<Vec<u8>>,
    sealing: Vec<u8>,
}

/// A node that belongs to the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The node.
    pub node: NodeId,
    /// Its site.
    pub site: SiteId,
    /// What it may hold.
    pub scope: Scope,
    /// When it was admitted, milliseconds since 1970.
    pub admitted_ms: u64,
    /// The invitation by which it came: its key and until when it held. None when the root admitted it.
    pub invitation: Option<([u8; 32], u64)>,
    /// What others seal to for it.
    pub sealing: RolePublicKey,
    /// Sent away: the last position of its log that counts.
    pub revoked_after: Option<u64>,
}

impl Papers {
    /// The papers of a node: what admitted it, and its own word on its sealing key.
    pub(crate) fn issue(
        certificates: Vec<Vec<u8>>,
        signing: &SigningKey,
        sealing: &SealingSecret,
    ) -> Self {
        let payload = cbor::encode(|e| e.map(1)?.u8(1)?.bytes(&sealing.public().0)?.ok());
        Self {
            certificates,
            sealing: sign1::sign(Purpose::SealingKey, signing, &payload),
        }
    }

    /// The papers as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.array(2)?.array(self.certificates.len() as u64)?;
            for certificate in &self.certificates {
                e.bytes(certificate)?;
            }
            e.bytes(&self.sealing)?.ok()
        })
    }

    /// Reads papers; [`Papers::verify`] says whether they hold.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        crate::event::limit("a node's papers", bytes.len(), PAPERS_BYTES_MAX)?;
        cbor::check_deterministic(bytes)?;
        decode_papers(bytes).map_err(|error| malformed("papers of a node", error.to_string()))
    }

    /// The certificate by which the node was admitted.
    pub fn admission(&self) -> &[u8] {
        self.certificates.last().map_or(&[], Vec::as_slice)
    }

    /// Whom they are about, once every signature is found to lead to this root.
    pub fn verify(&self, root: &RootPublic) -> Result<Member> {
        match self.certificates.as_slice() {
            [invitation, admission] => {
                let invitation = root.verify_invitation(invitation)?;
                Admission::verify(admission, &invitation.key, "the invitation")?;
            }
            certificates => {
                for admission in certificates {
                    root.verify_admission(admission)?;
                }
            }
        }
        let (message, signer) = sign1::open(Purpose::SealingKey, &self.sealing)?;
        sign1::check_signature(Purpose::SealingKey, &message, signer)?;
        self.read()
    }

    /// Whom they are about, of papers that were verified before.
    fn read(&self) -> Result<Member> {
        let (admission, scope, invitation) = match self.certificates.as_slice() {
            [admission] => (Admission::read(admission)?, Scope::Everything, None),
            [invitation, admission] => {
                let invitation = Invitation::read(invitation)?;
                let admission = Admission::read(admission)?;
                let as_invited = (invitation.operation, invitation.site);
                if (admission.operation, admission.site) != as_invited {
                    return Err(malformed("admission certificate", "it is not as invited"));
                }
                let came_by = Some((invitation.key, invitation.until_ms));
                (admission, invitation.scope, came_by)
            }
            _ => {
                return Err(malformed(
                    "papers of a node",
                    "one or two certificates belong there",
                ));
            }
        };
        Ok(Member {
            node: admission.node,
            site: admission.site,
            scope,
            admitted_ms: admission.at_ms,
            invitation,
            sealing: sealing_key(&self.sealing, admission.node)?,
            revoked_after: None,
        })
    }
}

/// The sealing key that a node signed as its own.
fn sealing_key(bytes: &[u8], node: NodeId) -> Result<RolePublicKey> {
    let (message, signer) = sign1::open(Purpose::SealingKey, bytes)?;
    if signer != node {
        return Err(malformed("sealing key", "it is of another node"));
    }
    let read = || -> Result<[u8; 32], DecodeError> {
        let d = &mut Decoder::new(message.payload);
        let mut key = None;
        for _ in 0..cbor::map_length(d)? {
            match d.u64()? {
                1 => key = Some(cbor::bytes_of(d)?),
                _ => d.skip()?,
            }
        }
        key.ok_or_else(|| DecodeError::message("an entry is missing"))
    };
    let key = read().map_err(|error| malformed("sealing key", error.to_string()))?;
    Ok(RolePublicKey(key))
}

fn decode_papers(bytes: &[u8]) -> Result<Papers, DecodeError> {
    let d = &mut Decoder::new(bytes);
    cbor::array_of(d, 2)?;
    let number = d.array()?.unwrap_or(0);
    let mut certificates = Vec::new();
    for _ in 0..number {
        certificates.push(d.bytes()?.to_vec());
    }
    Ok(Papers {
        certificates,
        sealing: d.bytes()?.to_vec(),
    })
}

/// The root that this ledger trusts.
pub(crate) fn root(connection: &Connection) -> Result<Option<RootPublic>> {
    connection
        .query_row(
            "SELECT operation, signing, recovery FROM ledger_root",
            [],
            |row| {
                Ok(RootPublic {
                    operation: OperationId(row.get(0)?),
                    signing: row.get(1)?,
                    recovery: RecoveryKey(row.get(2)?),
                })
            },
        )
        .optional()
        .doing("read whose operation this is")
}

/// Trusts a root from here on. A ledger belongs to one operation. Gives whether that is new.
pub(crate) fn trust(connection: &Connection, trusted: &RootPublic) -> Result<bool> {
    match root(connection)? {
        Some(before) if before == *trusted => Ok(false),
        Some(_) => Err(Error::OtherOperation),
        None => connection
            .execute(
                "INSERT INTO ledger_root (one, operation, signing, recovery) VALUES (1, ?1, ?2, ?3)",
                params![trusted.operation.0, trusted.signing, trusted.recovery.0],
            )
            .doing("record whose operation this is")
            .map(|_| true),
    }
}

/// Every node that belongs, with what was revoked, in order of node id. Their papers were verified when
/// they were taken in, and are again by [`unproven`].
pub(crate) fn members(connection: &Connection) -> Result<BTreeMap<NodeId, Member>> {
    let mut members = BTreeMap::new();
    for (_, papers) in all_papers(connection)? {
        let member = Papers::from_bytes(&papers)?.read()?;
        members.insert(member.node, member);
    }
    for (node, last, _) in revocations(connection)? {
        if let Some(member) = members.get_mut(&node) {
            let earlier = member.revoked_after.unwrap_or(u64::MAX);
            member.revoked_after = Some(earlier.min(last));
        }
    }
    Ok(members)
}

/// One node that belongs, as [`members`] has it.
pub(crate) fn member(connection: &Connection, node: NodeId) -> Result<Option<Member>> {
    let Some(papers) = papers(connection, node)? else {
        return Ok(None);
    };
    let mut member = Papers::from_bytes(&papers)?.read()?;
    member.revoked_after = connection
        .prepare_cached("SELECT min(last) FROM ledger_revocation WHERE node = ?1")
        .and_then(|mut statement| statement.query_row([node.0], |row| row.get(0)))
        .doing("look for who was sent away")?;
    Ok(Some(member))
}

/// Nodes whose papers, or the word that they were sent away, do not lead to the root key, and why.
pub(crate) fn unproven(connection: &Connection) -> Result<Vec<(NodeId, Error)>> {
    let papers = all_papers(connection)?;
    let Some(root) = root(connection)? else {
        let nobody = |node| (node, Error::NoOperation);
        return Ok(papers.into_iter().map(|(node, _)| nobody(node)).collect());
    };
    let mut unproven = Vec::new();
    for (node, papers) in papers {
        let member = Papers::from_bytes(&papers).and_then(|papers| papers.verify(&root));
        match member {
            Ok(member) if member.node == node => {}
            Ok(_) => unproven.push((node, malformed("papers of a node", "of another node"))),
            Err(error) => unproven.push((node, error)),
        }
    }
    for (node, last, certificate) in revocations(connection)? {
        match root.verify_revocation(&certificate) {
            Ok(revocation) if (revocation.node, revocation.last) == (node, last) => {}
            Ok(_) => unproven.push((node, malformed("revocation", "of another node"))),
            Err(error) => unproven.push((node, error)),
        }
    }
    Ok(unproven)
}

fn all_papers(connection: &Connection) -> Result<Vec<(NodeId, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT node, papers FROM ledger_member ORDER BY node")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| Ok((NodeId(row.get(0)?), row.get(1)?)))?
                .collect()
        })
        .doing("read who belongs")
}

/// The papers of a node, as they are passed on.
pub(crate) fn papers(connection: &Connection, node: NodeId) -> Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT papers FROM ledger_member WHERE node = ?1")
        .and_then(|mut statement| statement.query_row([node.0], |row| row.get(0)).optional())
        .doing("read a node's papers")
}

/// Takes in papers that hold. The first that came count. Gives whose they are if they were new.
pub(crate) fn admit(
    connection: &Connection,
    papers: &Papers,
    root: &RootPublic,
) -> Result<Option<NodeId>> {
    let member = papers.verify(root)?;
    let added = connection
        .execute(
            "INSERT INTO ledger_member (node, papers) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![member.node.0, papers.to_bytes()],
        )
        .doing("record who belongs")?;
    Ok((added > 0).then_some(member.node))
}

/// Whether a node was sent away.
pub(crate) fn is_revoked(connection: &Connection, node: NodeId) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_revocation WHERE node = ?1)")
        .and_then(|mut statement| statement.query_row([node.0], |row| row.get(0)))
        .doing("look for who was sent away")
}

/// Every revocation: node, last position, certificate.
pub(crate) fn revocations(connection: &Connection) -> Result<Vec<(NodeId, u64, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT node, last, certificate FROM ledger_revocation ORDER BY node, last")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok((NodeId(row.get(0)?), row.get(1)?, row.get(2)?))
                })?
                .collect()
        })
        .doing("read who was sent away")
}

/// Takes in a revocation that holds. Gives it when it was new.
pub(crate) fn revoke(
    connection: &Connection,
    certificate: &[u8],
    root: &RootPublic,
) -> Result<Option<Revocation>> {
    let revocation = root.verify_revocation(certificate)?;
    if i64::try_from(revocation.last).is_err() {
        return Err(malformed("revocation", "its position is beyond every log"));
    }
    let added = connection
        .execute(
            "INSERT INTO ledger_revocation (node, last, certificate) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
            params![revocation.node.0, revocation.last, certificate],
        )
        .doing("record who was sent away")?;
    Ok((added > 0).then_some(revocation))
}

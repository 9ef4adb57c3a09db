//! From a backup to a working node again (G9): a new identity, rights frozen until two persons with
//! the root key claim them.

use std::path::Path;

use domain::{Command, Known, NodeKey, Refusal};
use ledger::{Claim, DatabaseKey, Ledger, Progress, Report, RootKey, RootPublic, Unlock, Vault};
use uuid::Uuid;

use register::Register;
use register::board::Decision;

use crate::error::{ExecuteError, NodeError};
use crate::founding;
use crate::joining;
use crate::node::{Node, NodeOptions, Request};
use crate::session::Session;

/// A node made from a backup.
#[derive(Debug)]
pub struct RestoredNode {
    /// The running node, with an identity of its own.
    pub node: Node,
    /// The node of the backup.
    pub old_node: NodeKey,
    /// The last position of its log in the backup.
    pub last_position: u64,
    /// When the backup was made, milliseconds since 1970.
    pub made_at_ms: u64,
    /// What was checked.
    pub report: Report,
}

/// Rights taken over from the node of the backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedRights {
    /// The node whose rights they were.
    pub old_node: NodeKey,
    /// How many items may have been given since the backup: check the card before giving.
    pub to_check: u64,
}

/// Makes a node from a backup in an empty or new folder.
///
/// # Errors
/// When the file is damaged, the passphrase wrong or the folder in use; then nothing was restored.
pub fn restore(
    file: &Path,
    dir: &Path,
    unlock: &Unlock<'_>,
    options: NodeOptions,
    progress: impl FnMut(Progress),
) -> Result<RestoredNode, NodeError> {
    // What a founding left behind would later be taken for the whole of this folder.
    founding::check_finished(dir)?;
    let now_ms = u64::try_from(options.clock.now().0).unwrap_or(0);
    let restored = ledger::restore(file, dir, unlock, now_ms, &options.ledger, progress)?;
    let key = Vault::read(dir)?.open(unlock)?;
    let ledger = Ledger::open(dir, &key, options.ledger.clone())?;
    let node = Node::start(dir, ledger, options)?;
    let old_node = NodeKey(restored.succession.old.node.0);
    let last_position = restored.succession.old.size;
    Ok(RestoredNode {
        node,
        old_node,
        last_position,
        made_at_ms: restored.made_at_ms,
        report: restored.report,
    })
}

/// A node that goes on under a new identity after acknowledged events were lost.
#[derive(Debug)]
pub struct LossAccepted {
    /// The running node, with an identity of its own.
    pub node: Node,
    /// The identity that ended.
    pub old_node: NodeKey,
    /// The last position of its log that is left.
    pub last_position: u64,
}

/// What opening a folder is refused for when acknowledged events are missing from it; none when it
/// opens.
///
/// # Errors
/// When it is refused for another reason, which accepting a loss does not mend.
pub fn missing(
    dir: &Path,
    key: &DatabaseKey,
    options: NodeOptions,
) -> Result<Option<ledger::Error>, NodeError> {
    founding::check_finished(dir)?;
    match Ledger::open(dir, key, options.ledger) {
        Ok(ledger) if ledger.halted().is_some() => {
            let halted = ledger.halted().expect("it was just looked at");
            Ok(Some(ledger::Error::Halted {
                node: halted.node,
                why: halted.why,
            }))
        }
        Ok(_) => Ok(None),
        Err(
            lost @ (ledger::Error::AcknowledgedLost { .. }
            | ledger::Error::AcknowledgedDiffers { .. }
            | ledger::Error::HeadRecord { .. }),
        ) => Ok(Some(lost)),
        Err(other) => Err(other.into()),
    }
}

/// Goes on with what is left of a folder that lost acknowledged events: under a new identity, with
/// the old one's rights frozen as after a restore, because what was lost may have been given.
///
/// # Errors
/// When nothing is missing, or what is left does not verify; then nothing was changed.
pub fn accept_loss(
    dir: &Path,
    key: &DatabaseKey,
    options: NodeOptions,
) -> Result<LossAccepted, NodeError> {
    if missing(dir, key, options.clone())?.is_none() {
        return Err(NodeError::NothingLost);
    }
    let now_ms = u64::try_from(options.clock.now().0).unwrap_or(0);
    let (ledger, succession) = Ledger::accept_loss(dir, key, now_ms, options.ledger.clone())?;
    let node = Node::start(dir, ledger, options)?;
    Ok(LossAccepted {
        node,
        old_node: NodeKey(succession.old.node.0),
        last_position: succession.old.size,
    })
}

impl Node {
    /// Takes over the rights and stock of the node this one was restored from. Needs the root key
    /// and two persons, both signed in: what the old node gave since the backup may be given again.
    pub fn claim(
        &self,
        first: &Session,
        second: &Session,
        root: &RootKey,
    ) -> Result<ClaimedRights, ExecuteError> {
        let (old_node, last_position, public) = self.read::<_, ExecuteError>(|register| {
            let restored = register
                .restored_from(self.key())
                .map_err(NodeError::from)?;
            let (old_node, last) = *restored.last().ok_or(NodeError::NothingToClaim)?;
            Ok((old_node, last, root_public(register)?))
        })?;
        if root.public() != public {
            return Err(NodeError::OtherRoot.into());
        }
        let certificate = root.claim(&Claim {
            operation: public.operation,
            old: ledger::NodeId(old_node.0),
            last: last_position,
            new: ledger::NodeId(self.key().0),
            at_ms: u64::try_from(self.now().0).unwrap_or(0),
        });
        public.verify_claim(&certificate)?;
        let command = Command::ClaimNode {
            old_node,
            last_position,
            certificate,
            second: second.user(),
        };
        let id = Uuid::from_slice(&self.key().0[16..]).expect("16 bytes");
        let site = self.home_site()?;
        let done = self.execute_with(
            first,
            second,
            Request {
                id,
                site,
                occurred: None,
                command,
            },
        )?;
        if done.repeated {
            return Err(Refusal::AlreadyClaimed.into());
        }
        let decisions = self.read::<_, NodeError>(|register| {
            Ok(register.decisions(site, self.key(), self.now())?)
        })?;
        let to_check = decisions.iter().find_map(|decision| match decision {
            Decision::CheckCards {
                old_node: of,
                entitlements,
            } if *of == old_node => Some(*entitlements),
            _ => None,
        });
        Ok(ClaimedRights {
            old_node,
            to_check: to_check.unwrap_or(0),
        })
    }
}

/// Whether the root key of this operation admitted a node.
pub(crate) fn check_admission(
    register: &Register<'_>,
    node: NodeKey,
    certificate: &[u8],
) -> Result<(), NodeError> {
    joining::admits(&root_public(register)?, node, certificate)
}

/// Whether the root key of this operation let a node take over another one's rights.
pub(crate) fn check_claim(
    register: &Register<'_>,
    old: NodeKey,
    last: u64,
    heir: NodeKey,
    certificate: &[u8],
) -> Result<(), NodeError> {
    let claim = root_public(register)?.verify_claim(certificate)?;
    let restored = register.restored_from(heir)?.contains(&(old, last));
    if restored && claim.old.0 == old.0 && claim.last == last && claim.new.0 == heir.0 {
        Ok(())
    } else {
        Err(NodeError::NothingToClaim)
    }
}

/// What is known of the root key of this operation.
pub(crate) fn root_public(register: &Register<'_>) -> Result<RootPublic, NodeError> {
    let founding = register.founded()?.ok_or(NodeError::NotFounded)?;
    let array = |bytes: &[u8]| <[u8; 32]>::try_from(bytes).map_err(|_| NodeError::SealDamaged);
    Ok(RootPublic {
        operation: ledger::OperationId(*founding.id.0.as_bytes()),
        signing: array(&founding.root_signing.0)?,
        recovery: ledger::RecoveryKey(array(&founding.root_recovery.0)?),
    })
}

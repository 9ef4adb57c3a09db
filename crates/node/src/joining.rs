//! How nodes come to an operation and leave it: invited with the root key, joined with the code of the
//! invitation, sent away with the root key again.

use std::path::Path;

use domain::{Actor, Command, NodeKey, SiteId};
use ledger::{
    Halt, InvitationCode, Ledger, Member, NodeId, Papers, Passphrase, Revocation, RootKey,
    RootPublic, Scope,
};
use register::Register;
use uuid::Uuid;

use crate::error::NodeError;
use crate::founding;
use crate::node::{Node, NodeOptions};
use crate::succession::root_public;
use crate::writer::{Order, Writer};

impl Node {
    /// Makes a ledger for a new node of an operation, in an empty or new folder. It knows nothing but
    /// the root key and its own papers until it meets another node.
    ///
    /// # Errors
    /// When something stands in the folder, the passphrase is weak or the code does not hold.
    pub fn join(
        dir: &Path,
        code: &InvitationCode,
        passphrase: &Passphrase,
        options: NodeOptions,
    ) -> Result<Self, NodeError> {
        founding::check_finished(dir)?;
        let invitation = code.invitation()?;
        let now_ms = u64::try_from(options.clock.now().0).unwrap_or(0);
        let begun = ledger::Founding {
            passphrase,
            recovery: Some(code.root.recovery),
            now_ms,
        };
        let mut ledger = Ledger::create(dir, &begun, options.ledger.clone())?;
        let node = ledger.node();
        let mut transaction = ledger.begin()?;
        transaction.trust(&code.root)?;
        let certificates = vec![code.invitation.clone(), code.admit(node, now_ms)?];
        let papers = transaction.issue_papers(certificates)?;
        transaction.admit(&papers, now_ms)?;
        transaction.commit()?;
        let node = Self::start(dir, ledger, options)?;
        node.set_home_site(SiteId(Uuid::from_bytes(invitation.site.0)))?;
        Ok(node)
    }

    /// Makes the code by which one node may join a site. Whom it can turn to is the caller's to add.
    ///
    /// # Errors
    /// When this is not the root key of this operation.
    pub fn invite(
        &self,
        root: &RootKey,
        site: SiteId,
        scope: Scope,
        until_ms: u64,
    ) -> Result<InvitationCode, NodeError> {
        self.check_root(root)?;
        let entropy = self.shared.options.entropy.as_ref();
        Ok(root.invite(ledger::SiteId(*site.0.as_bytes()), scope, until_ms, entropy))
    }

    /// Sends a node away: what it wrote beyond what is here now no longer counts, and nothing is
    /// exchanged with it any more. Others learn of it when they meet this node.
    ///
    /// # Errors
    /// When this is not the root key of this operation, or nothing could be saved.
    pub fn revoke(&self, root: &RootKey, node: NodeId) -> Result<Revocation, NodeError> {
        self.check_root(root)?;
        let last = self.with_reader(|reader| {
            let heads = reader.view().heads()?;
            let head = heads.iter().find(|head| head.node == node);
            Ok(head.map_or(0, |head| head.size))
        })?;
        let revocation = Revocation {
            operation: root.public().operation,
            node,
            last,
            at_ms: self.now_ms(),
        };
        self.take_revocation(root.revoke(&revocation))?;
        Ok(revocation)
    }

    /// Takes in the root key's word that a node was sent away.
    ///
    /// # Errors
    /// When it is not the word of this operation's root key, or nothing could be saved.
    pub fn take_revocation(&self, certificate: Vec<u8>) -> Result<(), NodeError> {
        let checked = crate::intake::Checked::Papers(Vec::new(), vec![certificate]);
        let writer = &self.shared.writer;
        writer.alone(move |writer| writer.take_in(checked))??;
        Ok(())
    }

    /// The positions of the last events that are here, by log.
    ///
    /// # Errors
    /// When this node cannot be read.
    pub fn log_ends(&self) -> Result<Vec<(NodeId, u64)>, NodeError> {
        self.with_reader(|reader| {
            let heads = reader.view().heads()?;
            Ok(heads.iter().map(|head| (head.node, head.size)).collect())
        })
    }

    /// Gives this node papers by the root key itself: after it went on under a new identity.
    ///
    /// # Errors
    /// When this is not the root key of this operation, or nothing could be saved.
    pub fn readmit(&self, root: &RootKey) -> Result<(), NodeError> {
        self.check_root(root)?;
        let site = self.home_site()?;
        let admission = ledger::Admission {
            operation: root.public().operation,
            node: NodeId(self.key().0),
            site: ledger::SiteId(*site.0.as_bytes()),
            at_ms: self.now_ms(),
        };
        let certificate = root.admit(&admission);
        self.shared.writer.alone(move |writer| {
            writer.take_papers(&[certificate])?;
            writer.introduce()
        })?
    }

    /// The root key's public half; none before this node belongs to an operation.
    ///
    /// # Errors
    /// When this node cannot be read.
    pub fn root_public(&self) -> Result<Option<RootPublic>, NodeError> {
        self.with_reader(|reader| Ok(reader.view().root_key()?))
    }

    /// Every node of the operation that is known here.
    ///
    /// # Errors
    /// When this node cannot be read.
    pub fn members(&self) -> Result<Vec<Member>, NodeError> {
        self.with_reader(|reader| Ok(reader.view().members()?.into_values().collect()))
    }

    /// Why this node may write nothing more under its present identity, if it may not.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn halted(&self) -> Result<Option<Halt>, NodeError> {
        self.with_reader(|reader| Ok(reader.view().halted()?))
    }

    fn check_root(&self, root: &RootKey) -> Result<(), NodeError> {
        let known = self.with_reader(|reader| Ok(reader.view().root_key()?))?;
        if known == Some(root.public()) {
            Ok(())
        } else {
            Err(NodeError::OtherRoot)
        }
    }
}

impl Writer {
    /// What the ledger has to know of the operation and is so far only in the register: which root to
    /// trust, and this node's own papers.
    pub(crate) fn establish(&mut self) -> Result<(), NodeError> {
        let (root, certificate) = {
            let reader = self.ledger.reader()?;
            let register = Register::new(reader.connection());
            if register.founded()?.is_none() {
                return Ok(());
            }
            let me = NodeKey(self.ledger.node().0);
            let admitted = register.admitted_nodes()?;
            let certificate = admitted.into_iter().find(|admitted| admitted.node == me);
            if reader.view().papers(self.ledger.node())?.is_some() {
                return Ok(());
            }
            (root_public(&register)?, certificate)
        };
        self.on_head(|writer| {
            let mut transaction = writer.ledger.begin()?;
            transaction.trust(&root)?;
            transaction.commit()?;
            Ok(())
        })?;
        match certificate {
            Some(admitted) => self.take_papers(&[admitted.certificate.0]),
            None => Ok(()),
        }
    }

    /// Issues and keeps papers for this node.
    pub(crate) fn take_papers(&mut self, certificates: &[Vec<u8>]) -> Result<(), NodeError> {
        let now_ms = self.now_ms();
        self.on_head(|writer| {
            let mut transaction = writer.ledger.begin()?;
            let papers = transaction.issue_papers(certificates.to_vec())?;
            transaction.admit(&papers, now_ms)?;
            transaction.commit()?;
            Ok(())
        })
    }

    /// Records in this node's log that it was admitted, once the operation's beginning is here.
    pub(crate) fn introduce(&mut self) -> Result<(), NodeError> {
        if self.ledger.halted().is_some() {
            return Ok(());
        }
        let me = self.ledger.node();
        let (papers, author) = {
            let reader = self.ledger.reader()?;
            let register = Register::new(reader.connection());
            let users = register.users()?;
            let known = register.admitted_nodes()?;
            let introduced = known.iter().any(|admitted| admitted.node.0 == me.0);
            self.introduced = introduced;
            let papers = reader.view().papers(me)?;
            match (papers, users.first()) {
                (Some(papers), Some(user)) if !introduced && register.founded()?.is_some() => {
                    (papers, user.id)
                }
                // Nothing of the operation is here yet, or it is recorded.
                _ => return Ok(()),
            }
        };
        let order = Order {
            request: domain::Ids::id(&mut self.ids),
            actor: Actor::Setup(author),
            site: SiteId(Uuid::nil()),
            occurred: None,
            command: Command::AdmitNode {
                node: NodeKey(me.0),
                certificate: papers,
            },
            second: None,
        };
        for answer in self.execute_together(&[order])? {
            answer?;
        }
        self.introduced = true;
        Ok(())
    }
}

/// Whether papers or a certificate admit a node to this operation.
pub(crate) fn admits(
    root: &ledger::RootPublic,
    node: NodeKey,
    certificate: &[u8],
) -> Result<(), NodeError> {
    let admitted = match Papers::from_bytes(certificate) {
        Ok(papers) => papers.verify(root)?.node,
        // Written before nodes had papers: the certificate alone.
        Err(_) => root.verify_admission(certificate)?.node,
    };
    if admitted.0 == node.0 {
        Ok(())
    } else {
        Err(NodeError::OtherRoot)
    }
}

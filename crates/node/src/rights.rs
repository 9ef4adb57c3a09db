//! Where rights and goods can go: the nodes of the operation by site, and what this node does by itself
//! about a node that is said to be lost: it objects when it is the one, because then it is not.

use domain::{Actor, Command, Known, NodeKey, SiteId};
use register::Register;
use uuid::Uuid;

use crate::error::NodeError;
use crate::node::Node;
use crate::writer::{Order, Writer};

/// A node of the operation, as somebody chooses it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeAt {
    /// The node.
    pub key: NodeKey,
    /// Its site.
    pub site: SiteId,
    /// The name of the site, where it is known here.
    pub name: Option<String>,
    /// It is this node.
    pub here: bool,
    /// The operation sent it away.
    pub sent_away: bool,
    /// Another node took over its rights.
    pub replaced: bool,
}

impl NodeAt {
    /// Whether goods and rights can go to it.
    pub const fn takes_part(&self) -> bool {
        !self.sent_away && !self.replaced
    }

    /// The site and enough of the key to tell two nodes of it apart.
    pub fn label(&self) -> String {
        let site = self.name.as_deref().unwrap_or("?");
        let key = self.key.to_string();
        format!("{site} · {}", &key[..6])
    }
}

impl Node {
    /// The nodes of the operation that are known here, by the name of their site.
    ///
    /// # Errors
    /// When this node cannot be read.
    pub fn nodes(&self) -> Result<Vec<NodeAt>, NodeError> {
        let members = self.members()?;
        let mut nodes = self.read::<_, NodeError>(|register| {
            let mut nodes = Vec::with_capacity(members.len());
            for member in &members {
                let key = NodeKey(member.node.0);
                let site = SiteId(Uuid::from_bytes(member.site.0));
                nodes.push(NodeAt {
                    key,
                    site,
                    name: register.site(site)?.map(|site| site.name),
                    here: key == self.key(),
                    sent_away: member.revoked_after.is_some(),
                    replaced: !register.claimants(key)?.is_empty(),
                });
            }
            Ok(nodes)
        })?;
        nodes.sort_by(|one, other| (&one.name, one.key).cmp(&(&other.name, other.key)));
        Ok(nodes)
    }

    /// The only node of a site that goods and rights can go to; none where there are several or none.
    ///
    /// # Errors
    /// When this node cannot be read.
    pub fn only_node_at(&self, site: SiteId) -> Result<Option<NodeKey>, NodeError> {
        let nodes = self.nodes()?;
        let mut there = nodes
            .iter()
            .filter(|node| node.site == site && node.takes_part());
        Ok(match (there.next(), there.next()) {
            (Some(only), None) => Some(only.key),
            _ => None,
        })
    }
}

impl Writer {
    /// Records what this node has to say to announcements of losses: calls off what says that it is lost, and
    /// that it heard of those whose rights it is to take over. Says whether anything was recorded.
    pub(crate) fn answer_losses(&mut self) -> Result<bool, NodeError> {
        if self.ledger.halted().is_some() {
            return Ok(false);
        }
        let me = NodeKey(self.ledger.node().0);
        let (commands, author) = {
            let reader = self.ledger.reader()?;
            let register = Register::new(reader.connection());
            let announced = register.recoveries()?.into_iter();
            let answers = announced.filter_map(|recovery| answer_to(&recovery, me));
            let commands: Vec<_> = answers.collect();
            if commands.is_empty() {
                return Ok(false);
            }
            let users = register.users()?;
            let Some(user) = users.first() else {
                return Ok(false);
            };
            (commands, user.id)
        };
        let orders: Vec<_> = commands
            .into_iter()
            .map(|command| Order {
                request: domain::Ids::id(&mut self.ids),
                actor: Actor::Setup(author),
                site: SiteId(Uuid::nil()),
                occurred: None,
                command,
                second: None,
            })
            .collect();
        let answers = self.execute_together(&orders)?;
        Ok(answers.iter().any(Result::is_ok))
    }
}

/// What this node records by itself of an announcement.
fn answer_to(announced: &domain::Recovery, me: NodeKey) -> Option<Command> {
    let recovery = announced.id;
    if !announced.is_open() {
        return None;
    }
    if announced.node == me {
        return Some(Command::CallOffRecovery { recovery });
    }
    (announced.heir == me && announced.heard.is_none()).then_some(Command::HearOfLoss { recovery })
}

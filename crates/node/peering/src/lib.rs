//! Between nodes: they find each other on the local network or by address, make sure of each other's
//! keys, and carry [`node::Meeting`]s over TLS. What is said in a meeting, and what follows from it, is
//! not known here; nothing is kept here but where others answer.

mod call;
mod door;
mod frame;
mod link;
mod neighbour;
mod service;
mod tls;

use node::{Node, NodeError};

pub use call::{Met, meet_at};
pub use service::{Peering, Settings};

/// The port on which nodes answer each other where no other is given: one above that of the pages.
pub const PORT: u16 = 8711;

/// Has the node look something up or save it on a thread of its own: that waits for the disk, or for a writer
/// that is busy, and pages are served on the runtime that would wait with it.
async fn aside<T: Send + 'static>(
    node: &Node,
    work: impl FnOnce(&Node) -> Result<T, NodeError> + Send + 'static,
) -> Result<T, PeeringError> {
    let node = node.clone();
    let done = tokio::task::spawn_blocking(move || work(&node)).await;
    Ok(done.map_err(std::io::Error::other)??)
}

/// Why two nodes did not meet, or parted. Without personal data.
#[derive(Debug, thiserror::Error)]
pub enum PeeringError {
    /// The address cannot be listened on.
    #[error("cannot listen for other nodes on {address}: {source}: is another akey running there?")]
    Listen {
        /// Where.
        address: std::net::SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// Nobody answers.
    #[error(
        "{address} does not answer: {source}; check the address and that akey is running there"
    )]
    Unreachable {
        /// Where.
        address: String,
        /// Why.
        source: std::io::Error,
    },
    /// TLS could not be set up.
    #[error("{address} could not prove which node it is: {why}")]
    Identity {
        /// Where.
        address: String,
        /// Why.
        why: String,
    },
    /// Something else answers there.
    #[error("what answers at {address} is no node of akey: {why}")]
    NoNode {
        /// Where.
        address: String,
        /// Why.
        why: String,
    },
    /// The link broke: nothing is lost, the next meeting goes on where it was.
    #[error("the link broke: {0}; the next meeting goes on where this one stopped")]
    Broken(#[from] std::io::Error),
    /// The other side went silent.
    #[error("the other node went silent; the next meeting goes on where this one stopped")]
    Silent,
    /// This node, or what was said.
    #[error(transparent)]
    Node(#[from] node::NodeError),
}

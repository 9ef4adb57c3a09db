//! Calling another node at an address.

use std::time::Duration;

use http_body_util::Empty;
use hyper::Request;
use hyper::body::Bytes;
use hyper::header::{CONNECTION, HOST, UPGRADE};
use hyper_util::rt::TokioIo;
use ledger::NodeId;
use node::{MeetingProgress, Node};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::link::{self, Budget, Length};
use crate::tls::{self, Identity};
use crate::{PORT, PeeringError, aside};

/// What is spoken after the upgrade.
pub(crate) const PROTOCOL: &str = "akey-meeting/1";
/// Where it is asked for.
pub(crate) const PATH: &str = "/akey/meeting";
/// Nobody waits longer for an answer to a call.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// A meeting that was held.
#[derive(Debug, Clone, Copy)]
pub struct Met {
    /// With whom.
    pub node: NodeId,
    /// How far it came.
    pub progress: MeetingProgress,
    /// How far the other clock is ahead, in milliseconds.
    pub clock_ahead_ms: i64,
    /// Bytes that came, as they were packed.
    pub received_bytes: u64,
    /// Bytes that were sent.
    pub sent_bytes: u64,
}

/// Meets whoever answers at an address, once, until both have everything. With `expected`, only that
/// node.
///
/// # Errors
/// When nobody answers, it is another node, either side will not go on, or the link breaks. What was
/// taken in before stays.
pub async fn meet_at(
    node: &Node,
    address: &str,
    expected: Option<NodeId>,
) -> Result<Met, PeeringError> {
    let own = Identity::of(node).await?;
    let (peer, stream) = call(&own, address, expected).await?;
    hold(node, peer, stream, Length::Once, &Budget::default()).await
}

pub(crate) async fn hold(
    node: &Node,
    peer: NodeId,
    stream: Stream,
    length: Length,
    budget: &Budget,
) -> Result<Met, PeeringError> {
    let limits = budget.limits();
    let meeting = aside(node, move |node| node.meet(peer, limits)).await?;
    let parted = link::hold(node.clone(), meeting, stream, length, budget).await?;
    Ok(Met {
        node: peer,
        progress: parted.progress,
        clock_ahead_ms: parted.clock_ahead_ms,
        received_bytes: parted.received_bytes,
        sent_bytes: parted.sent_bytes,
    })
}

/// The stream after the upgrade.
pub(crate) type Stream = TokioIo<hyper::upgrade::Upgraded>;

/// Calls; gives who answered, and the stream.
pub(crate) async fn call(
    own: &Identity,
    address: &str,
    expected: Option<NodeId>,
) -> Result<(NodeId, Stream), PeeringError> {
    timeout(ANSWER_MAX, try_call(own, address, expected))
        .await
        .unwrap_or_else(|_| {
            Err(PeeringError::Unreachable {
                address: address.to_owned(),
                source: std::io::ErrorKind::TimedOut.into(),
            })
        })
}

async fn try_call(
    own: &Identity,
    address: &str,
    expected: Option<NodeId>,
) -> Result<(NodeId, Stream), PeeringError> {
    let unreachable = |source| PeeringError::Unreachable {
        address: address.to_owned(),
        source,
    };
    let identity = |why: String| PeeringError::Identity {
        address: address.to_owned(),
        why,
    };
    let no_node = |why: String| PeeringError::NoNode {
        address: address.to_owned(),
        why,
    };
    let own = own.client().map_err(|error| identity(error.to_string()))?;
    let tcp = TcpStream::connect(with_port(address))
        .await
        .map_err(unreachable)?;
    // Small messages go at once.
    tcp.set_nodelay(true).map_err(unreachable)?;
    // Names mean nothing here: keys do.
    let name = ServerName::try_from("node.akey.invalid").expect("a name");
    let stream = TlsConnector::from(std::sync::Arc::new(own))
        .connect(name, tcp)
        .await
        .map_err(|error| identity(error.to_string()))?;
    let peer = tls::shown(stream.get_ref().1.peer_certificates())
        .ok_or_else(|| identity("it showed no key of a node".into()))?;
    if expected.is_some_and(|expected| expected != peer) {
        return Err(identity(format!(
            "it is node {peer}, another than expected"
        )));
    }
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| no_node(error.to_string()))?;
    tokio::spawn(async move {
        // It ends when the stream does; what went wrong shows there.
        let _ = connection.with_upgrades().await;
    });
    let request = Request::get(PATH)
        .header(HOST, "node.akey.invalid")
        .header(CONNECTION, "upgrade")
        .header(UPGRADE, PROTOCOL)
        .body(Empty::<Bytes>::new())
        .expect("a request of fixed words");
    let answer = sender
        .send_request(request)
        .await
        .map_err(|error| no_node(error.to_string()))?;
    if answer.status() != hyper::StatusCode::SWITCHING_PROTOCOLS {
        return Err(no_node(format!("it answered {}", answer.status())));
    }
    let upgraded = hyper::upgrade::on(answer)
        .await
        .map_err(|error| no_node(error.to_string()))?;
    Ok((peer, TokioIo::new(upgraded)))
}

/// An address without a port is that of [`PORT`].
pub(crate) fn with_port(address: &str) -> String {
    let has_port = address
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.contains(':') && port.parse::<u16>().is_ok())
        || address.contains("]:");
    if has_port {
        address.to_owned()
    } else if address.contains(':') && !address.starts_with('[') {
        format!("[{address}]:{PORT}")
    } else {
        format!("{address}:{PORT}")
    }
}

#[cfg(test)]
mod tests {
    use super::with_port;

    #[test]
    fn an_address_without_a_port_gets_ours() {
        assert_eq!(with_port("10.0.0.7"), "10.0.0.7:8711");
        assert_eq!(with_port("10.0.0.7:9000"), "10.0.0.7:9000");
        assert_eq!(with_port("hub.example.org"), "hub.example.org:8711");
        assert_eq!(with_port("fe80::1"), "[fe80::1]:8711");
        assert_eq!(with_port("[fe80::1]:9000"), "[fe80::1]:9000");
    }
}

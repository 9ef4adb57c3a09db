//! Neighbours on the local network, by mDNS (RFC 6762) and DNS-SD (RFC 6763): each announces that a
//! node of some operation is here, under a tag that tells nothing to who does not know the operation.

use std::net::IpAddr;

use ledger::{Entropy as _, NodeId, OperationId, SystemEntropy};
use mdns_sd::{ServiceDaemon, ServiceEvent, ServiceInfo};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

const SERVICE: &str = "_akey._tcp.local.";
const TAG: &str = "op";
const NODE: &str = "node";

/// A neighbour that answers at these addresses.
pub(crate) struct Neighbour {
    pub(crate) node: NodeId,
    pub(crate) addresses: Vec<String>,
}

/// Announces this node and listens for others; it ends when it is dropped.
pub(crate) struct Neighbourhood {
    daemon: ServiceDaemon,
}

impl Drop for Neighbourhood {
    fn drop(&mut self) {
        let _ = self.daemon.shutdown();
    }
}

impl Neighbourhood {
    /// Begins; neighbours of the same operation are sent to `found`.
    pub(crate) fn begin(
        operation: OperationId,
        node: NodeId,
        port: u16,
        found: mpsc::Sender<Neighbour>,
    ) -> Result<Self, mdns_sd::Error> {
        let daemon = ServiceDaemon::new()?;
        let tag = tag(operation);
        // The servers of a hub are one node, each at its own address: their announcements must not clash.
        let mut server = [0; 2];
        SystemEntropy.fill(&mut server);
        let name = format!("akey-{node}-{:04x}", u16::from_be_bytes(server));
        let properties = [(TAG, tag.as_str()), (NODE, &node.hex())];
        let service = ServiceInfo::new(
            SERVICE,
            &name,
            &format!("{name}.local."),
            "",
            port,
            properties.as_slice(),
        )?
        .enable_addr_auto();
        daemon.register(service)?;
        let events = daemon.browse(SERVICE)?;
        std::thread::Builder::new()
            .name("akey-neighbours".into())
            .spawn(move || {
                while let Ok(event) = events.recv() {
                    if let ServiceEvent::ServiceResolved(service) = event
                        && service.get_property_val_str(TAG) == Some(&tag)
                        && let Some(Ok(other)) =
                            service.get_property_val_str(NODE).map(str::parse::<NodeId>)
                        && other != node
                    {
                        let port = service.get_port();
                        let addresses = service.get_addresses().iter();
                        let addresses = addresses
                            .map(mdns_sd::ScopedIp::to_ip_addr)
                            .filter(|address| !matches!(address, IpAddr::V6(v6) if v6.is_unicast_link_local()))
                            .map(|address| std::net::SocketAddr::new(address, port).to_string())
                            .collect();
                        let neighbour = Neighbour {
                            node: other,
                            addresses,
                        };
                        if found.blocking_send(neighbour).is_err() {
                            break;
                        }
                    }
                }
            })
            .map_err(|error| mdns_sd::Error::Msg(error.to_string()))?;
        Ok(Self { daemon })
    }
}

/// What nodes of one operation have in common on the network: nobody else can tell which it is.
fn tag(operation: OperationId) -> String {
    let mut hash = Sha256::new();
    hash.update(b"akey neighbour 1");
    hash.update(operation.0);
    let hash: [u8; 32] = hash.finalize().into();
    ledger::Hash(hash).hex()[..16].to_owned()
}

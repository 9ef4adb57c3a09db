//! The site's certificate: made at `init`, kept among the node's own settings inside the encrypted
//! file, made anew when it grows old or the site gets another address. Keys never lie in clear.

use std::net::{IpAddr, UdpSocket};

use jiff::{SignedDuration, Timestamp};
use node::Node;
use serde::{Deserialize, Serialize};
use web::certificate::{Names, Pair, fingerprint, make_authority, make_server};

use crate::failure::Failure;

/// The setting under which it is kept.
const SETTING: &str = "site_certificate";
/// The name by which devices find the site where its network announces it.
const HOST: &str = "akey.local";
/// A server certificate older than this is made anew: half of what devices accept.
const RENEW_AFTER: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What is served and what is installed on devices.
pub struct SiteCertificate {
    /// The server's certificate and key.
    pub server: Pair,
    /// The authority, to be installed on devices.
    pub authority_pem: String,
}

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    operation: String,
    hosts: Vec<String>,
    addresses: Vec<IpAddr>,
    authority: (String, String),
    server: (String, String),
    server_made_at: Timestamp,
}

/// Makes the authority and the server certificate of a new site. Gives the authority's fingerprint.
pub fn make(
    node: &Node,
    operation: &str,
    hosts: Vec<String>,
    addresses: Vec<IpAddr>,
) -> Result<String, Failure> {
    let mut hosts = hosts;
    if !hosts.iter().any(|host| host == HOST) {
        hosts.insert(0, HOST.into());
    }
    let mut addresses = addresses;
    addresses.extend(own_address().filter(|own| !addresses.contains(own)));
    let kept = make_kept(operation.into(), hosts, addresses)?;
    keep(node, &kept)?;
    Ok(fingerprint(&kept.authority.0)?)
}

/// The certificate for listening on an address. An address the authority may not vouch for needs a
/// new authority, which devices have to be told to trust again.
pub fn for_address(node: &Node, address: IpAddr) -> Result<SiteCertificate, Failure> {
    let mut kept = match node.setting(SETTING)? {
        None => {
            let operation = node.read::<_, Failure>(|register| {
                Ok(register.founded().map_err(node::NodeError::from)?)
            })?;
            let operation = operation.map_or_else(String::new, |operation| operation.name);
            let addresses = own_address().into_iter().collect();
            make_kept(operation, vec![HOST.into()], addresses)?
        }
        Some(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| web::certificate::CertificateError::Read(error.to_string()))?,
    };
    if !address.is_unspecified() && !kept.addresses.contains(&address) {
        kept.addresses.push(address);
        kept = make_kept(kept.operation, kept.hosts, kept.addresses)?;
        tracing::warn!(
            %address,
            "the site has a new address and a new certificate authority: devices must install it again"
        );
    } else if Timestamp::now().duration_since(kept.server_made_at) > RENEW_AFTER {
        kept.server = split(make_server(
            &pair(&kept.authority),
            &names(&kept),
            Timestamp::now(),
        )?);
        kept.server_made_at = Timestamp::now();
    }
    keep(node, &kept)?;
    Ok(SiteCertificate {
        server: pair(&kept.server),
        authority_pem: kept.authority.0,
    })
}

/// Certificates live by the machine's clock, in a demo too: browsers go by theirs.
fn make_kept(
    operation: String,
    hosts: Vec<String>,
    addresses: Vec<IpAddr>,
) -> Result<Kept, Failure> {
    let now = Timestamp::now();
    let names = Names {
        hosts: hosts.clone(),
        addresses: addresses.clone(),
    };
    let authority = make_authority(&operation, &names, now)?;
    let server = split(make_server(&authority, &names, now)?);
    Ok(Kept {
        operation,
        hosts,
        addresses,
        authority: split(authority),
        server,
        server_made_at: now,
    })
}

fn keep(node: &Node, kept: &Kept) -> Result<(), Failure> {
    let bytes = serde_json::to_vec(kept).expect("plain values become JSON");
    Ok(node.set_setting(SETTING, &bytes)?)
}

fn names(kept: &Kept) -> Names {
    Names {
        hosts: kept.hosts.clone(),
        addresses: kept.addresses.clone(),
    }
}

fn split(pair: Pair) -> (String, String) {
    (pair.certificate_pem, pair.key_pem)
}

fn pair((certificate, key): &(String, String)) -> Pair {
    Pair {
        certificate_pem: certificate.clone(),
        key_pem: key.clone(),
    }
}

/// The address of this computer on its network, if it has one. Connecting a datagram socket sends
/// nothing; 192.0.2.1 is an address for documentation (RFC 5737).
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

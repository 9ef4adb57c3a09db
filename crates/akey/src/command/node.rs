//! `akey node`: inviting a node, joining with the code, sending a node away, readmitting this one.
//!
//! The root key is opened here, in the process of whoever typed its passphrase, and never goes through
//! the door of the running program.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, SystemTime};

use ledger::{InvitationCode, InvitingPeer, NodeId, Revocation, Scope, SystemEntropy};
use node::Node;
use serde_json::json;

use super::claim::read_root_key;
use super::peers;
use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;
use crate::work::{Answer, Work};

/// What a code begins with, so that it is known for one wherever it turns up.
const CODE_BEGINS: &str = "AKEY1";
/// Letters and digits of a code in one group.
const GROUP: usize = 8;

/// Runs one of them.
pub fn run(common: &Common, asked: cli::Nodes) -> Result<(), Failure> {
    match asked {
        cli::Nodes::Invite(asked) => invite(common, &asked),
        cli::Nodes::Join(asked) => join(common, &asked),
        cli::Nodes::Revoke(asked) => revoke(common, &asked),
        cli::Nodes::Lost(asked) => super::rights::lost(common, &asked),
        cli::Nodes::Readmit(asked) => readmit(common, &asked),
        cli::Nodes::Enrol { login } => enrol(common, &login),
    }
}

fn invite(common: &Common, asked: &cli::Invite) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let root = read_root_key(&asked.root_key)?;
    let standing = peers::standing(&place)?;
    if standing.operation != root.public().operation.hex() {
        return Err(node::NodeError::OtherRoot.into());
    }
    let site = standing
        .sites
        .iter()
        .find(|(id, name)| **name == asked.site || **id == asked.site)
        .map(|(id, _)| id.replace('-', ""));
    let site = site.ok_or_else(|| {
        let known: Vec<_> = standing.sites.values().map(String::as_str).collect();
        Failure::Wrong(format!(
            "no site is called \"{}\": known are {}; open it first, on the page of settings",
            asked.site,
            known.join(", ")
        ))
    })?;
    let site = site.parse().map_err(Failure::Ledger)?;
    let scope = if asked.everything {
        Scope::Everything
    } else {
        Scope::Site
    };
    let until = SystemTime::now() + Duration::from_hours(u64::from(asked.hours));
    let until_ms = until
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| {
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        });
    let until_ms = place.demo.as_ref().map_or(until_ms, |demo| {
        until_ms.saturating_add_signed(demo.clock_offset_ms)
    });
    let mut code = root.invite(site, scope, until_ms, &SystemEntropy);
    let me: NodeId = standing.node.parse().map_err(Failure::Ledger)?;
    code.peers = asked
        .address
        .iter()
        .map(|address| InvitingPeer {
            node: me,
            address: address.clone(),
        })
        .collect();
    let text = code_in_text(&code);
    if let Some(file) = &asked.out {
        fs::write(file, format!("{text}\n")).map_err(Failure::file(file, "write the code"))?;
    }
    if let Some(file) = &asked.qr {
        let drawn = formats::qr::text_svg(&text.replace(' ', "")).ok_or_else(|| {
            Failure::Wrong("the code is too long for a QR code: give fewer --address".into())
        })?;
        fs::write(file, drawn).map_err(Failure::file(file, "write the QR code"))?;
    }
    let value =
        json!({ "answer": "invited", "code": text, "site": asked.site, "hours": asked.hours });
    output::answer(common.json, &value, || {
        format!(
            "{text}\n\n\
             This code lets one computer join as a node of {site} within {hours} hours. Hand it over like a\n\
             key: whoever has it can join. On the other computer:\n  akey node join --data DIR --code-file FILE",
            site = asked.site,
            hours = asked.hours,
        )
    })
}

/// The code as it is written: letters and digits in groups, to be copied, scanned or read out.
fn code_in_text(code: &InvitationCode) -> String {
    let digits = data_encoding::BASE32_NOPAD.encode(&code.to_bytes());
    let groups: Vec<&str> = digits
        .as_bytes()
        .chunks(GROUP)
        .map(|group| std::str::from_utf8(group).expect("letters and digits"))
        .collect();
    format!("{CODE_BEGINS} {}", groups.join(" "))
}

/// Reads a code, however it was broken into lines and groups.
fn read_code(text: &str) -> Result<InvitationCode, Failure> {
    let digits: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let wrong = |what: &str| {
        Failure::Wrong(format!(
            "this is no code of an invitation ({what}): copy the whole text that `akey node invite` wrote"
        ))
    };
    let digits = digits
        .strip_prefix(CODE_BEGINS)
        .ok_or_else(|| wrong("it does not begin with AKEY1"))?;
    let bytes = data_encoding::BASE32_NOPAD
        .decode(digits.as_bytes())
        .map_err(|error| wrong(&error.to_string()))?;
    InvitationCode::from_bytes(&bytes).map_err(|error| wrong(&error.to_string()))
}

fn join(common: &Common, asked: &cli::Join) -> Result<(), Failure> {
    let text = match (&asked.code, &asked.code_file) {
        (Some(code), _) => code.clone(),
        (None, Some(file)) => {
            fs::read_to_string(file).map_err(Failure::file(file, "read the code"))?
        }
        (None, None) => {
            return Err(Failure::Usage(
                "give the code of the invitation, or its file with --code-file".into(),
            ));
        }
    };
    let code = read_code(&text)?;
    let place = Place::of(common)?;
    let passphrase = place.new_passphrase()?;
    let node = Node::join(
        &place.dir,
        &code,
        &secret::passphrase(&passphrase),
        place.options(),
    )?;
    let mut met = None;
    let mut trouble = None;
    for address in asked
        .meet
        .iter()
        .chain(code.peers.iter().map(|peer| &peer.address))
    {
        match crate::peers::meet(&node, address) {
            Ok(done) => {
                met = Some(done);
                break;
            }
            Err(error) => trouble = Some(error.to_string()),
        }
    }
    for peer in &code.peers {
        node.keep_address(peer.node, &peer.address)?;
    }
    let mut enrolled = None;
    if met.is_some()
        && let Some(login) = &asked.login
    {
        node.enrol(login, &secret::PASSWORD.choose(None)?)?;
        enrolled = Some(login.clone());
    }
    let value = json!({
        "answer": "joined",
        "node": NodeId(node.key().0).hex(),
        "met": met,
        "trouble": trouble.filter(|_| met.is_none()),
        "enrolled": enrolled,
    });
    output::answer(common.json, &value, || {
        let mut text = format!("Joined as node {}.\n", NodeId(node.key().0));
        match (&met, value["trouble"].as_str()) {
            (Some(met), _) => text.push_str(&peers::met_in_words(met)),
            (None, Some(trouble)) => {
                let _ = write!(
                    text,
                    "No other node could be met yet: {trouble}.\n\
                     `akey serve` goes on trying, and finds nodes on the same network by itself; or read a\n\
                     bundle from a stick: akey bundle read FILE"
                );
            }
            (None, None) => text.push_str(
                "The code names no address: `akey serve` finds nodes on the same network by itself; or\n\
                 akey peers --meet HOST:PORT, or akey bundle read FILE",
            ),
        }
        if enrolled.is_none() {
            text.push_str(
                "\nSet a password for somebody who is to sign in here: akey node enrol LOGIN",
            );
        }
        text
    })
}

fn revoke(common: &Common, asked: &cli::Revoke) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let root = read_root_key(&asked.root_key)?;
    let standing = peers::standing(&place)?;
    let named: Vec<_> = standing
        .peers
        .iter()
        .filter(|peer| peer.node.starts_with(&asked.node.to_lowercase()))
        .collect();
    let [peer] = named.as_slice() else {
        return Err(Failure::Wrong(format!(
            "{} nodes have a key that begins with {}: see akey peers --json",
            named.len(),
            asked.node
        )));
    };
    let node: NodeId = peer.node.parse().map_err(Failure::Ledger)?;
    let last = standing.ends.get(&peer.node).copied().unwrap_or(0);
    let certificate = root.revoke(&Revocation {
        operation: root.public().operation,
        node,
        last,
        at_ms: u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(0),
    });
    let work = Work::Revoke { certificate };
    let Answer::Revoked = control::run(&place, work, &[], "Sending away")? else {
        unreachable!("work is answered in kind")
    };
    let value = json!({ "answer": "revoked", "node": peer.node, "last": last });
    output::answer(common.json, &value, || {
        format!(
            "Node {} no longer belongs. What it wrote up to position {last} counts; what comes later is kept\n\
             and shown as disputed. Other nodes learn of it when they meet this one.\n\
             Rights it held are taken over with: akey node announce-lost, akey node recover",
            peers::short(&peer.node)
        )
    })
}

fn readmit(common: &Common, asked: &cli::Readmit) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let root = read_root_key(&asked.root_key)?;
    let node = place.open(&place.passphrase()?)?;
    node.readmit(&root)?;
    let key = NodeId(node.key().0);
    let value = json!({ "answer": "readmitted", "node": key.hex() });
    output::answer(common.json, &value, || {
        format!(
            "Node {key} belongs to the operation. The rights of its old identity: akey claim --help"
        )
    })
}

/// Sets the password of somebody of the operation at this node.
fn enrol(common: &Common, login: &str) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let node = place.open(&place.passphrase()?)?;
    node.enrol(login, &secret::PASSWORD.choose(None)?)?;
    let value = json!({ "answer": "enrolled", "login": login });
    output::answer(common.json, &value, || {
        format!("{login} can sign in at this node.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{OperationId, RootKey, SiteId};

    #[test]
    fn a_code_is_read_however_it_was_broken_up() {
        let root = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
        let code = root.invite(SiteId([1; 16]), Scope::Site, 5, &SystemEntropy);
        let text = code_in_text(&code);
        for typed in [
            text.clone(),
            text.replace(' ', ""),
            text.replace(' ', "\r\n").to_lowercase(),
        ] {
            assert_eq!(read_code(&typed).unwrap().to_bytes(), code.to_bytes());
        }
        let short = &text[..text.len() - 9];
        assert!(read_code(short).is_err());
        assert!(read_code("AKEY2 ABC").is_err());
    }
}

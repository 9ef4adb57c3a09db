//! Nodes that never have a network: everything goes by stick, in any order, over many hands, broken off
//! and read again; in the end they know the same, and a copy that wrote on is caught.

use std::path::{Path, PathBuf};

use domain::{PersonId, SiteId};
use ledger::bundle::WorkFactor;
use ledger::{NodeId, Passphrase, RootKey, Scope};
use node::{BundleAsked, BundleRead, Node, NodeError, Road, Since};
use tempfile::TempDir;

use crate::meeting::{CAP, digests, given_names, names_listed};
use crate::{Desk, PASSWORD, options, passphrase};

/// A stick: it holds files.
struct Stick {
    folder: TempDir,
    next: std::cell::Cell<u32>,
}

impl Stick {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            next: std::cell::Cell::new(0),
        }
    }

    fn secret() -> Passphrase {
        Passphrase::new("kenep siwel mango")
    }

    fn write(&self, node: &Node, to: &[&Node]) -> PathBuf {
        self.next.set(self.next.get() + 1);
        let asked = BundleAsked {
            file: self.folder.path().join(format!("{}.akey", self.next.get())),
            to: to.iter().map(|node| id(node)).collect(),
            since: Since::LastHeard,
            work: WorkFactor::TRIVIAL,
        };
        node.write_bundle(&asked, &Self::secret(), |_, _| {})
            .unwrap();
        asked.file
    }

    fn try_read(node: &Node, file: &Path) -> Result<BundleRead, NodeError> {
        node.read_bundle(file, &Self::secret(), |_, _| {})
    }

    fn read(node: &Node, file: &Path) -> BundleRead {
        Self::try_read(node, file).unwrap()
    }

    /// One bundle written and read.
    fn pass(&self, from: &Node, to: &Node) -> BundleRead {
        Self::read(to, &self.write(from, &[to]))
    }
}

fn id(node: &Node) -> NodeId {
    NodeId(node.key().0)
}

impl Desk {
    /// Another desk of this operation, that joined with the code and has met nobody.
    fn joined_alone(&self, at: SiteId, scope: Scope) -> (TempDir, Node) {
        let dir = TempDir::new().unwrap();
        let opened = Passphrase::new("kept in another place");
        let root = RootKey::import(&self.root_key, &opened).unwrap();
        let code = self.node.invite(&root, at, scope, u64::MAX).unwrap();
        let node = Node::join(&dir.path().join("data"), &code, &passphrase(), options()).unwrap();
        (dir, node)
    }

    /// The same, introduced by stick: its bundle, the answer, and what it has to say to that.
    fn joined_by_stick(&mut self, at: SiteId, scope: Scope, stick: &Stick) -> Self {
        let (dir, node) = self.joined_alone(at, scope);
        // It knows nobody yet: its first bundle is for whoever comes by.
        Stick::read(&self.node, &stick.write(&node, &[]));
        stick.pass(&self.node, &node);
        stick.pass(&node, &self.node);
        node.enrol("chief", PASSWORD).unwrap();
        self.next += 1_000_000;
        Self {
            dir,
            session: node.sign_in("chief", PASSWORD).unwrap(),
            node,
            site: at,
            origin: self.origin,
            root_key: self.root_key.clone(),
            next: self.next + 500_000,
        }
    }
}

fn knows(node: &Node, person: PersonId) -> bool {
    given_names(node, person).as_deref() == Some("Wilnè")
}

#[test]
fn a_laptop_joins_works_and_is_known_by_stick_alone() {
    let stick = Stick::new();
    let mut site = Desk::new();
    let movement = site.landed();
    let (_, before) = site.registered(movement);
    let mut laptop = site.joined_by_stick(site.site, Scope::Site, &stick);
    assert!(knows(&laptop.node, before), "it is its own site's business");
    // Both register people, apart.
    let (_, here) = site.registered(movement);
    let (_, there) = laptop.registered(movement);
    stick.pass(&laptop.node, &site.node);
    stick.pass(&site.node, &laptop.node);
    assert!(knows(&site.node, there) && knows(&laptop.node, here));
    assert_eq!(digests(&site.node), digests(&laptop.node));
    let peer = site.node.standing().unwrap().peers.pop().unwrap();
    assert_eq!(
        (peer.node, peer.met_by),
        (id(&laptop.node), Some(Road::Stick))
    );
    assert_eq!(peer.ahead.theirs, 0);
}

#[test]
fn over_three_hands_and_in_any_order_headquarters_knows_everybody() {
    let stick = Stick::new();
    let mut site = Desk::new();
    site.open_cap();
    let hub = site.joined_by_stick(site.site, Scope::Everything, &stick);
    // The carrier's site is another: it may not know who is received here.
    let carrier = site.joined_by_stick(CAP, Scope::Site, &stick);
    stick.pass(&site.node, &hub.node);
    stick.pass(&carrier.node, &hub.node);
    stick.pass(&hub.node, &carrier.node);
    let movement = site.landed();
    let mut people = Vec::new();
    let mut files = Vec::new();
    for _ in 0..3 {
        people.push(site.registered(movement).1);
        let to = [&carrier.node, &hub.node];
        files.push(stick.write(&site.node, &to));
    }
    for file in files.iter().rev() {
        Stick::read(&carrier.node, file);
    }
    assert!(people.iter().all(|person| !knows(&carrier.node, *person)));
    let carried = stick.pass(&carrier.node, &hub.node);
    assert!(carried.events > 0);
    assert!(people.iter().all(|person| knows(&hub.node, *person)));
    assert_eq!(digests(&site.node), digests(&hub.node));
}

#[test]
fn a_later_bundle_read_first_waits_and_gives_everything_once_the_earlier_one_comes() {
    let stick = Stick::new();
    let mut site = Desk::new();
    let hub = site.joined_by_stick(site.site, Scope::Everything, &stick);
    let first_movement = site.landed();
    let (_, first) = site.registered(first_movement);
    let early = stick.write(&site.node, &[&hub.node]);
    let ends = site.node.log_ends().unwrap().into_iter().collect();
    let second_movement = site.landed();
    let (_, second) = site.registered(second_movement);
    let late = BundleAsked {
        file: stick.folder.path().join("late.akey"),
        to: vec![id(&hub.node)],
        since: Since::Ends(ends),
        work: WorkFactor::TRIVIAL,
    };
    let written = site.node.write_bundle(&late, &Stick::secret(), |_, _| {});
    assert!(written.unwrap().events > 0);
    let read = Stick::read(&hub.node, &late.file);
    assert_eq!(read.events, 0);
    assert!(!read.parked.is_empty() && read.waiting.own > 0, "{read:?}");
    let read = Stick::read(&hub.node, &early);
    assert!(read.parked.is_empty() && read.waiting.own == 0, "{read:?}");
    assert!(knows(&hub.node, first) && knows(&hub.node, second));
    assert_eq!(digests(&site.node), digests(&hub.node));
}

#[test]
fn a_flight_that_is_diverted_brings_its_manifest_along_by_stick() {
    let stick = Stick::new();
    let mut site = Desk::new();
    site.open_cap();
    let cap = site.joined_by_stick(CAP, Scope::Site, &stick);
    let movement = site.announced_with_manifest();
    stick.pass(&site.node, &cap.node);
    stick.pass(&cap.node, &site.node);
    assert_eq!(names_listed(&cap.node, movement), [None]);
    site.divert(movement, CAP);
    stick.pass(&site.node, &cap.node);
    assert_eq!(
        names_listed(&cap.node, movement),
        [Some("Wilnè".to_owned())]
    );
}

#[test]
fn a_reading_that_broke_off_goes_on_where_it_was() {
    let stick = Stick::new();
    let mut site = Desk::new();
    let (_dir, hub) = site.joined_alone(site.site, Scope::Everything);
    let introduction = stick.write(&hub, &[]);
    Stick::read(&site.node, &introduction);
    let movement = site.landed();
    let people: Vec<_> = (0..120).map(|_| site.registered(movement).1).collect();
    let file = stick.write(&site.node, &[&hub]);
    let whole = std::fs::read(&file).unwrap();
    let half = stick.folder.path().join("half.akey");
    // The last of its pieces of 64 KiB is not whole.
    assert!(whole.len() > 100_000, "{}", whole.len());
    std::fs::write(&half, &whole[..whole.len() - 10]).unwrap();
    let broken = Stick::try_read(&hub, &half).unwrap_err().to_string();
    assert!(broken.contains("read it again"), "{broken}");
    let read = Stick::read(&hub, &file);
    assert!(read.resumed_at.is_some());
    assert!(people.iter().all(|person| knows(&hub, *person)));
    let again = Stick::read(&hub, &file);
    assert_eq!((again.events, again.resumed_at), (0, None));
    // It introduces itself once it knows of the operation: that is its own to tell.
    stick.pass(&hub, &site.node);
    assert_eq!(digests(&site.node), digests(&hub));
}

#[test]
fn a_copy_that_wrote_on_is_caught_by_a_stick() {
    let stick = Stick::new();
    let mut site = Desk::new();
    let hub = site.joined_by_stick(site.site, Scope::Everything, &stick);
    let movement = site.landed();
    stick.pass(&site.node, &hub.node);
    let data = site.data();
    let Desk {
        node, session, dir, ..
    } = site;
    drop((node, session));
    let twin_dir = TempDir::new().unwrap();
    let twin_data = twin_dir.path().join("data");
    std::fs::create_dir(&twin_data).unwrap();
    for entry in std::fs::read_dir(&data).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), twin_data.join(entry.file_name())).unwrap();
    }
    let desk = |data: &Path, next| {
        let node = Node::open(data, &passphrase(), options()).unwrap();
        Desk {
            dir: TempDir::new().unwrap(),
            session: node.sign_in("chief", PASSWORD).unwrap(),
            site: node.home_site().unwrap(),
            origin: hub.origin,
            root_key: hub.root_key.clone(),
            node,
            next,
        }
    };
    let mut one = desk(&data, 5_000_000);
    let mut twin = desk(&twin_data, 6_000_000);
    let (_, first) = one.registered(movement);
    let (_, second) = twin.registered(movement);
    stick.pass(&one.node, &hub.node);
    let read = stick.pass(&twin.node, &hub.node);
    assert_eq!(read.cut, [id(&twin.node)]);
    assert!(knows(&hub.node, first) && knows(&hub.node, second));
    assert!(twin.node.halted().unwrap().is_none(), "nobody told it yet");
    // What the hub writes for that node reaches both copies, and both stop.
    let file = stick.write(&hub.node, &[&twin.node]);
    Stick::read(&twin.node, &file);
    Stick::read(&one.node, &file);
    assert!(twin.node.halted().unwrap().is_some());
    assert!(one.node.halted().unwrap().is_some());
    drop(dir);
}

#[test]
fn what_is_wrong_with_a_bundle_is_said_and_nothing_is_overwritten() {
    let stick = Stick::new();
    let mut site = Desk::new();
    let file = stick.write(&site.node, &[]);
    let asked = BundleAsked {
        file: file.clone(),
        to: Vec::new(),
        since: Since::Beginning,
        work: WorkFactor::TRIVIAL,
    };
    let secret = Stick::secret();
    let write = |asked: &BundleAsked| {
        let refused = site.node.write_bundle(asked, &secret, |_, _| {});
        refused.unwrap_err().to_string()
    };
    assert!(write(&asked).contains("choose another name"));
    let stranger = BundleAsked {
        to: vec![NodeId([9; 32])],
        file: stick.folder.path().join("stranger.akey"),
        ..asked.clone()
    };
    assert!(write(&stranger).contains("read a bundle of it first"));
    let nowhere = BundleAsked {
        file: stick.folder.path().join("no folder/x.akey"),
        ..asked
    };
    assert!(write(&nowhere).contains("No such file"));
    let left: Vec<_> = std::fs::read_dir(stick.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing half-written is left: {left:?}");

    let other = Desk::new();
    let foreign = Stick::try_read(&other.node, &file).unwrap_err().to_string();
    assert!(foreign.contains("another operation"), "{foreign}");
    let wrong = site
        .node
        .read_bundle(&file, &Passphrase::new("not this one"), |_, _| {});
    let wrong = wrong.unwrap_err().to_string();
    assert!(wrong.contains("passphrase does not open it"), "{wrong}");
    std::fs::write(&file, b"%PDF-1.7\nsomething else").unwrap();
    let none = Stick::try_read(&site.node, &file).unwrap_err().to_string();
    assert!(
        none.contains("byte 0") && none.contains("age file"),
        "{none}"
    );
    site.landed();
}

//! Nodes on a real network: TCP and TLS on loopback, links that are slow and break, strangers and
//! garbage.

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::{
    Command, Country, Known, LegalBasis, Moment, MovementId, MovementKind, Role, Screened, SiteId,
    SiteKind, Staff,
};
use ledger::{NodeId, Options, Passphrase, PassphraseCost, RootKey, Scope};
use node::{FirstSite, Founding, ManualClock, Node, NodeError, NodeOptions, Request, Session};
use peering::{Peering, PeeringError, Settings, meet_at};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

const PASSWORD: &str = "demo password";
const START_MS: i64 = 1_632_405_600_000;
const LOOPBACK: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

fn options() -> NodeOptions {
    NodeOptions {
        clock: Arc::new(ManualClock::at(Moment(START_MS))),
        ledger: Options {
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        },
    }
}

fn passphrase() -> Passphrase {
    Passphrase::new("four words are good")
}

struct Founder {
    dir: TempDir,
    node: Node,
    site: SiteId,
    session: Session,
    root: RootKey,
    next: u128,
}

impl Founder {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let root_passphrase = Passphrase::new("kept in another place");
        let founded = Node::init(
            &dir.path().join("data"),
            Founding {
                operation: "Demo operation".into(),
                passphrase: &passphrase(),
                root_passphrase: &root_passphrase,
                site: FirstSite {
                    name: "Port-au-Prince airport".into(),
                    kind: SiteKind::AIRPORT,
                    country: Country::HTI,
                    area: None,
                    port_code: Some("PAP".into()),
                    time_zone: "America/Port-au-Prince".into(),
                    day_closes_min: 0,
                },
                administrator: Staff {
                    login: "chief".into(),
                    name: "Demo-Staff".into(),
                },
                password: PASSWORD.into(),
                also: vec![Role::Coordinator],
                languages: Vec::new(),
                keep_root_key: &mut |_| Ok(()),
            },
            options(),
        )
        .unwrap();
        let root = RootKey::import(&founded.root_key, &root_passphrase).unwrap();
        Self {
            session: founded.node.sign_in("chief", PASSWORD).unwrap(),
            dir,
            node: founded.node,
            site: founded.site,
            root,
            next: 1,
        }
    }

    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn announce(&mut self) -> MovementId {
        let movement = MovementId(self.id());
        let (id, site) = (self.id(), self.site);
        let command = Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("DEMO-{}", self.next),
            origin: SiteId(Uuid::from_u128(77)),
            destination: site,
            expected: Moment(START_MS),
            legal_basis: LegalBasis::TITLE_42,
            announced: 120,
            screened_before: Screened::NotOffered,
        };
        let request = Request {
            id,
            site,
            occurred: None,
            command,
        };
        self.node.execute(&self.session, request).unwrap();
        movement
    }

    fn open_origin(&mut self) {
        let (id, site) = (self.id(), self.site);
        let command = Command::OpenSite {
            site: SiteId(Uuid::from_u128(77)),
            name: "Custody".into(),
            kind: SiteKind::CUSTODY,
            country: Country::USA,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Chicago".into(),
            day_closes_min: 0,
        };
        let request = Request {
            id,
            site,
            occurred: None,
            command,
        };
        self.node.execute(&self.session, request).unwrap();
    }

    fn joined(&self) -> (TempDir, Node) {
        let dir = TempDir::new().unwrap();
        let code = self
            .node
            .invite(&self.root, self.site, Scope::Everything, u64::MAX)
            .unwrap();
        let node = Node::join(&dir.path().join("data"), &code, &passphrase(), options()).unwrap();
        (dir, node)
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

async fn answering(node: &Node) -> Peering {
    let settings = Settings {
        listen: Some(LOOPBACK),
        neighbours: false,
    };
    Peering::start(node.clone(), settings).await.unwrap()
}

fn knows(node: &Node, movement: MovementId) -> bool {
    node.read::<_, NodeError>(|register| Ok(register.movement(movement)?))
        .unwrap()
        .is_some()
}

/// Waits until something holds; the test's own time limit ends it otherwise.
async fn until(mut holds: impl FnMut() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to be");
}

#[test]
fn a_node_that_joined_calls_an_address_and_has_everything() {
    let mut founder = Founder::new();
    founder.open_origin();
    let movement = founder.announce();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let peering = answering(&founder.node).await;
        let address = peering.address().unwrap().to_string();
        let expected = NodeId(founder.node.key().0);
        let met = meet_at(&laptop, &address, Some(expected)).await.unwrap();
        assert_eq!(met.node, expected);
        assert!(met.progress.events > 0);
        assert!(knows(&laptop, movement));
        // Somebody else than expected is not spoken to.
        let other = meet_at(&laptop, &address, Some(NodeId([7; 32]))).await;
        assert!(
            matches!(other, Err(PeeringError::Identity { .. })),
            "{other:?}"
        );
    });
    let standing = laptop.standing().unwrap();
    assert_eq!(standing.peers.len(), 1);
    assert_eq!(standing.peers[0].ahead.theirs, 0);
    assert!(standing.peers[0].met_at.is_some());
    drop(founder.dir);
}

#[test]
fn what_is_recorded_while_a_meeting_is_open_is_there_at_once() {
    let mut founder = Founder::new();
    founder.open_origin();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let address = answers.address().unwrap().to_string();
        laptop
            .keep_address(NodeId(founder.node.key().0), &address)
            .unwrap();
        let _calls = answering(&laptop).await;
        let first = founder.announce();
        until(|| knows(&laptop, first)).await;
        let second = founder.announce();
        until(|| knows(&laptop, second)).await;
    });
}

#[test]
fn a_slow_link_that_keeps_breaking_still_finishes() {
    let mut founder = Founder::new();
    founder.open_origin();
    let movements: Vec<_> = (0..400).map(|_| founder.announce()).collect();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let calls = Arc::new(AtomicU64::new(0));
        let address = broken_link(answers.address().unwrap(), Arc::clone(&calls)).await;
        laptop
            .keep_address(NodeId(founder.node.key().0), &address.to_string())
            .unwrap();
        let settings = Settings {
            listen: None,
            neighbours: false,
        };
        let _calls = Peering::start(laptop.clone(), settings).await.unwrap();
        until(|| movements.iter().all(|movement| knows(&laptop, *movement))).await;
        assert!(calls.load(Ordering::Relaxed) > 3);
    });
}

/// A link in between that breaks after every so many bytes.
async fn broken_link(to: SocketAddr, calls: Arc<AtomicU64>) -> SocketAddr {
    const BYTES_EACH: usize = 15_000;
    let listener = TcpListener::bind(LOOPBACK).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            calls.fetch_add(1, Ordering::Relaxed);
            let mut far = TcpStream::connect(to).await.unwrap();
            let mut left = BYTES_EACH;
            let (mut out, mut back) = ([0; 1024], [0; 1024]);
            while left > 0 {
                let (read, outward) = tokio::select! {
                    read = near.read(&mut out) => (read.unwrap_or(0), true),
                    read = far.read(&mut back) => (read.unwrap_or(0), false),
                };
                if read == 0 {
                    break;
                }
                left = left.saturating_sub(read);
                let written = if outward {
                    far.write_all(&out[..read]).await
                } else {
                    near.write_all(&back[..read]).await
                };
                if written.is_err() {
                    break;
                }
            }
        }
    });
    address
}

#[test]
fn while_the_writer_is_busy_everything_else_on_the_runtime_goes_on() {
    let mut founder = Founder::new();
    founder.open_origin();
    let node = founder.node.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let peering = runtime.block_on(answering(&node));
    node.on_change(|| {
        std::thread::sleep(Duration::from_secs(3));
        ControlFlow::Break(())
    });
    std::thread::scope(|scope| {
        scope.spawn(|| founder.announce());
        runtime.block_on(async {
            for _ in 0..25 {
                let before = Instant::now();
                tokio::time::sleep(Duration::from_millis(100)).await;
                assert!(before.elapsed() < Duration::from_secs(1));
            }
        });
    });
    drop(peering);
}

#[test]
fn garbage_and_strangers_are_shown_out_and_others_are_served() {
    let mut founder = Founder::new();
    founder.open_origin();
    let movement = founder.announce();
    let (_dir, laptop) = founder.joined();
    let stranger = Founder::new();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let address = answers.address().unwrap();
        let mut rude = TcpStream::connect(address).await.unwrap();
        rude.write_all(b"GET / HTTP/1.0\r\n\r\n").await.unwrap();
        let mut silent = Vec::new();
        for _ in 0..20 {
            silent.push(TcpStream::connect(address).await.unwrap());
        }
        let refused = meet_at(&stranger.node, &address.to_string(), None).await;
        let told = refused.unwrap_err().to_string();
        assert!(told.contains("operation"), "{told}");
        meet_at(&laptop, &address.to_string(), None).await.unwrap();
        assert!(knows(&laptop, movement));
    });
    // Nothing stays of who does not belong.
    let known = founder.node.standing().unwrap().peers;
    let known: Vec<_> = known.iter().map(|peer| peer.node).collect();
    assert_eq!(known, [NodeId(laptop.key().0)]);
}

#[test]
fn a_node_that_was_sent_away_is_told_so() {
    let founder = Founder::new();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let address = answers.address().unwrap().to_string();
        meet_at(&laptop, &address, None).await.unwrap();
        founder
            .node
            .revoke(&founder.root, NodeId(laptop.key().0))
            .unwrap();
        let refused = meet_at(&laptop, &address, None).await.unwrap_err();
        assert!(refused.to_string().contains("sent away"), "{refused}");
    });
}

#[test]
fn a_node_that_is_sent_away_while_it_is_linked_hears_nothing_more() {
    let mut founder = Founder::new();
    founder.open_origin();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let address = answers.address().unwrap().to_string();
        laptop
            .keep_address(NodeId(founder.node.key().0), &address)
            .unwrap();
        let _calls = answering(&laptop).await;
        let before = founder.announce();
        until(|| knows(&laptop, before)).await;
        let sent_away = NodeId(laptop.key().0);
        founder.node.revoke(&founder.root, sent_away).unwrap();
        let after = founder.announce();
        until(|| {
            let peer = laptop.standing().unwrap().peers.remove(0);
            peer.trouble
                .is_some_and(|trouble| trouble.contains("sent away"))
        })
        .await;
        assert!(!knows(&laptop, after));
    });
}

#[test]
fn a_node_that_calls_twice_at_once_is_answered_twice() {
    let founder = Founder::new();
    let (_dir, laptop) = founder.joined();
    runtime().block_on(async {
        let answers = answering(&founder.node).await;
        let address = answers.address().unwrap().to_string();
        for _ in 0..10 {
            let (first, second) = tokio::join!(
                meet_at(&laptop, &address, None),
                meet_at(&laptop, &address, None)
            );
            first.unwrap();
            second.unwrap();
        }
    });
}

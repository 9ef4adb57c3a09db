//! The operation that every run begins with: founded once in a process, with as many nodes as asked,
//! each joined by invitation and met by the first. A run takes copies of their files.
//!
//! Nothing in it depends on a seed, so that the same seed means the same run everywhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Command, Country, Moment, NodeKey, PCode, Role, SiteId, SiteKind, Staff, UserId};
use faulty_disk::Image;
use ledger::{Options, Passphrase, PassphraseCost, RootKey, Scope};
use node::{Clock, FirstSite, Founding, ManualClock, NewUser, Node, NodeOptions, Request, Session};
use uuid::Uuid;

use crate::chance::SeededEntropy;
use crate::error::DrillError;
use crate::network::let_meet;

/// When every run begins: 19 September 2021, 08:00 in Port-au-Prince.
pub const BEGIN_MS: i64 = 1_632_052_800_000;
/// Where the flights come from; nobody works there.
pub const ORIGIN: SiteId = SiteId(Uuid::from_u128(0xA0));
/// The seed of what is the same in every run.
const FOUNDING_SEED: u64 = 0;
const PASSWORD: &str = "demo password";
const ROOT_PASSPHRASE: &str = "kept in another place";

/// The passphrase of every simulated node.
pub fn passphrase() -> Passphrase {
    Passphrase::new("four words are good")
}

/// A node as a run finds it.
#[derive(Debug)]
pub struct Founded {
    /// Its files.
    pub files: Image,
    /// Its key.
    pub key: NodeKey,
    /// Its site.
    pub site: SiteId,
}

/// An operation at its beginning.
#[derive(Debug)]
pub struct Operation {
    /// Its nodes; the first holds everything.
    pub nodes: Vec<Founded>,
    /// Somebody who may do everything.
    pub chief: Session,
    /// A second person, for what takes two.
    pub second: Session,
    root_key: String,
}

static FOUNDED: Mutex<BTreeMap<usize, Arc<Operation>>> = Mutex::new(BTreeMap::new());

impl Operation {
    /// The operation with so many nodes, at least one.
    ///
    /// # Errors
    /// When it cannot be founded.
    pub fn with(nodes: usize) -> Result<Arc<Self>, DrillError> {
        let mut founded = FOUNDED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(operation) = founded.get(&nodes) {
            return Ok(Arc::clone(operation));
        }
        let operation = Arc::new(found(nodes)?);
        founded.insert(nodes, Arc::clone(&operation));
        Ok(operation)
    }

    /// The root key.
    ///
    /// # Errors
    /// Never for the key that the operation began with.
    pub fn root(&self) -> Result<RootKey, DrillError> {
        let passphrase = Passphrase::new(ROOT_PASSPHRASE);
        RootKey::import(&self.root_key, &passphrase)
            .map_err(|error| DrillError::of("read the root key", error))
    }
}

/// The site of the node with this number. Every third is a second desk at the site of the one before.
fn site_of(node: usize) -> SiteId {
    SiteId(Uuid::from_u128(0x100 + first_at_site(node) as u128))
}

const fn first_at_site(node: usize) -> usize {
    if node % 3 == 2 { node - 1 } else { node }
}

fn options(node: usize) -> NodeOptions {
    let entropy = SeededEntropy::new(FOUNDING_SEED, node as u64);
    NodeOptions {
        clock: Arc::new(ManualClock::at(Moment(BEGIN_MS))) as Arc<dyn Clock>,
        ledger: Options {
            entropy: Arc::new(entropy),
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        },
    }
}

fn found(nodes: usize) -> Result<Operation, DrillError> {
    let folder = crate::machine::folder()?;
    let dir = |node: usize| folder.path().join(node.to_string());
    let failed = |doing| move |error: node::NodeError| DrillError::of(doing, error);
    let founded = Node::init(&dir(0), founding(), options(0)).map_err(failed("found"))?;
    let first = founded.node;
    let chief = first
        .sign_in("chief", PASSWORD)
        .map_err(failed("sign in"))?;
    let mut requests = 0xF000_u128;
    let mut request = move || {
        requests += 1;
        Uuid::from_u128(requests)
    };
    let home = founded.site;
    let mut ask = |command| {
        let request = Request {
            id: request(),
            site: home,
            occurred: None,
            command,
        };
        let done = first.execute(&chief, request);
        done.map(drop)
            .map_err(|error| DrillError::of("set up", error))
    };
    ask(open_site(ORIGIN, "Custody", SiteKind::CUSTODY))?;
    for node in (1..nodes).filter(|node| first_at_site(*node) == *node) {
        let name = format!("Reception {node}");
        ask(open_site(site_of(node), &name, SiteKind::AIRPORT))?;
    }
    let second = NewUser {
        user: UserId(Uuid::from_u128(0xB0)),
        roles: vec![Role::Coordinator, Role::Administrator],
        staff: staff("second"),
        password: PASSWORD.into(),
    };
    first
        .admit(&chief, Uuid::from_u128(0xB1), home, second)
        .map_err(|error| DrillError::of("admit", error))?;
    let second = first
        .sign_in("second", PASSWORD)
        .map_err(failed("sign in"))?;

    let passphrase_of_root = Passphrase::new(ROOT_PASSPHRASE);
    let root = RootKey::import(&founded.root_key, &passphrase_of_root)
        .map_err(|error| DrillError::of("read the root key", error))?;
    let mut others = Vec::new();
    for node in 1..nodes {
        let code = first
            .invite(&root, site_of(node), Scope::Site, u64::MAX)
            .map_err(failed("invite"))?;
        let joined =
            Node::join(&dir(node), &code, &passphrase(), options(node)).map_err(failed("join"))?;
        let_meet(&first, &joined)?;
        others.push(joined);
    }
    // Everybody knows of everybody.
    for other in &others {
        let_meet(&first, other)?;
    }
    let keys: Vec<NodeKey> = std::iter::once(first.key())
        .chain(others.iter().map(Node::key))
        .collect();
    drop((first, others));
    let nodes = keys.into_iter().enumerate().map(|(node, key)| {
        Ok(Founded {
            files: files_of(&dir(node))?,
            key,
            site: if node == 0 { home } else { site_of(node) },
        })
    });
    Ok(Operation {
        nodes: nodes.collect::<Result<_, DrillError>>()?,
        chief,
        second,
        root_key: founded.root_key,
    })
}

fn files_of(dir: &Path) -> Result<Image, DrillError> {
    let mut files = Image::of_folder(dir).map_err(|error| DrillError::of("read files", error))?;
    files.remove("akey.db-shm");
    Ok(files)
}

fn founding() -> Founding<'static> {
    // Leaked once in a process: the founding borrows them.
    let passphrase: &'static Passphrase = Box::leak(Box::new(passphrase()));
    let root_passphrase: &'static Passphrase =
        Box::leak(Box::new(Passphrase::new(ROOT_PASSPHRASE)));
    let keep: &'static mut fn(&str) -> std::io::Result<()> = Box::leak(Box::new(|_| Ok(())));
    Founding {
        operation: "Demo drill".into(),
        passphrase,
        root_passphrase,
        site: FirstSite {
            name: "Reception 0".into(),
            kind: SiteKind::AIRPORT,
            country: Country::HTI,
            area: Some(PCode::HT01),
            port_code: None,
            time_zone: "America/Port-au-Prince".into(),
            day_closes_min: 0,
        },
        administrator: staff("chief"),
        password: PASSWORD.into(),
        also: vec![
            Role::Clerk,
            Role::Coordinator,
            Role::Warehouse,
            Role::Cash,
            Role::Screener,
        ],
        languages: Vec::new(),
        keep_root_key: keep,
    }
}

fn staff(login: &str) -> Staff {
    Staff {
        login: login.into(),
        name: "Demo-Staff".into(),
    }
}

fn open_site(site: SiteId, name: &str, kind: SiteKind) -> Command {
    Command::OpenSite {
        site,
        name: name.into(),
        kind,
        country: Country::HTI,
        area: None,
        port_code: None,
        capacity: None,
        time_zone: "America/Port-au-Prince".into(),
        day_closes_min: 0,
    }
}

//! The demo's operation before anybody lands: founded, its sites opened, its people let in. Their
//! names are invented and their one password is printed for everybody to read.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::{Command, Role, SiteId, Staff, UserId};
use ledger::{Passphrase, PassphraseCost};
use node::{FirstSite, Founding, ManualClock, NewUser, Node, NodeOptions, Request, Session};
use uuid::Uuid;

use super::plan::{Place, local};
use super::timetable::FOUNDED;
use crate::failure::Failure;
use population::Chance;

/// What unlocks the data of a demo.
pub const PASSPHRASE: &str = "flanbwayan demo 2021";
/// What everybody types to sign in.
pub const PASSWORD: &str = "demo-2021";

/// The root key lies in the folder: it guards nobody, and a restore can be tried to its end.
pub const ROOT_KEY: &str = "root-key.txt";
/// Who runs the demo's sites.
pub const COORDINATOR: &str = "coordinator";
/// Who publishes with them, unless somebody else is named.
pub const INFORMATION: &str = "information";

/// Who works at the demo's sites: role, sign-in name, name, what to try.
pub const STAFF: &[(Role, &str, &str, &str)] = &[
    (
        Role::Clerk,
        "clerk",
        "Rose Demo-Kolibri",
        "meets and registers people, gives goods",
    ),
    (
        Role::Screener,
        "screener",
        "Jean Demo-Wosiyòl",
        "asks the screening questions",
    ),
    (
        Role::Protection,
        "protection",
        "Guerda Demo-Toutrèl",
        "reads and writes the sealed notes",
    ),
    (
        Role::Warehouse,
        "warehouse",
        "Wilner Demo-Pipirit",
        "receives, counts and gives goods",
    ),
    (
        Role::Cash,
        "cash",
        "Nadège Demo-Jako",
        "gives the cash grants",
    ),
    (
        Role::Coordinator,
        COORDINATOR,
        "Frantz Demo-Malfini",
        "runs the site, decides exceptions",
    ),
    (
        Role::InformationOfficer,
        INFORMATION,
        "Ketsia Demo-Zòtolan",
        "writes the situation report",
    ),
    (
        Role::Observer,
        "observer",
        "Daphnée Demo-Ramye",
        "recommends, dissents; sees figures, nobody's name",
    ),
    (
        Role::FocalPoint,
        "focal",
        "Mirlande Demo-Ti-Kolibri",
        "reads reports of misconduct",
    ),
    (
        Role::Administrator,
        "admin",
        "Josué Demo-Kanna",
        "users, sites, items and packages",
    ),
];

/// Clerks who register people beside the one whom visitors sign in as.
const DESKS: [(&str, &str); 9] = [
    ("desk2", "Mirlande Demo-Zandolit"),
    ("desk3", "Fritz Demo-Anolis"),
    ("desk4", "Yolette Demo-Mabouya"),
    ("desk5", "Edner Demo-Krapo"),
    ("desk6", "Natacha Demo-Papiyon"),
    ("desk7", "Gérald Demo-Foumi"),
    ("desk8", "Ketly Demo-Myèl"),
    ("desk9", "Reynold Demo-Jaken"),
    ("desk10", "Sherline Demo-Krikèt"),
];

/// A founded operation with somebody of each role signed in.
pub struct Founded {
    /// The running node.
    pub node: Node,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// The sites by place.
    pub sites: BTreeMap<Place, SiteId>,
    /// Who is signed in.
    pub staff: BTreeMap<Role, Session>,
    /// The clerks at the other desks.
    pub desks: Vec<Session>,
}

/// Founds the demo's operation in an empty folder.
pub fn found(dir: &Path, chance: &mut Chance) -> Result<Founded, Failure> {
    let clock = Arc::new(ManualClock::at(local(FOUNDED)));
    let mut options = NodeOptions {
        clock: Arc::clone(&clock) as Arc<dyn node::Clock>,
        ..NodeOptions::default()
    };
    // The people are invented and the passphrase is printed: waiting for it would protect nothing.
    options.ledger.passphrase_cost = PassphraseCost::TRIVIAL;
    let passphrase = Passphrase::new(PASSPHRASE);
    let (_, login, name, _) = STAFF
        .last()
        .expect("the administrator is the last of the staff");
    let home = Place::PortAuPrince.facts();
    let founding = Founding {
        operation: "Returns to Haiti, September 2021 (demo)".into(),
        passphrase: &passphrase,
        root_passphrase: &passphrase,
        site: FirstSite {
            name: home.name.into(),
            kind: home.kind,
            country: home.country,
            area: home.area,
            port_code: home.port_code.map(str::to_owned),
            time_zone: home.time_zone.into(),
            day_closes_min: 0,
        },
        administrator: staff(login, name),
        password: PASSWORD.into(),
        also: Vec::new(),
        languages: Vec::new(),
        keep_root_key: &mut |text| std::fs::write(dir.join(ROOT_KEY), text),
    };
    let founded = Node::init(dir, founding, options)?;
    let node = founded.node;
    let administrator = node.sign_in(login, PASSWORD)?;
    let mut sites = BTreeMap::from([(Place::PortAuPrince, founded.site)]);
    open_sites(&node, &administrator, &mut sites, chance)?;
    for (role, login, name, _) in STAFF
        .iter()
        .filter(|(role, ..)| *role != Role::Administrator)
    {
        // Ids of roles that came later are fixed, so that the people of the demo stay who they are.
        let (user, request) = match role {
            Role::FocalPoint => (Uuid::from_u128(0xF0CA), Uuid::from_u128(0xF0CB)),
            Role::Observer => (Uuid::from_u128(0x0B5E), Uuid::from_u128(0x0B5F)),
            _ => (id(chance), id(chance)),
        };
        let new = NewUser {
            user: UserId(user),
            roles: vec![*role],
            staff: staff(login, name),
            password: PASSWORD.into(),
        };
        node.admit(&administrator, request, founded.site, new)?;
    }
    let mut desks = Vec::new();
    for (number, (login, name)) in (0..).zip(DESKS) {
        let new = NewUser {
            user: UserId(Uuid::from_u128(0xDE5C_0000 + number)),
            roles: vec![Role::Clerk],
            staff: staff(login, name),
            password: PASSWORD.into(),
        };
        let request = Uuid::from_u128(0xDE5C_1000 + number);
        node.admit(&administrator, request, founded.site, new)?;
        desks.push(node.sign_in(login, PASSWORD)?);
    }
    let mut signed_in = BTreeMap::from([(Role::Administrator, administrator)]);
    for (role, login, ..) in STAFF
        .iter()
        .filter(|(role, ..)| *role != Role::Administrator)
    {
        signed_in.insert(*role, node.sign_in(login, PASSWORD)?);
    }
    Ok(Founded {
        node,
        clock,
        sites,
        staff: signed_in,
        desks,
    })
}

fn open_sites(
    node: &Node,
    administrator: &Session,
    sites: &mut BTreeMap<Place, SiteId>,
    chance: &mut Chance,
) -> Result<(), Failure> {
    let home = sites[&Place::PortAuPrince];
    for place in Place::ALL
        .into_iter()
        .filter(|place| *place != Place::PortAuPrince)
    {
        let site = SiteId(id(chance));
        let facts = place.facts();
        let command = Command::OpenSite {
            site,
            name: facts.name.into(),
            kind: facts.kind,
            country: facts.country,
            area: facts.area,
            port_code: facts.port_code.map(str::to_owned),
            capacity: None,
            time_zone: facts.time_zone.into(),
            day_closes_min: 0,
        };
        let request = Request {
            id: id(chance),
            site: home,
            occurred: None,
            command,
        };
        node.execute(administrator, request)?;
        sites.insert(place, site);
    }
    Ok(())
}

fn staff(login: &str, name: &str) -> Staff {
    Staff {
        login: login.into(),
        name: name.into(),
    }
}

/// An id that follows from the seed: RFC 9562 leaves the bits of version 8 to us.
pub fn id(chance: &mut Chance) -> Uuid {
    let bits = u128::from(chance.bits()) << 64 | u128::from(chance.bits());
    Uuid::new_v8(bits.to_be_bytes())
}

//! A demo site to visit: an operation with one airport, one user for each role, goods on the shelf.
//! Everybody in it is invented, and named so that nobody can doubt it.

use std::sync::Arc;

use axum::Router;
use domain::{
    Command, Country, ItemCode, LanguageCode, Moment, PCode, Role, SiteId, SiteKind, Staff, UserId,
    WaybillId, WaybillLine,
};
use ledger::{NodeId, Options, Passphrase, PassphraseCost, RootKey, Scope};
use node::{
    FirstSite, Founding, MeetingLimits, NewUser, Node, NodeOptions, OffsetClock, Request, Session,
};
use tempfile::TempDir;
use updates::Updates;
use uuid::Uuid;

pub const PASSWORD: &str = "demo password";
/// Friday 24 September 2021, 13:40 in Port-au-Prince.
const NOW: &str = "2021-09-24T17:40:00Z";

pub struct Site {
    _dir: TempDir,
    pub node: Node,
    /// Who asked to be told.
    pub updates: Updates,
    pub airport: SiteId,
    pub origin: SiteId,
    /// The root key, as it was written.
    pub root_key: String,
    chief: Session,
}

impl Site {
    pub fn new() -> Self {
        Self::speaking(&[])
    }

    /// An operation that named its languages.
    pub fn speaking(languages: &[LanguageCode]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let founded = Node::init(
            &dir.path().join("data"),
            Founding {
                operation: "Demo operation".into(),
                passphrase: &Passphrase::new("four words are good"),
                root_passphrase: &Passphrase::new("kept in another place"),
                site: FirstSite {
                    name: "Port-au-Prince airport".into(),
                    kind: SiteKind::AIRPORT,
                    country: Country::HTI,
                    area: Some(PCode::HT01),
                    port_code: Some("PAP".into()),
                    time_zone: "America/Port-au-Prince".into(),
                    day_closes_min: 0,
                },
                administrator: staff("chief"),
                password: PASSWORD.into(),
                also: vec![Role::Coordinator],
                languages: languages.to_vec(),
                keep_root_key: &mut |_| Ok(()),
            },
            options(),
        )
        .unwrap();
        let chief = founded.node.sign_in("chief", PASSWORD).unwrap();
        let origin = SiteId(Uuid::from_u128(77));
        let site = Self {
            _dir: dir,
            updates: akey_web::open_updates(&founded.node).unwrap(),
            node: founded.node,
            airport: founded.site,
            origin,
            root_key: founded.root_key,
            chief,
        };
        site.must(Command::OpenSite {
            site: origin,
            name: "San Antonio".into(),
            kind: SiteKind::CUSTODY,
            country: Country::USA,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Chicago".into(),
            day_closes_min: 0,
        });
        site.stock();
        for (n, role) in (1..).zip(Role::ALL) {
            let new = NewUser {
                user: UserId(Uuid::from_u128(1_000 + n)),
                roles: vec![role],
                staff: staff(role.code().split('_').next().unwrap()),
                password: PASSWORD.into(),
            };
            let request = Uuid::from_u128(2_000 + n);
            site.node
                .admit(&site.chief, request, site.airport, new)
                .unwrap();
        }
        site
    }

    /// Another node of the operation, at a site of its own, with the same people signing in.
    pub fn joined(&self, name: &str) -> Self {
        let there = SiteId(Uuid::from_u128(88));
        self.must(Command::OpenSite {
            site: there,
            name: name.into(),
            kind: SiteKind::AIRPORT,
            country: Country::HTI,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Port-au-Prince".into(),
            day_closes_min: 0,
        });
        let root = RootKey::import(&self.root_key, &Passphrase::new("kept in another place"));
        let code = self
            .node
            .invite(&root.unwrap(), there, Scope::Site, u64::MAX);
        let dir = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("four words are good");
        let node = Node::join(
            &dir.path().join("data"),
            &code.unwrap(),
            &passphrase,
            options(),
        )
        .unwrap();
        meet(&self.node, &node);
        for login in ["chief", "coordinator", "clerk"] {
            node.enrol(login, PASSWORD).unwrap();
        }
        Self {
            _dir: dir,
            updates: akey_web::open_updates(&node).unwrap(),
            airport: there,
            origin: self.origin,
            chief: node.sign_in("chief", PASSWORD).unwrap(),
            root_key: self.root_key.clone(),
            node,
        }
    }

    /// The two nodes tell each other everything they may.
    pub fn meets(&self, other: &Self) {
        meet(&self.node, &other.node);
    }

    fn stock(&self) {
        let waybill = WaybillId(Uuid::from_u128(500));
        let line = |item, quantity| WaybillLine { item, quantity };
        let lines = vec![
            line(ItemCode::HOT_MEAL, 640),
            line(ItemCode::WATER, 1_200),
            line(ItemCode::HYGIENE_KIT, 212),
            line(ItemCode::BABY_KIT, 40),
            line(ItemCode::CASH_GRANT, 300),
        ];
        self.must(Command::SendWaybill {
            waybill,
            number: "WB-1".into(),
            origin: None,
            destination: self.airport,
            to: None,
            lines: lines.clone(),
        });
        self.must(Command::ReceiveWaybill {
            waybill,
            lines,
            difference: None,
        });
    }

    /// Does something as the coordinator.
    pub fn must(&self, command: Command) {
        let id = Uuid::from_u128(u128::from_be_bytes(rand16()));
        let request = Request {
            id,
            site: self.airport,
            occurred: None,
            command,
        };
        self.node.execute(&self.chief, request).unwrap();
    }

    pub fn router(&self) -> Router {
        let settings = akey_web::Settings {
            updates: Some(self.updates.clone()),
            ..akey_web::Settings::default()
        };
        akey_web::router(self.node.clone(), settings)
    }
}

fn options() -> NodeOptions {
    let now = Moment::from(NOW.parse::<jiff::Timestamp>().unwrap());
    NodeOptions {
        clock: Arc::new(OffsetClock::showing(now)),
        ledger: Options {
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        },
    }
}

fn meet(one: &Node, other: &Node) {
    let begin = |here: &Node, there: &Node| {
        let peer = NodeId(there.key().0);
        here.meet(peer, MeetingLimits::default()).unwrap()
    };
    let mut meetings = [begin(one, other), begin(other, one)];
    while !meetings.iter().all(node::Meeting::is_settled) {
        for from in 0..2 {
            while let Some(said) = meetings[from].say().unwrap() {
                meetings[1 - from].hear(&said).unwrap();
            }
        }
    }
}

pub fn rand16() -> [u8; 16] {
    use std::hash::{BuildHasher, RandomState};
    let hash = || RandomState::new().hash_one(0_u8).to_be_bytes();
    let (a, b) = (hash(), hash());
    std::array::from_fn(|place| if place < 8 { a[place] } else { b[place - 8] })
}

fn staff(login: &str) -> Staff {
    Staff {
        login: login.into(),
        name: format!("Demo-{login}"),
    }
}

/// A manifest of so many people: families, a child, somebody without a birth date.
pub fn manifest(people: usize) -> String {
    let given = [
        "Wilner",
        "Rosemène",
        "Widline",
        "Peterson",
        "Guerlande",
        "Jean-Robert",
        "Mirlande",
        "Fabienne",
    ];
    let family = [
        "Demo-Baptiste",
        "Demo-Pierre",
        "Demo-Joseph",
        "Demo-Charles",
        "Demo-Étienne",
    ];
    let mut csv = "No;Nom;Prénom;Sexe;Date de naissance;Nationalité;No passeport\n".to_owned();
    for n in 0..people {
        let sex = if n % 3 == 0 { "M" } else { "F" };
        let year = 1962 + (n * 7) % 58;
        let row = format!(
            "{};{};{};{sex};{:02}/{:02}/{year};Haïti;HD{:06}\n",
            n + 1,
            family[n / 3 % family.len()],
            given[n % given.len()],
            n % 28 + 1,
            n % 12 + 1,
            100_000 + n
        );
        csv.push_str(&row);
    }
    csv
}

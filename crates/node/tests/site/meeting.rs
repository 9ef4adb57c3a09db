//! Two nodes of one operation: a laptop joins by invitation, both work apart, meet, and know the same;
//! each holds only what is its site's business; a twin is caught.

use domain::{
    ArrivalId, Command, Confirmed, Country, Extent, ImportId, Importing, Known, ListedPerson,
    Moment, MovementId, Particulars, PersonId, Registering, SiteId, SiteKind, Whose,
};
use ledger::{InvitationCode, NodeId, Passphrase, RootKey, Scope};
use node::{MeetingLimits, Node, NodeError};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{Desk, PASSWORD, START_MS, options, passphrase};

pub(crate) const CAP: SiteId = SiteId(Uuid::from_u128(88));

/// Lets two nodes meet until both have what they want.
pub(crate) fn meet(one: &Node, other: &Node) -> Result<(), NodeError> {
    let id = |node: &Node| NodeId(node.key().0);
    let mut meetings = [
        one.meet(id(other), MeetingLimits::default())?,
        other.meet(id(one), MeetingLimits::default())?,
    ];
    while !meetings.iter().all(node::Meeting::is_settled) {
        let mut idle = true;
        for from in 0..2 {
            while let Some(said) = meetings[from].say()? {
                idle = false;
                meetings[1 - from].hear(&said)?;
            }
        }
        assert!(!idle, "both wait for each other");
    }
    assert!(meetings.iter().all(|meeting| meeting.bad().is_empty()));
    Ok(())
}

impl Desk {
    fn code(&self, site: SiteId, scope: Scope) -> InvitationCode {
        let opened = Passphrase::new("kept in another place");
        let root = RootKey::import(&self.root_key, &opened).unwrap();
        self.node.invite(&root, site, scope, u64::MAX).unwrap()
    }

    pub(crate) fn open_cap(&mut self) {
        self.must(Command::OpenSite {
            site: CAP,
            name: "Cap-Haïtien airport".into(),
            kind: SiteKind::AIRPORT,
            country: Country::HTI,
            area: None,
            port_code: Some("CAP".into()),
            capacity: None,
            time_zone: "America/Port-au-Prince".into(),
            day_closes_min: 0,
        });
    }

    /// Another desk of this operation, as somebody joins with a laptop.
    pub(crate) fn joined(&mut self, at: SiteId, scope: Scope) -> Self {
        let dir = TempDir::new().unwrap();
        let code = self.code(at, scope);
        let node = Node::join(&dir.path().join("data"), &code, &passphrase(), options()).unwrap();
        meet(&self.node, &node).unwrap();
        node.enrol("chief", PASSWORD).unwrap();
        Self {
            dir,
            session: node.sign_in("chief", PASSWORD).unwrap(),
            node,
            site: at,
            origin: self.origin,
            root_key: self.root_key.clone(),
            next: self.next + 1_000_000,
        }
    }
}

pub(crate) fn given_names(node: &Node, person: PersonId) -> Option<String> {
    let found = node
        .read::<_, NodeError>(|register| Ok(register.person(person)?))
        .unwrap();
    found?.particulars.map(|known| known.given_names)
}

pub(crate) fn digests(node: &Node) -> ([u8; 32], [u8; 32]) {
    let verified = node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    (verified.standing.public, verified.standing.full)
}

fn movement_known(node: &Node, movement: MovementId) -> bool {
    node.read::<_, NodeError>(|register| Ok(register.movement(movement)?))
        .unwrap()
        .is_some()
}

#[test]
fn headquarters_knows_everything_after_a_meeting_and_the_registers_are_equal() {
    let mut site = Desk::new();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    let hub = site.joined(site.site, Scope::Everything);
    assert_eq!(given_names(&hub.node, person).as_deref(), Some("Wilnè"));
    // Both go on, and meet again.
    let (_, later) = site.registered(movement);
    let mut hub = hub;
    let announced = hub.landed();
    meet(&site.node, &hub.node).unwrap();
    assert_eq!(given_names(&hub.node, later).as_deref(), Some("Wilnè"));
    assert!(movement_known(&site.node, announced));
    assert_eq!(digests(&site.node), digests(&hub.node));
    let admitted = site
        .node
        .read::<_, NodeError>(|register| Ok(register.admitted_nodes()?))
        .unwrap();
    assert_eq!(admitted.len(), 2);
}

#[test]
fn a_site_holds_only_the_people_it_receives_and_counts_the_others() {
    let mut site = Desk::new();
    site.open_cap();
    let movement = site.landed();
    let (arrival, person) = site.registered(movement);
    let mut cap = site.joined(CAP, Scope::Site);
    assert_eq!(given_names(&cap.node, person), None);
    assert!(movement_known(&cap.node, movement));
    assert_eq!(digests(&site.node).0, digests(&cap.node).0);
    let met = cap
        .node
        .read::<_, NodeError>(|register| Ok(register.arrival(arrival)?))
        .unwrap();
    assert!(met.is_some(), "it knows that somebody was met");
    // Who arrives at its own site is known to it, and to the founder, who may hold everything.
    let here = cap.landed();
    let (_, theirs) = cap.registered(here);
    meet(&site.node, &cap.node).unwrap();
    assert_eq!(given_names(&site.node, theirs).as_deref(), Some("Wilnè"));
    assert_eq!(given_names(&cap.node, theirs).as_deref(), Some("Wilnè"));
}

/// Somebody is returned again and met at a site that was never given their data: that site seals under
/// a key of its own, and both keys have to open afterwards.
#[test]
fn what_two_sites_sealed_for_one_person_while_apart_is_read_by_both() {
    let mut site = Desk::new();
    site.open_cap();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    let mut cap = site.joined(CAP, Scope::Site);
    cap.met_again(person);
    cap.must(Command::CorrectPerson {
        person,
        particulars: Box::new(Particulars {
            given_names: "Wilnè Jan".into(),
            family_name: "Demo-Mapou".into(),
            ..Particulars::default()
        }),
        reason: "read the document again".into(),
        document_shared: false,
    });
    meet(&site.node, &cap.node).unwrap();
    let hub = site.joined(site.site, Scope::Everything);
    for node in [&site.node, &cap.node, &hub.node] {
        assert_eq!(given_names(node, person).as_deref(), Some("Wilnè Jan"));
        assert!(node.verify(|_| {}).unwrap().is_clean());
    }
    assert_eq!(digests(&site.node), digests(&hub.node));
    site.must(Command::ErasePerson { person });
    meet(&site.node, &cap.node).unwrap();
    assert_eq!(given_names(&cap.node, person), None);
    assert_eq!(digests(&site.node).0, digests(&cap.node).0);
}

impl Desk {
    /// A flight announced to here, with somebody on its manifest.
    pub(crate) fn announced_with_manifest(&mut self) -> MovementId {
        let movement = self.announced();
        let import = Importing {
            import: ImportId(self.id()),
            movement,
            people: vec![ListedPerson {
                row: 2,
                particulars: Particulars {
                    given_names: "Wilnè".into(),
                    family_name: "Demo-Mapou".into(),
                    ..Particulars::default()
                },
            }],
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        };
        self.must(Command::ImportManifest(Box::new(import)));
        movement
    }

    /// Somebody on record comes again, and is met here.
    fn met_again(&mut self, person: PersonId) {
        let movement = self.landed();
        let arrival = ArrivalId(self.id());
        self.must(Command::Register(Box::new(Registering {
            arrival,
            movement,
            whose: Whose::Known(person),
            line: None,
            informed: true,
            document_shared: false,
        })));
    }

    pub(crate) fn divert(&mut self, movement: MovementId, destination: SiteId) {
        self.must(Command::DivertMovement {
            movement,
            destination,
            expected: Moment(START_MS),
        });
    }
}

/// The given names on a manifest, as far as they can be read.
pub(crate) fn names_listed(node: &Node, movement: MovementId) -> Vec<Option<String>> {
    let lines = node
        .read::<_, NodeError>(|register| Ok(register.lines(movement)?))
        .unwrap();
    let names = lines.into_iter().map(|line| line.particulars);
    names
        .map(|particulars| particulars.map(|known| known.given_names))
        .collect()
}

#[test]
fn a_flight_that_is_diverted_brings_its_manifest_along() {
    let mut site = Desk::new();
    site.open_cap();
    let movement = site.announced_with_manifest();
    let cap = site.joined(CAP, Scope::Site);
    assert_eq!(names_listed(&cap.node, movement), [None]);
    site.divert(movement, CAP);
    meet(&site.node, &cap.node).unwrap();
    let name = Some("Wilnè".to_owned());
    assert_eq!(names_listed(&cap.node, movement), [name]);
    assert_eq!(digests(&site.node).0, digests(&cap.node).0);
}

/// Nothing came from elsewhere that says so: it is this site's own word by which they are its business.
#[test]
fn who_is_met_again_at_another_site_is_known_there_from_what_was_said_before() {
    let mut site = Desk::new();
    site.open_cap();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    let mut cap = site.joined(CAP, Scope::Site);
    cap.met_again(person);
    assert_eq!(given_names(&cap.node, person), None);
    meet(&site.node, &cap.node).unwrap();
    meet(&site.node, &cap.node).unwrap();
    assert_eq!(given_names(&cap.node, person).as_deref(), Some("Wilnè"));
}

#[test]
fn who_was_erased_at_one_site_is_erased_at_the_others() {
    let mut site = Desk::new();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    let hub = site.joined(site.site, Scope::Everything);
    assert!(given_names(&hub.node, person).is_some());
    site.must(Command::ErasePerson { person });
    meet(&site.node, &hub.node).unwrap();
    assert_eq!(given_names(&hub.node, person), None);
    assert_eq!(digests(&site.node), digests(&hub.node));
}

#[test]
fn two_copies_of_one_node_are_caught_at_contact_and_neither_gives_more() {
    let mut site = Desk::new();
    let hub = site.joined(site.site, Scope::Everything);
    let data = site.data();
    let copy = TempDir::new().unwrap();
    let twin_dir = copy.path().join("data");
    let movement = site.landed();
    let Desk {
        node, session, dir, ..
    } = site;
    drop((node, session));
    std::fs::create_dir(&twin_dir).unwrap();
    for entry in std::fs::read_dir(&data).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), twin_dir.join(entry.file_name())).unwrap();
    }
    let open = |dir: &std::path::Path| Node::open(dir, &passphrase(), options()).unwrap();
    let desk = |node: Node, next| Desk {
        dir: TempDir::new().unwrap(),
        session: node.sign_in("chief", PASSWORD).unwrap(),
        site: node.home_site().unwrap(),
        origin: hub.origin,
        root_key: hub.root_key.clone(),
        node,
        next,
    };
    let mut one = desk(open(&data), 5_000_000);
    let mut twin = desk(open(&twin_dir), 6_000_000);
    let (_, first) = one.registered(movement);
    let (arrival, second) = twin.registered(movement);
    meet(&one.node, &hub.node).unwrap();
    meet(&twin.node, &hub.node).unwrap();
    // Everything that was really recorded is there, from both.
    assert!(given_names(&hub.node, first).is_some());
    assert!(given_names(&hub.node, second).is_some());
    assert!(twin.node.halted().unwrap().is_some());
    let meal = twin.meal_of(arrival);
    let refused = twin.request(Command::Redeem {
        arrival,
        entitlement: meal,
        card_checked: false,
    });
    assert!(twin.node.execute(&twin.session, refused).is_err());
    meet(&one.node, &hub.node).unwrap();
    assert!(one.node.halted().unwrap().is_some());
    assert_eq!(digests(&hub.node), digests(&one.node));
    assert_eq!(digests(&hub.node), digests(&twin.node));
    drop(dir);
}

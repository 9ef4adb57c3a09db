//! When nobody can open protection notes any more: the root key, an administrator and somebody of the
//! protection role together, and nobody else.

use domain::{ArrivalId, Event, Order, Permission, Recorded};
use ledger::{Ledger, OperationId, SystemEntropy, Vault};

use super::*;

const NOTE: &str = "told something in confidence";
const COPY: &str = "protection_key_for_root";

/// A site with a protection officer and a note they can read.
fn noted() -> (Desk, UserId, ArrivalId) {
    let mut site = Desk::new();
    let officer = admit(&mut site, "officer", vec![Role::Protection]);
    assert!(
        site.node
            .sign_in("officer", PASSWORD)
            .unwrap()
            .opens_notes()
    );
    let movement = site.landed();
    let (arrival, _) = site.registered(movement);
    site.must(Command::Screen {
        arrival,
        screening: Screening {
            protection_concern: true,
            ..Screening::default()
        },
        note: Some(NOTE.to_owned()),
    });
    (site, officer, arrival)
}

fn admit(site: &mut Desk, login: &str, roles: Vec<Role>) -> UserId {
    let (request, user) = (site.id(), UserId(site.id()));
    let new = NewUser {
        user,
        roles,
        staff: staff(login),
        password: PASSWORD.into(),
    };
    let session = site.session.clone();
    site.node.admit(&session, request, site.site, new).unwrap();
    user
}

fn root(site: &Desk) -> RootKey {
    RootKey::import(&site.root_key, &Passphrase::new("kept in another place")).unwrap()
}

fn recoveries(site: &Desk) -> Vec<(UserId, UserId)> {
    let found = site
        .node
        .read::<_, NodeError>(|register| Ok(register.role_key_recoveries(Role::Protection)?));
    let found = found.unwrap();
    found
        .into_iter()
        .map(|found| (found.user, found.by))
        .collect()
}

fn reads(site: &Desk, login: &str, password: &str, arrival: ArrivalId) -> bool {
    let session = site.node.sign_in(login, password).unwrap();
    let opened = site.node.open_notes(&session, arrival);
    opened.is_ok_and(|notes| notes.len() == 1 && notes[0].text == NOTE)
}

#[test]
fn an_officer_who_forgot_the_password_reads_old_notes_again_and_it_is_recorded() {
    let (site, officer, arrival) = noted();
    let root = root(&site);
    let recovered =
        site.node
            .recover_role_key(&site.session, &root, officer, Some("a new password"));
    recovered.unwrap();
    assert!(reads(&site, "officer", "a new password", arrival));
    assert!(site.node.sign_in("officer", PASSWORD).is_err());
    assert_eq!(recoveries(&site), [(officer, site.session.user())]);
    // The administrator who was there reads nothing.
    assert!(!reads(&site, "chief", PASSWORD, arrival));
    let verified = site.node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    let recorded = site.node.event(site.node.key(), verified.log_end.position);
    let recorded: Recorded = recorded.unwrap().unwrap();
    assert!(matches!(&recorded.event, Event::RoleKeyRecovered(body) if body.user == officer));
    let Order { node, .. } = recorded.order;
    assert_eq!(
        (recorded.author, node),
        (site.session.user(), site.node.key())
    );
}

#[test]
fn a_colleague_of_the_role_can_be_given_the_key_in_the_place_of_one_who_is_gone() {
    let (mut site, _, arrival) = noted();
    let second = admit(&mut site, "second", vec![Role::Protection, Role::Screener]);
    assert!(!reads(&site, "second", PASSWORD, arrival));
    let root = root(&site);
    site.node
        .recover_role_key(&site.session, &root, second, None)
        .unwrap();
    assert!(reads(&site, "second", PASSWORD, arrival));
    assert!(reads(&site, "officer", PASSWORD, arrival));
}

#[test]
fn another_root_key_another_role_and_whoever_reads_over_shoulders_are_refused() {
    let (mut site, officer, arrival) = noted();
    let right = root(&site);
    let other = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
    let refused = site
        .node
        .recover_role_key(&site.session, &other, officer, None);
    assert!(matches!(
        refused,
        Err(ExecuteError::Failed(NodeError::OtherRoot))
    ));

    for (login, roles) in [
        ("clerk", vec![Role::Clerk]),
        ("boss", vec![Role::Protection, Role::Coordinator]),
        ("second", vec![Role::Protection, Role::Administrator]),
    ] {
        let user = admit(&mut site, login, roles);
        let refused =
            site.node
                .recover_role_key(&site.session, &right, user, Some("another password"));
        assert!(
            matches!(refused, Err(ExecuteError::Refused(Refusal::KeyNotForThem))),
            "{login}"
        );
        assert!(!reads(&site, login, PASSWORD, arrival), "{login}");
    }
    let clerk = site.node.sign_in("clerk", PASSWORD).unwrap();
    let refused = site.node.recover_role_key(&clerk, &right, officer, None);
    assert!(matches!(
        refused,
        Err(ExecuteError::Refused(Refusal::NotAllowed {
            permission: Permission::Administer
        }))
    ));
    let themself = site.session.user();
    let refused = site
        .node
        .recover_role_key(&site.session, &right, themself, None);
    assert!(matches!(
        refused,
        Err(ExecuteError::Refused(Refusal::SamePersonTwice))
    ));
    assert_eq!(recoveries(&site), [], "what was refused is not recorded");
}

#[test]
fn a_key_from_before_is_sealed_to_the_root_key_when_its_holder_signs_in() {
    let (site, officer, arrival) = noted();
    let data = site.data();
    let Desk {
        dir,
        node,
        site: place,
        origin,
        root_key,
        next,
        ..
    } = site;
    drop(node);
    {
        let key = Vault::read(&data).unwrap().unlock(&passphrase()).unwrap();
        let mut ledger = Ledger::open(&data, &key, options().ledger).unwrap();
        let transaction = ledger.begin().unwrap();
        let forget = "DELETE FROM n_setting WHERE name = ?1";
        let gone = transaction.connection().execute(forget, [COPY]).unwrap();
        assert_eq!(gone, 1, "the copy was kept under this name");
        transaction.commit().unwrap();
    }
    let node = reopen(&data);
    let session = node.sign_in("chief", PASSWORD).unwrap();
    let site = Desk {
        dir,
        node,
        site: place,
        origin,
        session,
        root_key,
        next,
    };
    let root = root(&site);
    let early = site
        .node
        .recover_role_key(&site.session, &root, officer, None);
    assert!(matches!(
        early,
        Err(ExecuteError::Failed(NodeError::RoleKeyNotRecoverable))
    ));
    site.node.sign_in("officer", PASSWORD).unwrap();
    site.node
        .recover_role_key(&site.session, &root, officer, Some("a new password"))
        .unwrap();
    assert!(reads(&site, "officer", "a new password", arrival));
}

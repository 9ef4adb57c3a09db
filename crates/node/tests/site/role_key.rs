//! When nobody can open protection notes any more: the root key, an administrator and somebody of the
//! protection role together, and nobody else.

use domain::{ArrivalId, Event, Order, Permission, Recorded};
use ledger::{Ledger, OperationId, RolePublicKey, SealingSecret, SystemEntropy, Vault};
use rusqlite::{Connection, params};

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

/// The same site after its tables were changed as no command changes them.
fn behind_its_back(site: Desk, work: impl FnOnce(&Connection)) -> Desk {
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
        work(transaction.connection());
        transaction.commit().unwrap();
    }
    let node = reopen(&data);
    let session = node.sign_in("chief", PASSWORD).unwrap();
    Desk {
        dir,
        node,
        site: place,
        origin,
        session,
        root_key,
        next,
    }
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
    let site = behind_its_back(site, |connection| {
        let forget = "DELETE FROM n_setting WHERE name = ?1";
        let gone = connection.execute(forget, [COPY]).unwrap();
        assert_eq!(gone, 1, "the copy was kept under this name");
    });
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

#[test]
fn a_key_that_is_not_the_published_one_is_set_aside_and_the_right_one_can_be_given_again() {
    let (mut site, officer, arrival) = noted();
    let second = admit(&mut site, "second", vec![Role::Protection]);
    let holder = site.node.sign_in("officer", PASSWORD).unwrap();
    site.node.share_role_key(&holder, second).unwrap();
    assert!(reads(&site, "officer", PASSWORD, arrival));
    let other = SealingSecret::generate(&SystemEntropy);
    let site = behind_its_back(site, |connection| {
        let public = "SELECT public_key FROM n_credential WHERE user = ?1";
        let public = connection
            .query_row(public, [officer.0.as_bytes()], |row| row.get(0))
            .unwrap();
        let context = b"akey protection role key v1";
        let sealed = RolePublicKey(public)
            .seal(context, other.to_bytes().as_slice(), &SystemEntropy)
            .unwrap();
        let put = "UPDATE n_role_key SET sealed = ?2 WHERE user = ?1";
        let put = connection.execute(put, params![officer.0.as_bytes(), sealed]);
        assert_eq!(put.unwrap(), 1);
    });
    let session = site.node.sign_in("officer", PASSWORD).unwrap();
    assert!(!session.opens_notes());
    assert!(!reads(&site, "officer", PASSWORD, arrival));
    // Everybody sees that the right key is missing, and what was held is not lost.
    let without = site.node.without_role_key(Role::Protection);
    assert_eq!(without.unwrap(), [officer]);
    let aside = format!("role_key_set_aside protection {officer}");
    assert!(site.node.setting(&aside).unwrap().is_some());

    let holder = site.node.sign_in("second", PASSWORD).unwrap();
    site.node.share_role_key(&holder, officer).unwrap();
    assert!(reads(&site, "officer", PASSWORD, arrival));
}

#[test]
fn whoever_signed_in_before_another_key_was_the_published_one_passes_nothing_on() {
    let (mut site, _, _) = noted();
    let second = admit(&mut site, "second", vec![Role::Protection]);
    let holder = site.node.sign_in("officer", PASSWORD).unwrap();
    assert!(holder.opens_notes());
    let other = SealingSecret::generate(&SystemEntropy).public();
    let site = behind_its_back(site, |connection| {
        let publish = "UPDATE r_role_key SET public_key = ?1 WHERE role = 'protection'";
        assert_eq!(connection.execute(publish, [other.0]).unwrap(), 1);
    });
    let shared = site.node.share_role_key(&holder, second);
    assert!(matches!(shared, Err(NodeError::RoleKeyClosed)));
    let without = site.node.without_role_key(Role::Protection);
    assert_eq!(without.unwrap(), [second]);
}

#[test]
fn whose_key_is_the_last_is_said_for_each_role() {
    let (mut site, officer, _) = noted();
    let focal = admit(&mut site, "focal", vec![Role::FocalPoint]);
    site.node.sign_in("focal", PASSWORD).unwrap();
    for (user, last) in [(officer, Role::Protection), (focal, Role::FocalPoint)] {
        let reset = site
            .node
            .set_password(&site.session, user, "another password");
        assert!(
            matches!(&reset, Err(ExecuteError::Refused(Refusal::LastRoleKey { role })) if *role == last),
            "{reset:?}"
        );
    }
}

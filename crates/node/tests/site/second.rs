//! What takes two is carried out for two who signed in, and for nobody who only names another.

use domain::{DifferenceReason, Event, StocktakeId};
use ledger::{Claim, NodeId, OperationId};

use super::*;

pub(crate) fn admit(site: &mut Desk, login: &str, role: Role) -> UserId {
    let (request, user) = (site.id(), UserId(site.id()));
    let new = NewUser {
        user,
        roles: vec![role],
        staff: staff(login),
        password: PASSWORD.into(),
    };
    let session = site.session.clone();
    site.node.admit(&session, request, site.site, new).unwrap();
    user
}

fn counts(quantity: u32) -> Vec<WaybillLine> {
    let item = ItemCode::HOT_MEAL;
    vec![WaybillLine { item, quantity }]
}

fn refused(answer: &Result<node::Done, ExecuteError>) -> bool {
    matches!(answer, Err(ExecuteError::Refused(Refusal::SecondUnsigned)))
}

#[test]
fn a_count_by_two_is_taken_from_two_passwords_and_not_from_a_name() {
    let mut site = Desk::new();
    site.stock_up(&ItemCode::HOT_MEAL, 5);
    let cash = admit(&mut site, "cash", Role::Cash);
    let end = site.node.log_end().unwrap();
    let stocktake = StocktakeId(site.id());
    let named = Command::CountTogether {
        stocktake,
        site: site.site,
        counts: counts(4),
        difference: Some(DifferenceReason::MISCOUNTED),
        second: cash,
    };
    let one = site.request(named.clone());
    assert!(refused(&site.node.execute(&site.session, one)));
    let many = vec![site.request(named.clone()), site.request(named)];
    let answers = site.node.execute_all(&site.session, many).unwrap();
    assert!(answers.iter().all(refused));
    assert_eq!(site.node.log_end().unwrap(), end, "nothing was recorded");

    let asked = site.request(Command::CountTogether {
        stocktake,
        site: site.site,
        counts: counts(4),
        difference: Some(DifferenceReason::MISCOUNTED),
        second: cash,
    });
    let together = |login: &str, password: &str| {
        let second = site.node.sign_in(login, password)?;
        let mut asked = asked.clone();
        if let Command::CountTogether { second: named, .. } = &mut asked.command {
            *named = second.user();
        }
        site.node.execute_with(&site.session, &second, asked)
    };
    assert!(matches!(
        together("cash", "not the password"),
        Err(ExecuteError::Failed(NodeError::SignInRefused))
    ));
    assert!(matches!(
        together("chief", PASSWORD),
        Err(ExecuteError::Refused(Refusal::SamePersonTwice))
    ));
    assert_eq!(site.node.log_end().unwrap(), end, "nothing was recorded");
    together("cash", PASSWORD).unwrap();
    let signed = site.node.events(stocktake.0).unwrap();
    assert!(signed.iter().any(
        |recorded| matches!(&recorded.event, Event::CountSigned(body) if body.second == cash)
    ));
    assert_eq!(stock(&site.node, site.site, &ItemCode::HOT_MEAL), 4);
}

#[test]
fn rights_are_not_claimed_by_one_person_in_the_name_of_two() {
    let mut site = Desk::new();
    let second = admit(&mut site, "second", Role::Coordinator);
    let file = site.dir.path().join("site.akey-backup");
    site.node.backup(&file, |_| {}).unwrap();
    let passphrase = passphrase();
    let unlock = Unlock::Passphrase(&passphrase);
    let elsewhere = site.dir.path().join("restored");
    let restored = restore(&file, &elsewhere, &unlock, options(), |_| {}).unwrap();
    let node = restored.node;
    let chief = node.sign_in("chief", PASSWORD).unwrap();
    let root = RootKey::import(&site.root_key, &Passphrase::new("kept in another place")).unwrap();
    let founded = node.read::<_, NodeError>(|register| Ok(register.founded()?));
    let certificate = root.claim(&Claim {
        operation: OperationId(*founded.unwrap().unwrap().id.0.as_bytes()),
        old: NodeId(restored.old_node.0),
        last: restored.last_position,
        new: NodeId(node.key().0),
        at_ms: u64::try_from(START_MS).unwrap(),
    });
    let claim = Command::ClaimNode {
        old_node: restored.old_node,
        last_position: restored.last_position,
        certificate,
        second,
    };
    assert!(refused(&node.execute(&chief, site.request(claim))));
    let both = node.sign_in("second", PASSWORD).unwrap();
    node.claim(&chief, &both, &root).unwrap();
}

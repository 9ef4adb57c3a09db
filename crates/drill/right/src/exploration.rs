//! Every state, within the bounds named: with nothing but a bad network, with a copied disk, with a
//! recovery, with both; and each planted mistake, which must be found. Never more than seconds each.

use stateright::{Checker, HasDiscoveries, Model};

use crate::model::{HEADQUARTERS, Mistake, Right};

const NETWORK_ALONE: Right = Right {
    events_max: 6,
    copied: None,
    lost: None,
    mistake: None,
};

/// Where a right is passed on, declined, taken back, and used by the third who had it.
const PASSED_ON: [&str; 3] = [
    "both items were used away from home",
    "a right went through three hands and was used",
    "what was declined was taken back and used",
];

/// Nothing stands against what must hold, and what should come about did, with nothing that should not.
#[track_caller]
fn explored(right: Right, come_about: &[&str]) {
    let checker = right.checker().threads(2).spawn_bfs().join();
    let found = checker.discoveries();
    for property in right.properties() {
        let failed = property.expectation.discovery_is_failure();
        let path = found.get(property.name);
        assert!(
            !failed || path.is_none(),
            "{}: {:?}",
            property.name,
            path.map(|path| path.clone().into_actions())
        );
    }
    for name in come_about {
        assert!(found.contains_key(name), "it never came about: {name}");
    }
    println!("{right:?}: {} states", checker.unique_state_count());
}

#[test]
fn on_a_bad_network_a_right_is_in_one_hand_and_used_once() {
    explored(NETWORK_ALONE, &PASSED_ON);
}

/// A disk is restored from an old backup, or cloned.
fn copied(of: u8) {
    let copied = Right {
        events_max: 4,
        copied: Some(of),
        ..NETWORK_ALONE
    };
    let come_about = [
        "used twice, and all list it",
        "two can use a right, until they meet",
        "a frozen right is held",
    ];
    explored(copied, &come_about);
}

#[test]
fn what_a_copied_holder_gave_twice_is_listed_and_its_rights_freeze() {
    copied(0);
}

#[test]
fn what_a_copied_receiver_gave_twice_is_listed_and_its_rights_freeze() {
    copied(HEADQUARTERS);
}

#[test]
fn what_a_recovery_gave_twice_is_listed_and_only_one_goes_on() {
    let lost = Right {
        events_max: 5,
        lost: Some(0),
        ..NETWORK_ALONE
    };
    explored(
        lost,
        &[
            "used twice, and all list it",
            "two can use a right, until they meet",
            "what was recovered was used once",
        ],
    );
}

#[test]
fn a_copied_disk_and_a_recovery_together_leave_one_hand_in_the_end() {
    for of in [0, HEADQUARTERS] {
        let both = Right {
            events_max: 3,
            copied: Some(of),
            lost: Some(0),
            ..NETWORK_ALONE
        };
        explored(both, &["what was recovered was used once"]);
    }
}

/// Each mistake, how few events show it, and which property is hurt.
#[test]
fn every_planted_mistake_is_found() {
    let alone = NETWORK_ALONE;
    let copied = Right {
        copied: Some(0),
        ..alone
    };
    let lost = Right {
        lost: Some(0),
        ..alone
    };
    let planted = [
        (
            Mistake::AcceptsAReleaseTwice,
            alone,
            5,
            "what is given twice was recovered or forked",
        ),
        (
            Mistake::KeepsWhatItReleases,
            alone,
            2,
            "one can use a right",
        ),
        (
            Mistake::TrustsWhatCameBehindAFork,
            copied,
            4,
            "where all know all, one can use a right",
        ),
        (
            Mistake::ActsThoughForked,
            copied,
            2,
            "where all know all, one can use a right",
        ),
        (
            Mistake::ActsThoughRecoveredFrom,
            lost,
            1,
            "where all know all, one can use a right",
        ),
        (
            Mistake::ListsNothingDisputed,
            copied,
            2,
            "who knows all lists what was given twice",
        ),
    ];
    for (mistake, right, events_max, hurt) in planted {
        let planted = Right {
            mistake: Some(mistake),
            events_max,
            ..right
        };
        // It ends with the first one found: that it is not found without the mistake is shown above.
        let enough = HasDiscoveries::AnyOf([hurt].into());
        let checker = planted.checker().finish_when(enough).spawn_bfs().join();
        let found = checker.discovery(hurt);
        assert!(found.is_some(), "{mistake:?} does not hurt: {hurt}");
    }
}

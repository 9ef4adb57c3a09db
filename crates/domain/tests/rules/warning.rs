//! Danger: what is said of a road runs out, and nobody is sent into what is known.

use domain::{
    AccessId, AccessStatus, Command, Credibility, Harm, IncidentId, IncidentKind, IncidentSource,
    Known, Onward, PCode, Personal, Refusal, SEVERE_HOURS, Slot, TeamId,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{SITE, World};

const HOUR_MS: i64 = 3_600_000;

fn incident(number: u128, area: PCode, harm: Harm, credibility: Credibility) -> Command {
    Command::ReportIncident {
        incident: IncidentId(Uuid::from_u128(number)),
        kind: IncidentKind::KIDNAPPING,
        area,
        site: None,
        harm,
        source: IncidentSource::COMMUNITY,
        credibility,
        text: Some("two of Demo-Family were taken".into()),
    }
}

fn access(number: u128, status: AccessStatus, until: domain::Moment) -> Command {
    Command::StateAccess {
        access: AccessId(Uuid::from_u128(number)),
        site: None,
        road: Some("RN2".into()),
        area: PCode::HT07,
        status,
        until,
    }
}

fn danger(world: &World) -> domain::Danger {
    let mut danger = domain::Danger::default();
    for event in &world.log {
        danger.incidents.extend(domain::Incident::from_event(event));
        danger.access.extend(domain::Access::from_event(event));
        danger.teams.extend(domain::Team::from_event(event));
        danger.incidents.iter_mut().for_each(|incident| {
            if event.aggregate == incident.id.0 {
                incident.apply(event);
            }
        });
        danger.teams.iter_mut().for_each(|team| {
            if event.aggregate == team.id.0 {
                team.apply(event);
            }
        });
    }
    danger
}

#[test]
fn what_exactly_happened_is_sealed_and_the_body_says_no_more_than_the_department() {
    let mut world = World::new();
    let recorded = world
        .ask(incident(1, PCode::HT07, Harm::TAKEN, Credibility::PROBABLE))
        .unwrap();
    let [event] = &recorded[..] else {
        panic!("{recorded:?}")
    };
    let body = event.event.to_cbor();
    assert!(!body.windows(4).any(|bytes| bytes == b"Demo"));
    assert!(matches!(
        event.part(Slot::Remark),
        Some(Personal::Remark(_))
    ));
}

#[test]
fn a_severe_incident_keeps_people_here_for_a_day_and_asks_for_care_for_three() {
    let mut world = World::new();
    world
        .ask(incident(
            1,
            PCode::HT07,
            Harm::KILLED,
            Credibility::CONFIRMED,
        ))
        .unwrap();
    let at = world.now;
    let danger = danger(&world);
    let onward = |hours: i64| danger.onward(&PCode::HT07, at.plus_ms(hours * HOUR_MS)).0;
    assert_eq!(onward(0), Onward::Stay);
    assert_eq!(onward(SEVERE_HOURS - 1), Onward::Stay);
    assert_eq!(onward(SEVERE_HOURS), Onward::Careful);
    assert_eq!(onward(73), Onward::Go);
    assert_eq!(danger.onward(&PCode::HT03, at).0, Onward::Go);
}

#[test]
fn what_is_doubted_asks_for_care_and_what_is_over_for_nothing() {
    let mut world = World::new();
    world
        .ask(incident(1, PCode::HT07, Harm::TAKEN, Credibility::DOUBTFUL))
        .unwrap();
    assert_eq!(
        danger(&world).onward(&PCode::HT07, world.now).0,
        Onward::Careful
    );
    let id = IncidentId(Uuid::from_u128(1));
    let confirmed = Command::UpdateIncident {
        incident: id,
        harm: Harm::TAKEN,
        credibility: Credibility::CONFIRMED,
        text: None,
    };
    world.ask(confirmed).unwrap();
    let known = danger(&world);
    assert_eq!(known.onward(&PCode::HT07, world.now).0, Onward::Stay);
    assert!(
        known.incidents[0].text.is_some(),
        "what was told stays where nothing new is told"
    );
    world.ask(Command::CloseIncident { incident: id }).unwrap();
    assert_eq!(danger(&world).onward(&PCode::HT07, world.now).0, Onward::Go);
    assert_eq!(
        world.refusal(Command::CloseIncident { incident: id }),
        Refusal::IncidentClosed
    );
}

#[test]
fn what_is_said_of_a_road_is_not_known_any_more_once_it_ran_out() {
    let mut world = World::new();
    let until = world.now.plus_ms(6 * HOUR_MS);
    world.ask(access(1, AccessStatus::CLOSED, until)).unwrap();
    let danger = danger(&world);
    assert_eq!(danger.onward(&PCode::HT07, world.now).0, Onward::Stay);
    assert_eq!(danger.onward(&PCode::HT07, until).0, Onward::Go);
    assert_eq!(danger.access[0].now(until), None);
    let past = world.now.plus_ms(-1);
    for wrong in [past, world.now.plus_ms(15 * 24 * HOUR_MS)] {
        let refusal = world.refusal(access(2, AccessStatus::OPEN, wrong));
        assert_eq!(refusal, Refusal::DueOutOfRange { max_days: 14 });
    }
}

#[test]
fn a_team_that_cannot_leave_keeps_others_from_going_there() {
    let mut world = World::new();
    let team = TeamId(Uuid::from_u128(5));
    let confine = |people| Command::ConfineTeam {
        team,
        people,
        area: PCode::HT01,
        site: Some(SITE),
        text: None,
    };
    assert_eq!(
        world.refusal(confine(0)),
        Refusal::PeopleOutOfRange { max: 1_000 }
    );
    world.ask(confine(4)).unwrap();
    assert_eq!(
        danger(&world).onward(&PCode::HT01, world.now).0,
        Onward::Stay
    );
    world.ask(Command::FreeTeam { team }).unwrap();
    assert_eq!(danger(&world).onward(&PCode::HT01, world.now).0, Onward::Go);
    assert_eq!(
        world.refusal(Command::FreeTeam { team }),
        Refusal::TeamFreed
    );
    assert!(world.known.team(team).unwrap().unwrap().freed_at.is_some());
}

#[test]
fn words_and_places_that_are_not_known_are_refused() {
    let mut world = World::new();
    let nowhere = incident(1, PCode::any("HT0101"), Harm::NONE, Credibility::CONFIRMED);
    assert_eq!(
        world.refusal(nowhere),
        Refusal::UnknownCode { field: "area" }
    );
    let harmless = incident(1, PCode::HT01, Harm::any("bad"), Credibility::CONFIRMED);
    assert_eq!(
        world.refusal(harmless),
        Refusal::UnknownCode { field: "harm" }
    );
    let both = Command::StateAccess {
        access: AccessId(Uuid::from_u128(1)),
        site: Some(SITE),
        road: Some("RN1".into()),
        area: PCode::HT01,
        status: AccessStatus::OPEN,
        until: world.now.plus_ms(HOUR_MS),
    };
    assert_eq!(world.refusal(both), Refusal::AccessOfWhat);
}

proptest! {
    /// More that is known never makes it look safer.
    #[test]
    fn another_incident_never_makes_it_safer(
        first in 0_usize..4, second in 0_usize..4, how in 0_usize..6, hours in 0_i64..100,
    ) {
        let mut world = World::new();
        world.ask(incident(1, PCode::HT07, Harm::KNOWN[first].clone(), Credibility::KNOWN[how].clone())).unwrap();
        let now = world.now.plus_ms(hours * HOUR_MS);
        let before = danger(&world).onward(&PCode::HT07, now).0;
        world.ask(incident(2, PCode::HT07, Harm::KNOWN[second].clone(), Credibility::CONFIRMED)).unwrap();
        prop_assert!(danger(&world).onward(&PCode::HT07, now).0 >= before);
    }
}

//! The register answers every question of the rules as the plainest register in memory does.

use domain::{
    ArrivalId, BookletId, Day, DocumentKind, EditionId, FamilyId, FeedbackId, ItemCode, Known,
    LineId, LinkId, Moment, MovementId, Period, PersonId, RecoveryId, ReferralId, Role, ServiceId,
    SiteId, TransferId, UserId, WaybillId,
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::steps::{id, lived, somebody, steps};
use crate::world::{ELSEWHERE, NODES, SITE, START, World};

macro_rules! alike {
    ($world:expr, $register:expr, $question:ident($($argument:expr),*)) => {
        prop_assert_eq!(
            $register.$question($($argument),*).unwrap(),
            $world.memory.$question($($argument),*).unwrap(),
            "{}",
            stringify!($question)
        );
    };
}

#[allow(clippy::too_many_lines, reason = "one line for each question")]
pub fn all_answers_alike(world: &World) -> Result<(), TestCaseError> {
    let register = world.register();
    alike!(world, register, operation());
    alike!(world, register, package());
    alike!(world, register, waiting_days_min());
    alike!(world, register, administrators());
    alike!(world, register, editions_published());
    for role in Role::ALL {
        alike!(world, register, role_key(role));
        alike!(world, register, active_of_role(role));
    }
    for node in NODES {
        alike!(world, register, restored_from(node));
        alike!(world, register, claimants(node));
        alike!(world, register, recovered_by(node));
        alike!(world, register, recoveries_of(node));
        alike!(world, register, admitted(node));
        alike!(world, register, log_end(node));
    }
    for item in ItemCode::KNOWN {
        alike!(world, register, item(item));
        for site in [SITE, ELSEWHERE] {
            for node in NODES {
                alike!(world, register, stock(site, node, item));
            }
        }
    }
    for site in [SITE, ELSEWHERE, SiteId(id(5, 0))] {
        alike!(world, register, last_booklet_number(site));
        alike!(world, register, site(site));
        let hours = [-1, 0, 1, 2, 25].map(|hour| START.plus_ms(hour * 3_600_000));
        let half = START.plus_ms(30_000);
        let spans = [(START, half), (half, hours[3])];
        for span in spans
            .into_iter()
            .chain(hours.into_iter().map(|end| (hours[0], end)))
        {
            alike!(world, register, last_queue_number(site, span));
        }
    }
    for number in 0..8 {
        alike!(world, register, user(UserId(id(800, number))));
        alike!(world, register, user_by_login(&format!("demo-{number}")));
        let movement = MovementId(id(100, number));
        alike!(world, register, movement(movement));
        alike!(world, register, movements_named(&format!("DR {number}")));
        alike!(world, register, lines(movement));
        for line in register.lines(movement).unwrap() {
            alike!(world, register, line(line.id));
        }
        alike!(world, register, unregistered(movement));
        alike!(world, register, arrivals_by(movement));
        alike!(world, register, passing(TransferId(id(1_800, number))));
        alike!(world, register, recovery(RecoveryId(id(1_900, number))));
        let arrival = ArrivalId(id(200, number));
        alike!(world, register, arrival(arrival));
        if let Some(arrival) = register.arrival(arrival).unwrap() {
            alike!(world, register, card_taken(&arrival.card));
            alike!(world, register, card_held(&arrival.card));
        }
        let person = PersonId(id(300, number));
        alike!(world, register, person(person));
        alike!(world, register, same_person(person));
        alike!(world, register, arrivals_of(person));
        alike!(world, register, withdrawn_of(person));
        alike!(world, register, family_of(person));
        alike!(world, register, link(LinkId(id(400, number))));
        alike!(world, register, family(FamilyId(id(600, number))));
        alike!(world, register, waybill(WaybillId(id(700, number))));
        alike!(world, register, waybill_numbered(&format!("w{number}")));
        alike!(world, register, service(ServiceId(id(900, number))));
        alike!(world, register, referral(ReferralId(id(1000, number))));
        alike!(world, register, referrals_of(person));
        alike!(world, register, feedback(FeedbackId(id(1100, number))));
        let edition = EditionId(id(1300, number));
        prop_assert_eq!(
            Known::edition(&register, edition).unwrap(),
            world.memory.edition(edition).unwrap()
        );
        let day = date(2021, 8, i8::try_from(number).unwrap() + 1);
        for period in [Period::Day(Day(day)), Period::Month(Day(day))] {
            alike!(world, register, edition_of(period));
        }
        let booklet = BookletId(id(1200, number));
        alike!(world, register, booklet(booklet));
        if let Some(booklet) = register.booklet(booklet).unwrap() {
            alike!(world, register, booklet_with(&booklet.cards[0]));
        }
        for document in somebody(number, 7).documents {
            assert_eq!(document.kind, DocumentKind::Passport);
            alike!(world, register, holders(&document));
            alike!(world, register, listed_with(&document));
        }
        let same = register.same_person(person).unwrap();
        for item in [ItemCode::HOT_MEAL, ItemCode::HYGIENE_KIT] {
            for since in [Moment(0), START.plus_ms(60_000)] {
                alike!(world, register, received(&same, &item, since));
            }
        }
    }
    alike!(world, register, line(LineId(id(1, 0))));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_question_is_answered_as_memory_answers_it(steps in steps(160)) {
        let world = lived(&steps);
        all_answers_alike(&world)?;
    }
}

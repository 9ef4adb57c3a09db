//! Telling the public: once for each day or month, from numbers taken after it closed, and never a
//! small number of people.

use domain::{
    Actor, Command, Day, Edition, EditionId, EditionRow, EditionTable, Event, Known, Moment,
    NewEdition, Period, Permission, Personal, Refusal, Rejected, Role, SMALLEST_PUBLISHED, SiteId,
    Slot, Staff, UserId, body,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ADMIN, ELSEWHERE, EVERYBODY, SITE, World};

fn table(of: &str, by: Option<&str>, counts: &[Option<u64>]) -> EditionTable {
    let row = |(place, count): (usize, &Option<u64>)| EditionRow {
        code: by.map_or(String::new(), |by| format!("{by}-{place}")),
        count: *count,
    };
    EditionTable {
        of: of.into(),
        by: by.map(str::to_owned),
        rows: counts.iter().enumerate().map(row).collect(),
    }
}

fn day(day: Date) -> Period {
    Period::Day(Day(day))
}

/// An edition of a day before the world begins, with a number that is not shown.
fn edition(number: u128, period: Period, world: &World) -> NewEdition {
    NewEdition {
        id: EditionId(Uuid::from_u128(1_300 + number)),
        period,
        sites: vec![SITE, ELSEWHERE],
        cut_off: world.now,
        plan: 1,
        log_end: "0707070707070707 12".into(),
        tables: vec![
            table("registered", None, &[Some(12)]),
            table("registered", Some("origin"), &[Some(9), None]),
            table("movements", None, &[Some(1)]),
        ],
        basis: vec![12, 9, 3, 1],
    }
}

/// Who approves what another publishes.
const SECOND: UserId = UserId(Uuid::from_u128(40));

/// The usual world, and somebody who approves.
fn world() -> World {
    let mut world = World::new();
    admit(&mut world, SECOND, "second", Role::InformationOfficer);
    world
}

fn admit(world: &mut World, user: UserId, login: &str, role: Role) {
    let admit = Command::AdmitUser {
        user,
        roles: vec![role],
        staff: Staff {
            login: login.into(),
            name: "Demo-Staff".into(),
        },
    };
    world.must(ADMIN, admit);
}

fn publish(editions: Vec<NewEdition>, known: u32) -> Command {
    Command::PublishEditions {
        editions,
        known,
        second: SECOND,
    }
}

const SUMMER: Date = date(2021, 8, 14);

#[test]
fn an_edition_shows_what_may_be_shown_and_seals_every_number() {
    let mut world = world();
    let new = edition(1, day(SUMMER), &world);
    let recorded = world.ask(publish(vec![new.clone()], 0)).unwrap();
    let [published] = recorded.as_slice() else {
        panic!("{recorded:?}");
    };
    let basis = Personal::Basis(vec![12, 9, 3, 1]);
    assert_eq!(published.part(Slot::Basis), Some(&basis));
    assert_eq!(published.parts.len(), 1);
    let known = world.known.edition(new.id).unwrap().unwrap();
    assert_eq!(known.tables, new.tables);
    assert_eq!(known.basis, Some(new.basis));
    assert_eq!((known.cut_off, known.by), (new.cut_off, published.author));
    assert_eq!(world.known.edition_of(new.period).unwrap(), Some(new.id));
    assert_eq!(world.known.editions_published().unwrap(), 1);
    let told = serde_json::to_string(&known).unwrap();
    assert!(told.contains(r#""period":{"from":"2021-08-14","to":"2021-08-14"}"#));
    assert!(!told.contains("basis"), "{told}");
}

#[test]
fn coordinator_and_information_officer_publish_and_nobody_else() {
    let mut world = world();
    for (number, role) in (0_u128..).zip(Role::ALL) {
        let user = UserId(Uuid::from_u128(50 + number));
        admit(&mut world, user, &format!("user{number}"), role);
        let days = i64::try_from(number).unwrap();
        let of = day(SUMMER + jiff::Span::new().days(days));
        let command = publish(
            vec![edition(number, of, &world)],
            world.known.editions_published().unwrap(),
        );
        let answer = world.run(Actor::User(user), command);
        if matches!(role, Role::Coordinator | Role::InformationOfficer) {
            answer.unwrap();
        } else {
            let permission = Permission::Publish;
            let refused = Refusal::NotAllowed { permission };
            assert_eq!(answer, Err(Rejected::Refused(refused)), "{role:?}");
        }
    }
}

#[test]
fn nobody_publishes_alone() {
    let mut world = world();
    let clerk = UserId(Uuid::from_u128(41));
    admit(&mut world, clerk, "clerk", Role::Clerk);
    let permission = Permission::Publish;
    for (second, why) in [
        (EVERYBODY, Refusal::SamePersonTwice),
        (clerk, Refusal::NotAllowed { permission }),
        (UserId(Uuid::from_u128(99)), Refusal::UnknownUser),
    ] {
        let command = Command::PublishEditions {
            editions: vec![edition(1, day(SUMMER), &world)],
            known: 0,
            second,
        };
        assert_eq!(world.refusal(command), why);
    }
    let command = publish(vec![edition(1, day(SUMMER), &world)], 0);
    let recorded = world.ask(command).unwrap();
    let published = Edition::from_event(&recorded[0]).unwrap();
    assert_eq!((published.by, published.approved_by), (EVERYBODY, SECOND));
}

#[test]
fn numbers_computed_before_somebody_else_published_are_refused() {
    let mut world = world();
    let first = publish(vec![edition(1, day(SUMMER), &world)], 0);
    world.ask(first).unwrap();
    let other = edition(2, day(date(2021, 8, 15)), &world);
    let refused = world.refusal(publish(vec![other.clone()], 0));
    assert_eq!(refused, Refusal::PublishedMeanwhile);
    let refused = world.refusal(publish(vec![other.clone()], 2));
    assert_eq!(refused, Refusal::PublishedMeanwhile);
    world.ask(publish(vec![other], 1)).unwrap();
}

#[test]
fn a_period_is_published_once_and_stays_as_it_is() {
    let mut world = world();
    let august = Period::Month(Day(date(2021, 8, 1)));
    let both = vec![edition(1, august, &world), edition(2, day(SUMMER), &world)];
    world.ask(publish(both, 0)).unwrap();
    for period in [august, day(SUMMER)] {
        let again = edition(3, period, &world);
        assert_eq!(
            world.refusal(publish(vec![again], 2)),
            Refusal::AlreadyPublished
        );
    }
    let other = day(date(2021, 8, 15));
    let twice = vec![edition(4, other, &world), edition(5, other, &world)];
    assert_eq!(world.refusal(publish(twice, 2)), Refusal::AlreadyPublished);
    // A month named by another of its days is the same month.
    let august = Period::Month(Day(SUMMER));
    let again = edition(6, august, &world);
    assert_eq!(
        world.refusal(publish(vec![again], 2)),
        Refusal::AlreadyPublished
    );
    assert_eq!(world.known.editions_published().unwrap(), 2);
}

#[test]
fn an_id_stands_for_one_edition() {
    let mut world = world();
    let (one, other) = (day(SUMMER), day(date(2021, 8, 15)));
    let twice = vec![edition(1, one, &world), edition(1, other, &world)];
    assert_eq!(world.refusal(publish(twice, 0)), Refusal::RequestReused);
    let first = publish(vec![edition(1, one, &world)], 0);
    world.ask(first).unwrap();
    let again = publish(vec![edition(1, other, &world)], 1);
    assert_eq!(world.refusal(again), Refusal::RequestReused);
}

#[test]
fn nothing_is_published_before_its_last_day_closed_at_every_site() {
    let mut world = world();
    // 22 September 2021, 9:00 in Port-au-Prince: the day before closed nine hours ago.
    let today = date(2021, 9, 22);
    for (number, period) in [day(today), Period::Month(Day(date(2021, 9, 1)))]
        .into_iter()
        .enumerate()
    {
        let number = u128::try_from(number).unwrap();
        let early = edition(number, period, &world);
        let last = period.to();
        let refused = world.refusal(publish(vec![early], 0));
        assert_eq!(refused, Refusal::PeriodNotOver { last });
    }
    let yesterday = day(date(2021, 9, 21));
    let known = world.known.site(SITE).unwrap().unwrap();
    let (_, closed) = known.span_of(yesterday.to());
    // Numbers taken a moment before the day closed would miss who came in it.
    let mut early = edition(3, yesterday, &world);
    early.cut_off = closed.plus_ms(-1);
    let last = yesterday.to();
    let refused = world.refusal(publish(vec![early.clone()], 0));
    assert_eq!(refused, Refusal::PeriodNotOver { last });
    early.cut_off = world.now.plus_ms(60_000);
    let refused = world.refusal(publish(vec![early.clone()], 0));
    assert_eq!(refused, Refusal::InFuture);
    early.cut_off = closed;
    world.ask(publish(vec![early], 0)).unwrap();
}

#[test]
fn a_site_farther_west_closes_later_and_is_waited_for() {
    let mut world = world();
    world.must(
        ADMIN,
        Command::OpenSite {
            site: ELSEWHERE,
            name: "Custody".into(),
            kind: domain::SiteKind::CUSTODY,
            country: domain::Country::USA,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Chicago".into(),
            day_closes_min: 18 * 60,
        },
    );
    let last = Day(SUMMER);
    let mut new = edition(1, day(SUMMER), &world);
    let ends = [SITE, ELSEWHERE].map(|site| world.known.site(site).unwrap().unwrap());
    let ends = ends.map(|site| site.span_of(last).1);
    // That day of work in Chicago ended at six in the evening there, before midnight here.
    new.cut_off = Moment(ends[0].0.max(ends[1].0) - 1);
    let refused = world.refusal(publish(vec![new.clone()], 0));
    assert_eq!(refused, Refusal::PeriodNotOver { last });
    new.cut_off = Moment(ends[0].0.max(ends[1].0));
    world.ask(publish(vec![new], 0)).unwrap();
}

#[test]
fn an_edition_is_about_at_least_one_site_that_is_known() {
    let mut world = world();
    let mut new = edition(1, day(SUMMER), &world);
    new.sites = Vec::new();
    let refused = world.refusal(publish(vec![new.clone()], 0));
    assert_eq!(refused, Refusal::EditionNowhere);
    new.sites = vec![SITE, SiteId(Uuid::from_u128(99))];
    let refused = world.refusal(publish(vec![new], 0));
    assert_eq!(refused, Refusal::UnknownSite);
    assert_eq!(
        world.refusal(publish(Vec::new(), 0)),
        Refusal::NoEdition,
        "and a command about at least one edition"
    );
}

#[test]
fn numbers_that_do_not_fit_together_are_refused() {
    let mut world = world();
    let whole = edition(1, day(SUMMER), &world);
    let with_basis = |basis: &[u64]| NewEdition {
        basis: basis.to_vec(),
        ..whole.clone()
    };
    for wrong in [
        with_basis(&[12, 9, 3]),
        with_basis(&[12, 9, 3, 1, 0]),
        with_basis(&[12, 8, 3, 1]),
        with_basis(&[12, 9, 3, 2]),
    ] {
        let basis = wrong.basis.clone();
        let refused = world.refusal(publish(vec![wrong], 0));
        assert_eq!(refused, Refusal::EditionMalformed, "{basis:?}");
    }
}

#[test]
fn a_small_number_of_people_is_never_shown_whoever_computed_it() {
    let mut world = world();
    for shown in 1..SMALLEST_PUBLISHED {
        let mut new = edition(1, day(SUMMER), &world);
        new.tables = vec![table("given", Some("item"), &[Some(40), Some(shown)])];
        new.basis = vec![40, shown];
        let refused = world.refusal(publish(vec![new.clone()], 0));
        assert_eq!(refused, Refusal::EditionMalformed, "{shown}");
        // Of several editions, one is enough.
        let fine = edition(2, day(date(2021, 8, 15)), &world);
        let refused = world.refusal(publish(vec![fine, new], 0));
        assert_eq!(refused, Refusal::EditionMalformed, "{shown}");
    }
    let mut new = edition(1, day(SUMMER), &world);
    new.tables = vec![
        table("given", Some("item"), &[Some(0), Some(5)]),
        table("movements", Some("site"), &[Some(4)]),
    ];
    new.basis = vec![0, 5, 4];
    world.ask(publish(vec![new], 0)).unwrap();
}

#[test]
fn a_period_is_a_day_or_exactly_a_calendar_month() {
    let of = |from, to| Period::of(Day(from), Day(to));
    assert_eq!(of(SUMMER, SUMMER), Some(day(SUMMER)));
    let february = of(date(2024, 2, 1), date(2024, 2, 29)).unwrap();
    assert_eq!(february, Period::Month(Day(date(2024, 2, 1))));
    assert_eq!(february.from(), Day(date(2024, 2, 1)));
    assert_eq!(february.to(), Day(date(2024, 2, 29)));
    for (from, to) in [
        (date(2024, 2, 1), date(2024, 2, 28)),
        (date(2024, 2, 2), date(2024, 2, 29)),
        (date(2024, 2, 1), date(2024, 3, 31)),
        (date(2024, 2, 2), date(2024, 2, 1)),
    ] {
        assert_eq!(of(from, to), None, "{from} {to}");
    }
}

fn tables() -> impl Strategy<Value = Vec<EditionTable>> {
    let row = ("[a-z]{0,6}", prop::option::of(any::<u64>()))
        .prop_map(|(code, count)| EditionRow { code, count });
    let table = (
        "[a-z]{1,9}",
        prop::option::of("[a-z_]{1,9}"),
        prop::collection::vec(row, 0..5),
    )
        .prop_map(|(of, by, rows)| EditionTable { of, by, rows });
    prop::collection::vec(table, 0..4)
}

fn any_day() -> impl Strategy<Value = Day> {
    (0_i32..40_000).prop_map(|days| Day(date(1990, 1, 1) + jiff::Span::new().days(days)))
}

prop_compose! {
    fn published()(
        id: u128,
        (from, to) in (any_day(), any_day()),
        sites in prop::collection::vec(any::<u128>(), 0..4),
        cut_off: i64,
        plan: u16,
        log_end in "[0-9a-f :]{0,40}",
        tables in tables(),
    ) -> body::EditionPublished {
        body::EditionPublished {
            edition: EditionId(Uuid::from_u128(id)),
            from,
            to,
            sites: sites.into_iter().map(|site| SiteId(Uuid::from_u128(site))).collect(),
            cut_off: Moment(cut_off),
            plan,
            log_end,
            tables,
            approved_by: SECOND,
        }
    }
}

proptest! {
    #[test]
    fn an_edition_is_read_as_it_was_written(body in published()) {
        let event = Event::from(body);
        prop_assert_eq!(Event::from_cbor(event.kind(), &event.to_cbor()), event);
    }

    #[test]
    fn a_basis_is_read_as_it_was_written_and_as_long_whatever_its_numbers(
        basis in prop::collection::vec(any::<u64>(), 0..300),
    ) {
        let sealed = Personal::Basis(basis.clone()).to_cbor();
        let noughts = Personal::Basis(vec![0; basis.len()]).to_cbor();
        prop_assert_eq!(sealed.len(), noughts.len());
        let read = Personal::from_cbor(Slot::Basis, &sealed);
        prop_assert_eq!(read, Some(Personal::Basis(basis)));
    }

    #[test]
    fn any_bytes_are_a_basis_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = Personal::from_cbor(Slot::Basis, &bytes);
    }

    #[test]
    fn what_is_published_shows_no_small_number_of_people_and_nothing_untrue(
        shown in prop::collection::vec((prop::option::of(0_u64..8), 0_u64..8, any::<bool>()), 0..6),
        more in 0_usize..2,
    ) {
        let mut world = world();
        let mut new = edition(1, day(SUMMER), &world);
        new.tables = shown
            .iter()
            .map(|(count, _, people)| table(if *people { "met" } else { "movements" }, None, &[*count]))
            .collect();
        new.basis = shown.iter().map(|(_, number, _)| *number).chain(vec![0; more]).collect();
        let right = more == 0
            && shown.iter().all(|(count, number, people)| match count {
                Some(count) => count == number && (!people || *count == 0 || *count >= 5),
                None => true,
            });
        let asked = world.ask(publish(vec![new], 0));
        prop_assert_eq!(asked.is_ok(), right, "{:?}", asked);
    }
}

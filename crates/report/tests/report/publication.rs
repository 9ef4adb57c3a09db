//! What is published: nobody can work a small number out of it, it never changes, and people of the
//! operation see what has changed since.

use akey_report::publication::{AuditError, Undecided, audit, compare};
use akey_report::{Dimension, Measure, Sitrep};
use domain::{Command, Day, Edition, LegalBasis, Moment, Period, Sex};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;

use crate::reception::{CAP_HAITIEN, PORT_AU_PRINCE, Reception, somebody};
use crate::speaker::Speaker;

const DAY_MS: i64 = 86_400_000;

fn day(day: i8) -> Period {
    Period::Day(Day(date(2021, 9, day)))
}

const SEPTEMBER: Period = Period::Month(Day(date(2021, 9, 1)));

/// A flight whose people are registered and fed the same day: so many men, and so many women.
fn flight(reception: &mut Reception, men: u32, women: u32) {
    if men + women == 0 {
        return;
    }
    let movement = reception.announce(PORT_AU_PRINCE, men + women, LegalBasis::TITLE_42);
    reception.land(movement, men + women);
    for number in 0..men + women {
        reception.meet(movement);
        let arrival = *reception.arrivals.last().unwrap();
        let sex = if number < men { Sex::M } else { Sex::F };
        let particulars = domain::Particulars {
            sex: Some(sex),
            birth: Some(domain::Birth::Year(1990)),
            ..somebody(number)
        };
        reception.put_on_record(arrival, None, Some(particulars));
        reception.give(arrival, 0);
    }
}

/// The next morning at six.
fn next_day(reception: &mut Reception) {
    let begun = Moment(1_632_045_600_000);
    let days = (reception.now.0 - begun.0) / DAY_MS + 1;
    reception.now = begun.plus_ms(days * DAY_MS);
}

fn editions(reception: &Reception) -> Vec<Edition> {
    reception.register().editions().unwrap()
}

fn edition(reception: &Reception, period: Period) -> Edition {
    let mut editions = editions(reception).into_iter();
    editions.find(|edition| edition.period == period).unwrap()
}

fn published(reception: &Reception, period: Period) -> Sitrep {
    Sitrep::published(&reception.register(), &edition(reception, period)).unwrap()
}

/// The file of an edition, as everybody gets it.
fn file(reception: &Reception, period: Period) -> String {
    published(reception, period).to_json()
}

fn audited(files: &[String]) -> akey_report::publication::Audit {
    let files: Vec<_> = files.iter().map(String::as_bytes).collect();
    audit(&files).unwrap()
}

fn women(sitrep: &Sitrep) -> Option<i64> {
    let by_age = sitrep.breakdown(Dimension::AgeGroup, Measure::Registered);
    by_age.unwrap().row("women").unwrap().shown()
}

#[test]
fn spans_that_anybody_may_choose_give_a_small_number_back_and_editions_do_not() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 40, 3);
    next_day(&mut reception);
    flight(&mut reception, 30, 20);
    next_day(&mut reception);
    // Each span by itself hides the three women of the first day; its neighbour gives them back.
    let span = |from: i8, to: i8| {
        let scope = akey_report::Scope {
            from: Day(date(2021, 9, from)),
            to: Day(date(2021, 9, to)),
            ..reception.scope()
        };
        women(&reception.sitrep(&scope)).unwrap()
    };
    assert_eq!(span(19, 20) - span(20, 20), 3);
    // As editions: each day, then the month that sums them.
    reception.publish(day(19)).unwrap();
    reception.publish(day(20)).unwrap();
    reception.wait(24 * 12);
    reception.publish(SEPTEMBER).unwrap();
    let files: Vec<_> = editions(&reception)
        .iter()
        .map(|edition| file(&reception, edition.period))
        .collect();
    assert_eq!(files.len(), 31);
    let found = audited(&files);
    assert!(found.hidden > 4, "{found:?}");
    assert!(
        found.exposed.is_empty() && found.contradictions == 0,
        "{found:?}"
    );
    assert_eq!(women(&published(&reception, day(19))), None);
    let month = women(&published(&reception, SEPTEMBER));
    let second = women(&published(&reception, day(20)));
    assert!(
        month.is_none() || second.is_none(),
        "{month:?} less {second:?}"
    );
}

#[test]
fn the_audit_finds_what_a_less_careful_publication_gives_away() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 40, 3);
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    let mut careless: Value = serde_json::from_str(&file(&reception, day(19))).unwrap();
    let rows = careless["breakdowns"].as_array_mut().unwrap();
    let by_age = rows
        .iter_mut()
        .find(|table| table["by"] == "age_group" && table["of"] == "registered");
    for row in by_age.unwrap()["rows"].as_array_mut().unwrap() {
        if row["code"] == "men" {
            row["value"] = 40.into();
            row.as_object_mut().unwrap().remove("suppressed");
        }
    }
    let found = audited(&[careless.to_string()]);
    let exposed = found.exposed.iter();
    let women = exposed
        .filter(|found| found.by.as_deref() == Some("age_group") && found.code == "women")
        .map(|found| (found.of.as_str(), found.least, found.most));
    assert_eq!(
        women.collect::<Vec<_>>(),
        [("registered", Some(3), Some(3))]
    );
}

#[test]
fn the_audit_says_which_file_it_cannot_take_and_why() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 40, 3);
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    let good = file(&reception, day(19));
    let internal = reception.sitrep(&reception.scope()).to_json();
    let wide = good.replace("\"from\": \"2021-09-19\"", "\"from\": \"2021-09-17\"");
    let said = |bytes: &[u8]| audit(&[good.as_bytes(), bytes]).unwrap_err().to_string();
    assert!(said(b"PK\x03\x04").starts_with("file 2 is no report in JSON"));
    assert!(said(&good.as_bytes()[..good.len() / 2]).contains("line"));
    assert!(said(good.replace("akey-sitrep-1", "akey-sitrep-9").as_bytes()).contains("schema"));
    assert!(said(internal.as_bytes()).contains("file 2 is not a public version"));
    assert!(said(wide.as_bytes()).contains("neither one day nor one month"));
    assert!(matches!(
        audit(&[b""]),
        Err(AuditError::NotAReport { file: 1, .. })
    ));
}

#[test]
fn an_edition_stays_as_it_is_and_what_changed_since_is_counted_beside_it() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 40, 20);
    let late = reception.now;
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    let before = file(&reception, day(19));
    let movement = reception.movements[0];
    let close = Command::CloseMovement { movement };
    reception.ask(PORT_AU_PRINCE, close).unwrap();
    assert_eq!(file(&reception, day(19)), before);
    let reopen = Command::ReopenMovement { movement };
    reception.ask(PORT_AU_PRINCE, reopen).unwrap();
    // Somebody forgotten is entered, and somebody's data is erased.
    let meetings = vec![domain::Meeting {
        arrival: domain::ArrivalId(uuid::Uuid::from_u128(77)),
        priority: None,
    }];
    let meet = Command::Meet { movement, meetings };
    reception.ask_late(PORT_AU_PRINCE, meet, late).unwrap();
    let first = reception.arrivals[0];
    let erased = domain::Known::arrival(&reception.register(), first)
        .unwrap()
        .unwrap();
    let erased = erased.person().unwrap();
    reception
        .ask(PORT_AU_PRINCE, Command::ErasePerson { person: erased })
        .unwrap();
    assert_eq!(file(&reception, day(19)), before);
    let now = reception.now.plus_ms(1);
    let compared = compare(&reception.register(), &edition(&reception, day(19)), now).unwrap();
    assert_eq!(compared.erased, 1);
    let met = compared
        .changes
        .iter()
        .find(|change| change.of == "met")
        .unwrap();
    assert_eq!((met.then, met.now, met.by.as_deref()), (60, 61, None));
    let group = |code: &str| {
        let mut changes = compared.changes.iter();
        let by_age = |change: &&akey_report::publication::Change| {
            change.of == "registered"
                && change.by.as_deref() == Some("age_group")
                && change.code == code
        };
        changes.find(by_age).map(|change| (change.then, change.now))
    };
    assert_eq!(
        (group("men"), group("unknown")),
        (Some((40, 39)), Some((0, 1)))
    );
    // The month sums what was published: the difference would be one person.
    reception.wait(24 * 12);
    reception.publish(SEPTEMBER).unwrap();
    let month = published(&reception, SEPTEMBER);
    assert_eq!(month.totals.of(Measure::Met).shown(), Some(60));
}

#[test]
fn a_day_that_is_not_over_everywhere_and_one_that_is_published_are_refused() {
    // Cap-Haïtien closes its day at six in the evening, Port-au-Prince at midnight.
    let mut reception = Reception::new(18 * 60);
    flight(&mut reception, 40, 20);
    reception.wait(14);
    let site = reception.register();
    let cap_haitien = domain::Known::site(&site, CAP_HAITIEN).unwrap().unwrap();
    assert!(cap_haitien.span_of(Day(date(2021, 9, 19))).1 <= reception.now);
    let refused = reception.publish(day(19));
    assert!(matches!(refused, Err(Undecided::NotOver)), "{refused:?}");
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    let refused = reception.publish(day(19));
    assert!(matches!(refused, Err(Undecided::Published)), "{refused:?}");
}

#[test]
fn an_edition_is_written_in_every_form_and_none_shows_a_small_number() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 40, 3);
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    let sitrep = published(&reception, day(19));
    let words = Speaker::of("en");
    let html = akey_report::html::page(&sitrep, &words, akey_report::html::Traces::None);
    assert!(html.into_string().contains("not shown"));
    assert!(sitrep.to_xlsx(&words).is_ok());
    let hxl = sitrep.to_hxl(&words).unwrap();
    assert!(hxl.contains(",hidden,") && !hxl.contains("not_published"));
    let json: Value = serde_json::from_str(&sitrep.to_json()).unwrap();
    assert_eq!(json["computed_by"], "");
    assert!(json["totals"]["listed"]["suppressed"] == "not_published");
}

#[test]
fn rows_stand_in_an_order_that_tells_nothing_of_hidden_numbers() {
    let mut reception = Reception::new(0);
    flight(&mut reception, 60, 3);
    next_day(&mut reception);
    reception.publish(day(19)).unwrap();
    for table in &edition(&reception, day(19)).tables {
        assert!(table.rows.is_sorted_by_key(|row| &row.code), "{}", table.of);
    }
    for breakdown in &published(&reception, day(19)).breakdowns {
        let hidden = breakdown
            .rows
            .iter()
            .filter(|row| row.figure.shown().is_none());
        let codes: Vec<_> = hidden
            .map(|row| &row.code)
            .filter(|code| *code != "unknown")
            .collect();
        let fixed = matches!(breakdown.by, Dimension::AgeGroup | Dimension::Waited);
        assert!(fixed || codes.is_sorted(), "{codes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_arrives_no_number_can_be_worked_out_of_all_that_is_published(
        days in proptest::collection::vec(proptest::collection::vec((0_u32..14, 0_u32..5), 0..3), 1..4),
        separately in any::<bool>(),
    ) {
        let mut reception = Reception::new(0);
        for (flights, number) in days.iter().zip(19..) {
            for (men, women) in flights {
                flight(&mut reception, *men, *women);
            }
            next_day(&mut reception);
            if separately {
                reception.publish(day(number)).unwrap();
            }
        }
        reception.wait(24 * 14);
        reception.publish(SEPTEMBER).unwrap();
        let editions = editions(&reception);
        let files: Vec<_> = editions
            .iter()
            .map(|edition| file(&reception, edition.period))
            .collect();
        let found = audited(&files);
        prop_assert!(found.exposed.is_empty() && found.contradictions == 0, "{found:?}");
        let people: u32 = days.iter().flatten().map(|(men, women)| men + women).sum();
        let month = edition(&reception, SEPTEMBER);
        let mut rows = month.tables.iter().flat_map(|table| {
            table.rows.iter().map(move |row| (table.of.as_str(), table.by.as_deref(), row.count))
        });
        let place = rows.position(|(of, by, _)| (of, by) == ("registered", None)).unwrap();
        prop_assert_eq!(month.basis.unwrap()[place], u64::from(people));
        for edition in &editions {
            let rows = edition.tables.iter().filter(|table| table.of != "movements");
            for row in rows.flat_map(|table| &table.rows) {
                prop_assert!(!row.count.is_some_and(|count| (1..5).contains(&count)));
            }
        }
    }
}

proptest! {
    #[test]
    fn the_audit_reads_or_refuses_whatever_it_is_given(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_u8..3), 0..6),
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        // A file as short as one may be.
        let mut file = br#"{"schema":"akey-sitrep-1","audience":"public","from":"2021-09-19",
            "to":"2021-09-19","totals":{"met":{"value":9},"left":{"value":null,"suppressed":"hidden"}},
            "days":[],"movements":[],"items":[],"breakdowns":[{"by":"age_group","of":"met","rows":[
            {"code":"men","value":9},{"code":"women","value":0}]}]}"#
            .to_vec();
        for (at, byte, how) in changes {
            let at = at.index(file.len());
            match how {
                0 => file[at] = byte,
                1 => file.insert(at, byte),
                _ => drop(file.remove(at)),
            }
        }
        let _ = audit(&[&bytes]);
        if let Ok(found) = audit(&[&file]) {
            prop_assert!(found.hidden <= found.numbers);
        }
    }
}

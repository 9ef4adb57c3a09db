//! A report put together by hand: twelve flights and 1,401 people in five days, as published for
//! September 2021, with made-up traits.

use akey_report::{
    Apart, Audience, Breakdown, BreakdownRow, Counts, DayRow, Dimension, ExpectedRow, FeedbackRow,
    Figure, IncidentRow, ItemRow, Measure, MovementRow, Narrowed, Reconciliation, ReferralRow,
    SCHEMA, SiteNamed, Sitrep, Span, Stamp, Step, StepKind, StockRow, Trace, Value, WaybillRow,
};
use domain::{
    Country, Day, IncidentKind, ItemCode, LegalBasis, Moment, MovementId, MovementKind, PCode,
    Screened, ServiceKind, SiteId, Stage, WaybillLine,
};
use jiff::civil::date;
use uuid::Uuid;

use Measure as M;

const FLIGHTS: [(i8, i64); 12] = [
    (19, 110),
    (19, 107),
    (19, 110),
    (20, 122),
    (20, 118),
    (21, 120),
    (21, 124),
    (22, 110),
    (22, 121),
    (23, 116),
    (23, 121),
    (23, 122),
];

fn moment(day: i8, hour: i8) -> Moment {
    let local = date(2021, 9, day).at(hour, 10, 0, 0);
    let zone = jiff::tz::TimeZone::get("America/Port-au-Prince").unwrap();
    Moment::from(local.to_zoned_datetime(zone).unwrap().timestamp())
}

fn day(day: i8) -> Day {
    Day(date(2021, 9, day))
}

fn figure(measure: Measure, narrowed: Narrowed, value: i64) -> Figure {
    let trace = Trace {
        measure,
        span: Span {
            sites: Vec::new(),
            from: day(19),
            to: day(23),
            cut_off: moment(24, 0),
        },
        narrowed,
    };
    Figure::new(value, trace)
}

/// What becomes of so many people of one flight.
fn people(returned: i64, measure: Measure) -> i64 {
    match measure {
        Measure::Movements => 1,
        Measure::Announced => returned + 2,
        Measure::Listed => returned + 1,
        Measure::Unlisted | Measure::Declined => i64::from(returned % 3 == 0),
        Measure::NoShow => 1 + i64::from(returned % 3 == 0),
        Measure::Returned | Measure::Met | Measure::Registered => returned,
        Measure::Screened => returned - 3,
        Measure::Assisted => returned - returned % 4,
        Measure::Left => returned - 9,
    }
}

fn counts(flights: &[(i8, i64)], narrowed: &Narrowed) -> Counts {
    Counts::each(|measure| {
        let value = flights
            .iter()
            .map(|(_, number)| people(*number, measure))
            .sum();
        figure(measure, narrowed.clone(), value)
    })
}

fn breakdown(by: Dimension, of: Measure, rows: &[(&str, i64)], total: i64) -> Breakdown {
    Breakdown {
        by,
        of,
        parts_are_the_whole: by.parts_are_the_whole(),
        rows: rows
            .iter()
            .map(|(code, value)| BreakdownRow {
                code: (*code).to_owned(),
                figure: figure(of, Narrowed::Group(by, (*code).to_owned()), *value),
            })
            .collect(),
        total: figure(of, Narrowed::Whole, total),
    }
}

fn reconciliation(landed: &Counts) -> Reconciliation {
    let of = |measure| landed.of(measure).shown().unwrap();
    let step = |kind, value, from: &[Measure]| Step {
        kind,
        value,
        counted_from: from.iter().map(|of| landed.of(*of).clone()).collect(),
    };
    Reconciliation {
        steps: vec![
            step(StepKind::Announced, of(M::Announced), &[M::Announced]),
            step(
                StepKind::ManifestDiffers,
                of(M::Listed) - of(M::Announced),
                &[M::Listed, M::Announced],
            ),
            step(StepKind::Listed, of(M::Listed), &[M::Listed]),
            step(StepKind::NoShow, -of(M::NoShow), &[M::NoShow]),
            step(StepKind::Awaited, 0, &[M::Listed, M::Registered]),
            step(StepKind::Unlisted, of(M::Unlisted), &[M::Unlisted]),
            step(StepKind::Registered, of(M::Registered), &[M::Registered]),
            step(StepKind::Unregistered, 0, &[M::Met, M::Registered]),
            step(StepKind::Met, of(M::Met), &[M::Met]),
            step(StepKind::NotMet, 0, &[M::Returned, M::Met]),
            step(StepKind::Returned, of(M::Returned), &[M::Returned]),
        ],
    }
}

fn movement(number: usize, flight: (i8, i64)) -> MovementRow {
    let id = MovementId(Uuid::from_u128(number as u128 + 1));
    let north = flight.0 >= 22 && number.is_multiple_of(2);
    MovementRow {
        movement: id,
        designator: format!("DR-{:02}", number + 1),
        kind: MovementKind::FLIGHT,
        from_site: Some(
            if north {
                "Laredo custody"
            } else {
                "San Antonio custody"
            }
            .to_owned(),
        ),
        from_country: Some(Country::USA),
        to_site: if north {
            "Cap-Haïtien airport"
        } else {
            "Port-au-Prince airport"
        }
        .to_owned(),
        day: day(flight.0),
        landed_at: moment(flight.0, 9 + i8::try_from(number % 3).unwrap() * 3),
        legal_basis: LegalBasis::TITLE_42,
        screened_before: Screened::NotOffered,
        stage: Stage::Closed,
        counts: counts(&[flight], &Narrowed::Movement(id)),
    }
}

fn stock(item: ItemCode, in_stock: i64, given_lately: u64, needed: u64) -> StockRow {
    StockRow {
        site: "Port-au-Prince airport".to_owned(),
        item,
        in_stock,
        given_lately,
        days_with_gifts: if given_lately > 0 { 5 } else { 0 },
        cover_days_tenths: (given_lately > 0)
            .then(|| in_stock * 50 / i64::try_from(given_lately).unwrap()),
        owed_here: 9,
        needed_for_expected: needed,
        left_over: in_stock - 9 - i64::try_from(needed).unwrap(),
    }
}

fn waits(assisted: i64) -> [Breakdown; 2] {
    [
        breakdown(
            Dimension::Waited,
            Measure::Registered,
            &[
                ("under_15_min", 310),
                ("15_to_30_min", 402),
                ("30_to_60_min", 388),
                ("1_to_2_h", 201),
                ("2_to_4_h", 0),
                ("4_h_or_more", 100),
            ],
            1_401,
        ),
        breakdown(
            Dimension::Waited,
            Measure::Assisted,
            &[
                ("under_15_min", 120),
                ("15_to_30_min", 402),
                ("30_to_60_min", 388),
                ("1_to_2_h", 201),
                ("2_to_4_h", 3),
                ("4_h_or_more", assisted - 1_114),
            ],
            assisted,
        ),
    ]
}

fn breakdowns(screened: i64, assisted: i64) -> Vec<Breakdown> {
    vec![
        breakdown(
            Dimension::AgeGroup,
            Measure::Registered,
            &[
                ("men", 852),
                ("women", 318),
                ("boys", 119),
                ("girls", 109),
                ("unknown", 3),
            ],
            1_401,
        ),
        breakdown(
            Dimension::AgeGroup,
            Measure::Assisted,
            &[
                ("men", 840),
                ("women", 316),
                ("boys", 119),
                ("girls", 107),
                ("unknown", assisted - 1_382),
            ],
            assisted,
        ),
        breakdown(
            Dimension::Destination,
            Measure::Registered,
            &[
                ("HT01", 604),
                ("HT03", 291),
                ("HT05", 203),
                ("HT09", 98),
                ("HT06", 77),
                ("HT07", 61),
                ("HT02", 24),
                ("HT04", 13),
                ("HT08", 0),
                ("unknown", 30),
            ],
            1_401,
        ),
        breakdown(
            Dimension::Origin,
            Measure::Registered,
            &[
                ("HT01", 702),
                ("HT05", 310),
                ("HT03", 288),
                ("HT02", 2),
                ("unknown", 99),
            ],
            1_401,
        ),
        breakdown(
            Dimension::LastResidence,
            Measure::Registered,
            &[
                ("CHL", 911),
                ("BRA", 402),
                ("DOM", 41),
                ("MEX", 2),
                ("unknown", 45),
            ],
            1_401,
        ),
        breakdown(
            Dimension::Vulnerability,
            Measure::Screened,
            &[
                ("pregnant_or_breastfeeding", 61),
                ("serious_medical_condition", 33),
                ("single_parent_with_children", 29),
                ("no_place_to_stay", 27),
                ("unaccompanied_or_separated_child", 9),
                ("survivor_of_gender_based_violence", 4),
                ("disability", 0),
                ("trafficked_or_at_risk", 0),
            ],
            screened,
        ),
        breakdown(
            Dimension::DepartedFrom,
            Measure::Returned,
            &[("USA", 1_401)],
            1_401,
        ),
        breakdown(
            Dimension::LegalBasis,
            Measure::Returned,
            &[("title_42_expulsion", 1_401)],
            1_401,
        ),
        breakdown(
            Dimension::ScreenedBefore,
            Measure::Returned,
            &[("not_offered", 1_401)],
            1_401,
        ),
    ]
}

fn stocks() -> Vec<StockRow> {
    vec![
        stock(ItemCode::HOT_MEAL, 640, 1_380, 131),
        stock(ItemCode::WATER, 4_100, 1_377, 131),
        stock(ItemCode::HYGIENE_KIT, 112, 1_302, 131),
        stock(ItemCode::BABY_KIT, 40, 0, 0),
    ]
}

fn referrals() -> Vec<ReferralRow> {
    vec![
        ReferralRow {
            kind: Some(ServiceKind::any("HEA")),
            made: 12,
            no_answer: 2,
            accepted: 5,
            declined: 1,
            completed: 3,
            lost: 1,
            withdrawn: 0,
        },
        ReferralRow {
            kind: Some(ServiceKind::FOOD),
            made: 4,
            no_answer: 4,
            ..ReferralRow::default()
        },
    ]
}

fn feedback() -> Vec<FeedbackRow> {
    vec![FeedbackRow {
        recorded: 7,
        open: 2,
        answered: 3,
        closed: 2,
        ..FeedbackRow::default()
    }]
}

fn incidents() -> Vec<IncidentRow> {
    vec![IncidentRow {
        area: PCode::HT07,
        kind: IncidentKind::KIDNAPPING,
        reported: 2,
        harmed: 2,
        doubted: 1,
        over: 0,
    }]
}

/// The report, as the operation sees it.
pub fn sitrep() -> Sitrep {
    let days: Vec<_> = (19..=23)
        .map(|number| DayRow {
            day: day(number),
            counts: counts(
                &FLIGHTS
                    .into_iter()
                    .filter(|(on, _)| *on == number)
                    .collect::<Vec<_>>(),
                &Narrowed::Whole,
            ),
        })
        .collect();
    let landed = counts(&FLIGHTS, &Narrowed::Landed);
    let screened = landed.of(Measure::Screened).shown().unwrap();
    let assisted = landed.of(Measure::Assisted).shown().unwrap();
    let item = |code: ItemCode, people: i64| ItemRow {
        people: figure(Measure::Assisted, Narrowed::Item(code.clone()), people),
        quantity: Some(figure(
            Measure::Assisted,
            Narrowed::Given(code.clone()),
            people,
        )),
        item: code,
    };
    Sitrep {
        schema: SCHEMA,
        audience: Audience::Internal,
        stamp: Stamp {
            operation: "Reception of returned migrants, Haiti 2021 <Demo & Co>".to_owned(),
            log_end: "8f1c".repeat(16),
            computed_at: moment(24, 7),
            computed_by: "Demo-Coordinator".to_owned(),
        },
        from: day(19),
        to: day(23),
        cut_off: moment(24, 0),
        sites: ["Cap-Haïtien airport", "Port-au-Prince airport"]
            .into_iter()
            .zip(1..)
            .map(|(name, id)| SiteNamed {
                id: SiteId(Uuid::from_u128(id)),
                name: name.to_owned(),
            })
            .collect(),
        totals: counts(&FLIGHTS, &Narrowed::Whole),
        days,
        movements: FLIGHTS
            .into_iter()
            .enumerate()
            .map(|(n, flight)| movement(n, flight))
            .collect(),
        reconciliation: Some(reconciliation(&landed)),
        landed,
        apart: vec![Apart {
            measure: Measure::Assisted,
            difference: 6,
        }],
        breakdowns: breakdowns(screened, assisted)
            .into_iter()
            .chain(waits(assisted))
            .collect(),
        items: vec![
            item(ItemCode::HOT_MEAL, 1_380),
            item(ItemCode::WATER, 1_377),
            item(ItemCode::HYGIENE_KIT, 1_302),
            item(ItemCode::CASH_GRANT, 1_109),
            item(ItemCode::ONWARD_TRANSPORT, 611),
            item(ItemCode::SHELTER_NIGHT, 97),
            item(ItemCode::BABY_KIT, 3),
        ],
        stock: stocks(),
        waybills: vec![WaybillRow {
            number: "WB-2021-0931".to_owned(),
            from_site: None,
            to_site: "Port-au-Prince airport".to_owned(),
            sent_at: moment(22, 15),
            lines: vec![
                WaybillLine {
                    item: ItemCode::HYGIENE_KIT,
                    quantity: 1_000,
                },
                WaybillLine {
                    item: ItemCode::BLANKET,
                    quantity: 400,
                },
            ],
        }],
        referrals: referrals(),
        feedback: feedback(),
        incidents: incidents(),
        recovered: Vec::new(),
        expected: vec![ExpectedRow {
            movement: MovementId(Uuid::from_u128(13)),
            designator: "DR-13".to_owned(),
            to_site: "Port-au-Prince airport".to_owned(),
            expected: moment(24, 11),
            announced: 131,
        }],
    }
}

/// The same as an edition shows it: what is small is hidden, what is not in the plan is left out, and
/// nothing leads to what was counted.
pub fn public() -> Sitrep {
    let hide = |figure: &mut Figure| {
        figure.trace = None;
        if figure.shown().is_some_and(|value| (1..5).contains(&value)) {
            figure.value = Value::Hidden;
        }
    };
    let publish = |counts: &Counts| {
        Counts::each(|measure| {
            let mut figure = counts.of(measure).clone();
            hide(&mut figure);
            let unpublished = [Measure::Listed, Measure::Unlisted, Measure::Declined];
            if unpublished.contains(&measure) {
                figure.value = Value::Unpublished;
            }
            figure
        })
    };
    let mut sitrep = sitrep();
    sitrep.audience = Audience::Public;
    sitrep.stamp.computed_by = String::new();
    sitrep.reconciliation = None;
    sitrep.apart.clear();
    sitrep.stock.clear();
    sitrep.waybills.clear();
    sitrep.expected.clear();
    sitrep.referrals.clear();
    sitrep.feedback.clear();
    sitrep.incidents.clear();
    sitrep.recovered.clear();
    sitrep.totals = publish(&sitrep.totals);
    sitrep.landed = publish(&sitrep.landed);
    for day in &mut sitrep.days {
        day.counts = publish(&day.counts);
    }
    for movement in &mut sitrep.movements {
        let counts = publish(&movement.counts);
        movement.counts = Counts::each(|measure| match measure {
            Measure::Movements | Measure::Returned => counts.of(measure).clone(),
            _ => Figure {
                value: Value::Unpublished,
                trace: None,
            },
        });
    }
    for breakdown in &mut sitrep.breakdowns {
        breakdown
            .rows
            .iter_mut()
            .for_each(|row| hide(&mut row.figure));
        hide(&mut breakdown.total);
    }
    for item in &mut sitrep.items {
        item.quantity = None;
        hide(&mut item.people);
    }
    sitrep
}

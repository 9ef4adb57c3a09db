//! Random work at a site, out of a small world so that it collides. What the rules refuse is left
//! out; what they let happen is a history as it may happen.

use domain::{
    AccountId, AccountWithdrawal, ArrivalId, Birth, BookletId, CallResult, Command, Confirmed,
    Consent, Contact, Country, Day, DefinedBasis, Document, DocumentKind, EditionId, EditionRow,
    EditionTable, Extent, FamilyId, FeedbackChannel, FeedbackId, FeedbackKind, FigureId,
    FigureWithdrawal, ImportId, Importing, ItemCode, Known, LanguageCode, LegalBasis, LineId,
    LinkId, ListedPerson, LossReason, MatterId, Meeting, Method, Misconduct, MisconductKind,
    MovementId, MovementKind, NewEdition, NewFigure, OverlapDecision, PCode, Particulars,
    PathwayId, PathwayKind, PathwayOutcome, PathwaySource, Period, PersonId, PlacesOf, Point,
    Precision, Priority, Quotation, Reachability, RecoveryId, ReferralId, ReferralOutcome,
    Referring, RelationCode, Released, Role, Screened, ScreenedBefore, ScreenedCounts, Screening,
    Separation, ServiceId, ServiceKind, Sex, Sharpness, StatedFigure, StepStands, StepState,
    StocktakeId, Told, TransferId, UserId, Voice, VoidReason, Vulnerability, WaybillId,
    WaybillLine, Whose,
};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ADMIN, ELSEWHERE, NODES, SITE, START, World, open_site, registering};

/// One thing somebody tries; numbers choose among the few things there are.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: u8,
    pub a: u8,
    pub b: u8,
    pub c: u8,
    pub node: usize,
    late: bool,
}

/// A history of random work.
pub fn steps(longest: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..81, 0_u8..5, 0_u8..5, 0_u8..8, 0_usize..2, 0_u8..6);
    let step = step.prop_map(|(kind, a, b, c, node, late)| Step {
        kind,
        a,
        b,
        c,
        node,
        late: late == 0,
    });
    prop::collection::vec(step, 1..longest)
}

/// A world in which all this was tried.
pub fn lived(steps: &[Step]) -> World {
    let mut world = World::new();
    for number in 0..2 {
        let movement = world.announced(number, 5);
        let names: Vec<String> = (0..4).map(|name| format!("Ana Demo-{name}")).collect();
        world.import(
            movement,
            &names.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        world.land(movement, 5);
    }
    for node in 0..2 {
        world.node = node;
        world.stock_up(ItemCode::HOT_MEAL, 20);
        world.stock_up(ItemCode::HYGIENE_KIT, 5);
    }
    for step in steps {
        world.node = step.node;
        world.late_ms = if step.late { 2_000 } else { 0 };
        world.precision = match step.c % 3 {
            0 if step.late => Precision::Day,
            1 if step.late => Precision::Unknown,
            _ => Precision::Minute,
        };
        if let Some(command) = command(&mut world, step) {
            let _ = world.ask(command);
        }
    }
    world
}

pub fn id(base: u128, number: u8) -> Uuid {
    Uuid::from_u128(base + u128::from(number))
}

/// Somebody, out of few traits so that people are alike.
pub fn somebody(number: u8, variant: u8) -> Particulars {
    let names = ["Étienne", "Ana Maria", "Jean-Wilner", "Rose"];
    Particulars {
        given_names: names[usize::from(variant) % 4].into(),
        family_name: format!("Demo-{number}"),
        sex: [Some(Sex::M), Some(Sex::F), None][usize::from(variant) % 3],
        birth: (variant != 5).then(|| {
            let year = if variant.is_multiple_of(2) {
                2003
            } else {
                1980
            };
            Birth::On(Day(date(year, 9, 22 + i8::try_from(variant % 3).unwrap())))
        }),
        documents: (variant > 4)
            .then(|| Document::new(DocumentKind::Passport, &format!("HA{number}"), None))
            .into_iter()
            .collect(),
        destination: (variant > 2).then_some(PCode::HT03),
        origin: (variant == 3).then_some(PCode::HT01),
        last_residence: (variant < 4).then_some(Country::CHL),
        ..Particulars::default()
    }
}

fn stated(code: u8, low: u8) -> StatedFigure {
    StatedFigure {
        code: format!("F{}", code % 3),
        indicator: "present".into(),
        low: u64::from(low),
        high: None,
        sharpness: Sharpness::ALL[usize::from(low) % 4],
        method: Method::Count,
        unit: "person".into(),
        from: None,
        as_of: Day(date(2021, 9, 20)),
        minute: (low > 3).then_some(720),
        place: "Demo".into(),
        site: (low > 4).then_some(SITE),
        route: String::new(),
        breakdown: String::new(),
        stated_by: "Demo".into(),
        published_by: String::new(),
        published_on: Day(date(2021, 9, 20)),
        source_url: String::new(),
        note: String::new(),
        parts: Vec::new(),
    }
}

const ITEMS: [ItemCode; 3] = [
    ItemCode::HOT_MEAL,
    ItemCode::HYGIENE_KIT,
    ItemCode::BABY_KIT,
];

#[allow(clippy::too_many_lines, reason = "one arm for each kind of step")]
pub fn command(world: &mut World, step: &Step) -> Option<Command> {
    let Step { kind, a, b, c, .. } = *step;
    let fresh = world.ids_next();
    let register = world.register();
    let movement = MovementId(id(100, b % 3));
    let arrival = ArrivalId(id(200, a));
    let person = PersonId(id(300, b));
    let other = PersonId(id(300, c % 5));
    let item = ITEMS[usize::from(c) % 3].clone();
    let line = |movement: MovementId, number: u8| -> Option<LineId> {
        let lines = register.lines(movement).unwrap();
        lines.get(usize::from(number)).map(|line| line.id)
    };
    let granted = |nth: u8| {
        let found = register.arrival(arrival).unwrap()?;
        Some(found.entitlements.get(usize::from(nth))?.id)
    };
    Some(match kind {
        0 => Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("dr {a}"),
            origin: ELSEWHERE,
            destination: SITE,
            expected: START,
            legal_basis: LegalBasis::VOLUNTARY_RETURN,
            announced: 7,
            screened_before: Screened::NotKnown,
        },
        1 => Command::LandMovement {
            movement,
            headcount: u32::from(c),
        },
        2 => Command::CorrectHeadcount {
            movement,
            headcount: u32::from(c),
            reason: "counted again".into(),
        },
        3 => Command::CancelMovement {
            movement,
            reason: "storm".into(),
        },
        4 => Command::CloseMovement { movement },
        5 => Command::ReopenMovement { movement },
        6 | 7 => Command::ImportManifest(Box::new(Importing {
            people: (2..)
                .zip(a..=c)
                .map(|(row, number)| ListedPerson {
                    row,
                    particulars: somebody(number, c),
                })
                .collect(),
            import: ImportId(fresh),
            movement,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed {
                elsewhere: true,
                replaces: true,
                nobody_erased: true,
            },
        })),
        8 | 9 => Command::Meet {
            movement,
            meetings: vec![Meeting {
                arrival,
                priority: Priority::ALL.get(usize::from(c)).copied(),
            }],
        },
        10..=14 => registering(
            arrival,
            movement,
            Whose::New {
                person,
                particulars: Box::new(somebody(b, c)),
            },
            line(movement, c),
        ),
        15 => registering(arrival, movement, Whose::Known(person), line(movement, c)),
        16 => registering(arrival, movement, Whose::Declined { person }, None),
        17 if c > 5 => Command::EraseLine {
            line: line(movement, c - 5)?,
        },
        17 => Command::MarkNoShow {
            line: line(movement, c)?,
        },
        18 | 19 => Command::Screen {
            arrival,
            screening: Screening {
                vulnerabilities: [
                    (c % 2 == 0).then_some(Vulnerability::PREGNANT),
                    (c > 4).then_some(Vulnerability::MEDICAL),
                ]
                .into_iter()
                .flatten()
                .collect(),
                separation: (c == 7).then_some(Separation::Unaccompanied),
                protection_concern: c == 6,
                declined: false,
                before: ScreenedBefore::ALL.get(usize::from(c) % 5).copied(),
            },
            note: (c == 5).then(|| "call her aunt".to_owned()),
        },
        20..=23 => Command::Redeem {
            arrival,
            entitlement: granted(b)?,
            card_checked: false,
        },
        24 => Command::Void {
            arrival,
            entitlement: granted(b)?,
            reason: VoidReason::KNOWN[usize::from(c) % 3].clone(),
        },
        25 => Command::WaiveLimit {
            arrival,
            entitlement: granted(b)?,
            reason: "need".into(),
        },
        26 => Command::Grant {
            arrival,
            item,
            quantity: 2,
            reason: "need".into(),
        },
        27 => Command::LinkPersons {
            link: LinkId(id(400, a)),
            first: person,
            second: other,
        },
        28 => Command::UnlinkPersons {
            link: LinkId(id(400, a)),
            reason: "not alike".into(),
        },
        29 => Command::JoinFamily {
            family: FamilyId(id(600, a)),
            person,
            relation: RelationCode::KNOWN[usize::from(c) % RelationCode::KNOWN.len()].clone(),
        },
        30 => Command::LeaveFamily {
            family: FamilyId(id(600, a)),
            person,
        },
        31 if c > 4 => Command::ErasePerson { person },
        31 => Command::ChangeUser {
            user: UserId(id(800, a)),
            roles: vec![Role::Clerk, Role::Administrator],
            active: c > 2,
        },
        32 if c > 3 => Command::WithdrawArrival {
            arrival,
            reason: "registered twice".into(),
        },
        32 => Command::Leave { arrival },
        33 => Command::SendWaybill {
            waybill: WaybillId(id(700, a)),
            number: format!("W {b}"),
            origin: (c % 2 == 0).then_some(SITE),
            destination: if c % 2 == 0 { ELSEWHERE } else { SITE },
            to: None,
            lines: vec![WaybillLine {
                item,
                quantity: u32::from(c) + 1,
            }],
        },
        34 => {
            let waybill = WaybillId(id(700, a));
            let item = register.waybill(waybill).unwrap()?.sent[0].item.clone();
            Command::ReceiveWaybill {
                waybill,
                lines: vec![WaybillLine {
                    item,
                    quantity: u32::from(c),
                }],
                difference: Some(domain::DifferenceReason::LOST),
            }
        }
        35 => Command::CountStock {
            stocktake: StocktakeId(fresh),
            site: SITE,
            counts: vec![WaybillLine {
                item,
                quantity: u32::from(c),
            }],
            difference: Some(domain::DifferenceReason::MISCOUNTED),
        },
        36 => Command::CorrectPerson {
            person,
            particulars: Box::new(somebody(b, c)),
            reason: "misheard".into(),
            document_shared: true,
        },
        37 => Command::CorrectRegistration {
            arrival,
            line: line(movement, c),
        },
        38 if c > 4 => open_site(SITE, "Moved", ["UTC", "Asia/Tokyo"][usize::from(a) % 2]),
        38 => Command::AdmitUser {
            user: UserId(id(800, a)),
            roles: vec![Role::Clerk],
            staff: domain::Staff {
                login: format!("demo-{b}"),
                name: "Demo-Clerk".into(),
            },
        },
        40 | 41 => Command::ListService {
            service: ServiceId(id(900, a)),
            name: format!("Demo service {b}"),
            kind: [ServiceKind::FOOD, ServiceKind::HEALTH, ServiceKind::GBV][usize::from(a) % 3]
                .clone(),
            languages: vec!["ht".into()],
            active: c != 0,
            contact: Contact::default(),
        },
        42..=44 => Command::Refer(Box::new(Referring {
            referral: ReferralId(id(1000, c)),
            person,
            service: ServiceId(id(900, a)),
            consent: Consent::Person,
            reason: None,
            need: Some("shoes".into()),
            due: world.now.plus_ms(86_400_000),
        })),
        45 => Command::FollowUpReferral {
            referral: ReferralId(id(1000, c)),
            due: world.now.plus_ms(172_800_000),
            note: None,
            reached: CallResult::KNOWN.get(usize::from(a) % 6).cloned(),
        },
        46 | 47 => Command::AnswerReferral {
            referral: ReferralId(id(1000, c)),
            outcome: ReferralOutcome::KNOWN[usize::from(a)].clone(),
            due: Some(world.now.plus_ms(86_400_000)),
            note: Some("said".into()),
        },
        48 => Command::RecordFeedback {
            feedback: FeedbackId(id(1100, c)),
            voice: Voice {
                channel: FeedbackChannel::BOX,
                kind: FeedbackKind::QUESTION,
                text: "when".into(),
                contact: None,
                sensitive: a == 0,
            },
        },
        49 => Command::AnswerFeedback {
            feedback: FeedbackId(id(1100, c)),
            text: "soon".into(),
        },
        50 => Command::CloseFeedback {
            feedback: FeedbackId(id(1100, c)),
        },
        56 => Command::EraseFeedback {
            feedback: FeedbackId(id(1100, c)),
        },
        55 => Command::ReportMisconduct {
            feedback: FeedbackId(id(1100, c)),
            misconduct: Misconduct {
                kind: Some(MisconductKind::OTHER),
                channel: None,
                text: "rude".into(),
                contact: None,
            },
        },
        51 => Command::PrintBooklet {
            booklet: BookletId(id(1200, a)),
            cards: u32::from(b) + 1,
        },
        52 => Command::ReturnBooklet {
            booklet: BookletId(id(1200, a)),
            torn_out: u32::from(b),
        },
        53 => Command::MeetOnPaper {
            arrival,
            movement,
            card: *register
                .booklet(BookletId(id(1200, c % 5)))
                .unwrap()?
                .cards
                .first()?,
            written_by: UserId(id(800, a)),
        },
        54 => {
            let first = date(2021, 8, i8::try_from(b).unwrap() + 1);
            let row = |code: &str, count| EditionRow {
                code: code.into(),
                count,
            };
            let table = |by: Option<&str>, rows| EditionTable {
                of: "met".into(),
                by: by.map(str::to_owned),
                rows,
            };
            let edition = NewEdition {
                id: EditionId(id(1300, a)),
                period: if c < 6 {
                    Period::Day(Day(first))
                } else {
                    Period::Month(Day(date(2021, 8, 1)))
                },
                sites: vec![SITE, ELSEWHERE],
                cut_off: START,
                plan: 1,
                log_end: "end".into(),
                tables: vec![
                    table(None, vec![row("", Some(7))]),
                    table(Some("sex"), vec![row("f", None), row("m", Some(5))]),
                ],
                basis: vec![7, u64::from(c), 5],
            };
            Command::PublishEditions {
                editions: vec![edition],
                known: register.editions_published().unwrap(),
                second: ADMIN,
            }
        }
        58 | 59 => Command::StateFigures {
            figures: vec![NewFigure {
                id: FigureId(id(1_400, a)),
                stated: stated(b, c),
                replaces: (c > 5).then_some(FigureId(id(1_400, b))),
            }],
        },
        60 => Command::WithdrawFigure {
            figure: FigureId(id(1_400, a)),
            reason: FigureWithdrawal::TWICE,
        },
        61 => Command::OpenMatter {
            matter: MatterId(id(1_500, a % 2)),
            title: "Demo".into(),
            day: None,
        },
        62 => Command::RecordAccount {
            matter: MatterId(id(1_500, a % 2)),
            account: AccountId(id(1_600, b)),
            told: Told {
                author: "Demo".into(),
                words: format!("it was {b}"),
                language: LanguageCode::ENGLISH,
                said_on: Day(date(2021, 9, 20)),
                published_by: String::new(),
                source_url: String::new(),
            },
        },
        63 if c > 3 => Command::WithdrawAccount {
            matter: MatterId(id(1_500, a % 2)),
            account: AccountId(id(1_600, b)),
            reason: AccountWithdrawal::TWICE,
        },
        63 => Command::MarkMatter {
            matter: MatterId(id(1_500, a % 2)),
            points: vec![Point {
                about: "what it was".into(),
                agree: c == 0,
                quotations: [b, (b + 1) % 5]
                    .map(|account| Quotation {
                        account: AccountId(id(1_600, account)),
                        words: "it was".into(),
                    })
                    .into(),
            }],
        },
        64 => Command::StateScreening {
            movement,
            counts: ScreenedCounts {
                offered: Some(u32::from(c)),
                ..ScreenedCounts::default()
            },
        },
        65 => Command::DefineLegalBasis {
            basis: DefinedBasis {
                code: LegalBasis::any(format!("basis_{}", a % 2)),
                names: vec![(LanguageCode::ENGLISH, format!("Demo {c}"))],
                active: c > 3,
            },
        },
        66 => Command::TellPathway {
            pathway: PathwayId(id(1_700, a % 4)),
            person: other,
            by: PathwaySource::OFFICIALS,
            kind: PathwayKind::KNOWN.get(usize::from(b)).cloned(),
        },
        67 => Command::OpenPathway {
            pathway: PathwayId(id(1_700, a % 4)),
            person: other,
            kind: PathwayKind::KNOWN[usize::from(b) % 7].clone(),
        },
        68 => {
            let pathway = PathwayId(id(1_700, a % 4));
            let steps = world.memory.pathway(pathway).unwrap()?.kind?.steps();
            Command::SayPathwayStep {
                pathway,
                said: StepState {
                    step: steps[usize::from(b) % steps.len()].clone(),
                    stands: match c {
                        0 => StepStands::Open,
                        3 => StepStands::NotApplicable,
                        _ => StepStands::Done(Day(date(2021, 9, 22))),
                    },
                    due: Some(Day(date(2021, 10, 1 + i8::try_from(c).unwrap()))),
                },
            }
        }
        69 => Command::ClosePathway {
            pathway: PathwayId(id(1_700, a % 4)),
            outcome: PathwayOutcome::KNOWN[usize::from(c) % 4].clone(),
        },
        70 => Command::StateService {
            service: ServiceId(id(900, a)),
            places: (b > 0).then_some(u32::from(c)),
            places_of: PlacesOf::KNOWN[usize::from(b) % 2].clone(),
            reachable: Reachability::KNOWN[usize::from(c) % 3].clone(),
            until: Some(world.now.plus_ms(172_800_000)),
            open_days: vec![a + 1, b + 1],
        },
        72..=74 => Command::ReleaseRights {
            transfer: TransferId(id(1_800, a)),
            of: match b % 3 {
                0 => Released::Movement(movement),
                1 => Released::Share {
                    movement,
                    people: u32::from(c % 3),
                },
                _ => Released::People(vec![arrival]),
            },
            to: NODES[usize::from(c) % 2],
            site: if c > 5 { ELSEWHERE } else { SITE },
        },
        75 | 76 => Command::AcceptRights {
            transfer: TransferId(id(1_800, a)),
        },
        77 => Command::DeclineRights {
            transfer: TransferId(id(1_800, a)),
        },
        78 => Command::AnnounceLost {
            recovery: RecoveryId(id(1_900, a)),
            node: NODES[usize::from(b) % 2],
            heir: NODES[usize::from(c) % 2],
            waiting_days: None,
            why: LossReason::Missing,
        },
        79 if c > 5 => Command::SetRecoveryRules {
            waiting_days_min: u32::from(c),
        },
        79 => Command::CallOffRecovery {
            recovery: RecoveryId(id(1_900, a)),
        },
        80 => {
            let found = register.arrival(arrival).unwrap()?;
            let held = found.entitlements.get(usize::from(b))?;
            Command::DecideOverlap {
                arrival,
                entitlement: held.id,
                act: held.acts().next()?.order.into(),
                decision: OverlapDecision::ALL[usize::from(c) % 3],
                reason: "looked at".into(),
            }
        }
        _ => Command::Flag {
            arrival,
            priority: Priority::ALL[usize::from(c) % 5],
        },
    })
}

//! What was said in public by the day the demo stops: the published figures, two accounts of why the
//! envoy left, and the people taken out of the camp. The figures and words are as published, each with
//! its source; how the people taken to custody are parted among transfers is ours.

use domain::{
    AccessId, AccessStatus, AccountId, Command, Credibility, Day, FigureId, Harm, IncidentId,
    IncidentKind, IncidentSource, LanguageCode, LegalBasis, MatterId, Moment, MovementId,
    MovementKind, Occurred, PCode, Point, Quotation, Role, Screened, TeamId, Told,
};
use jiff::civil::{Date, DateTime, date};
use report::stated::figures_of;
use uuid::Uuid;

use super::plan::{Place, local};
use super::play::Play;
use crate::command::figures::PUBLISHED;
use crate::failure::Failure;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x5A1D_0000 + number)
}

/// When people were taken from the camp to custody, and how many: 3,206 by the 23rd (DR04).
const TAKEN: [(&str, DateTime, u32); 3] = [
    (
        "DEMO T1",
        DateTime::constant(2021, 9, 19, 15, 0, 0, 0),
        1_100,
    ),
    (
        "DEMO T2",
        DateTime::constant(2021, 9, 21, 11, 30, 0, 0),
        1_206,
    ),
    ("DEMO T3", DateTime::constant(2021, 9, 22, 16, 0, 0, 0), 900),
];
/// How long they are under way.
const UNDER_WAY_MS: i64 = 3 * 3_600_000;

/// From the envoy's letter of resignation.
const ENVOY: &str = "my recommendations have been ignored and dismissed, when not edited to project a \
                     narrative different from my own";
/// From an interview with the Deputy Secretary of State.
const DEPUTY: &str = "all proposals, including those led by Special Envoy Foote, were fully considered \
                      in a rigorous and transparent policy process";

impl Play {
    /// Everything that was said by now.
    pub(super) fn what_others_said(&mut self, now: Moment) -> Result<(), Failure> {
        self.take_to_custody(now)?;
        self.state_figures(now)?;
        self.warn(now)?;
        let told = local(date(2021, 9, 24).at(9, 0, 0, 0));
        if now >= told {
            self.tell_why_the_envoy_left(told)?;
        }
        Ok(())
    }

    fn take_to_custody(&mut self, now: Moment) -> Result<(), Failure> {
        let (camp, custody) = (self.site_of(Place::DelRio), self.site_of(Place::UsCustody));
        for (number, (name, leaves, people)) in (0..).zip(TAKEN) {
            let leaves = local(leaves);
            let arrives = leaves.plus_ms(UNDER_WAY_MS);
            if arrives > now {
                continue;
            }
            let movement = MovementId(id(number));
            let announce = Command::AnnounceMovement {
                movement,
                kind: MovementKind::TRANSFER,
                designator: name.into(),
                origin: camp,
                destination: custody,
                expected: arrives,
                legal_basis: LegalBasis::SECTOR_TRANSFER,
                announced: people,
                screened_before: Screened::NotKnown,
            };
            let depart = Command::DepartMovement { movement };
            let land = Command::LandMovement {
                movement,
                headcount: people,
            };
            let at = |moment| Some(Occurred::at(moment));
            let commands = vec![
                (at(leaves), announce),
                (at(leaves), depart),
                (at(arrives), land),
                (at(arrives), Command::CloseMovement { movement }),
            ];
            self.ask_at(Role::Coordinator, custody, commands)?;
        }
        Ok(())
    }

    /// Invented: a road that is closed, a kidnapping on it, and a team that could not leave and now can.
    fn warn(&mut self, now: Moment) -> Result<(), Failure> {
        let site = self.home()?.id;
        let hours = |hours: i64| Some(Occurred::at(now.plus_ms(-hours * 3_600_000)));
        let team = TeamId(id(300));
        let incident =
            |number, kind, area, harm, credibility, text: &str| Command::ReportIncident {
                incident: IncidentId(id(number)),
                kind,
                area,
                site: None,
                harm,
                source: IncidentSource::PARTNER,
                credibility,
                text: Some(text.into()),
            };
        let confined = Command::ConfineTeam {
            team,
            people: 4,
            area: PCode::HT01,
            site: Some(site),
            text: Some("Demo-Ekip 2, by radio on channel 3".into()),
        };
        let kidnapping = incident(
            310,
            IncidentKind::KIDNAPPING,
            PCode::HT07,
            Harm::TAKEN,
            Credibility::PROBABLE,
            "Invented for the demo: a bus was stopped on the road south, two people were taken.",
        );
        let control = incident(
            311,
            IncidentKind::ROAD_CONTROL,
            PCode::HT05,
            Harm::NONE,
            Credibility::CONFIRMED,
            "Invented for the demo: money is asked at the bridge.",
        );
        let road = |number, road: &str, area, status, hours: i64| Command::StateAccess {
            access: AccessId(id(number)),
            site: None,
            road: Some(road.into()),
            area,
            status,
            until: now.plus_ms(hours * 3_600_000),
        };
        let south = road(
            320,
            "RN2, Martissant",
            PCode::HT07,
            AccessStatus::CLOSED,
            18,
        );
        let north = road(
            321,
            "RN1, north of the capital",
            PCode::HT05,
            AccessStatus::RESTRICTED,
            6,
        );
        let coordinated = vec![
            (hours(20), confined),
            (hours(14), Command::FreeTeam { team }),
            (None, south),
            (None, north),
        ];
        self.ask_at(Role::Coordinator, site, coordinated)?;
        self.ask_at(
            Role::Clerk,
            site,
            vec![(hours(9), kidnapping), (hours(30), control)],
        )
    }

    /// The figures published by now; parts that were published later are not theirs yet.
    fn state_figures(&mut self, now: Moment) -> Result<(), Failure> {
        let site = self.home()?;
        let today = site.date_of(now);
        let read = figures::read(PUBLISHED).map_err(|why| Failure::Wrong(why.to_string()))?;
        let mut statements = read.statements;
        statements.retain(|statement| statement.published_on <= today);
        let known: Vec<_> = statements
            .iter()
            .map(|statement| statement.figure_id.clone())
            .collect();
        for statement in &mut statements {
            let parts = statement.part_ids().into_iter();
            let parts: Vec<_> = parts
                .filter(|part| known.iter().any(|id| id == part))
                .collect();
            statement.parts = parts.join(" ");
        }
        let sites = self
            .node()
            .read::<_, node::NodeError>(|register| Ok(register.sites()?))?;
        let mut number = 100;
        let figures = figures_of(&statements, &sites, || {
            number += 1;
            FigureId(id(number))
        });
        if figures.is_empty() {
            return Ok(());
        }
        let command = Command::StateFigures { figures };
        self.ask_at(Role::InformationOfficer, site.id, vec![(None, command)])
    }

    fn tell_why_the_envoy_left(&mut self, at: Moment) -> Result<(), Failure> {
        let site = self.home()?.id;
        let matter = MatterId(id(200));
        let (envoy, deputy) = (AccountId(id(201)), AccountId(id(202)));
        let day = |date: Date| Day(date);
        let open = Command::OpenMatter {
            matter,
            title: "Why the special envoy for Haiti left his post".into(),
            day: Some(day(date(2021, 9, 22))),
        };
        let told =
            |account, author: &str, words: &str, said_on, published_by: &str, source_url: &str| {
                Command::RecordAccount {
                    matter,
                    account,
                    told: Told {
                        author: author.into(),
                        words: words.into(),
                        language: LanguageCode::ENGLISH,
                        said_on: day(said_on),
                        published_by: published_by.into(),
                        source_url: source_url.into(),
                    },
                }
            };
        let quoted = |account, words: &str| Quotation {
            account,
            words: words.into(),
        };
        let mark = Command::MarkMatter {
            matter,
            points: vec![Point {
                about: "Whether what he recommended was considered".into(),
                agree: false,
                quotations: vec![
                    quoted(envoy, "ignored and dismissed"),
                    quoted(deputy, "fully considered"),
                ],
            }],
        };
        let commands = vec![
            open,
            told(
                envoy,
                "Special envoy for Haiti (letter of resignation)",
                ENVOY,
                date(2021, 9, 22),
                "washingtoncurrent.substack.com",
                "https://washingtoncurrent.substack.com/p/white-house-disputes-haiti-envoys",
            ),
            told(
                deputy,
                "Deputy Secretary of State (interview)",
                DEPUTY,
                date(2021, 9, 23),
                "stripes.com",
                "https://www.stripes.com/theaters/americas/2021-09-25/state-department-sherman-haiti-envoy-wanted-deploy-military-3016095.html",
            ),
            mark,
        ];
        let commands = commands
            .into_iter()
            .map(|command| (Some(Occurred::at(at)), command));
        self.ask_at(Role::InformationOfficer, site, commands.collect())
    }
}

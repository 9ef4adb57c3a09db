//! An invented place to sleep, so that the visitor sees one fill up: how many it holds, who is there by
//! its coordinator's count, and who is announced to come.

use domain::{
    Command, Country, Day, FigureId, LegalBasis, Method, Moment, MovementId, MovementKind,
    NewFigure, PCode, Role, Screened, Sharpness, SiteId, SiteKind, StatedFigure,
};
use uuid::Uuid;

use super::plan::TIME_ZONE;
use super::play::Play;
use crate::failure::Failure;

const HOUR_MS: i64 = 3_600_000;
const NAME: &str = "Demo-Kay shelter";
const CAPACITY: u32 = 64;
const THERE: u64 = 51;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x5E17_0000 + number)
}

impl Play {
    /// Everything of it, as of the moment the visitor comes.
    pub(super) fn shelter(&mut self, now: Moment) -> Result<(), Failure> {
        let home = self.home()?;
        let shelter = SiteId(id(0));
        let open = Command::OpenSite {
            site: shelter,
            name: NAME.into(),
            kind: SiteKind::SHELTER,
            country: Country::HTI,
            area: Some(PCode::HT01),
            port_code: None,
            capacity: Some(CAPACITY),
            time_zone: TIME_ZONE.into(),
            day_closes_min: 0,
        };
        self.ask_at(Role::Administrator, home.id, vec![(None, open)])?;
        let today = Day(home.date_of(now));
        let counted = Command::StateFigures {
            figures: vec![NewFigure {
                id: FigureId(id(1)),
                stated: StatedFigure {
                    code: "DEMO-KAY".into(),
                    indicator: "present".into(),
                    low: THERE,
                    high: None,
                    sharpness: Sharpness::Exact,
                    method: Method::Count,
                    unit: "person".into(),
                    from: None,
                    as_of: today,
                    minute: Some(8 * 60),
                    place: NAME.into(),
                    site: Some(shelter),
                    route: String::new(),
                    breakdown: String::new(),
                    stated_by: "its coordinator (invented)".into(),
                    published_by: "Akèy, for the demo".into(),
                    published_on: today,
                    source_url: String::new(),
                    note: String::new(),
                    parts: Vec::new(),
                },
                replaces: None,
            }],
        };
        self.ask_at(Role::Coordinator, shelter, vec![(None, counted)])?;
        let transfer = |number, name: &str, hours: i64, announced| {
            let announce = Command::AnnounceMovement {
                movement: MovementId(id(number)),
                kind: MovementKind::TRANSFER,
                designator: name.into(),
                origin: home.id,
                destination: shelter,
                expected: now.plus_ms(hours * HOUR_MS),
                legal_basis: LegalBasis::NOT_STATED,
                announced,
                screened_before: Screened::NotKnown,
            };
            (None, announce)
        };
        let transfers = vec![
            transfer(10, "DEMO K1", 4, 11),
            transfer(11, "DEMO K2", 26, 9),
            transfer(12, "DEMO K3", 50, 6),
        ];
        self.ask_at(Role::Coordinator, shelter, transfers)
    }
}

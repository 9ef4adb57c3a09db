//! Where measurements happen: a folder on the disk that is measured, a founded operation in it, and
//! movements that landed so that people can be registered.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{
    ArrivalId, Birth, Command, Day, Document, DocumentKind, LegalBasis, Moment, MovementId,
    MovementKind, Particulars, PersonId, Registering, Role, Screened, Sex, SiteId, Whose,
};
use jiff::civil::date;
use jiff::tz::TimeZone;
use node::{ManualClock, Node, OffsetClock, Request, Session};

use crate::cli::Common;
use crate::demo::founding::{self, Founded, PASSPHRASE, PASSWORD, id};
use crate::demo::plan::{Place, local};
use crate::failure::Failure;
use crate::place::{self, DemoNote};
use crate::secret;
use population::Chance;

/// A folder for one measurement; it is removed with the rig.
pub struct Rig {
    folder: PathBuf,
}

impl Rig {
    /// A new folder: below `--data` where given, so that this disk is measured, else in the
    /// system's folder for temporary files.
    pub fn new(common: &Common, name: &str) -> Result<Self, Failure> {
        let below = common.data.clone().unwrap_or_else(std::env::temp_dir);
        let folder = below.join(format!("akey-bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(Failure::file(&folder, "make the folder"))?;
        Ok(Self { folder })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The data folder of the operation in it.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A founded operation, its clock running.
    pub fn found(&self) -> Result<Running, Failure> {
        // A seed of its own: the same request made twice is done once.
        let mut chance = Chance::seeded(u64::MAX);
        let Founded { node, sites, .. } = founding::found(&self.data(), &mut chance)?;
        drop(node);
        self.note(local(date(2021, 9, 19).at(8, 0, 0, 0)))?;
        self.open(sites[&Place::PortAuPrince])
    }

    /// A founded operation whose clock stands on the morning of its founding until it is set.
    pub fn found_on_its_day(&self) -> Result<(Running, Arc<ManualClock>), Failure> {
        let mut chance = Chance::seeded(u64::MAX);
        let Founded {
            node,
            clock,
            sites,
            mut staff,
            desks: _,
        } = founding::found(&self.data(), &mut chance)?;
        let coordinator = staff
            .remove(&Role::Coordinator)
            .expect("a coordinator is among the staff");
        let site = sites[&Place::PortAuPrince];
        let running = Running {
            node,
            site,
            coordinator,
        };
        Ok((running, clock))
    }

    /// Lets the serving program go on from this moment.
    pub fn note(&self, now: Moment) -> Result<(), Failure> {
        self.place()?.write_note(DemoNote {
            until: now.timestamp().to_zoned_datetime(TimeZone::UTC).date(),
            clock_offset_ms: OffsetClock::showing(now).offset_ms(),
            passphrase: PASSPHRASE.into(),
            password: PASSWORD.into(),
            made_by: env!("CARGO_PKG_VERSION").into(),
        })
    }

    fn place(&self) -> Result<place::Place, Failure> {
        place::Place::of_demo(&Common {
            data: Some(self.data()),
            passphrase_file: None,
            json: false,
            store: None,
        })
    }

    /// With what a node of the operation is opened: a clock that runs on from where it was noted last.
    /// At a node whose clock is days behind, everything new would be set aside.
    pub fn options(&self) -> Result<node::NodeOptions, Failure> {
        Ok(self.place()?.options())
    }

    /// The operation, opened again.
    pub fn open(&self, site: SiteId) -> Result<Running, Failure> {
        let node = Node::open(
            &self.data(),
            &secret::passphrase(PASSPHRASE),
            self.options()?,
        )?;
        let coordinator = node.sign_in(founding::COORDINATOR, PASSWORD)?;
        Ok(Running {
            node,
            site,
            coordinator,
        })
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        // What cannot be removed is in a folder for temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A running site and somebody who may announce and register.
pub struct Running {
    /// The node.
    pub node: Node,
    /// Its site.
    pub site: SiteId,
    /// Somebody who may do what is measured.
    pub coordinator: Session,
}

impl Running {
    /// Carries out one command.
    pub fn execute(&self, chance: &mut Chance, command: Command) -> Result<(), Failure> {
        self.node
            .execute(&self.coordinator, self.request(chance, command))?;
        Ok(())
    }

    /// A command with an id.
    pub fn request(&self, chance: &mut Chance, command: Command) -> Request {
        Request {
            id: id(chance),
            site: self.site,
            occurred: None,
            command,
        }
    }

    /// A flight that has landed.
    pub fn landed(
        &self,
        chance: &mut Chance,
        name: &str,
        headcount: u32,
    ) -> Result<MovementId, Failure> {
        let movement = self.announced(chance, name, headcount)?;
        self.execute(
            chance,
            Command::LandMovement {
                movement,
                headcount,
            },
        )?;
        Ok(movement)
    }

    /// A flight that is announced.
    pub fn announced(
        &self,
        chance: &mut Chance,
        name: &str,
        announced: u32,
    ) -> Result<MovementId, Failure> {
        let (movement, command) = self.announcing(chance, name, announced)?;
        self.execute(chance, command)?;
        Ok(movement)
    }

    /// The command that announces a flight.
    pub fn announcing(
        &self,
        chance: &mut Chance,
        name: &str,
        announced: u32,
    ) -> Result<(MovementId, Command), Failure> {
        let origin = self.node.read::<_, node::NodeError>(|register| {
            let sites = register.sites()?;
            Ok(sites
                .into_iter()
                .map(|site| site.id)
                .find(|id| *id != self.site))
        })?;
        let movement = MovementId(id(chance));
        let command = Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: name.into(),
            origin: origin.ok_or(node::NodeError::NotFounded)?,
            destination: self.site,
            expected: self.node.now(),
            legal_basis: LegalBasis::NOT_STATED,
            announced,
            screened_before: Screened::NotKnown,
        };
        Ok((movement, command))
    }
}

/// Somebody unlisted to be met and registered at once.
pub fn somebody(chance: &mut Chance, number: u32, movement: MovementId) -> Command {
    let day = i8::try_from(1 + number % 28).expect("a day");
    let month = i8::try_from(1 + number / 28 % 12).expect("a month");
    let year = 1950 + i16::try_from(number / 336 % 65).expect("a year");
    let particulars = Particulars {
        given_names: format!("Given {}", number / 7),
        family_name: format!("Demo-Bench {number}"),
        sex: Some(if number.is_multiple_of(3) {
            Sex::F
        } else {
            Sex::M
        }),
        birth: Some(Birth::On(Day(date(year, month, day)))),
        documents: vec![Document::new(
            DocumentKind::Passport,
            &format!("DEMO{number:07}"),
            None,
        )],
        ..Particulars::default()
    };
    Command::Register(Box::new(Registering {
        arrival: ArrivalId(id(chance)),
        movement,
        whose: Whose::New {
            person: PersonId(id(chance)),
            particulars: Box::new(particulars),
        },
        line: None,
        informed: true,
        document_shared: false,
    }))
}

//! Beginning an operation: root key, first node, first site, first administrator, the items and the
//! package it starts with.
//!
//! It begins whole or not at all. A small file says that it is under way and which operation it is;
//! then the root key is kept, then the ledger is made, and taking the small file away is the moment
//! from which the operation exists. A folder with that file in it holds nothing that anybody was
//! promised, and the next attempt clears it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use domain::{
    Actor, Command, Country, Grant, Item, ItemCode, LanguageCode, Limit, Money, NodeKey,
    OperationId, PCode, Package, Role, SiteId, SiteKind, Staff, UserId, Vulnerability, When,
};
use ledger::{Admission, Ledger, Passphrase, RootKey};
use uuid::Uuid;

use crate::access::check_password;
use crate::error::NodeError;
use crate::ids::SystemIds;
use crate::node::{Node, NodeOptions};
use crate::writer::{Order, Writer};

const SITE: &str = "site";
/// Says that founding is under way, and which operation it is.
const UNDER_WAY: &str = "akey.founding";

/// What an operation begins with. Not to be printed: it holds a password.
pub struct Founding<'a> {
    /// The operation's name.
    pub operation: String,
    /// The passphrase that unlocks this node.
    pub passphrase: &'a Passphrase,
    /// The passphrase that protects the exported root key.
    pub root_passphrase: &'a Passphrase,
    /// The site of this node.
    pub site: FirstSite,
    /// The first administrator.
    pub administrator: Staff,
    /// Their password.
    pub password: String,
    /// Their roles beside administrator: at a small site one person does everything.
    pub also: Vec<Role>,
    /// The languages of its pages, the first for whoever has not chosen. With none, the pages speak
    /// every language they know and go by the browser.
    pub languages: Vec<LanguageCode>,
    /// Keeps the root key, encrypted with its passphrase, durably and away from the folder. It is
    /// asked before there is an operation: if it fails, none begins.
    pub keep_root_key: &'a mut dyn FnMut(&str) -> io::Result<()>,
}

/// The site of a new node.
#[derive(Debug, Clone)]
pub struct FirstSite {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SiteKind,
    /// Country.
    pub country: Country,
    /// Administrative area.
    pub area: Option<PCode>,
    /// UN/LOCODE or IATA code.
    pub port_code: Option<String>,
    /// IANA time zone.
    pub time_zone: String,
    /// When its day closes: minutes after local midnight.
    pub day_closes_min: u16,
}

/// A new operation.
#[derive(Debug)]
pub struct Founded {
    /// The running node.
    pub node: Node,
    /// Its site.
    pub site: SiteId,
    /// The first administrator.
    pub administrator: UserId,
    /// The root key, encrypted with its passphrase: to be kept offline, away from this machine.
    pub root_key: String,
}

impl Node {
    /// Begins an operation in an empty or new folder, or where an earlier attempt never finished.
    ///
    /// # Errors
    /// When something stands in the folder, a passphrase or password is weak, a name is missing, the
    /// root key could not be kept or the disk fails; then the folder holds no operation, and trying
    /// again is safe.
    pub fn init(
        dir: &Path,
        founding: Founding<'_>,
        options: NodeOptions,
    ) -> Result<Founded, NodeError> {
        check_password(&founding.password)?;
        let mut ids = SystemIds::new(std::sync::Arc::clone(&options.ledger.entropy));
        let operation = OperationId(domain::Ids::id(&mut ids));
        let entropy = &*options.ledger.entropy;
        let root = RootKey::generate(ledger::OperationId(*operation.0.as_bytes()), entropy);
        let cost = options.ledger.passphrase_cost;
        let root_key = root.export(founding.root_passphrase, cost, entropy)?;
        let files = options.ledger.clone();
        let attempt = Attempt::begin(dir, operation, &files)?;
        (founding.keep_root_key)(&root_key).map_err(NodeError::RootKeyNotKept)?;
        let founded = found(dir, &root, root_key, founding, ids, options)?;
        attempt.finish()?;
        Ok(founded)
    }

    /// The site this node was set up for.
    pub fn home_site(&self) -> Result<SiteId, NodeError> {
        let bytes = self.setting(SITE)?.ok_or(NodeError::NotFounded)?;
        Ok(SiteId(
            Uuid::from_slice(&bytes).map_err(|_| NodeError::SealDamaged)?,
        ))
    }

    pub(crate) fn set_home_site(&self, site: SiteId) -> Result<(), NodeError> {
        self.set_setting(SITE, site.0.as_bytes())
    }

    /// Carries out commands as the program itself; the first refusal stops.
    pub(crate) fn set_up(
        &self,
        author: UserId,
        site: SiteId,
        commands: impl Iterator<Item = (Uuid, Command)>,
    ) -> Result<(), NodeError> {
        let orders = commands
            .map(|(request, command)| Order {
                request,
                actor: Actor::Setup(author),
                site,
                occurred: None,
                command,
                second: None,
            })
            .collect();
        for answer in self.shared.writer.execute(orders)? {
            answer?;
        }
        Ok(())
    }
}

/// Makes the ledger and records in it what the operation begins with.
fn found(
    dir: &Path,
    root: &RootKey,
    root_key: String,
    founding: Founding<'_>,
    mut ids: SystemIds,
    options: NodeOptions,
) -> Result<Founded, NodeError> {
    let mut id = || domain::Ids::id(&mut ids);
    let (site, administrator) = (SiteId(id()), UserId(id()));
    let operation = root.public().operation;
    let now_ms = u64::try_from(options.clock.now().0).unwrap_or(0);
    let ledger = Ledger::create(
        dir,
        &ledger::Founding {
            passphrase: founding.passphrase,
            recovery: Some(root.public().recovery),
            now_ms,
        },
        options.ledger.clone(),
    )?;
    let certificate = root.admit(&Admission {
        operation,
        node: ledger.node(),
        site: ledger::SiteId(*site.0.as_bytes()),
        at_ms: now_ms,
    });
    let node = Node::start(dir, ledger, options)?;
    let mut roles = founding.also;
    roles.push(Role::Administrator);
    let mut commands = vec![
        Command::FoundOperation {
            operation: OperationId(Uuid::from_bytes(operation.0)),
            name: founding.operation,
            root_signing: root.public().signing.to_vec(),
            root_recovery: root.public().recovery.0.to_vec(),
            languages: founding.languages,
        },
        Command::AdmitNode {
            node: NodeKey(node.key().0),
            certificate,
        },
    ];
    commands.extend(first_commands(founding.site, site));
    commands.push(Command::AdmitUser {
        user: administrator,
        roles,
        staff: founding.administrator,
    });
    let commands = commands.into_iter().map(|command| (id(), command));
    node.set_up(administrator, site, commands)?;
    node.shared.writer.alone(Writer::establish)??;
    node.store_password(administrator, &founding.password)?;
    node.set_setting(SITE, site.0.as_bytes())?;
    Ok(Founded {
        node,
        site,
        administrator,
        root_key,
    })
}

/// The operation whose founding in this folder was begun and never finished, if there is one. Its
/// root key, should it have been kept, opens nothing and may be thrown away.
///
/// # Errors
/// When the folder cannot be read.
pub fn unfinished_founding(dir: &Path) -> Result<Option<String>, NodeError> {
    match fs::read_to_string(dir.join(UNDER_WAY)) {
        Ok(operation) => Ok(Some(operation.trim().to_owned())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => Ok(None),
        Err(error) => Err(NodeError::Founding(error)),
    }
}

/// Refuses a folder in which an operation began and never came to exist.
pub(crate) fn check_finished(dir: &Path) -> Result<(), NodeError> {
    match unfinished_founding(dir)? {
        None => Ok(()),
        Some(_) => Err(NodeError::NeverFounded),
    }
}

/// An attempt at founding; what it made is removed when it is dropped before it is finished.
struct Attempt<'a> {
    dir: &'a Path,
    options: &'a ledger::Options,
    made_folder: bool,
    finished: bool,
}

impl<'a> Attempt<'a> {
    fn begin(
        dir: &'a Path,
        operation: OperationId,
        options: &'a ledger::Options,
    ) -> Result<Self, NodeError> {
        let made_folder = !dir.exists();
        if unfinished_founding(dir)?.is_some() {
            ledger::discard(dir, options)?;
        } else if ledger::exists(dir) {
            return Err(ledger::Error::AlreadyExists(dir.to_owned()).into());
        }
        fs::create_dir_all(dir).map_err(NodeError::Founding)?;
        let attempt = Self {
            dir,
            options,
            made_folder,
            finished: false,
        };
        fs::File::create(dir.join(UNDER_WAY))
            .and_then(|mut file| {
                writeln!(file, "{}", ledger::OperationId(*operation.0.as_bytes()))?;
                file.sync_all()
            })
            .and_then(|()| options.disk.sync_directory(dir))
            .map_err(NodeError::Founding)?;
        Ok(attempt)
    }

    /// From here on the operation exists.
    fn finish(mut self) -> Result<(), NodeError> {
        fs::remove_file(self.dir.join(UNDER_WAY)).map_err(NodeError::Founding)?;
        self.finished = true;
        if let Err(error) = self.options.disk.sync_directory(self.dir) {
            // The operation is there and whole: saying that it failed would have its root key thrown
            // away. At worst a power loss brings the file back, and the folder says so.
            tracing::warn!(%error, "the end of the founding may not be on the disk yet");
        }
        Ok(())
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        // What cannot be removed now is removed by the next attempt, which the file tells of it.
        if ledger::discard(self.dir, self.options).is_ok() {
            let _ = fs::remove_file(self.dir.join(UNDER_WAY));
            if self.made_folder {
                let _ = fs::remove_dir(self.dir);
            }
        }
    }
}

fn first_commands(first: FirstSite, site: SiteId) -> Vec<Command> {
    let mut commands = vec![Command::OpenSite {
        site,
        name: first.name,
        kind: first.kind,
        country: first.country,
        area: first.area,
        port_code: first.port_code,
        capacity: None,
        time_zone: first.time_zone,
        day_closes_min: first.day_closes_min,
    }];
    commands.extend(items().into_iter().map(|item| Command::DefineItem { item }));
    commands.push(Command::DefinePackage { package: package() });
    commands
}

/// The items of a reception as IOM gave them in Haiti in autumn 2021: food, hygiene kit, a cash
/// grant of 100 US dollars, onward transport. An operation changes them as it needs.
fn items() -> Vec<Item> {
    let item = |code: ItemCode| Item {
        code,
        stocked: true,
        money: None,
        limit: None,
    };
    let service = |code| Item {
        stocked: false,
        ..item(code)
    };
    vec![
        item(ItemCode::HOT_MEAL),
        item(ItemCode::WATER),
        item(ItemCode::HYGIENE_KIT),
        item(ItemCode::DIGNITY_KIT),
        item(ItemCode::BABY_KIT),
        item(ItemCode::BLANKET),
        Item {
            money: Some(Money {
                minor_units: 10_000,
                currency: "USD".into(),
            }),
            limit: Some(Limit { times: 1, days: 90 }),
            ..item(ItemCode::CASH_GRANT)
        },
        item(ItemCode::SHELTER_NIGHT),
        service(ItemCode::ONWARD_TRANSPORT),
        service(ItemCode::PHONE_CALL),
    ]
}

fn package() -> Package {
    let one = |item, when| Grant {
        item,
        quantity: 1,
        when,
    };
    Package {
        grants: vec![
            one(ItemCode::HOT_MEAL, When::Met),
            one(ItemCode::WATER, When::Met),
            one(ItemCode::HYGIENE_KIT, When::AgeFrom(12)),
            one(ItemCode::BABY_KIT, When::AgeUnder(2)),
            one(ItemCode::CASH_GRANT, When::AgeFrom(18)),
            one(ItemCode::ONWARD_TRANSPORT, When::Registered),
            one(
                ItemCode::DIGNITY_KIT,
                When::Vulnerable(Vulnerability::PREGNANT),
            ),
            one(
                ItemCode::SHELTER_NIGHT,
                When::Vulnerable(Vulnerability::NO_SHELTER),
            ),
            one(
                ItemCode::PHONE_CALL,
                When::Vulnerable(Vulnerability::CHILD_ALONE),
            ),
        ],
    }
}

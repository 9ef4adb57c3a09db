//! Beginning an operation: root key, first node, first site, first administrator, the items and the
//! package it starts with.

use std::path::Path;

use domain::{
    Actor, Command, Country, Grant, Item, ItemCode, Limit, Money, NodeKey, OperationId, PCode,
    Package, Role, SiteId, SiteKind, Staff, UserId, Vulnerability, When,
};
use ledger::{Admission, Ledger, Passphrase, RootKey};
use uuid::Uuid;

use crate::access::check_password;
use crate::error::NodeError;
use crate::ids::SystemIds;
use crate::node::{Node, NodeOptions};
use crate::writer::Order;

const SITE: &str = "site";

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
    /// Begins an operation in an empty or new folder.
    ///
    /// # Errors
    /// When something stands in the folder, a passphrase or password is weak, or a name is missing;
    /// then the folder holds no operation.
    pub fn init(
        dir: &Path,
        founding: Founding<'_>,
        options: NodeOptions,
    ) -> Result<Founded, NodeError> {
        check_password(&founding.password)?;
        let mut ids = SystemIds::new(std::sync::Arc::clone(&options.ledger.entropy));
        let mut id = || domain::Ids::id(&mut ids);
        let operation = OperationId(id());
        let site = SiteId(id());
        let administrator = UserId(id());
        let entropy = &*options.ledger.entropy;
        let root = RootKey::generate(ledger::OperationId(*operation.0.as_bytes()), entropy);
        let cost = options.ledger.passphrase_cost;
        let root_key = root.export(founding.root_passphrase, cost, entropy)?;
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
            operation: ledger::OperationId(*operation.0.as_bytes()),
            node: ledger.node(),
            site: ledger::SiteId(*site.0.as_bytes()),
            at_ms: now_ms,
        });
        let node = Self::start(dir, ledger, options)?;
        let mut commands = first_commands(founding.site, site);
        let mut roles = founding.also;
        roles.push(Role::Administrator);
        let staff = founding.administrator;
        commands.push(Command::AdmitUser {
            user: administrator,
            roles,
            staff,
        });
        let beginning = [
            Command::FoundOperation {
                operation,
                name: founding.operation,
                root_signing: root.public().signing.to_vec(),
                root_recovery: root.public().recovery.0.to_vec(),
            },
            Command::AdmitNode {
                node: NodeKey(node.key().0),
                certificate,
            },
        ];
        let commands = beginning.into_iter().chain(commands);
        node.set_up(administrator, site, commands.map(|command| (id(), command)))?;
        node.store_password(administrator, &founding.password)?;
        node.set_setting(SITE, site.0.as_bytes())?;
        Ok(Founded {
            node,
            site,
            administrator,
            root_key,
        })
    }

    /// The site this node was set up for.
    pub fn home_site(&self) -> Result<SiteId, NodeError> {
        let bytes = self.setting(SITE)?.ok_or(NodeError::NotFounded)?;
        Ok(SiteId(
            Uuid::from_slice(&bytes).map_err(|_| NodeError::SealDamaged)?,
        ))
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
            })
            .collect();
        for answer in self.shared.writer.execute(orders)? {
            answer?;
        }
        Ok(())
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

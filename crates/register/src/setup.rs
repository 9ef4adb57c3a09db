//! How the operation is set up: its name, nodes, sites and items.

use domain::{
    Bytes, Country, DefinedBasis, Item, LanguageCode, Moment, NodeKey, OperationId, PCode, Role,
    Site, SiteId, SiteKind, UserId,
};

use crate::columns::{Columns, all, one};
use crate::{Register, Result};

/// The operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// Its name.
    pub name: String,
    /// The public key of the root that admits nodes.
    pub root_signing: Bytes,
    /// The public key to which recovery copies are sealed.
    pub root_recovery: Bytes,
    /// The languages of its pages, the first for whoever has not chosen; empty where the founders
    /// named none.
    pub languages: Vec<LanguageCode>,
}

/// A node the root key admitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdmittedNode {
    /// The node.
    pub node: NodeKey,
    /// Its certificate.
    pub certificate: Bytes,
}

/// A role's key was given to somebody with the root key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoleKeyRecovery {
    /// When it was recorded.
    pub at: Moment,
    /// Who was given it.
    pub user: UserId,
    /// The administrator who was there.
    pub by: UserId,
}

/// The columns that [`read_site`] reads.
pub(crate) const SITE_COLUMNS: &str = "id, name, kind, country, area, port_code, capacity, \
    time_zone, day_closes_min";

/// A site out of [`SITE_COLUMNS`].
pub(crate) fn read_site(columns: &mut Columns<'_, '_>) -> Result<Site> {
    Ok(Site {
        id: SiteId(columns.uuid()?),
        name: columns.text()?,
        kind: SiteKind::any(columns.text()?),
        country: columns.code(|code| code.parse::<Country>().ok())?,
        area: columns.value::<Option<String>>()?.map(PCode::any),
        port_code: columns.value()?,
        capacity: columns.value()?,
        time_zone: columns.text()?,
        day_closes_min: columns.value()?,
    })
}

impl Register<'_> {
    /// The operation, once founded: the one founded first, if there should ever be two.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn founded(&self) -> Result<Option<Operation>> {
        let sql = "SELECT o.id, o.name, o.root_signing, o.root_recovery, o.languages
            FROM r_operation o JOIN r_node n ON n.no = o.node
            ORDER BY o.wall, o.counter, n.key, o.position LIMIT 1";
        one(self.connection(), sql, [], |columns| {
            Ok(Operation {
                id: OperationId(columns.uuid()?),
                name: columns.text()?,
                root_signing: Bytes(columns.value()?),
                root_recovery: Bytes(columns.value()?),
                languages: columns.cbor_if_any()?.unwrap_or_default(),
            })
        })
    }

    /// When the key of a role was given to somebody with the root key, the latest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn role_key_recoveries(&self, role: Role) -> Result<Vec<RoleKeyRecovery>> {
        let sql = "SELECT t.wall, t.user, t.author
            FROM r_role_key_recovered t JOIN r_node n ON n.no = t.node
            WHERE t.role = ?1 ORDER BY t.wall DESC, t.counter DESC, n.key DESC, t.position DESC";
        all(self.connection(), sql, [role.code()], |columns| {
            Ok(RoleKeyRecovery {
                at: columns.moment()?,
                user: UserId(columns.uuid()?),
                by: UserId(columns.uuid()?),
            })
        })
    }

    /// Every site, by name.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn sites(&self) -> Result<Vec<Site>> {
        let sql = format!("SELECT {SITE_COLUMNS} FROM r_site ORDER BY name, id");
        all(self.connection(), &sql, [], read_site)
    }

    /// Every item, by code.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn items(&self) -> Result<Vec<Item>> {
        let sql = "SELECT body FROM r_item ORDER BY code";
        all(self.connection(), sql, [], |columns| columns.cbor())
    }

    /// The legal bases that the operation added to the list, by code.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn legal_bases(&self) -> Result<Vec<DefinedBasis>> {
        let sql = "SELECT body FROM r_legal_basis ORDER BY code";
        all(self.connection(), sql, [], |columns| columns.cbor())
    }

    /// Every node the root key admitted.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn admitted_nodes(&self) -> Result<Vec<AdmittedNode>> {
        let sql = "SELECT admitted, certificate FROM r_admitted ORDER BY admitted, certificate";
        all(self.connection(), sql, [], |columns| {
            Ok(AdmittedNode {
                node: columns.key()?,
                certificate: Bytes(columns.value()?),
            })
        })
    }
}

//! How the operation is set up: its name, nodes, sites and items.

use domain::{Bytes, Item, NodeKey, OperationId, Site};

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
}

/// A node the root key admitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdmittedNode {
    /// The node.
    pub node: NodeKey,
    /// Its certificate.
    pub certificate: Bytes,
}

impl Register<'_> {
    /// The operation, once founded.
    pub fn founded(&self) -> Result<Option<Operation>> {
        todo!()
    }

    /// Every site, by name.
    pub fn sites(&self) -> Result<Vec<Site>> {
        todo!()
    }

    /// Every item, by code.
    pub fn items(&self) -> Result<Vec<Item>> {
        todo!()
    }

    /// Every node the root key admitted.
    pub fn admitted_nodes(&self) -> Result<Vec<AdmittedNode>> {
        todo!()
    }
}

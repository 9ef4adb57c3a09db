//! Items, and the package of items an arrival is entitled to.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{ItemCode, Particulars, Quantity, Screening, Vulnerability};
use jiff::civil::Date;

/// Money in minor units (cents), with its ISO 4217 code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Money {
    /// How many cents, centimes, …
    #[n(0)]
    pub minor_units: u64,
    /// ISO 4217, for instance USD or HTG.
    #[n(1)]
    pub currency: String,
}

/// How often one person may receive an item (G4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Limit {
    /// How many times …
    #[n(0)]
    pub times: u32,
    /// … in how many days.
    #[n(1)]
    pub days: u32,
}

/// Something that is given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Item {
    /// Its code.
    #[n(0)]
    pub code: ItemCode,
    /// Whether it comes out of stock, so that it can run out.
    #[n(1)]
    pub stocked: bool,
    /// Whether it is money: given by the cash role.
    #[n(2)]
    pub money: Option<Money>,
    /// How often one person may receive it.
    #[n(3)]
    pub limit: Option<Limit>,
}

/// When a grant of a package applies to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// To everybody who is met.
    #[n(0)]
    Met,
    /// To everybody who is registered.
    #[n(1)]
    Registered,
    /// To those of this age or older, once registered.
    #[n(2)]
    AgeFrom(#[n(0)] i16),
    /// To those younger than this.
    #[n(3)]
    AgeUnder(#[n(0)] i16),
    /// To those for whom the screening found this.
    #[n(4)]
    Vulnerable(#[n(0)] Vulnerability),
}

/// So many of an item, when a condition holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Grant {
    /// The item.
    #[n(0)]
    pub item: ItemCode,
    /// How many.
    #[n(1)]
    pub quantity: Quantity,
    /// When.
    #[n(2)]
    pub when: When,
}

/// What arrivals are entitled to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Package {
    /// The grants, at most one of an item applies to a person.
    #[n(0)]
    pub grants: Vec<Grant>,
}

impl Package {
    /// What somebody is entitled to at once, before any form.
    pub fn on_meeting(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|grant| grant.when == When::Met)
    }

    /// What somebody is entitled to once registered. Age not known counts as adult, so that nobody
    /// goes without because a form is empty.
    pub fn on_registration(
        &self,
        particulars: Option<&Particulars>,
        day: Date,
    ) -> impl Iterator<Item = &Grant> {
        let age = particulars.and_then(|particulars| particulars.age_on(day));
        self.grants.iter().filter(move |grant| match grant.when {
            When::Registered => true,
            When::AgeFrom(years) => age.is_none_or(|age| age >= years),
            When::AgeUnder(years) => age.is_some_and(|age| age < years),
            When::Met | When::Vulnerable(_) => false,
        })
    }

    /// What the answers of a screening add.
    pub fn on_screening<'a>(&'a self, screening: &'a Screening) -> impl Iterator<Item = &'a Grant> {
        self.grants.iter().filter(|grant| match &grant.when {
            When::Vulnerable(vulnerability) => screening.vulnerabilities.contains(vulnerability),
            _ => false,
        })
    }
}

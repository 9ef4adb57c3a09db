//! The pages, one file each, holding what it shows and what its forms do. A page reads the register
//! and sends commands; it never writes anything itself.

pub(crate) mod accounts;
pub(crate) mod arrival;
pub(crate) mod board;
pub(crate) mod calls;
pub(crate) mod conflicts;
pub(crate) mod danger;
pub(crate) mod desk;
pub(crate) mod feedback;
pub(crate) mod figures;
pub(crate) mod install;
pub(crate) mod line;
pub(crate) mod manifest;
pub(crate) mod movement;
pub(crate) mod movements;
pub(crate) mod notices;
pub(crate) mod outlook;
pub(crate) mod overlaps;
pub(crate) mod paper;
pub(crate) mod pathways;
pub(crate) mod peers;
pub(crate) mod people;
pub(crate) mod published;
pub(crate) mod recommendations;
pub(crate) mod referrals;
pub(crate) mod report;
pub(crate) mod reports;
pub(crate) mod rights;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod sites;
pub(crate) mod stock;
pub(crate) mod updates;

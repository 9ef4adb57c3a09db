//! The pages, one file each, holding what it shows and what its forms do. A page reads the register
//! and sends commands; it never writes anything itself.

pub(crate) mod manifest;
pub(crate) mod install;
pub(crate) mod sign_in;

//! What comes in and goes out: manifests of carriers and offices, passenger list messages, the QR code of a card, tables for
//! spreadsheets.
//!
//! Everything here is a pure function over bytes and texts: no files are opened, nothing is stored,
//! nobody is registered. Files from outside are hostile until read: every reader has limits and
//! never panics. Personal data read from a file is handed to the caller and never put into the text
//! of an error or a log line.

pub mod csv_out;
pub mod manifest;
pub mod mrz;
pub mod national_number;
pub mod paxlst;
pub mod qr;
pub mod sheet;

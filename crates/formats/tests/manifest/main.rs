//! Manifests through the public door: files as they are sent, files as they break, and any bytes
//! whatever.

mod any_bytes;
mod bad_files;
mod bad_rows;
mod date_order;
mod headers;
mod round_trip;
mod samples;
mod sender;
mod workbooks;

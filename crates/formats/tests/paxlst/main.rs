//! Passenger list messages through the public door: as the guides write them, as carriers send them,
//! as they break, and any bytes whatever.

mod any_bytes;
mod bad_messages;
mod carrier;
mod changes;
mod guide;
mod round_trip;

//! The pages as people and browsers meet them: through the router, with a real node behind it.

mod accessible;
mod alike;
mod browser;
mod cases;
mod client;
mod conflicts;
mod danger;
mod erasing;
mod flow;
mod forms;
mod guards;
mod mistakes;
mod outlook;
mod paper;
mod pathways;
mod peers;
mod protection;
mod published;
mod refused;
mod rights;
mod roles;
mod site;
mod slips;
mod stated;
mod updates;
mod verify;
mod walk;

/// Bytes in hexadecimal.
fn number_hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        text.extend(char::from_digit(u32::from(byte >> 4), 16));
        text.extend(char::from_digit(u32::from(byte & 15), 16));
    }
    text
}

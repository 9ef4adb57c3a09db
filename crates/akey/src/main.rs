//! akey
fn main() {}

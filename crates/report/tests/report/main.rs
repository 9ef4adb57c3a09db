//! The report through its public door: what it says, what it shows, and what it must not.

mod page;
mod sample;
mod speaker;

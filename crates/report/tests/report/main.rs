//! The report through its public door: what it says, what it shows, and what it must not.

mod balances;
mod counting;
mod outlook;
mod page;
mod programs;
mod publication;
mod reception;
mod sample;
mod speaker;
mod workbook;

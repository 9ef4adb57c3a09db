//! A hub of two servers, through the public door of the node, on a file between them and on a real
//! PostgreSQL: what one acknowledged the other knows, limits hold across both, a fork that arrives at
//! one is seen at the other, and nothing is lost when a server or the database dies.

mod company;
mod database;
mod killed;
mod racing;
mod secrets;

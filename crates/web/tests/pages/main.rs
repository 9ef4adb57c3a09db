//! The pages as people and browsers meet them: through the router, with a real node behind it.

mod accessible;
mod browser;
mod client;
mod flow;
mod forms;
mod guards;
mod mistakes;
mod roles;
mod site;
mod slips;
mod walk;

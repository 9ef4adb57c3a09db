//! What can be typed about rights between nodes, and about nodes that are lost.

use clap::{Args, Subcommand};

/// `akey rights`
#[derive(Args, Debug)]
pub struct RightsAsked {
    /// What to do; without it, how rights lie
    #[command(subcommand)]
    pub what: Option<Rights>,
}

/// `akey rights …`
#[derive(Subcommand, Debug)]
pub enum Rights {
    /// What was given more often than it was to be, and what was decided about it
    Overlaps,
    /// Release what this node may still give of a movement to another node, which then accepts it
    #[command(after_help = "Examples:\n  \
        akey rights release --movement DR-21 --to \"Cap-Haïtien airport\" --divert --as marie\n  \
        akey rights release --movement DR-21 --to 3f2a91 --people 40 --as marie     a desk's share")]
    Release(Release),
    /// Take what was released to this node
    Accept(Answer),
    /// Leave it with the node that released it
    Decline(Answer),
}

/// `akey rights release`
#[derive(Args, Debug)]
pub struct Release {
    /// The movement: its name or id
    #[arg(long, value_name = "MOVEMENT")]
    pub movement: String,
    /// The node: the name of a site with one node, or the beginning of the node's key
    #[arg(long, value_name = "NODE")]
    pub to: String,
    /// Only of the first so many people, in the order of the queue
    #[arg(long, value_name = "N")]
    pub people: Option<u32>,
    /// A movement that has not landed goes to the site of that node too
    #[arg(long)]
    pub divert: bool,
    /// Who does it; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey rights accept`, `akey rights decline`
#[derive(Args, Debug)]
pub struct Answer {
    /// The release, as `akey rights` shows it
    pub release: String,
    /// Who does it; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey node lost …`
#[derive(Subcommand, Debug)]
pub enum LostNode {
    /// Say that a node is lost for good, and which node is to take over its rights
    #[command(after_help = "Example:\n  \
        akey node lost announce 3f2a91 --heir \"Port-au-Prince airport\" --why stolen --as marie\n\n\
        Nothing is taken over until the waiting period is over and somebody else confirms it on the\n\
        node that takes over. If the node is only out of reach, people can receive things twice.")]
    Announce(Announce),
    /// Confirm it, on the node that takes over, by somebody else than who announced it
    Recover(Recovery),
    /// It is not lost after all
    CallOff(Recovery),
    /// Set how long is waited at least
    Waiting(Waiting),
}

/// `akey node lost announce`
#[derive(Args, Debug)]
pub struct Announce {
    /// The lost node: the name of a site with one node, or the beginning of the node's key
    pub node: String,
    /// The node that is to take over
    #[arg(long, value_name = "NODE")]
    pub heir: String,
    /// How long is waited, in days; the operation's shortest where it is left out
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// Why: destroyed, stolen, forked, `sent_away` or missing
    #[arg(long, value_name = "WHY", default_value = "missing")]
    pub why: String,
    /// Who does it; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey node lost recover`, `akey node lost call-off`
#[derive(Args, Debug)]
pub struct Recovery {
    /// The announcement, as `akey rights` shows it
    pub recovery: String,
    /// Who does it; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey node lost waiting`
#[derive(Args, Debug)]
pub struct Waiting {
    /// At least so many days
    pub days: u32,
    /// Who does it; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

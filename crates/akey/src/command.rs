//! One file a command: what was typed in, work done, and what came of it said in words or as JSON.

mod accept_loss;
mod backup;
mod bundle;
mod claim;
mod conflicts;
mod demo;
mod drill;
pub mod figures;
mod hub;
mod import;
mod incidents;
mod init;
mod link;
mod node;
mod outlook;
mod passphrase;
mod pathways;
mod peers;
mod protection;
mod receipt;
mod report;
mod restore;
mod rights;
mod serve;
mod sites;
mod updates;
mod verify;

use clap::CommandFactory;

use crate::cli::{Cli, Command, Figures, Import, Protection, Report};
use crate::failure::Failure;

/// Runs a command.
pub fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { common, command } = cli;
    match command {
        Command::Demo(asked) => demo::run(&common, &asked),
        Command::Init(asked) => init::run(&common, *asked),
        Command::Serve(asked) => serve::run(&common, &asked),
        Command::Import(Import::Manifest(asked)) => import::run(&common, &asked),
        Command::Import(Import::Figures(asked)) => figures::take(&common, &asked),
        Command::Report(Report::Sitrep(asked)) => report::run(&common, asked),
        Command::Report(Report::Publish(asked)) => report::publish(&common, asked),
        Command::Report(Report::Published { since }) => report::published(&common, since),
        Command::Report(Report::Audit { files }) => report::audit(&common, &files),
        Command::Figures(Figures::Reconcile(asked)) => figures::run(&common, &asked),
        Command::Figures(Figures::Export { out }) => figures::export(&common, out.as_deref()),
        Command::Sites => sites::run(&common),
        Command::Outlook(asked) => outlook::run(&common, asked),
        Command::Link(asked) => link::run(&common, &asked),
        Command::Pathways(asked) => pathways::run(&common, &asked),
        Command::Receipt(asked) => receipt::run(&common, &asked),
        Command::Incidents => incidents::run(&common),
        Command::Updates(asked) => updates::run(&common, &asked),
        Command::Recommendations => receipt::recommendations(&common),
        Command::Verify => verify::run(&common),
        Command::Rebuild => verify::rebuild(&common),
        Command::Backup { file } => backup::run(&common, &file),
        Command::Restore(asked) => restore::run(&common, &asked),
        Command::Claim(asked) => claim::run(&common, &asked),
        Command::AcceptLoss(asked) => accept_loss::run(&common, &asked),
        Command::Node(asked) => node::run(&common, asked),
        Command::Conflicts => conflicts::run(&common),
        Command::Rights(asked) => rights::run(&common, &asked),
        Command::Hub(asked) => hub::run(&common, &asked),
        Command::Bundle(asked) => bundle::run(&common, asked),
        Command::Peers(asked) => peers::run(&common, &asked),
        Command::Protection(Protection::Recover(asked)) => protection::recover(&common, &asked),
        Command::Passphrase(asked) => passphrase::run(&common, asked),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "akey", &mut std::io::stdout());
            Ok(())
        }
        Command::Drill(asked) => drill::run(&common, &asked),
        Command::Bench(asked) => crate::bench::run(&common, &asked),
    }
}

//! `akey`: the command line. It says what it did on standard output, what went wrong on standard
//! error, and ends with 0 when it did what was asked, 1 when that was refused or something was found
//! wrong, 2 when what was typed cannot be meant.

mod bench;
mod cli;
mod command;
mod control;
mod demo;
mod failure;
mod place;
mod progress;
mod secret;
mod site_certificate;
mod work;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match command::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("akey: {failure}");
            ExitCode::from(failure.status())
        }
    }
}

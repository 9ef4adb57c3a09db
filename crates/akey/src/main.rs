//! `akey`: the command line. It says what it did on standard output, what went wrong on standard
//! error, and ends with 0 when it did what was asked, 1 when that was refused or something was found
//! wrong, 2 when what was typed cannot be meant.

mod advised;
mod apart;
mod bench;
mod bundles;
mod cli;
mod command;
mod control;
mod demo;
mod failure;
mod fresh;
mod linking;
mod mail;
mod minutes;
mod output;
mod peers;
mod place;
mod progress;
mod publish;
mod rights;
mod secret;
mod site_certificate;
mod stated;
mod warned;
mod work;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // It also says what help and version are asked for, which is no failure.
            if error.use_stderr() && std::env::args_os().any(|word| word == "--json") {
                say_as_json(&error.to_string(), 2);
            }
            error.exit()
        }
    };
    let json = cli.common.json;
    match command::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("akey: {failure}");
            if json {
                say_as_json(&failure.to_string(), failure.status());
            }
            ExitCode::from(failure.status())
        }
    }
}

/// Says a failure on standard output, where whoever asked for JSON reads.
fn say_as_json(error: &str, exit: u8) {
    let value = serde_json::json!({ "error": error.trim_end(), "exit": exit });
    // Whoever does not listen any more has the exit status.
    let _ = writeln!(std::io::stdout(), "{value}");
}

//! `akey init`: an operation begins. What is not given as a flag is asked for at the terminal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::{LanguageCode, PCode, Role, SiteKind, Staff};
use node::{FirstSite, Founding, Node};
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret::{self, PASSWORD, ROOT_PASSPHRASE};
use crate::site_certificate;

/// Begins an operation.
pub fn run(common: &Common, asked: cli::Init) -> Result<(), Failure> {
    let place = Place::of(common)?;
    check_free(&place.dir)?;
    let root_file = root_key_file(&place.dir, asked.root_key.as_deref())?;
    let operation = given_or_asked(
        asked.operation.as_ref(),
        "--operation",
        "Name of the operation",
    )?;
    let site = first_site(&asked)?;
    let login = given_or_asked(
        asked.admin_login.as_ref(),
        "--admin-login",
        "Sign-in name of the administrator",
    )?;
    let name = given_or_asked(
        asked.admin_name.as_ref(),
        "--admin-name",
        "Name of the administrator",
    )?;
    let languages = languages(&asked.language)?;
    let password = PASSWORD.choose(None)?;
    let passphrase = secret::passphrase(&place.new_passphrase()?);
    let root_passphrase = secret::passphrase(&ROOT_PASSPHRASE.choose(None)?);
    let mut kept = false;
    let founding = Founding {
        operation: operation.clone(),
        passphrase: &passphrase,
        root_passphrase: &root_passphrase,
        site,
        administrator: Staff {
            login: login.clone(),
            name,
        },
        password,
        also: asked
            .admin_role
            .iter()
            .filter_map(|role| Role::from_code(role))
            .collect(),
        languages: languages.clone(),
        keep_root_key: &mut |text| {
            write_secretly(&root_file, text)?;
            kept = true;
            Ok(())
        },
    };
    let founded = Node::init(&place.dir, founding, place.options());
    if founded.is_err() && kept {
        // It is the root key of an operation that does not exist; left behind it would stand in the
        // way of the next attempt. If the disk refuses this too, that attempt knows it again.
        let _ = fs::remove_file(&root_file);
    }
    let founded = founded?;
    let made = site_certificate::make(&founded.node, &operation, asked.host, asked.address);
    let fingerprint = made.map_err(|error| {
        Failure::Wrong(format!(
            "the operation has begun and its root key is in {}, but the site's certificate was not \
             made: {error}. akey serve makes it when it is needed",
            root_file.display()
        ))
    })?;
    let value = json!({
        "answer": "founded",
        "folder": place.dir,
        "node": founded.node.key(),
        "site": founded.site,
        "administrator": founded.administrator,
        "root_key": root_file,
        "languages": languages,
        "site_authority_sha256": fingerprint,
    });
    output::answer(common.json, &value, || {
        format!(
            "The operation “{operation}” begins in {folder}.\n\n\
             The root key is in {root}. Move it off this computer now: onto a stick, or print it,\n\
             and keep it locked away from the passphrase. It admits nodes, opens the data when the\n\
             passphrase is lost, and claims the rights of a node that is lost. There is no other copy.\n\n\
             Next:\n  akey serve --data {folder}\n\
             and sign in as {login}.\n\n\
             Fingerprint of the site's certificate authority (SHA-256), for devices on its network:\n\
             {fingerprint}",
            folder = place.dir.display(),
            root = root_file.display(),
        )
    })
}

/// Looks whether an operation can begin here, before anything is asked.
fn check_free(dir: &Path) -> Result<(), Failure> {
    if node::unfinished_founding(dir)?.is_none() && ledger::exists(dir) {
        return Err(ledger::Error::AlreadyExists(dir.to_owned()).into());
    }
    Ok(())
}

/// Where the root key goes: never into the data folder, which is copied and carried about.
fn root_key_file(dir: &Path, asked: Option<&Path>) -> Result<PathBuf, Failure> {
    let dir = std::path::absolute(dir).map_err(Failure::file(dir, "find the folder"))?;
    let beside = dir.parent().unwrap_or(&dir).join("root-key.txt");
    let file = match asked {
        Some(file) => std::path::absolute(file).map_err(Failure::file(file, "find the folder"))?,
        None => beside,
    };
    if file.starts_with(&dir) {
        return Err(Failure::Usage(
            "the root key must not lie in the data folder: name another place with --root-key"
                .into(),
        ));
    }
    if file.is_dir() {
        return Err(Failure::Wrong(format!(
            "{} is a folder: name a file in it with --root-key, nothing was changed",
            file.display()
        )));
    }
    if file.exists() && !is_of_unfinished_founding(&file, &dir)? {
        return Err(Failure::Wrong(format!(
            "{} exists already and may be another operation's root key: name another place with \
             --root-key, nothing was changed",
            file.display()
        )));
    }
    Ok(file)
}

/// Whether a root key is that of an operation whose founding in this folder stopped in the middle: it
/// names the operation in clear. Such a key opens nothing.
fn is_of_unfinished_founding(file: &Path, dir: &Path) -> Result<bool, Failure> {
    let Some(operation) = node::unfinished_founding(dir)? else {
        return Ok(false);
    };
    let text = fs::read_to_string(file).unwrap_or_default();
    let ours = text
        .lines()
        .next()
        .is_some_and(|title| !operation.is_empty() && title.ends_with(&operation));
    if ours {
        eprintln!(
            "An earlier attempt in {} stopped in the middle. It left the root key of an operation \
             that never began in {}: both are replaced now.",
            dir.display(),
            file.display()
        );
    }
    Ok(ours)
}

/// Writes the root key whole or not at all: under another name, made durable, then given its own.
fn write_secretly(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("/"));
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = folder.join(name);
    let write = || {
        fs::create_dir_all(folder)?;
        if unfinished.exists() {
            fs::remove_file(&unfinished)?;
        }
        let mut out = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        fs::rename(&unfinished, file)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&unfinished);
        io::Error::new(error.kind(), format!("{}: {error}", file.display()))
    })
}

/// The languages of the pages: given, or asked for where there is a terminal. None chosen leaves all.
fn languages(given: &[String]) -> Result<Vec<LanguageCode>, Failure> {
    if !given.is_empty() || !io::stdin().is_terminal() {
        return Ok(given.iter().map(LanguageCode::any).collect());
    }
    let known: Vec<_> = LanguageCode::KNOWN
        .iter()
        .map(LanguageCode::as_str)
        .collect();
    let question = format!(
        "Languages of the pages, the first for whoever has not chosen ({}; Enter for all)",
        known.join(" ")
    );
    let answer = given_or_asked(None, "--language", &question)?;
    let named = answer.split([' ', ',']).filter(|code| !code.is_empty());
    named
        .map(|code| {
            LanguageCode::known(code).ok_or_else(|| {
                Failure::Usage(format!(
                    "{code} is no language of the pages: choose among {}",
                    known.join(", ")
                ))
            })
        })
        .collect()
}

fn first_site(asked: &cli::Init) -> Result<FirstSite, Failure> {
    let name = given_or_asked(asked.site.as_ref(), "--site", "Name of this site")?;
    let question = "What it is (airport, shelter, office …)";
    let kind = given_or_asked(asked.site_kind.as_ref(), "--site-kind", question)?;
    let kind = SiteKind::known(&kind).ok_or_else(|| {
        let known: Vec<_> = SiteKind::KNOWN.iter().map(SiteKind::as_str).collect();
        Failure::Usage(format!(
            "{kind} is no kind of site: choose one of {}",
            known.join(", ")
        ))
    })?;
    let question = "Its time zone (America/Port-au-Prince)";
    let time_zone = given_or_asked(asked.time_zone.as_ref(), "--time-zone", question)?;
    let hour = u16::from(asked.day_closes.hour().unsigned_abs());
    let minute = u16::from(asked.day_closes.minute().unsigned_abs());
    Ok(FirstSite {
        name,
        kind,
        country: asked.country,
        area: asked.area.clone().map(PCode::any),
        port_code: asked.port_code.clone(),
        time_zone,
        day_closes_min: hour * 60 + minute,
    })
}

fn given_or_asked(given: Option<&String>, flag: &str, question: &str) -> Result<String, Failure> {
    if let Some(given) = given {
        return Ok(given.clone());
    }
    let mut input = std::io::stdin().lock();
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "{question} is needed and there is no terminal to ask at: add {flag}"
        )));
    }
    let unread = |error| Failure::Wrong(format!("{question} could not be read: {error}"));
    eprint!("{question}: ");
    std::io::stderr().flush().map_err(unread)?;
    let mut line = String::new();
    input.read_line(&mut line).map_err(unread)?;
    Ok(line.trim().to_owned())
}

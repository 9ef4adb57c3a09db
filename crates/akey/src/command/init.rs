//! `akey init`: an operation begins. What is not given as a flag is asked for at the terminal.

use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::{PCode, Role, SiteKind, Staff};
use node::{FirstSite, Founding, Node};
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::place::Place;
use crate::secret::{self, PASSWORD, ROOT_PASSPHRASE};
use crate::site_certificate;

/// Begins an operation.
pub fn run(common: &Common, asked: cli::Init) -> Result<(), Failure> {
    let place = Place::of(common)?;
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
    let password = PASSWORD.choose(None)?;
    let passphrase = secret::passphrase(&place.new_passphrase()?);
    let root_passphrase = secret::passphrase(&ROOT_PASSPHRASE.choose(None)?);
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
    };
    let founded = Node::init(&place.dir, founding, place.options())?;
    // Until it is written there is no way back from a lost passphrase, so it comes first.
    write_secretly(&root_file, &founded.root_key)?;
    let fingerprint = site_certificate::make(&founded.node, &operation, asked.host, asked.address)?;
    let value = json!({
        "answer": "founded",
        "folder": place.dir,
        "node": founded.node.key(),
        "site": founded.site,
        "administrator": founded.administrator,
        "root_key": root_file,
        "site_authority_sha256": fingerprint,
    });
    super::answer(common.json, &value, || {
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
    if file.exists() {
        return Err(Failure::Wrong(format!(
            "{} exists already and may be another operation's root key: name another place with \
             --root-key, nothing was changed",
            file.display()
        )));
    }
    Ok(file)
}

fn write_secretly(file: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::file(folder, "make the folder"))?;
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut out| {
            out.write_all(text.as_bytes())?;
            out.sync_all()
        })
        .map_err(Failure::file(file, "write the root key"))
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

//! Where the database is and how it is reached, read from `postgres://NAME:PASSWORD@HOST/DATABASE`. The
//! address itself is never shown again.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ledger::{Error, Result};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

const CONNECTED_WITHIN: Duration = Duration::from_secs(5);
/// A peer that is gone without a word is noticed after so long.
const SILENT_AT_MOST: Duration = Duration::from_secs(10);

/// An address, understood.
#[derive(Clone)]
pub struct Address {
    pub(crate) config: Config,
    /// Whom to trust beside or instead of the system's authorities.
    pub(crate) authorities: Option<PathBuf>,
    shown: String,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.shown)
    }
}

impl fmt::Display for Address {
    /// Hosts and database, without name and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(unreadable());
        }
        let (rest, parameters) = text.split_once('?').unwrap_or((text, ""));
        let mut authorities = None;
        let mut kept = Vec::new();
        for parameter in parameters.split('&').filter(|it| !it.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslrootcert", file)) => authorities = Some(PathBuf::from(file)),
                // Certificates are always verified, so these ask for nothing more.
                Some(("sslmode", "verify-full" | "verify-ca")) => kept.push("sslmode=require"),
                _ => kept.push(parameter),
            }
        }
        let plain = format!("{rest}?{}", kept.join("&"));
        // The reader's own words may quote a part of the password.
        let config = Config::from_str(&plain).map_err(|_| unreadable())?;
        Self::of(config, authorities)
    }
}

impl Address {
    fn of(mut config: Config, authorities: Option<PathBuf>) -> Result<Self> {
        let hosts: Vec<String> = config.get_hosts().iter().map(shown_host).collect();
        let (Some(database), false) = (config.get_dbname(), hosts.is_empty()) else {
            return Err(unreadable());
        };
        let shown = format!("{}/{database}", hosts.join(","));
        if !config.get_hosts().iter().all(is_here) {
            if config.get_ssl_mode() == SslMode::Disable {
                return Err(Error::StoreRefused {
                    why: "its address says sslmode=disable, but it is on another machine: leave that \
                          out, and give the database a certificate"
                        .to_owned(),
                });
            }
            config.ssl_mode(SslMode::Require);
        }
        config
            .connect_timeout(CONNECTED_WITHIN)
            .keepalives_idle(SILENT_AT_MOST)
            .keepalives_interval(Duration::from_secs(2))
            .keepalives_retries(3)
            .tcp_user_timeout(SILENT_AT_MOST);
        if config.get_application_name().is_none() {
            config.application_name("akey");
        }
        Ok(Self {
            config,
            authorities,
            shown,
        })
    }

    pub(crate) fn authorities(&self) -> Option<&Path> {
        self.authorities.as_deref()
    }
}

fn unreadable() -> Error {
    Error::StoreRefused {
        why: "its address cannot be read: it looks like postgres://NAME:PASSWORD@HOST/DATABASE, with \
              signs like @ : / ? in the password written as %40 %3A %2F %3F"
            .to_owned(),
    }
}

fn shown_host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(folder) => folder.display().to_string(),
    }
}

/// Whether what is said to a host stays on this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) if name == "localhost" => true,
        Host::Tcp(name) => name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_password_is_ever_shown() {
        let secrets = [
            "postgres://akey:s3cr%3Ft@db.example.org/hub",
            "postgres://akey:s3cr?t@db.example.org/hub",
            "postgres://akey:s3cr/t@db.example.org/hub",
            "postgres://akey:s3cr@t@db.example.org:x/hub",
            "mysql://akey:s3crt@db.example.org/hub",
            "postgres://akey:s3crt@db.example.org/hub?s3crt=1",
        ];
        for text in secrets {
            let said = match text.parse::<Address>() {
                Ok(address) => format!("{address} {address:?}"),
                Err(error) => format!("{error} {error:?}"),
            };
            assert!(!said.contains("s3cr"), "{said}");
        }
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_or_refused() {
        let far: Address = "postgres://akey@db.example.org/hub".parse().unwrap();
        assert_eq!(far.config.get_ssl_mode(), SslMode::Require);
        let near: Address = "postgres://akey@127.0.0.1/hub?sslmode=disable"
            .parse()
            .unwrap();
        assert_eq!(near.config.get_ssl_mode(), SslMode::Disable);
        let bare = "postgres://akey@db.example.org/hub?sslmode=disable".parse::<Address>();
        assert!(bare.is_err());
        let verified: Address =
            "postgres://a@h.example/hub?sslmode=verify-full&sslrootcert=/etc/ca.pem"
                .parse()
                .unwrap();
        assert_eq!(verified.authorities(), Some(Path::new("/etc/ca.pem")));
        assert_eq!(verified.to_string(), "h.example/hub");
    }
}

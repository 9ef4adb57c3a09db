//! Through which server mail is sent, in whose name, and where its links lead. Plain connections are
//! for this computer only; a password never comes out again.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::address::{Address, is_domain};

/// How the connection is kept private.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Begun in clear and made private before anything else is said (RFC 3207); never without.
    StartTls,
    /// Private from the first byte (RFC 8314).
    Tls,
    /// In clear: on this computer only.
    Plain,
}

impl Security {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::StartTls, Self::Tls, Self::Plain];

    /// The word of it in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StartTls => "starttls",
            Self::Tls => "tls",
            Self::Plain => "plain",
        }
    }

    /// The way of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// What is wrong with settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SettingsProblem {
    /// No server.
    #[error("the name of the server is missing or is no name of a host")]
    Host,
    /// No port.
    #[error("the port must be between 1 and 65535")]
    Port,
    /// In clear over a network.
    #[error("without TLS only a server on this computer can be used: choose starttls or tls")]
    PlainElsewhere,
    /// No sender.
    #[error("the sender is not an e-mail address")]
    From,
    /// The address of the pages.
    #[error(
        "the address of the pages must begin with https:// (http:// only on this computer) and end with the name of the host"
    )]
    PublicUrl,
}

impl SettingsProblem {
    /// The word of it in catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Port => "port",
            Self::PlainElsewhere => "plain",
            Self::From => "from",
            Self::PublicUrl => "url",
        }
    }

    /// Every problem.
    pub const ALL: [Self; 5] = [
        Self::Host,
        Self::Port,
        Self::PlainElsewhere,
        Self::From,
        Self::PublicUrl,
    ];
}

/// Settings of the server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Postbox {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    #[zeroize(skip)]
    pub security: Security,
    /// Who signs in there; empty for nobody.
    pub user: String,
    /// Their password.
    pub password: String,
    /// The sender's address, to which bounces come back with a mark: `news@example.org` needs mail to
    /// `news+…@example.org` delivered (RFC 5233).
    pub from: String,
    /// Where the pages are for the public: links in mails begin with it.
    pub public_url: String,
    /// A certificate authority trusted beside the system's (PEM); empty for none.
    #[serde(default)]
    pub authority_pem: String,
}

impl fmt::Debug for Postbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postbox(..)")
    }
}

/// What may be shown of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shown {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub security: Security,
    /// Whether somebody signs in there.
    pub signs_in: bool,
    /// Where links lead.
    pub public_url: String,
}

impl Postbox {
    /// What may be shown of it.
    pub fn shown(&self) -> Shown {
        Shown {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            signs_in: !self.user.is_empty(),
            public_url: self.public_url.clone(),
        }
    }

    /// Whether mail could be sent with it.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn check(&self) -> Result<(), SettingsProblem> {
        if !is_host(&self.host) {
            return Err(SettingsProblem::Host);
        }
        if self.port == 0 {
            return Err(SettingsProblem::Port);
        }
        if self.security == Security::Plain && !is_here(&self.host) {
            return Err(SettingsProblem::PlainElsewhere);
        }
        let from = Address::read(&self.from).map_err(|_| SettingsProblem::From)?;
        // A mark of 48 characters has to fit behind it (RFC 5321: 64 before the @).
        if from.parts().0.len() > 15 || from.expose() != self.from {
            return Err(SettingsProblem::From);
        }
        if is_public_url(&self.public_url) {
            Ok(())
        } else {
            Err(SettingsProblem::PublicUrl)
        }
    }

    pub(crate) fn same_account(&self, other: &Self) -> bool {
        (&self.host, self.port, &self.user) == (&other.host, other.port, &other.user)
    }

    pub(crate) fn keep_password_of(&mut self, before: &Self) {
        if self.password.is_empty() {
            self.password.clone_from(&before.password);
        }
    }
}

fn is_host(host: &str) -> bool {
    host == "localhost" || is_domain(host) || host.parse::<IpAddr>().is_ok()
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// `https://host` with a port or not, and nothing after it.
fn is_public_url(url: &str) -> bool {
    let (authority, secure) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return false,
    };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        Some(_) => return false,
        None => authority,
    };
    is_host(host) && (secure || is_here(host))
}

#[cfg(test)]
pub(crate) fn sample(port: u16) -> Postbox {
    Postbox {
        host: "127.0.0.1".into(),
        port,
        security: Security::Plain,
        user: String::new(),
        password: String::new(),
        from: "news@example.org".into(),
        public_url: "https://updates.example.org".into(),
        authority_pem: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::SettingsProblem as P;
    use super::*;

    #[test]
    fn settings_nobody_could_send_with_are_refused_each_with_its_reason() {
        let with = |change: fn(&mut Postbox)| {
            let mut postbox = sample(25);
            change(&mut postbox);
            postbox.check()
        };
        assert_eq!(with(|_| ()), Ok(()));
        assert_eq!(with(|p| p.host = "mail server".into()), Err(P::Host));
        assert_eq!(with(|p| p.port = 0), Err(P::Port));
        assert_eq!(
            with(|p| p.host = "mail.example.org".into()),
            Err(P::PlainElsewhere)
        );
        assert_eq!(
            with(|p| p.from = "news@example.org\r\nBcc: a@b.org".into()),
            Err(P::From)
        );
        for url in [
            "http://updates.example.org",
            "https://a.org/path",
            "updates.example.org",
            "https://a.org:x",
            "https://a.org\r\n",
        ] {
            let mut postbox = sample(25);
            postbox.public_url = url.into();
            assert_eq!(postbox.check(), Err(P::PublicUrl), "{url:?}");
        }
    }
}

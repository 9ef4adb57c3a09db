//! Why a mail could not be sent, and what that means for it. What the server writes is never kept: only
//! its number, because its words can name somebody.

use serde::{Deserialize, Serialize};

/// At which step it failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The server cannot be reached, or says no to everybody.
    Connecting,
    /// The connection cannot be made private.
    Securing,
    /// User or password.
    SigningIn,
    /// The server does not take mail from this sender.
    Sender,
    /// The server does not take mail to this recipient.
    Recipient,
    /// The server does not take what the mail says, or hung up.
    Content,
    /// The mail cannot be written.
    Writing,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 7] = [
        Self::Connecting,
        Self::Securing,
        Self::SigningIn,
        Self::Sender,
        Self::Recipient,
        Self::Content,
        Self::Writing,
    ];

    /// The word of it in catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Securing => "securing",
            Self::SigningIn => "signing-in",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Content => "content",
            Self::Writing => "writing",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Connecting => {
                "the mail server could not be reached: check its name, its port and the network"
            }
            Self::Securing => {
                "the connection to the mail server could not be made private: check its certificate and whether it offers TLS on this port"
            }
            Self::SigningIn => "the mail server refused user or password: set them again",
            Self::Sender => {
                "the mail server does not take mail from this sender: ask whoever runs it"
            }
            Self::Recipient => "the mail server did not take the recipient",
            Self::Content => "the mail server did not take the mail",
            Self::Writing => "the mail could not be written: check the sender's address",
        }
    }
}

/// Why a mail could not be sent: at which step, and the number the server answered with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
#[error("{}{}", stage.words(), code.map_or_else(String::new, |code| format!(" (it answered {code})")))]
pub struct Trouble {
    /// At which step.
    pub stage: Stage,
    /// What the server answered (RFC 5321, section 4.2), where it did.
    pub code: Option<u16>,
}

impl Trouble {
    pub(crate) const fn at(stage: Stage, code: Option<u16>) -> Self {
        Self { stage, code }
    }

    pub(crate) fn of(stage: Stage, error: &lettre::transport::smtp::Error) -> Self {
        let code = error.status().map(u16::from);
        let stage = if error.is_tls() || is_handshake(error) {
            Stage::Securing
        } else {
            stage
        };
        Self { stage, code }
    }

    const fn is_permanent(self) -> bool {
        matches!(self.code, Some(500..=599))
    }

    /// Whether it would be the same for every recipient: then there is no use in going on now.
    pub(crate) const fn is_for_all(self) -> bool {
        matches!(
            self.stage,
            Stage::Connecting | Stage::Securing | Stage::SigningIn | Stage::Sender | Stage::Writing
        )
    }

    /// What it means for this mail.
    pub(crate) const fn outcome(self) -> Outcome {
        match (self.stage, self.is_permanent()) {
            (Stage::Recipient, true) => Outcome::NoSuchRecipient,
            (Stage::Content, true) => Outcome::GivenUp,
            _ => Outcome::Later,
        }
    }
}

/// Whether a connection broke over its protection. With TLS from the first byte the handshake is part
/// of the first answer, and what is wrong with it comes as data that cannot be.
fn is_handshake(error: &lettre::transport::smtp::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if let Some(broken) = inner.downcast_ref::<std::io::Error>() {
            return broken.kind() == std::io::ErrorKind::InvalidData;
        }
        cause = inner.source();
    }
    false
}

/// What came of one mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// The server took it.
    Sent,
    /// Not now.
    Later,
    /// There is no such recipient.
    NoSuchRecipient,
    /// The server does not take this mail, whoever it is for.
    GivenUp,
}

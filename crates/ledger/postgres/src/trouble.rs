//! What may go wrong with a database, sorted by what is to be done: ask again, wait, or call whoever
//! looks after it. Nothing of an address, a row or a password is in it.

use ledger::Error;
use tokio_postgres::error::SqlState;

/// Why something did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Two got into each other's way and the database undid one of them.
    Again(String),
    /// It does not answer, or not now.
    Away(String),
    /// It answers, and will not do it.
    Refused(String),
}

impl Trouble {
    pub(crate) fn why(&self) -> &str {
        match self {
            Self::Again(why) | Self::Away(why) | Self::Refused(why) => why,
        }
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Again(why) | Trouble::Away(why) => Self::StoreAway { why },
            Trouble::Refused(why) => Self::StoreRefused { why },
        }
    }
}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(said) = error.as_db_error() else {
            return of_connection(&error);
        };
        // The message alone: details and hints may quote what was stored.
        let message = said.message().to_owned();
        let code = said.code();
        if [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
        ]
        .contains(code)
        {
            return Self::Again(message);
        }
        // Class 57: an administrator, a shutdown or a time limit; 53: no room or connections; 08: the
        // connection; 25006: a standby, until it is made the primary.
        let passes = ["57", "53", "08"]
            .iter()
            .any(|class| code.code().starts_with(class))
            || *code == SqlState::READ_ONLY_SQL_TRANSACTION;
        if passes {
            return Self::Away(message);
        }
        let advice = match code.code() {
            "42501" => {
                "; let the role make tables once (GRANT CREATE ON SCHEMA public TO …), or make it the \
                 owner of the database"
            }
            "3D000" => "; make it first (createdb), or look at the name in the address",
            "28000" | "28P01" => "; look at the name and the password in the address",
            _ => "",
        };
        Self::Refused(format!("{message}{advice}"))
    }
}

fn of_connection(error: &tokio_postgres::Error) -> Trouble {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    let mut is_tls = false;
    while let Some(cause) = source {
        is_tls |= cause.downcast_ref::<rustls::Error>().is_some()
            || cause
                .downcast_ref::<std::io::Error>()
                .and_then(std::io::Error::get_ref)
                .and_then(|inner| inner.downcast_ref::<rustls::Error>())
                .is_some();
        let words = cause.to_string();
        if !why.contains(&words) {
            why = format!("{why}: {words}");
        }
        source = cause.source();
    }
    if is_tls || why.contains("TLS") {
        return Trouble::Refused(format!(
            "{why}; the database needs a certificate for its name by an authority that this system \
             knows, or name the authority's file: …?sslrootcert=FILE"
        ));
    }
    if why.contains("password missing") || why.contains("authentication") {
        return Trouble::Refused(format!(
            "{why}; look at the name and the password in the address"
        ));
    }
    Trouble::Away(why)
}

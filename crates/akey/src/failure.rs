//! Everything that can end a command, and with which exit status: 1 refused or found wrong, 2 usage.
//! A message says what, where, and what to do; it holds no personal data and no passphrase.

use std::path::{Path, PathBuf};

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The node, the ledger or the register.
    #[error(transparent)]
    Node(#[from] node::NodeError),
    /// A rule said no, or nothing could be saved.
    #[error(transparent)]
    Execute(#[from] node::ExecuteError),
    /// The ledger, where no node runs.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The report.
    #[error(transparent)]
    Report(#[from] report::ReportError),
    /// The report as a file.
    #[error(transparent)]
    ReportFile(#[from] web::ReportFileError),
    /// The whole manifest.
    #[error(transparent)]
    Manifest(#[from] formats::manifest::ManifestError),
    /// The pages.
    #[error(transparent)]
    Serve(#[from] web::ServeError),
    /// Mail to those who asked to be told.
    #[error(transparent)]
    Updates(#[from] updates::Error),
    /// Their store.
    #[error(transparent)]
    OpenUpdates(#[from] web::OpenUpdatesError),
    /// Meeting another node.
    #[error(transparent)]
    Peering(#[from] peering::PeeringError),
    /// The drill itself.
    #[error(transparent)]
    Drill(#[from] drill::DrillError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] web::certificate::CertificateError),
    /// A file of the person who typed the command.
    #[error("{path}: could not {doing}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// What the running program answered.
    #[error("{0}")]
    Answered(String),
    /// Something is wrong with what was checked, or it is not possible as things stand.
    #[error("{0}")]
    Wrong(String),
    /// What was typed cannot be meant.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// The exit status.
    pub const fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            _ => 1,
        }
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File {
            path,
            doing,
            source,
        }
    }
}

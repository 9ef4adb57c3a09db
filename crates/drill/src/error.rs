//! What can go wrong with the drill itself, apart from what it finds.

/// The drill could not go on.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// Something the drill needs failed.
    #[error("the drill could not {doing}: {why}")]
    Broken {
        /// What it was about to do.
        doing: &'static str,
        /// Why it could not.
        why: String,
    },
    /// The folder for the simulated disks.
    #[error(
        "the drill has no place for its simulated disks: {0}; make room in the folder for temporary files"
    )]
    Folder(#[source] std::io::Error),
    /// This build holds no planted mistakes.
    #[error("this build holds no planted mistakes: build with `--features armed` to plant one")]
    NotArmed,
    /// No such mistake.
    #[error("there is no planted mistake named `{0}`: `--plant list` names them")]
    UnknownMistake(String),
}

impl DrillError {
    /// Something failed while doing something.
    pub fn of(doing: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Broken {
            doing,
            why: why.to_string(),
        }
    }
}

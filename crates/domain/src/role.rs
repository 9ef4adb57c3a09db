//! Who may do what. A user has one or more roles; a command needs one permission.

use std::fmt;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What somebody is here to do.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Role {
    /// Meets and registers people.
    #[n(0)]
    Clerk,
    /// Asks the screening questions.
    #[n(1)]
    Screener,
    /// Works with people at risk; reads the sealed protection notes.
    #[n(2)]
    Protection,
    /// Receives, counts and gives goods.
    #[n(3)]
    Warehouse,
    /// Gives money.
    #[n(4)]
    Cash,
    /// Runs the site: announces movements, closes them, decides exceptions.
    #[n(5)]
    Coordinator,
    /// Writes the situation report.
    #[n(6)]
    InformationOfficer,
    /// Admits users and sets up sites, items and packages.
    #[n(7)]
    Administrator,
    /// Hears what is said about people who work here; reads the sealed reports.
    #[n(8)]
    FocalPoint,
    /// Watches the work and advises; sees figures, nobody's name.
    #[n(9)]
    Observer,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One thing that can be done or seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Announce, land, divert, cancel and close movements; import manifests.
    ManageMovements,
    /// Meet people, register and correct them, form families.
    Register,
    /// See who people are.
    SeePeople,
    /// Record the answers to the screening.
    Screen,
    /// See the answers to the screening.
    SeeScreening,
    /// Write and read protection notes. Reading also needs the role's key.
    Protect,
    /// Give items other than money.
    Give,
    /// Give money.
    GiveCash,
    /// Void what was recorded as given, grant beyond the package, waive a limit.
    DecideExceptions,
    /// Decide that two records are one person, or are not.
    Link,
    /// Receive and send goods, count the shelves.
    ManageStock,
    /// See the stock.
    SeeStock,
    /// See figures and reports.
    SeeReports,
    /// Publish editions of the public report.
    Publish,
    /// Admit users; set up sites, items and packages.
    Administer,
    /// Erase a person's data, or what somebody told us. Reports of misconduct are erased by who hears
    /// them.
    Erase,
    /// Keep the directory of services.
    KeepDirectory,
    /// Refer people to services and follow them up. Health needs seeing the screening as well,
    /// protection needs the protection role.
    Refer,
    /// Record feedback; report misconduct.
    SpeakUp,
    /// Read and answer feedback.
    AnswerFeedback,
    /// Read reports of misconduct. Reading also needs the role's key.
    HearMisconduct,
    /// Print cards ahead, enter what was written on paper, say which were used.
    KeepPaper,
    /// Put on record what others stated: figures, headcounts, accounts.
    KeepFigures,
    /// Recommend, dissent, and answer for one's office, with one's own key.
    Advise,
    /// See and report danger: incidents, closed roads, teams that cannot leave.
    Warn,
}

impl Role {
    /// Every role, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::Clerk,
        Self::Screener,
        Self::Protection,
        Self::Warehouse,
        Self::Cash,
        Self::Coordinator,
        Self::InformationOfficer,
        Self::Administrator,
        Self::FocalPoint,
        Self::Observer,
    ];

    /// The word of the role in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Screener => "screener",
            Self::Protection => "protection",
            Self::Warehouse => "warehouse",
            Self::Cash => "cash",
            Self::Coordinator => "coordinator",
            Self::InformationOfficer => "information_officer",
            Self::Administrator => "administrator",
            Self::FocalPoint => "focal_point",
            Self::Observer => "observer",
        }
    }

    /// The role of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The roles to whose key parts are sealed.
    pub const WITH_KEY: [Self; 2] = [Self::Protection, Self::FocalPoint];

    /// What this role may do and see. Kept small on purpose: a stolen session opens only its part.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Clerk => &[
                P::Register,
                P::SeePeople,
                P::Give,
                P::Link,
                P::Refer,
                P::SpeakUp,
                P::KeepPaper,
                P::Advise,
                P::Warn,
            ],
            Self::Screener => &[
                P::SeePeople,
                P::Screen,
                P::SeeScreening,
                P::Refer,
                P::SpeakUp,
                P::Advise,
                P::Warn,
            ],
            Self::Protection => &[
                P::SeePeople,
                P::Screen,
                P::SeeScreening,
                P::Protect,
                P::Link,
                P::Refer,
                P::SpeakUp,
                P::Advise,
                P::Warn,
            ],
            Self::Warehouse => &[
                P::ManageStock,
                P::SeeStock,
                P::Give,
                P::SpeakUp,
                P::Advise,
                P::Warn,
            ],
            Self::Cash => &[P::GiveCash, P::SeeStock, P::SpeakUp, P::Advise, P::Warn],
            Self::Coordinator => &[
                P::ManageMovements,
                P::Register,
                P::SeePeople,
                P::Give,
                P::DecideExceptions,
                P::Link,
                P::SeeStock,
                P::ManageStock,
                P::SeeReports,
                P::Publish,
                P::KeepDirectory,
                P::Refer,
                P::SpeakUp,
                P::AnswerFeedback,
                P::KeepPaper,
                P::KeepFigures,
                P::Advise,
                P::Warn,
            ],
            Self::InformationOfficer => &[
                P::SeeReports,
                P::Publish,
                P::SeeStock,
                P::KeepDirectory,
                P::SpeakUp,
                P::AnswerFeedback,
                P::KeepFigures,
                P::Advise,
                P::Warn,
            ],
            Self::Administrator => &[
                P::Administer,
                P::Erase,
                P::SeeStock,
                P::SpeakUp,
                P::Advise,
                P::Warn,
            ],
            Self::FocalPoint => &[P::SpeakUp, P::HearMisconduct, P::Advise],
            Self::Observer => &[P::SeeReports, P::SpeakUp, P::Advise, P::Warn],
        }
    }
}

//! Coded words of the domain in the language of the reader.

use domain::{
    AccessStatus, AccountWithdrawal, AgeGroup, CallResult, CardVoidReason, Consent, Country,
    Credibility, DifferenceReason, DocumentKind, FeedbackChannel, FeedbackKind, FeedbackStage,
    FigureWithdrawal, GivenBy, Harm, IncidentKind, IncidentSource, ItemCode, LegalBasis, LineState,
    LossReason, Method, MisconductKind, MovementKind, OverlapDecision, OverlapKind, PCode,
    PathwayKind, PathwayOutcome, PathwaySource, PathwayStep, Permission, PlacesOf, Precision,
    Priority, Reachability, RecoveryStage, ReferralState, RelationCode, Role, Screened,
    ScreenedBefore, Separation, ServiceKind, Sex, Sharpness, SiteKind, Stage, VoidReason,
    Vulnerability,
};

use register::figures::Wait;

use crate::catalogue::Texts;

/// A coded word with a message for it.
pub(crate) trait Word {
    /// The family of messages.
    const FAMILY: &'static str;

    /// The code within it.
    fn code(&self) -> &str;
}

impl Texts {
    /// The word in this language.
    pub(crate) fn of<W: Word>(self, word: &W) -> String {
        self.word(W::FAMILY, word.code())
    }
}

macro_rules! words {
    ($($family:literal $name:ident $code:ident,)*) => {$(
        impl Word for $name {
            const FAMILY: &'static str = $family;

            fn code(&self) -> &str {
                $name::$code(self)
            }
        }
    )*};
}

macro_rules! copied_words {
    ($($family:literal $name:ident,)*) => {$(
        impl Word for $name {
            const FAMILY: &'static str = $family;

            fn code(&self) -> &str {
                $name::code(*self)
            }
        }
    )*};
}

words! {
    "site-kind" SiteKind as_str,
    "movement-kind" MovementKind as_str,
    "legal" LegalBasis as_str,
    "item" ItemCode as_str,
    "vulnerability" Vulnerability as_str,
    "relation" RelationCode as_str,
    "void" VoidReason as_str,
    "difference" DifferenceReason as_str,
    "department" PCode as_str,
    "country" Country as_str,
    "service-kind" ServiceKind as_str,
    "channel" FeedbackChannel as_str,
    "feedback-kind" FeedbackKind as_str,
    "misconduct" MisconductKind as_str,
    "card-void" CardVoidReason as_str,
    "figure-withdrawal" FigureWithdrawal as_str,
    "account-withdrawal" AccountWithdrawal as_str,
    "incident" IncidentKind as_str,
    "harm" Harm as_str,
    "told-by" IncidentSource as_str,
    "credible" Credibility as_str,
    "access" AccessStatus as_str,
    "pathway" PathwayKind as_str,
    "pathway-step" PathwayStep as_str,
    "pathway-outcome" PathwayOutcome as_str,
    "pathway-told-by" PathwaySource as_str,
    "called" CallResult as_str,
    "reachable" Reachability as_str,
    "places-of" PlacesOf as_str,
}

copied_words! {
    "role" Role,
    "stage" Stage,
    "screened" Screened,
    "screened-before" ScreenedBefore,
    "priority" Priority,
    "age-group" AgeGroup,
    "document" DocumentKind,
    "line" LineState,
    "waited" Wait,
    "consent" Consent,
    "referral" ReferralState,
    "feedback-stage" FeedbackStage,
    "precision" Precision,
    "sharpness" Sharpness,
    "method" Method,
    "loss" LossReason,
    "recovery" RecoveryStage,
    "overlap-kind" OverlapKind,
    "overlap-decision" OverlapDecision,
    "given-by" GivenBy,
}

impl Word for Sex {
    const FAMILY: &'static str = "sex";

    fn code(&self) -> &str {
        match self {
            Self::F => "f",
            Self::M => "m",
            Self::X => "x",
        }
    }
}

impl Word for Separation {
    const FAMILY: &'static str = "separation";

    fn code(&self) -> &str {
        match self {
            Self::Unaccompanied => "unaccompanied",
            Self::Separated => "separated",
        }
    }
}

impl Word for Permission {
    const FAMILY: &'static str = "permission";

    fn code(&self) -> &str {
        match self {
            Self::ManageMovements => "manage-movements",
            Self::Register => "register",
            Self::SeePeople => "see-people",
            Self::Screen => "screen",
            Self::SeeScreening => "see-screening",
            Self::Protect => "protect",
            Self::Give => "give",
            Self::GiveCash => "give-cash",
            Self::DecideExceptions => "decide-exceptions",
            Self::Link => "link",
            Self::ManageStock => "manage-stock",
            Self::SeeStock => "see-stock",
            Self::SeeReports => "see-reports",
            Self::Administer => "administer",
            Self::Erase => "erase",
            Self::KeepDirectory => "keep-directory",
            Self::Refer => "refer",
            Self::SpeakUp => "speak-up",
            Self::Publish => "publish",
            Self::AnswerFeedback => "answer-feedback",
            Self::HearMisconduct => "hear-misconduct",
            Self::KeepPaper => "keep-paper",
            Self::KeepFigures => "keep-figures",
            Self::Advise => "advise",
            Self::Warn => "warn",
        }
    }
}

//! Why the rules said no, in the words of the reader, beside the field it is about.

use axum::http::StatusCode;
use domain::{ParticularsError, Refusal, Stage};
use fluent_bundle::FluentArgs;

use crate::form::Complaint;
use crate::visit::Visit;

/// The reason as a page shows it.
pub(crate) fn complaint(visit: &Visit, refusal: &Refusal) -> Complaint {
    Complaint {
        field: field(refusal),
        text: text(visit, refusal),
        code: refusal.code(),
    }
}

/// The status of an answer that refuses: what was typed cannot be (422), or it can, but not now
/// (409), or not by this person (403).
pub(crate) fn status(code: &str) -> StatusCode {
    match code {
        "not-allowed" | "unknown-user" => StatusCode::FORBIDDEN,
        "login-invalid"
        | "no-role"
        | "focal-point-apart"
        | "no-consent"
        | "due-out-of-range"
        | "until-missing"
        | "no-weekday"
        | "step-not-yet"
        | "step-of-other-kind"
        | "before-opened"
        | "booklet-cards"
        | "torn-out"
        | "no-edition"
        | "edition-nowhere"
        | "text-missing"
        | "text-too-long"
        | "unknown-code"
        | "unknown-time-zone"
        | "same-place"
        | "people-out-of-range"
        | "quantity-out-of-range"
        | "no-lines"
        | "item-twice"
        | "nothing-known"
        | "born-in-future"
        | "too-old"
        | "too-long"
        | "manifest-too-long"
        | "too-many-meetings"
        | "difference-unexplained"
        | "waiting-out-of-range"
        | "not-to-itself"
        | "wrong-time"
        | "wrong-date"
        | "wrong-number"
        | "wrong-file"
        | "wrong-address"
        | "wrong-settings"
        | "wrong-password" => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

fn text(visit: &Visit, refusal: &Refusal) -> String {
    let t = visit.t();
    let mut args = FluentArgs::new();
    match refusal {
        Refusal::NotAllowed { permission } => args.set("permission", t.of(permission)),
        Refusal::TextMissing { field }
        | Refusal::TextTooLong { field }
        | Refusal::UnknownCode { field }
        | Refusal::Particulars(ParticularsError::TooLong { field }) => {
            args.set("field", t.word("field", field));
        }
        Refusal::UnknownItem { item } | Refusal::ItemTwice { item } => {
            args.set("item", t.of(item));
        }
        Refusal::PeopleOutOfRange { max }
        | Refusal::ManifestTooLong { max }
        | Refusal::TooManyMeetings { max }
        | Refusal::BookletCards { max }
        | Refusal::TooManyReleased { max }
        | Refusal::QuantityOutOfRange { max } => args.set("max", *max),
        Refusal::DueOutOfRange { max_days } => args.set("max", *max_days),
        Refusal::LastRoleKey { role } => args.set("role", role.code()),
        Refusal::TornOut { cards } => args.set("cards", *cards),
        Refusal::ReferralStands { state } => args.set("state", t.word("referral", state)),
        Refusal::WrongStage { stage } => {
            let stage = Stage::from_code(stage)
                .map(|stage| t.of(&stage))
                .unwrap_or_default();
            args.set("stage", stage);
        }
        Refusal::PeopleWaiting { waiting } => args.set("waiting", *waiting),
        Refusal::ManifestElsewhere { other } => args.set("other", other.clone()),
        Refusal::ManifestReplaces { removed, same } => {
            args.set("removed", *removed);
            args.set("same", *same);
        }
        Refusal::ErasedMayReturn { erased, listed } => {
            args.set("erased", *erased);
            args.set("listed", *listed);
        }
        Refusal::DocumentHeld { holders } => args.set("holders", *holders),
        Refusal::AlreadyGiven { at } => args.set("at", visit.clock.near(*at, visit.now)),
        Refusal::LimitReached { last, days } => {
            args.set("last", visit.clock.full(*last));
            args.set("days", *days);
        }
        Refusal::StockShort { item, available } => {
            args.set("item", t.of(item));
            args.set("available", *available);
        }
        Refusal::RightElsewhere { holder: node }
        | Refusal::RightReleased { to: node }
        | Refusal::WaybillForOther { to: node }
        | Refusal::RecoverElsewhere { heir: node } => {
            args.set("node", crate::page::rights::label(visit, *node));
        }
        Refusal::WaitingOutOfRange { min, max } => {
            args.set("min", *min);
            args.set("max", *max);
        }
        Refusal::LossBehind { known, here } => {
            args.set("known", *known);
            args.set("here", *here);
        }
        Refusal::RecoveryEarly { due } => args.set("due", visit.clock.full(*due)),
        Refusal::PeriodNotOver { last } => args.set("last", visit.clock.date(last.0)),
        _ => {}
    }
    t.say_with(&format!("refusal-{}", refusal.code()), &args)
}

/// The field of our forms that a reason is about.
fn field(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::TextMissing { field }
        | Refusal::TextTooLong { field }
        | Refusal::UnknownCode { field }
        | Refusal::Particulars(ParticularsError::TooLong { field }) => Some(field),
        Refusal::LoginTaken | Refusal::LoginInvalid => Some("login"),
        Refusal::NoRole | Refusal::FocalPointApart => Some("role"),
        Refusal::UnknownTimeZone => Some("time_zone"),
        Refusal::DesignatorTaken => Some("designator"),
        Refusal::SamePlace => Some("destination"),
        Refusal::PeopleOutOfRange { .. } | Refusal::TooManyMeetings { .. } => Some("people"),
        Refusal::DocumentHeld { .. } => Some("document_number"),
        Refusal::NothingKnown => Some("given_names"),
        Refusal::Particulars(_) => Some("birth_year"),
        Refusal::WaybillNumberTaken => Some("number"),
        Refusal::DifferenceUnexplained => Some("difference"),
        Refusal::SecondUnsigned => Some("second_password"),
        Refusal::NoConsent => Some("consent"),
        Refusal::DueOutOfRange { .. } => Some("due"),
        Refusal::UntilMissing => Some("until"),
        Refusal::WaitingOutOfRange { .. } => Some("days"),
        Refusal::NotToItself | Refusal::NodeReplaced | Refusal::UnknownNode => Some("to"),
        Refusal::NoWeekday => Some("open_days"),
        Refusal::StepNotYet => Some("done"),
        Refusal::BookletCards { .. } => Some("cards"),
        Refusal::CardNotPrinted | Refusal::CardUsed | Refusal::CardVoid => Some("card"),
        Refusal::TornOut { .. } => Some("torn_out"),
        _ => None,
    }
}

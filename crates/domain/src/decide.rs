//! The rules: what may be, and what then has happened. One file for each part of the work; this one
//! checks who asks and sends the command to its rule.

mod advice;
mod at_site;
mod choosing;
mod danger;
mod edition;
mod feedback;
mod figures;
mod giving;
mod holding;
mod matter;
mod movement;
mod notice;
mod overlap;
mod paper;
mod pathway;
mod people;
mod reception;
mod recovery;
mod referring;
mod right;
mod second;
mod setup;
mod stock;

use uuid::Uuid;

pub use figures::latest_day;
pub use holding::{in_store_of, right_to_give};

use crate::event::{Event, Part};
use crate::refusal::{Refusal, Rejected};
use crate::{
    CardCode, Command, Known, Moment, NodeKey, Occurred, Order, Permission, Personal, SiteId,
    UserId,
};

/// Longest free text kept, in characters: a note, not a file.
const REMARK_LENGTH_MAX: usize = 4_000;
/// Longest name of a site, a movement or a waybill, in characters.
const NAME_LENGTH_MAX: usize = 120;

/// What a rule decided: one event that has now happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent {
    /// What it is about.
    pub aggregate: Uuid,
    /// What happened.
    pub event: Event,
    /// What it was made upon, where the rule knows. Of other edits the node says it, which has the
    /// history.
    pub upon: Option<Vec<Order>>,
    /// Personal data beside it.
    pub parts: Vec<Part>,
}

impl NewEvent {
    pub(crate) fn new(aggregate: Uuid, event: impl Into<Event>) -> Self {
        Self {
            aggregate,
            event: event.into(),
            upon: None,
            parts: Vec::new(),
        }
    }

    pub(crate) fn upon(mut self, upon: Vec<Order>) -> Self {
        self.upon = Some(upon);
        self
    }

    pub(crate) fn with(mut self, owner: impl Into<crate::Owner>, personal: Personal) -> Self {
        self.parts.push(Part {
            owner: owner.into(),
            personal,
        });
        self
    }
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// A user, whose roles the register knows.
    User(UserId),
    /// The program itself, while it sets up an operation or restores a node. It may do only what
    /// an administrator may.
    Setup(UserId),
}

impl Actor {
    /// The id that stands as the author of the events.
    pub const fn id(self) -> UserId {
        match self {
            Self::User(id) | Self::Setup(id) => id,
        }
    }
}

/// Fresh ids: the randomness of a decision.
pub trait Ids {
    /// An id never given before.
    fn id(&mut self) -> Uuid;
    /// A card code; whether it is free is asked of the register.
    fn card(&mut self) -> CardCode;
}

/// Around a command: who, where, when, on which node.
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor,
    /// The site they work at.
    pub site: SiteId,
    /// The node they work on.
    pub node: NodeKey,
    /// Now.
    pub now: Moment,
    /// When it happened; now, unless it is entered later.
    pub occurred: Occurred,
    /// Fresh ids.
    pub ids: &'a mut dyn Ids,
}

/// Decides a command.
///
/// # Errors
/// [`Rejected::Refused`] with a reason a clerk can act on; [`Rejected::Lookup`] when the register
/// could not be asked. Either way nothing has happened.
#[allow(clippy::too_many_lines, reason = "one arm for each part of the work")]
pub fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    permit(&command, known, context)?;
    if context.occurred.at > context.now {
        return Err(Refusal::InFuture.into());
    }
    match command {
        Command::FoundOperation { .. }
        | Command::AdmitNode { .. }
        | Command::RecordRestore { .. }
        | Command::ClaimNode { .. }
        | Command::OpenSite { .. }
        | Command::AdmitUser { .. }
        | Command::ChangeUser { .. }
        | Command::MakeRoleKey { .. }
        | Command::RecoverRoleKey { .. }
        | Command::DefineItem { .. }
        | Command::DefinePackage { .. }
        | Command::DefineLegalBasis { .. } => setup::decide(command, known, context),
        Command::AnnounceMovement { .. }
        | Command::DepartMovement { .. }
        | Command::LandMovement { .. }
        | Command::CorrectHeadcount { .. }
        | Command::DivertMovement { .. }
        | Command::CancelMovement { .. }
        | Command::CloseMovement { .. }
        | Command::ReopenMovement { .. }
        | Command::StateScreening { .. }
        | Command::ImportManifest(_) => movement::decide(command, known, context),
        Command::MarkNoShow { .. }
        | Command::Meet { .. }
        | Command::Flag { .. }
        | Command::Register(_)
        | Command::Screen { .. }
        | Command::NoteProtection { .. }
        | Command::CorrectRegistration { .. }
        | Command::Leave { .. }
        | Command::WithdrawArrival { .. } => reception::decide(command, known, context),
        Command::CorrectPerson { .. }
        | Command::ErasePerson { .. }
        | Command::EraseLine { .. }
        | Command::LinkPersons { .. }
        | Command::UnlinkPersons { .. }
        | Command::JoinFamily { .. }
        | Command::LeaveFamily { .. } => people::decide(command, known, context),
        Command::Grant { .. }
        | Command::WaiveLimit { .. }
        | Command::Redeem { .. }
        | Command::Void { .. } => giving::decide(command, known, context),
        Command::ReleaseRights { .. }
        | Command::AcceptRights { .. }
        | Command::DeclineRights { .. } => right::decide(command, known, context),
        Command::AnnounceLost { .. }
        | Command::CallOffRecovery { .. }
        | Command::HearOfLoss { .. }
        | Command::ConfirmRecovery { .. }
        | Command::SetRecoveryRules { .. } => recovery::decide(&command, known, context),
        Command::DecideOverlap { .. } => overlap::decide(command, known, context),
        Command::SendWaybill { .. }
        | Command::ReceiveWaybill { .. }
        | Command::CountStock { .. }
        | Command::CountTogether { .. } => stock::decide(command, known, context),
        Command::ListService { .. }
        | Command::StateService { .. }
        | Command::Refer(_)
        | Command::FollowUpReferral { .. }
        | Command::AnswerReferral { .. } => referring::decide(command, known, context),
        Command::RecordFeedback { .. }
        | Command::ReportMisconduct { .. }
        | Command::AnswerFeedback { .. }
        | Command::CloseFeedback { .. }
        | Command::EraseFeedback { .. } => feedback::decide(command, known, context),
        Command::PrintBooklet { .. }
        | Command::VoidCard { .. }
        | Command::ReturnBooklet { .. }
        | Command::MeetOnPaper { .. } => paper::decide(command, known, context),
        Command::PublishEditions {
            editions,
            known: before,
            second,
        } => edition::publish(editions, before, second, known, context),
        Command::ReportIncident { .. }
        | Command::UpdateIncident { .. }
        | Command::CloseIncident { .. }
        | Command::StateAccess { .. }
        | Command::ConfineTeam { .. }
        | Command::FreeTeam { .. } => danger::decide(command, known, context),
        Command::DefineOffice { .. }
        | Command::MakeAuthorKey { .. }
        | Command::RegisterStatement(_)
        | Command::WithdrawAdvice { .. } => advice::decide(command, known, context),
        Command::StateFigures { .. } | Command::WithdrawFigure { .. } => {
            figures::decide(command, known, context)
        }
        Command::OpenMatter { .. }
        | Command::RecordAccount { .. }
        | Command::WithdrawAccount { .. }
        | Command::MarkMatter { .. } => matter::decide(command, known, context),
        Command::PublishNotice {
            notice,
            texts,
            second,
        } => notice::publish(notice, texts, second, known, context),
        Command::TellPathway { .. }
        | Command::OpenPathway { .. }
        | Command::SayPathwayStep { .. }
        | Command::ClosePathway { .. } => pathway::decide(command, known, context),
        Command::WithdrawNotice { notice } => notice::withdraw(notice, known),
        Command::Choose(choosing) => choosing::choose(*choosing, known),
        Command::EditUpon(edit) => choosing::edit(*edit, known, context),
    }
}

/// Whether the actor may do this. Giving, and answering or erasing feedback, are allowed with either
/// of their two permissions here; which of them is needed is decided once the item, or the feedback,
/// is known.
fn permit(command: &Command, known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    let permission = command.permission();
    let either: &[Permission] = match (permission, command) {
        (Permission::Give, _) => &[Permission::Give, Permission::GiveCash],
        (Permission::AnswerFeedback, _) => {
            &[Permission::AnswerFeedback, Permission::HearMisconduct]
        }
        (
            _,
            Command::AnnounceLost { .. }
            | Command::CallOffRecovery { .. }
            | Command::ConfirmRecovery { .. },
        ) => &[Permission::Administer, Permission::DecideExceptions],
        (_, Command::EraseFeedback { .. }) => &[Permission::Erase, Permission::HearMisconduct],
        _ => std::slice::from_ref(&permission),
    };
    match context.actor {
        Actor::Setup(_) if permission == Permission::Administer => Ok(()),
        Actor::Setup(_) => Err(Refusal::NotAllowed { permission }.into()),
        Actor::User(id) => {
            let user = known
                .user(id)?
                .filter(|user| user.active)
                .ok_or(Refusal::UnknownUser)?;
            if either.iter().any(|permission| user.may(*permission)) {
                Ok(())
            } else {
                Err(Refusal::NotAllowed { permission }.into())
            }
        }
    }
}

/// Whether the actor has a permission that a rule needs beside the command's own.
fn holds(
    permission: Permission,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<bool, Rejected> {
    let user = known.user(context.actor.id())?;
    Ok(user.is_some_and(|user| user.may(permission)))
}

/// A text that may be missing; blank is missing.
fn maybe(field: &'static str, value: Option<&str>) -> Result<Option<String>, Refusal> {
    value
        .filter(|value| !value.trim().is_empty())
        .map(|value| text(field, value, REMARK_LENGTH_MAX))
        .transpose()
}

/// A text that must be there, and not be a book.
fn text(field: &'static str, value: &str, max: usize) -> Result<String, Refusal> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refusal::TextMissing { field });
    }
    if value.chars().count() > max {
        return Err(Refusal::TextTooLong { field });
    }
    Ok(value.to_owned())
}

fn name(field: &'static str, value: &str) -> Result<String, Refusal> {
    text(field, value, NAME_LENGTH_MAX)
}

fn remark(field: &'static str, value: &str) -> Result<Personal, Refusal> {
    text(field, value, REMARK_LENGTH_MAX).map(Personal::Remark)
}

/// Compared without case and spaces: "DR 12" and "dr12" name one flight.
pub fn same_name(first: &str, second: &str) -> bool {
    let folded = |name: &str| -> String {
        name.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    folded(first) == folded(second)
}

//! The words, events, commands and rules of reception.
//!
//! Everything here is pure: no input or output, no clock, no randomness. What a rule needs to know
//! comes through [`Known`]; the time, the actor and fresh ids come through [`Context`]. A
//! [`Command`] is decided by [`decide`] into [`NewEvent`]s or refused with a [`Refusal`] that a
//! clerk can act on. State is what the `apply` functions of [`Movement`], [`Line`], [`Arrival`] and
//! the others make of events in their total order; no rule ever reads a table.
//!
//! Personal data never enters the public body of an event: it travels beside it as a
//! [`Personal`] part, owned by the person it is about.

mod advice;
mod arrival;
mod booklet;
mod bytes;
mod card;
mod code;
mod command;
mod country;
mod danger;
mod decide;
mod edition;
mod entitlement;
mod entries;
mod event;
mod family;
mod feedback;
mod field;
mod follow_up;
mod id;
mod known;
mod line;
mod link;
mod manifest;
mod matter;
mod memory;
mod movement;
mod notice;
mod overlap;
mod package;
mod particulars;
mod pathway;
mod person;
mod quotation;
mod recovery;
mod referral;
mod refusal;
mod right;
mod role;
mod screening;
mod settle;
mod site;
mod stated;
mod stock;
mod time;
mod upon;
mod user;
mod value;

pub use advice::{Advice, Office, Registered, Standing, StatementKind, Words};
pub use arrival::{Arrival, Priority, Registration, queue_label};
pub use booklet::{Booklet, CardState};
pub use bytes::Bytes;
pub use card::{CardCode, CardError};
pub use code::{
    AccessStatus, AccountWithdrawal, AdviceOutcome, CallResult, CardVoidReason, Credibility,
    DifferenceReason, FeedbackChannel, FeedbackKind, FigureWithdrawal, Harm, IncidentKind,
    IncidentSource, ItemCode, LanguageCode, LegalBasis, MisconductKind, MovementKind, PCode,
    PathwayKind, PathwayOutcome, PathwaySource, PathwayStep, PlacesOf, Reachability,
    ReferralOutcome, RelationCode, ServiceKind, SiteKind, VoidReason, Vulnerability,
};
pub use command::{
    Choosing, Command, Confirmed, Edit, Importing, Meeting, NewEdition, NewFigure, Referring,
    Registering, Stating, Whose,
};
pub use country::Country;
pub use danger::{Access, CAREFUL_HOURS, Danger, Incident, Onward, Reason, SEVERE_HOURS, Team};
pub use decide::{
    Actor, Context, Ids, NewEvent, decide, in_store_of, latest_day, right_to_give, same_name,
};
pub use edition::{Edition, EditionRow, EditionTable, Period, SMALLEST_PUBLISHED};
pub use entitlement::{Entitlement, Redemption};
pub use entries::{Conflict, Entries, Entry, made_upon_history};
pub use event::{Entitled, Event, Order, Part, Personal, Recorded, Sealing, Slot, Withheld, body};
pub use family::{Family, Member};
pub use feedback::{Feedback, FeedbackStage, Misconduct, Voice};
pub use field::{About, Field};
pub use follow_up::{EARLY_DAYS, call_days, next_call};
pub use id::{
    AccessId, AccountId, AdviceId, ArrivalId, BookletId, EditionId, EntitlementId, FamilyId,
    FeedbackId, FigureId, ImportId, IncidentId, LineId, LinkId, MatterId, MovementId, NodeKey,
    NoticeId, OfficeId, OperationId, OverlapId, Owner, PathwayId, PersonId, RecoveryId, ReferralId,
    ServiceId, SiteId, StatementId, StocktakeId, SubjectId, TeamId, TransferId, UserId, WaybillId,
};
pub use known::{Answer, Known, LookupFailed, Past};
pub use line::{Line, LineState};
pub use link::Link;
pub use manifest::{Changes, Extent, ListedPerson, changes};
pub use matter::{Account, Marked, Matter, Point, Quotation, Told};
pub use memory::Memory;
pub use movement::{DefinedBasis, Movement, Screened, ScreenedCounts, Stage};
pub use notice::{Notice, NoticeText};
pub use overlap::{ActOfGiving, OverlapDecision, OverlapKind};
pub use package::{Grant, Item, Limit, Money, Package, When};
pub use particulars::{
    AGE_YEARS_MAX, AgeGroup, Birth, DOCUMENTS_MAX, Document, DocumentKind, FIELD_LENGTH_MAX,
    NATIONALITIES_MAX, Particulars, ParticularsError, Sex, fold_name,
};
pub use pathway::{Pathway, PathwayStage, PathwayTerms, StepStands, StepState};
pub use person::Person;
pub use quotation::{
    Quoted, Written, is_quoted, one_spaced, quotations, quoted_from, stands_whole,
};
pub use recovery::{
    LossReason, Recovery, RecoveryStage, WAITING_DAYS_DEFAULT, WAITING_DAYS_LEAST, WAITING_DAYS_MAX,
};
pub use referral::{
    Availability, Consent, Contact, Referral, ReferralState, ReferralTerms, Service,
};
pub use refusal::{Refusal, Rejected};
pub use right::{GivenBy, Passing, Released};
pub use role::{Permission, Role};
pub use screening::{ProtectionNote, Relation, ScreenedBefore, Screening, Separation};
pub use site::Site;
pub use stated::{FIGURE_MAX, Figure, Method, Sharpness, StatedFigure, Withdrawn};
pub use stock::{Quantity, StockChange, Waybill, WaybillLine, stock_changes};
pub use time::{Day, Moment, Occurred, Precision};
pub use upon::{UPON_MAX, upon_of, with_upon};
pub use user::{Staff, User};
pub use value::{Value, is_edit, is_written_again, says_again};

//! Why a command is refused, in words a clerk can act on. Each reason has a code, under which the
//! catalogues say it in every language, and arguments. Never personal data: refusals reach logs.

use crate::known::LookupFailed;
use crate::particulars::ParticularsError;
use crate::{Day, ItemCode, Moment, NodeKey, Permission, Quantity, Role};

/// A command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The register could not be asked.
    #[error(transparent)]
    Lookup(#[from] LookupFailed),
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident: $type:ty),* })? $code:literal $text:literal,)*) => {
        /// The rule that says no.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[allow(missing_docs, reason = "the fields are the arguments of the message beside them")]
        pub enum Refusal {
            $($(#[$doc])* #[error($text)] $name $({ $($field: $type),* })?,)*
            /// The particulars cannot be as stated.
            #[error(transparent)]
            Particulars(#[from] ParticularsError),
        }

        impl Refusal {
            /// Every code, so that a test can see that each is said in every language.
            pub const CODES: &'static [&'static str] = &[
                $($code,)*
                "born-in-future", "too-old", "too-long",
                "document-without-number",
            ];

            /// The code of the reason: `refusal-` and this is its message in the catalogues.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)*
                    Self::Particulars(ParticularsError::BornInFuture) => "born-in-future",
                    Self::Particulars(ParticularsError::TooOld) => "too-old",
                    Self::Particulars(ParticularsError::DocumentWithoutNumber) => {
 "document-without-number"
 }
Self::Particulars(ParticularsError::TooLong { .. }) => "too-long",
                }
            }
        }
    };
}

refusals! {
    /// The id of a request stands for something else.
    RequestReused "request-reused" "this form was used for something else already: open it again",
    /// Nobody else could open what is sealed to the role.
    LastRoleKey { role: Role } "last-role-key"
        "this is the only person who holds the key of the role {role}: let them give it to a colleague first",
    /// The second of two did not sign in for it.
    SecondUnsigned "second-unsigned"
        "the second person has to type their own name and password: ask them to the page",
    /// Said to have happened later than now.
    InFuture "in-future" "this is said to happen in the future: check the time",
    /// Said to have happened before the person was met.
    BeforeMet "before-met" "this is said to have happened before the person was met: check the time",
    /// Said to have happened before the movement landed.
    BeforeLanded "before-landed" "this is said to have happened before the movement landed: check the time",
    /// The user's roles do not allow it.
    NotAllowed { permission: Permission } "not-allowed"
        "your role does not allow this: ask your coordinator",
    /// The user was revoked or is not known.
    UnknownUser "unknown-user" "this user may not work here any more: sign in again",
    /// Founding twice.
    AlreadyFounded "already-founded" "this operation exists already",
    /// The only administrator would be gone.
    LastAdministrator "last-administrator"
        "somebody must remain who can administer: admit another administrator first",
    /// Nobody would hear about misconduct any more.
    LastFocalPoint "last-focal-point"
        "somebody must remain who hears reports of misconduct: admit another focal point first",
    /// The id is taken.
    UserKnown "user-known" "this user is known already: change their roles instead",
    /// The name is taken.
    LoginTaken "login-taken" "somebody signs in with this name already: choose another",
    /// The name cannot be typed.
    LoginInvalid "login-invalid" "a sign-in name has 2 to 32 small letters, digits, dots or hyphens",
    /// No role.
    NoRole "no-role" "give the user at least one role",
    /// A text is missing.
    TextMissing { field: &'static str } "text-missing" "{field} is missing: fill it in",
    /// A text is too long.
    TextTooLong { field: &'static str } "text-too-long" "{field} is too long: shorten it",
    /// The code is on no list this version knows.
    UnknownCode { field: &'static str } "unknown-code" "{field} is not on the list: choose one of the list",
    /// The time zone is not in the IANA database.
    UnknownTimeZone "unknown-time-zone" "this time zone is not known: write it as America/Port-au-Prince",
    /// No such site.
    UnknownSite "unknown-site" "this site is not known here",
    /// No such movement.
    UnknownMovement "unknown-movement" "this movement is not known here",
    /// No such line.
    UnknownLine "unknown-line" "this line of the manifest is not known here",
    /// No such arrival.
    UnknownArrival "unknown-arrival" "this card is not known here",
    /// No such person.
    UnknownPerson "unknown-person" "this person is not known here",
    /// No such family.
    UnknownFamily "unknown-family" "this family is not known here",
    /// No such link.
    UnknownLink "unknown-link" "this link is not known here, or was undone already",
    /// No such entitlement.
    UnknownEntitlement "unknown-entitlement" "this item was never granted to this person",
    /// No such item.
    UnknownItem { item: ItemCode } "unknown-item" "the item {item} is not defined here",
    /// No such waybill.
    UnknownWaybill "unknown-waybill" "this waybill is not known here",
    /// A movement of this name is expected the same day.
    DesignatorTaken "designator-taken" "a movement of this name is announced for that day already",
    /// From a place to itself.
    SamePlace "same-place" "origin and destination are the same place",
    /// Nobody, or more than fit on anything.
    PeopleOutOfRange { max: u32 } "people-out-of-range" "the number of people must be between 1 and {max}",
    /// Not possible at this stage.
    WrongStage { stage: &'static str } "wrong-stage" "this movement is {stage}: that cannot be done now",
    /// Not landed yet.
    NotLanded "not-landed" "record first that the movement landed, and how many people were counted",
    /// People are still waiting.
    PeopleWaiting { waiting: u32 } "people-waiting"
        "{waiting} people of this movement were met and are not registered: register them first",
    /// A manifest that names nobody.
    ManifestEmpty "manifest-empty" "this file names nobody: check the columns, or cancel the movement",
    /// A manifest with too many people.
    ManifestTooLong { max: u32 } "manifest-too-long" "a manifest has at most {max} people",
    /// A manifest nobody on it belongs to this movement.
    ManifestElsewhere { other: String } "manifest-elsewhere"
        "most of these people are on the manifest of {other}: is this the right movement?",
    /// A manifest would take most people off a list.
    ManifestReplaces { removed: u32, same: u32 } "manifest-replaces"
        "this takes {removed} people off the list and keeps {same}: is it the right movement, and the whole list?",
    /// The user works at another site.
    OtherSite "other-site" "this belongs to another site: it can only be done there",
    /// Somebody was met with another movement.
    OtherMovement "other-movement" "this card or line belongs to another movement",
    /// Too many at once.
    TooManyMeetings { max: u32 } "too-many-meetings" "meet at most {max} people at once",
    /// Registered before.
    AlreadyRegistered "already-registered" "this card is registered already: open the person",
    /// The person is already registered on this movement.
    PersonAlreadyArrived "person-already-arrived" "this person is registered on this movement already",
    /// Somebody else was registered for the line.
    LineTaken "line-taken" "somebody was registered for this line already",
    /// The line is not on the newest manifest.
    LineRemoved "line-removed" "a corrected manifest no longer names this person: register without the list",
    /// The person came.
    LineNotWaiting "line-not-waiting" "this person is not waiting any more",
    /// Somebody else holds this document.
    DocumentHeld { holders: u32 } "document-held"
        "{holders} other people are on record with this document number: look at them, then confirm or correct the number",
    /// Nothing known of the person at all.
    NothingKnown "nothing-known"
        "write at least one name, or record that the person prefers not to say",
    /// Not registered yet.
    NotRegistered "not-registered" "register the person first",
    /// The person's data was erased.
    PersonErased "person-erased" "this person's data was erased",
    /// A line whose person was registered.
    ErasePersonInstead "erase-person-instead"
        "somebody was registered for this line: erase the person, and the line goes with them",
    /// A manifest that may name somebody whose data was erased.
    ErasedMayReturn { erased: u32, listed: u32 } "erased-may-return"
        "the data of {erased} people of this list was erased on request, and {listed} people of the file look new: take the rows of those who were erased out of the file, or confirm that none of them is in it",
    /// One record, or linked already.
    AlreadyLinked "already-linked" "these are one person already",
    /// In a family already.
    InFamily "in-family" "this person belongs to another family: take them out of it first",
    /// Not in this family.
    NotInFamily "not-in-family" "this person does not belong to this family",
    /// The notes' key does not exist.
    NoRoleKey "no-role-key" "no key for protection notes exists yet: ask the administrator",
    /// Given before.
    AlreadyGiven { at: Moment } "already-given" "this was given already, at {at}",
    /// Not given, so it cannot be voided.
    NotGiven "not-given" "this was not given, so there is nothing to void",
    /// The per-person limit.
    LimitReached { last: Moment, days: u32 } "limit-reached"
        "this person received this on {last}, and may again {days} days later: ask the coordinator",
    /// A limit that does not stand in the way.
    NothingToWaive "nothing-to-waive" "no limit stands in the way of this item",
    /// Not enough of it.
    StockShort { item: ItemCode, available: i64 } "stock-short"
        "only {available} of {item} left here: receive a waybill or count the shelf first",
    /// This node does not hold the right.
    RightElsewhere { holder: NodeKey } "right-elsewhere"
        "the node {holder} holds the right to give this: it is given there, or a coordinator there releases it to this node",
    /// Released to this node, not accepted.
    RightNotAccepted "right-not-accepted" "the right to give this was released to this node: accept it first",
    /// Released to another node.
    RightReleased { to: NodeKey } "right-released"
        "the right to give this is on its way to the node {to}: it is given there, or declined there and then given where it came from",
    /// From a node to itself.
    NotToItself "not-to-itself" "this is the same node: choose another",
    /// No such node.
    UnknownNode "unknown-node" "this node is not of this operation, or not known here yet: choose another",
    /// Its rights were taken over.
    NodeReplaced "node-replaced" "another node took over the rights of that node: choose the one that did",
    /// Nothing that could be released.
    NothingToRelease "nothing-to-release" "this node holds no right of these people that is not used yet",
    /// More people than one release takes.
    TooManyReleased { max: u32 } "too-many-released" "release the rights of at most {max} people at once: choose a share",
    /// Nothing waits for an answer.
    NothingReleasedHere "nothing-released-here" "nothing of this release waits for this node: it was answered already, or is for another node",
    /// It goes to another node of this site.
    WaybillForOther { to: NodeKey } "waybill-for-other" "this waybill is for the store of the node {to}: receive it there",
    /// No such recovery.
    UnknownRecovery "unknown-recovery" "this announcement of a loss is not known here",
    /// The loss is announced already.
    RecoveryOpen "recovery-open" "this node is announced lost already: confirm that, or call it off",
    /// It was called off, or is done.
    RecoveryOver "recovery-over" "this was called off or carried out already",
    /// Too short, or too long.
    WaitingOutOfRange { min: u32, max: u32 } "waiting-out-of-range" "the waiting period is between {min} and {max} days here",
    /// The waiting period is not over.
    RecoveryEarly { due: Moment } "recovery-early" "the waiting period runs until {due}: look for the node until then, confirm after",
    /// Another node is to take over.
    RecoverElsewhere { heir: NodeKey } "recover-elsewhere" "the node {heir} is to take over: confirm it there",
    /// The lost node wrote since.
    NodeHeard "node-heard" "this node was heard since it was announced lost: it is not lost, call this off",
    /// Less of its log is here than was known of it elsewhere.
    LossBehind { known: u64, here: u64 } "loss-behind" "{known} events of the lost node were known when it was announced lost, and {here} are here: exchange with the other nodes first",
    /// Restored from a backup, not yet claimed.
    RightsFrozen "rights-frozen"
        "this node was restored from a backup: two persons with the root key must first claim its rights",
    /// May have been given since the backup, or by the node whose right it was.
    CheckCard "check-card"
        "this may have been given where it is not known here: check the person's card, then confirm",
    /// No quantity, or too much.
    QuantityOutOfRange { max: Quantity } "quantity-out-of-range" "a quantity must be between 1 and {max}",
    /// Nothing on the paper.
    NoLines "no-lines" "write at least one item",
    /// An item twice on one paper.
    ItemTwice { item: ItemCode } "item-twice" "{item} stands on this paper twice: add the two up",
    /// The number is used.
    WaybillNumberTaken "waybill-number-taken" "a waybill of this number is on record already",
    /// Received before.
    AlreadyReceived "already-received" "this waybill was received already",
    /// A difference without a reason.
    DifferenceUnexplained "difference-unexplained" "the numbers differ: say why",
    /// One person acted for two.
    SamePersonTwice "same-person-twice" "two persons must decide this: somebody else has to confirm",
    /// Counted earlier than the book can tell.
    CountLate "count-late" "a count is compared with the book of this minute: count the shelf again now",
    /// An item that never comes out of stock.
    NotStocked { item: ItemCode } "not-stocked" "{item} does not come out of stock: it is neither sent nor counted",
    /// A code that cannot be one.
    ItemInvalid "item-invalid" "an item has a code of small letters, digits and _, and a limit of at least 1 time in 1 day",
    /// A limited item before the person is known.
    LimitedOnMeeting { item: ItemCode } "limited-on-meeting"
        "{item} has a limit per person, so it can only be granted once the person is registered",
    /// A role's key is there.
    RoleKeyExists "role-key-exists" "this role has a key already: somebody who holds it must pass it on",
    /// The key of a role for somebody who is not of it, or also administers or coordinates.
    KeyNotForThem "key-not-for-them"
        "this key is only given to somebody of the protection role who neither administers nor coordinates: choose another colleague",
    /// Rights that were taken over.
    Superseded "superseded" "another node took over the rights of this one: stop working here, use that one",
    /// Claimed before.
    AlreadyClaimed "already-claimed" "the rights of that node were claimed already, or are not for this node to claim",
    /// Nothing changes.
    NothingToCorrect "nothing-to-correct" "this is what is on record already",
    /// Taken back as a mistake.
    Withdrawn "withdrawn" "this card was withdrawn as a mistake: use the person's other card",
    /// Given before it could be taken back.
    SomethingGiven "something-given"
        "something was given on this card: void it first, then withdraw the card",
    /// Left already.
    AlreadyLeft "already-left" "this person left already",
    /// Who hears about misconduct runs nobody.
    FocalPointApart "focal-point-apart"
        "who hears reports of misconduct cannot also be coordinator or administrator: admit somebody else",
    /// No such service.
    UnknownService "unknown-service" "this service is not in the directory here",
    /// The service takes nobody now.
    ServiceClosed "service-closed" "nobody can be referred to this service now: choose another",
    /// The kind of a service says who may know of its referrals.
    ServiceKindStays "service-kind-stays"
        "this kind of service is kept from other roles than the one before: list it as a new service",
    /// Nobody agreed.
    NoConsent "no-consent"
        "the person has to agree first: say where the referral goes and what is passed on, and ask",
    /// Referred before.
    AlreadyReferred "already-referred" "this person is referred to this service already: follow that referral up",
    /// No such referral.
    UnknownReferral "unknown-referral" "this referral is not known here",
    /// Not possible from where it stands.
    ReferralStands { state: &'static str } "referral-stands" "this referral is {state}: that cannot be recorded now",
    /// To be asked in the past, or in years.
    DueOutOfRange { max_days: u32 } "due-out-of-range" "say a day from now on, at most {max_days} days ahead",
    /// No such feedback.
    UnknownFeedback "unknown-feedback" "this feedback is not known here",
    /// Closed.
    FeedbackClosed "feedback-closed" "this is closed already: record what is new as new feedback",
    /// Erased.
    FeedbackErased "feedback-erased" "this was erased already",
    /// Not answered yet.
    NotAnswered "not-answered" "write first what was answered or done about it",
    /// The key of the focal point does not exist.
    NoFocalPoint "no-focal-point"
        "nobody can receive this yet: the administrator has to admit a focal point, who has to sign in once",
    /// No such booklet.
    UnknownBooklet "unknown-booklet" "this booklet is not known here",
    /// Too many cards for one booklet, or none.
    BookletCards { max: u32 } "booklet-cards" "a booklet has between 1 and {max} cards",
    /// The card is of no booklet.
    CardNotPrinted "card-not-printed" "this card is of no booklet of this site: read the code again",
    /// Somebody was met with it.
    CardUsed "card-used" "somebody was entered with this card already: open that card",
    /// The card is void.
    CardVoid "card-void" "this card was voided: look at the paper again",
    /// More cards than there are, or fewer than are entered.
    TornOut { cards: u32 } "torn-out" "the booklet has {cards} cards: count the stubs again",
    /// Nothing to publish.
    NoEdition "no-edition" "nothing is chosen to be published: choose a day or a month that is not published yet",
    /// Somebody published meanwhile.
    PublishedMeanwhile "published-meanwhile"
        "somebody published meanwhile, and what is hidden depends on it: look at it again, then publish",
    /// The period goes on.
    PeriodNotOver { last: Day } "period-not-over"
        "the day of {last} has not closed yet at every site: publish these days once it has",
    /// Published before.
    AlreadyPublished "already-published"
        "these days are published already, and what is published stays as it is: choose days that are not",
    /// An edition that counts nowhere.
    EditionNowhere "edition-nowhere" "an edition is about at least one site: choose one, then publish",
    /// Numbers that do not fit, or would point at somebody: a defect of the program.
    EditionMalformed "edition-malformed"
        "nothing was published, because these numbers do not fit together or would show fewer people than may be shown: this is a mistake of the program, report it",
    /// No such incident.
    UnknownIncident "unknown-incident" "this incident is not known here",
    /// It is over.
    IncidentClosed "incident-closed" "this incident was closed already: report what is new as a new one",
    /// Neither a site nor a road, or both.
    AccessOfWhat "access-of-what" "say which site or which road, one of the two",
    /// No such team.
    UnknownTeam "unknown-team" "this team is not known here",
    /// It left already.
    TeamFreed "team-freed" "this team could leave already",
    /// No key of one's own yet.
    NoAuthorKey "no-author-key" "you have no key to sign with yet: submit it from the page, with your password",
    /// It is not signed by its author, or says something else than the form.
    StatementForged "statement-forged" "this is not signed by its author as it stands: write it on the page, and submit it there",
    /// No such recommendation.
    UnknownAdvice "unknown-advice" "this recommendation is not known here",
    /// Somebody else's words.
    NotAuthor "not-author" "only its author can change or withdraw it: write a recommendation, or a dissent, of your own",
    /// It was withdrawn.
    AdviceWithdrawn "advice-withdrawn" "its author withdrew this already",
    /// Somebody wrote a newer version meanwhile.
    NewerVersion "newer-version" "there is a newer version than the one you saw: read it, then go on from there",
    /// No office is asked.
    NoOffice "no-office" "choose at least one office that is to answer",
    /// No such office, or it answers no more.
    UnknownOffice "unknown-office" "this office is not known here, or cannot be asked any more",
    /// The office was not asked.
    NotAsked "not-asked" "this recommendation was not addressed to that office",
    /// Somebody who does not answer for the office.
    NotOfThatOffice "not-of-that-office" "you do not answer for this office: ask somebody of it",
    /// Dissent to nothing.
    NothingToDissent "nothing-to-dissent" "a dissent is about something published or recommended: open that, then write it",
    /// More were screened than there were.
    ScreenedMoreThanMoved { people: u32 } "screened-more-than-moved"
        "the movement has {people} people: no more of them can have been screened",
    /// The list has it already.
    BasisListed "basis-listed" "the list of legal bases has this code already: choose another",
    /// No figure to put on record.
    NoFigure "no-figure" "there is no figure here: fill in a number and who said it",
    /// More than are taken in at once.
    TooManyFigures { max: usize } "too-many-figures" "at most {max} figures are taken in at once: split the file",
    /// Another figure has this code.
    FigureCodeTaken { code: String } "figure-code-taken" "another figure is called {code} already: choose another code",
    /// More than anybody counts.
    FigureAbsurd "figure-absurd" "nobody counts that many: look at the number again",
    /// The upper bound is the lower one.
    FigureBounds "figure-bounds" "the upper number is below the lower one: exchange them",
    /// It ends before it begins.
    PeriodBackwards "period-backwards" "the period begins after it ends: exchange the two days, or correct one",
    /// A web address that is none.
    NoAddress "no-address" "a web address begins with https:// or http://: copy it again, or leave it out",
    /// A part that is not on record.
    UnknownPart { code: String } "unknown-part" "no figure is called {code}: enter the parts of a whole first, and name them by their codes",
    /// No such figure.
    UnknownFigure "unknown-figure" "this figure is not known here",
    /// It was withdrawn.
    FigureWithdrawn "figure-withdrawn" "this figure was withdrawn already",
    /// No such matter.
    UnknownMatter "unknown-matter" "this matter is not known here",
    /// No such account.
    UnknownAccount "unknown-account" "this account is not known here",
    /// It was withdrawn.
    AccountWithdrawn "account-withdrawn" "this account was withdrawn already",
    /// Nothing was marked, or too much at once.
    NoPoint { max: usize } "no-point" "mark between 1 and {max} points",
    /// Other words than were said.
    Misquoted { account: usize } "misquoted" "these words do not stand in account {account}: copy them out of it",
    /// One account alone neither agrees nor differs.
    TooFewQuoted "too-few-quoted" "quote at least two accounts on a point: what only one says needs no mark",
    /// No such notice.
    UnknownNotice "unknown-notice" "this notice is not known here",
    /// Withdrawn before.
    NoticeWithdrawn "notice-withdrawn" "this notice was withdrawn already",
    /// No such pathway.
    UnknownPathway "unknown-pathway" "this pathway is not known here",
    /// One is recorded.
    PathwayTold "pathway-told" "that this person was told of it is recorded already",
    /// Another of the kind goes on.
    PathwayOpen "pathway-open" "this person is on this pathway already: go on with that one",
    /// It was told of only.
    PathwayNotOpened "pathway-not-opened" "this pathway is not opened: open it first",
    /// It is over.
    PathwayClosed "pathway-closed" "this pathway is closed: open a new one",
    /// Told of another kind.
    PathwayOfOtherKind "pathway-of-other-kind"
        "this person was told of another pathway here: open the one they were told of, or a new one",
    /// Not of the list of its kind.
    StepOfOtherKind "step-of-other-kind"
        "this pathway has no such step: choose one of its own list",
    /// Earlier than the pathway.
    BeforeOpened "before-opened"
        "this is said to have happened before the pathway was opened: check the date, or enter the opening with its own date",
    /// They asked us not to.
    NoCalls "no-calls"
        "this person asked not to be called: do not call; when they say that calls are welcome again, record that on the page of the referral",
    /// Not reachable for how long?
    UntilMissing "until-missing"
        "it is missing until when the service cannot be reached: write a day, after which it is asked again",
    /// A day of the week is from 1 to 7.
    NoWeekday "no-weekday" "a day of the week is a number from 1, Monday, to 7, Sunday: choose again",
    /// There is one value, or none.
    NoConflict "no-conflict" "there is nothing to choose here any more: somebody chose meanwhile",
    /// Something else was written since the page was drawn.
    ConflictChanged "conflict-changed"
        "something else was written here meanwhile: look at what stands now, then choose",
    /// Done on a day to come.
    StepNotYet "step-not-yet" "a step cannot be done on a day to come: write that day as the day it is due",
}

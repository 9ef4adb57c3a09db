//! Coded words. A code that this version does not know is kept and shown as it is, because sites
//! never need to upgrade at once (G10); a command may only use codes that are known here.

use std::borrow::Cow;
use std::fmt;

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $constant:ident = $code:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            $($(#[$vdoc])* pub const $constant: Self = Self(Cow::Borrowed($code));)*

            /// Every code this version knows, in the order they are offered.
            pub const KNOWN: &'static [Self] = &[$(Self::$constant,)*];

            /// The code as it stands in events and files.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// A code this version knows, or none.
            pub fn known(code: &str) -> Option<Self> {
                Self::KNOWN.iter().find(|known| known.as_str() == code).cloned()
            }

            /// Any code, as an event of a newer version may carry it.
            pub fn any(code: impl Into<String>) -> Self {
                Self(Cow::Owned(code.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), encode::Error<W::Error>> {
                e.str(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                Ok(Self::any(d.str()?))
            }
        }
    )*};
}

codes! {
    /// A language in which people are spoken to (ISO 639-1).
    LanguageCode {
        /// Haitian Creole.
        KREYOL = "ht",
        /// French.
        FRENCH = "fr",
        /// English.
        ENGLISH = "en",
        /// Spanish.
        SPANISH = "es",
    }
    /// What kind of place a site is.
    SiteKind {
        /// People camping, as under the bridge of Del Rio.
        ENCAMPMENT = "encampment",
        /// Held by an authority.
        CUSTODY = "custody",
        /// An airport with a reception desk.
        AIRPORT = "airport",
        /// A land border crossing.
        LAND_CROSSING = "land_crossing",
        /// A port.
        SEAPORT = "seaport",
        /// A place to sleep.
        SHELTER = "shelter",
        /// A store.
        WAREHOUSE = "warehouse",
        /// An office.
        OFFICE = "office",
    }
    /// How people travel.
    MovementKind {
        /// An aeroplane.
        FLIGHT = "flight",
        /// One or more buses together.
        BUS_CONVOY = "bus_convoy",
        /// A boat or ship.
        BOAT = "boat",
        /// From one site to another, however.
        TRANSFER = "transfer",
    }
    /// On what legal basis people are moved (row S4).
    LegalBasis {
        /// Expulsion under 42 U.S.C. § 265 (public health), "Title 42".
        TITLE_42 = "title_42_expulsion",
        /// A final order of removal or deportation.
        DEPORTATION_ORDER = "deportation_order",
        /// The person chose to return.
        VOLUNTARY_RETURN = "voluntary_return",
        /// Intercepted at sea and brought back.
        SEA_INTERCEPTION = "sea_interception",
        /// Turned back at a land border.
        LAND_PUSHBACK = "land_return",
        /// Moved to another sector or site of the same authority.
        SECTOR_TRANSFER = "sector_transfer",
        /// For treatment.
        MEDICAL = "medical",
        /// Released to wait for a decision, as in proceedings of asylum or removal.
        RELEASE = "release_to_proceedings",
        /// Not stated by the authority.
        NOT_STATED = "not_stated",
    }
    /// What a person is to receive. Labels are in the catalogues, amounts in the package.
    ItemCode {
        /// A cooked meal.
        HOT_MEAL = "hot_meal",
        /// Drinking water.
        WATER = "water",
        /// Soap, towel, toothbrush and the like.
        HYGIENE_KIT = "hygiene_kit",
        /// Sanitary towels, underwear, torch.
        DIGNITY_KIT = "dignity_kit",
        /// For a child under two.
        BABY_KIT = "baby_kit",
        /// A blanket.
        BLANKET = "blanket",
        /// Money in hand.
        CASH_GRANT = "cash_grant",
        /// One night under a roof.
        SHELTER_NIGHT = "shelter_night",
        /// The way home from here.
        ONWARD_TRANSPORT = "onward_transport",
        /// A call to say where one is.
        PHONE_CALL = "phone_call",
    }
    /// What makes a person more exposed to harm. The words follow the vulnerability screening that
    /// IOM and UNHCR publish (*Screening tool: guidance on vulnerability screening*, 2016).
    Vulnerability {
        /// Under 18 without a parent or a caregiver by law or custom.
        CHILD_ALONE = "unaccompanied_or_separated_child",
        /// Pregnant or breastfeeding.
        PREGNANT = "pregnant_or_breastfeeding",
        /// One adult alone with children.
        SINGLE_PARENT = "single_parent_with_children",
        /// Sixty or older and without support.
        OLDER_PERSON = "older_person_at_risk",
        /// A disability.
        DISABILITY = "disability",
        /// A serious or chronic illness or injury.
        MEDICAL = "serious_medical_condition",
        /// Survived torture or violence.
        VIOLENCE = "survivor_of_violence",
        /// Survived gender-based violence.
        GBV = "survivor_of_gender_based_violence",
        /// Trafficked, or at risk of it.
        TRAFFICKING = "trafficked_or_at_risk",
        /// Great mental distress.
        DISTRESS = "psychological_distress",
        /// Without a place to sleep tonight.
        NO_SHELTER = "no_place_to_stay",
    }
    /// How a member stands to the head of the family.
    RelationCode {
        /// The person the family is registered under.
        HEAD = "head",
        /// Husband, wife or partner.
        SPOUSE = "spouse",
        /// Son or daughter.
        CHILD = "child",
        /// Mother or father.
        PARENT = "parent",
        /// Brother or sister.
        SIBLING = "sibling",
        /// Grandparent, uncle, cousin and so on.
        OTHER_RELATIVE = "other_relative",
        /// A child in somebody's care, a friend.
        NOT_RELATED = "not_related",
    }
    /// Why a distribution was voided.
    VoidReason {
        /// Given to somebody else by mistake.
        WRONG_PERSON = "wrong_person",
        /// Recorded, but never handed over.
        NOT_GIVEN = "not_given",
        /// Brought back unused.
        RETURNED = "returned",
    }
    /// Why what arrived is not what was sent, or what is counted is not what the book says.
    DifferenceReason {
        /// Broken or spoiled.
        DAMAGED = "damaged",
        /// Past its date.
        EXPIRED = "expired",
        /// Gone.
        LOST = "lost",
        /// The first count was wrong.
        MISCOUNTED = "miscounted",
        /// Given without being recorded.
        UNRECORDED = "given_without_record",
    }
    /// A place code (COD P-code of OCHA). Haiti's departments are known here:
    /// Common Operational Dataset, administrative level 1, CNIGS/OCHA.
    PCode {
        /// Ouest.
        HT01 = "HT01",
        /// Sud-Est.
        HT02 = "HT02",
        /// Nord.
        HT03 = "HT03",
        /// Nord-Est.
        HT04 = "HT04",
        /// Artibonite.
        HT05 = "HT05",
        /// Centre.
        HT06 = "HT06",
        /// Sud.
        HT07 = "HT07",
        /// Grande'Anse.
        HT08 = "HT08",
        /// Nord-Ouest.
        HT09 = "HT09",
        /// Nippes.
        HT10 = "HT10",
    }
    /// What kind of help a service gives: the clusters and areas of responsibility by which the
    /// humanitarian system says who does what where (OCHA, HPC Tools, list of global clusters). Of
    /// that list those stand here to which a person can be referred.
    ServiceKind {
        /// Emergency shelter and household goods.
        SHELTER = "SHL",
        /// Food security.
        FOOD = "FSC",
        /// Water, sanitation, hygiene.
        WATER = "WSH",
        /// Multi-purpose cash.
        CASH = "MPC",
        /// Early recovery: work and livelihoods.
        LIVELIHOODS = "ERY",
        /// Education.
        EDUCATION = "EDU",
        /// Logistics: transport.
        TRANSPORT = "LOG",
        /// Telecommunications: reaching one's family.
        TELECOMMUNICATIONS = "TEL",
        /// Health, mental health included.
        HEALTH = "HEA",
        /// Nutrition.
        NUTRITION = "NUT",
        /// Protection in general: legal aid, documents, asylum.
        PROTECTION = "PRO",
        /// Child protection.
        CHILD_PROTECTION = "PRO-CPN",
        /// Gender-based violence.
        GBV = "PRO-GBV",
        /// Human trafficking and smuggling.
        TRAFFICKING = "PRO-HTS",
        /// Housing, land and property.
        HOUSING_LAND = "PRO-HLP",
    }
    /// What became of a referral.
    ReferralOutcome {
        /// The service takes the person.
        ACCEPTED = "accepted",
        /// The service does not.
        DECLINED = "declined",
        /// The person received what they were referred for.
        COMPLETED = "completed",
        /// The person cannot be reached any more.
        LOST = "lost",
        /// The person does not want it any more.
        WITHDRAWN = "withdrawn",
    }
    /// How a word of people reached us.
    FeedbackChannel {
        /// Said to somebody.
        IN_PERSON = "in_person",
        /// Written and put into the box.
        BOX = "box",
        /// Over the telephone.
        TELEPHONE = "telephone",
        /// As a message.
        MESSAGE = "message",
        /// Said in a meeting.
        MEETING = "meeting",
    }
    /// What kind of word it is: the types of the *Red Cross Red Crescent Feedback Kit* (IFRC).
    FeedbackKind {
        /// A question.
        QUESTION = "question",
        /// A request or suggestion.
        REQUEST = "request_or_suggestion",
        /// A complaint about what was done or not done.
        COMPLAINT = "complaint",
        /// Praise.
        PRAISE = "praise",
        /// A rumour, a belief, something observed.
        OBSERVATION = "rumour_belief_observation",
    }
    /// What somebody working here is said to have done. The words of ST/SGB/2003/13 (sexual
    /// exploitation, sexual abuse) and of the IASC's *Six core principles*; corruption as the Core
    /// Humanitarian Standard names it.
    MisconductKind {
        /// Abuse of need, power or trust for sexual purposes.
        EXPLOITATION = "sexual_exploitation",
        /// Sexual intrusion by force or under unequal conditions.
        ABUSE = "sexual_abuse",
        /// Sexual harassment.
        HARASSMENT = "sexual_harassment",
        /// Money or favours asked for, goods diverted.
        CORRUPTION = "fraud_or_corruption",
        /// Another breach of the code of conduct.
        OTHER = "other_breach",
    }
    /// Why a card printed ahead is not to be used.
    CardVoidReason {
        /// Torn, wet, badly printed.
        SPOILED = "spoiled",
        /// Not to be found.
        LOST = "lost",
        /// Given to somebody who had one already.
        DOUBLE = "given_twice",
    }
    /// Why a stated figure no longer stands here. That its source was wrong is no reason: another
    /// figure says so.
    FigureWithdrawal {
        /// It was typed otherwise than it was stated.
        MISTYPED = "mistyped",
        /// The same statement stands here already.
        TWICE = "entered_twice",
        /// Whoever stated it took it back.
        TAKEN_BACK = "taken_back",
    }
    /// What kind of incident it is. The words of the Aid Worker Security Database (Humanitarian
    /// Outcomes, *means of attack*) where it has them; what happens on the road to people who were
    /// returned, and to devices with their data, is added.
    IncidentKind {
        /// Somebody was taken.
        KIDNAPPING = "kidnapping",
        /// Somebody was shot at.
        SHOOTING = "shooting",
        /// Somebody was beaten or stabbed.
        ASSAULT = "bodily_assault",
        /// Somebody was raped or sexually assaulted.
        SEXUAL_ASSAULT = "rape_or_serious_sexual_assault",
        /// People or goods were robbed.
        ROBBERY = "robbery",
        /// Armed people stop who passes.
        ROAD_CONTROL = "road_control",
        /// A device with data of people was taken.
        DEVICE_SEIZED = "device_seized",
        /// Protest, riot, strike.
        UNREST = "unrest",
    }
    /// A way on that was promised as safe, orderly and humane: what UNHCR lists as complementary pathways
    /// and durable solutions, and what IOM gives those who return.
    PathwayKind {
        /// To family in another country.
        FAMILY_REUNIFICATION = "family_reunification",
        /// By a country that takes in refugees.
        RESETTLEMENT = "resettlement",
        /// Admitted for a time for humanitarian reasons.
        HUMANITARIAN_PAROLE = "humanitarian_parole",
        /// Protection asked for where one is.
        ASYLUM = "asylum",
        /// To work or to study.
        WORK_OR_STUDY_VISA = "work_or_study_visa",
        /// Back, by one's own decision.
        VOLUNTARY_RETURN = "voluntary_return",
        /// A grant to begin again at home.
        REINTEGRATION_GRANT = "reintegration_grant",
    }
    /// One step of a pathway.
    PathwayStep {
        /// A relative was found.
        RELATIVE_FOUND = "relative_found",
        /// The papers are together.
        PAPERS_COLLECTED = "papers_collected",
        /// The application is filed.
        APPLICATION_FILED = "application_filed",
        /// The interview was held.
        INTERVIEW = "interview",
        /// There is a decision.
        DECISION = "decision",
        /// There are papers to travel with.
        TRAVEL_PAPERS = "travel_papers",
        /// The person travelled.
        TRAVELLED = "travelled",
        /// Registered with whoever protects refugees.
        PROTECTION_REGISTERED = "protection_registered",
        /// Found to need it.
        IDENTIFIED = "identified",
        /// Proposed to a country.
        SUBMITTED = "submitted",
        /// Seen by a doctor.
        MEDICAL_CHECK = "medical_check",
        /// Somebody supports the person there.
        SUPPORTER_FOUND = "supporter_found",
        /// Checked by the country's security.
        SECURITY_CHECK = "security_check",
        /// Rights were explained.
        RIGHTS_EXPLAINED = "rights_explained",
        /// There is legal help.
        LEGAL_AID = "legal_aid",
        /// There is an offer of work or a place to study.
        OFFER = "offer",
        /// Counselled.
        COUNSELLED = "counselled",
        /// Agreed in writing.
        CONSENT_SIGNED = "consent_signed",
        /// The travel is booked.
        TRAVEL_BOOKED = "travel_booked",
        /// The plan is written.
        PLAN_WRITTEN = "plan_written",
        /// The first payment was made.
        FIRST_PAYMENT = "first_payment",
        /// Visited afterwards.
        VISITED = "visited",
    }
    /// What a pathway came to.
    PathwayOutcome {
        /// The person got it.
        GRANTED = "granted",
        /// It was refused.
        REFUSED = "refused",
        /// The person did not want it any more.
        WITHDRAWN = "withdrawn",
        /// The person cannot be reached any more.
        LOST_CONTACT = "lost_contact",
    }
    /// Who told a person of pathways.
    PathwaySource {
        /// Officials, before the person was sent.
        OFFICIALS = "officials",
        /// Us, at the desk.
        DESK = "desk",
        /// Somebody else.
        OTHERS = "others",
    }
    /// How a call went.
    CallResult {
        /// Somebody was spoken to.
        REACHED = "reached",
        /// Nobody answered.
        NO_ANSWER = "no_answer",
        /// It is not their number.
        WRONG_NUMBER = "wrong_number",
        /// Somebody was spoken to, and asked not to be called any more.
        NO_CALLS = "no_calls",
        /// Who asked not to be called says that calls are welcome again.
        CALLS_AGAIN = "calls_again",
    }
    /// Whether and how a service can be reached.
    Reachability {
        /// One can go there.
        REACHABLE = "reachable",
        /// By telephone only.
        BY_PHONE = "by_phone",
        /// Not at all for now.
        UNREACHABLE = "unreachable",
    }
    /// What a number of places of a service is a number of.
    PlacesOf {
        /// People at a time: beds, seats.
        TOTAL = "total",
        /// People in seven days: appointments, departures.
        WEEK = "week",
    }
    /// What came of an incident, the gravest that is known (Aid Worker Security Database: *killed*,
    /// *kidnapped*, *wounded*).
    Harm {
        /// Nobody was harmed.
        NONE = "none",
        /// Somebody was wounded.
        WOUNDED = "wounded",
        /// Somebody was taken.
        TAKEN = "kidnapped",
        /// Somebody was killed.
        KILLED = "killed",
    }
    /// From whom an incident is known.
    IncidentSource {
        /// Our own people saw it.
        OWN = "own_staff",
        /// Another organisation.
        PARTNER = "partner",
        /// An authority.
        AUTHORITY = "authority",
        /// People who came, or live there.
        COMMUNITY = "community",
        /// Newspapers, radio, messages that go round.
        MEDIA = "media",
    }
    /// How far a report is to be believed: credibility of information, 1 to 6, in NATO AJP-2.1.
    Credibility {
        /// By others, independently.
        CONFIRMED = "confirmed",
        /// It fits what is known.
        PROBABLE = "probably_true",
        /// It may be.
        POSSIBLE = "possibly_true",
        /// It does not fit.
        DOUBTFUL = "doubtful",
        /// It contradicts what is known.
        IMPROBABLE = "improbable",
        /// There is nothing to judge it by.
        UNKNOWN = "cannot_be_judged",
    }
    /// Whether a place or a road can be reached.
    AccessStatus {
        /// Anybody can pass.
        OPEN = "open",
        /// With escort, by day, or after asking.
        RESTRICTED = "restricted",
        /// Nobody can.
        CLOSED = "closed",
    }
    /// What an office decided about a recommendation.
    AdviceOutcome {
        /// It is done as recommended.
        ACCEPTED = "accepted",
        /// A part of it is.
        PARTLY = "partly",
        /// It is not; the reason is in the answer.
        REJECTED = "rejected",
    }
    /// Why an account no longer stands here. That somebody else tells it differently is no reason.
    AccountWithdrawal {
        /// These are not the words that were said.
        MISTYPED = "mistyped",
        /// It stands here already.
        TWICE = "entered_twice",
        /// It names people who could be harmed.
        NAMES_PEOPLE = "names_people",
    }
}

//! The fields that can be written more than once, and by two nodes that know nothing of each other.
//! Each has a word, and says of what it is a field, whether what stands in it is sealed, and who may
//! choose where two values stand in it.

use serde::Serialize;

use crate::Permission;

/// Of what something is a field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A person.
    Person,
    /// A line of a manifest.
    Line,
    /// A movement.
    Movement,
    /// An arrival.
    Arrival,
    /// A site.
    Site,
    /// Somebody who works here.
    User,
    /// An item.
    Item,
    /// The package.
    Package,
    /// A legal basis of the operation's own list.
    LegalBasis,
    /// An office that can be asked.
    Office,
    /// A service.
    Service,
    /// A referral.
    Referral,
    /// Something dangerous.
    Incident,
    /// Whether a place or a road can be reached.
    Access,
    /// A pathway.
    Pathway,
    /// What somebody told us.
    Feedback,
    /// A booklet of cards.
    Booklet,
}

impl About {
    /// The word in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Line => "line",
            Self::Movement => "movement",
            Self::Arrival => "arrival",
            Self::Site => "site",
            Self::User => "user",
            Self::Item => "item",
            Self::Package => "package",
            Self::LegalBasis => "legal_basis",
            Self::Office => "office",
            Self::Service => "service",
            Self::Referral => "referral",
            Self::Incident => "incident",
            Self::Access => "access",
            Self::Pathway => "pathway",
            Self::Feedback => "feedback",
            Self::Booklet => "booklet",
        }
    }
}

macro_rules! fields {
    ($($name:ident $about:ident $kept:ident $permission:ident $code:literal,)*) => {
        /// A field.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Field {
            $(
                #[doc = concat!("`", $code, "`")]
                $name,
            )*
        }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in events, rows, files and catalogues.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Of what it is a field.
            pub const fn about(self) -> About {
                match self {
                    $(Self::$name => About::$about,)*
                }
            }

            const fn kept(self) -> Kept {
                match self {
                    $(Self::$name => Kept::$kept,)*
                }
            }

            /// What somebody must be allowed to do to see what stands in it twice, and to choose.
            pub const fn permission(self) -> Permission {
                match self {
                    $(Self::$name => Permission::$permission,)*
                }
            }
        }
    };
}

/// Where what stands in a field comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Public,
    Sealed,
}

fields! {
    PersonGivenNames Person Sealed Register "person.given_names",
    PersonFamilyName Person Sealed Register "person.family_name",
    PersonSex Person Sealed Register "person.sex",
    PersonBirth Person Sealed Register "person.birth",
    PersonMotherName Person Sealed Register "person.mother_name",
    PersonBirthplace Person Sealed Register "person.birthplace",
    PersonCountryOfBirth Person Sealed Register "person.country_of_birth",
    PersonNationalities Person Sealed Register "person.nationalities",
    PersonDocuments Person Sealed Register "person.documents",
    PersonPhone Person Sealed Register "person.phone",
    PersonDestination Person Sealed Register "person.destination",
    PersonLastResidence Person Sealed Register "person.last_residence",
    PersonOrigin Person Sealed Register "person.origin",
    LineParticulars Line Sealed ManageMovements "line.particulars",
    MovementTakesPlace Movement Public ManageMovements "movement.takes_place",
    MovementDestination Movement Public ManageMovements "movement.destination",
    MovementDepartedAt Movement Public ManageMovements "movement.departed_at",
    MovementLandedAt Movement Public ManageMovements "movement.landed_at",
    MovementHeadcount Movement Public ManageMovements "movement.headcount",
    MovementScreening Movement Public ManageMovements "movement.screening",
    ArrivalPerson Arrival Public Register "arrival.person",
    ArrivalScreening Arrival Sealed Screen "arrival.screening",
    ArrivalPriority Arrival Sealed Register "arrival.priority",
    SiteName Site Public Administer "site.name",
    SiteKind Site Public Administer "site.kind",
    SiteCountry Site Public Administer "site.country",
    SiteArea Site Public Administer "site.area",
    SitePortCode Site Public Administer "site.port_code",
    SiteCapacity Site Public Administer "site.capacity",
    SiteTimeZone Site Public Administer "site.time_zone",
    SiteDayCloses Site Public Administer "site.day_closes_min",
    UserAccess User Public Administer "user.access",
    ItemDefinition Item Public Administer "item.definition",
    PackageGrants Package Public Administer "package.grants",
    LegalBasisDefinition LegalBasis Public Administer "legal_basis.definition",
    OfficeDefinition Office Public Administer "office.definition",
    ServiceListing Service Public KeepDirectory "service.listing",
    ServiceContact Service Sealed KeepDirectory "service.contact",
    ServiceAvailability Service Public KeepDirectory "service.availability",
    ReferralOutcome Referral Public Refer "referral.outcome",
    IncidentState Incident Public Warn "incident.state",
    AccessStatus Access Public Warn "access.status",
    PathwayOutcome Pathway Public Refer "pathway.outcome",
    FeedbackAnswer Feedback Sealed AnswerFeedback "feedback.answer",
    BookletTornOut Booklet Public KeepPaper "booklet.torn_out",
}

impl Field {
    /// Whether what stands in it is personal data, known only where it can be read.
    pub fn is_sealed(self) -> bool {
        self.kept() == Kept::Sealed
    }

    /// The field of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_word_and_the_word_begins_with_what_it_is_a_field_of() {
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(*field));
            let (about, _) = field.code().split_once('.').unwrap();
            assert_eq!(about, field.about().code());
        }
    }
}

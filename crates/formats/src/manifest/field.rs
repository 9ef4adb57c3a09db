//! What a column can hold, and which headers say so in English, French, Spanish and Kreyòl.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use domain::fold_name;
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Given names.
    GivenNames,
    /// More given names, put behind the first.
    MiddleNames,
    /// Family name.
    FamilyName,
    /// A second family name, put behind the first.
    SecondFamilyName,
    /// All names, in an order that each cell shows or nobody says.
    FullName,
    /// All names, the family name first.
    FamilyThenGiven,
    /// All names, the given names first.
    GivenThenFamily,
    /// Sex.
    Sex,
    /// Date of birth.
    BirthDate,
    /// Year of birth.
    BirthYear,
    /// Age.
    Age,
    /// Nationality, or several.
    Nationality,
    /// Country of birth.
    CountryOfBirth,
    /// Town or commune of birth.
    Birthplace,
    /// Number of a passport.
    PassportNumber,
    /// Number of a national identity card.
    IdentityCardNumber,
    /// Number of a birth certificate.
    BirthCertificateNumber,
    /// Number of some document.
    DocumentNumber,
    /// What kind of document the number stands on.
    DocumentKind,
    /// The country that issued the document.
    DocumentIssuer,
    /// The mother's name.
    MotherName,
    /// Telephone number.
    Phone,
    /// The department where the person wants to go.
    Destination,
    /// The department the person comes from.
    Origin,
    /// Last country of residence.
    LastResidence,
    /// The running number of the row: known, and not needed.
    Sequence,
}

impl Field {
    /// Every field, in the order they are offered.
    pub const ALL: [Self; 26] = [
        Self::GivenNames,
        Self::MiddleNames,
        Self::FamilyName,
        Self::SecondFamilyName,
        Self::FullName,
        Self::FamilyThenGiven,
        Self::GivenThenFamily,
        Self::Sex,
        Self::BirthDate,
        Self::BirthYear,
        Self::Age,
        Self::Nationality,
        Self::CountryOfBirth,
        Self::Birthplace,
        Self::PassportNumber,
        Self::IdentityCardNumber,
        Self::BirthCertificateNumber,
        Self::DocumentNumber,
        Self::DocumentKind,
        Self::DocumentIssuer,
        Self::MotherName,
        Self::Phone,
        Self::Destination,
        Self::Origin,
        Self::LastResidence,
        Self::Sequence,
    ];

    /// The word of the field in catalogues and saved mappings, in lower case with hyphens.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GivenNames => "given-names",
            Self::MiddleNames => "middle-names",
            Self::FamilyName => "family-name",
            Self::SecondFamilyName => "second-family-name",
            Self::FullName => "full-name",
            Self::FamilyThenGiven => "family-then-given",
            Self::GivenThenFamily => "given-then-family",
            Self::Sex => "sex",
            Self::BirthDate => "birth-date",
            Self::BirthYear => "birth-year",
            Self::Age => "age",
            Self::Nationality => "nationality",
            Self::CountryOfBirth => "country-of-birth",
            Self::Birthplace => "birthplace",
            Self::PassportNumber => "passport-number",
            Self::IdentityCardNumber => "identity-card-number",
            Self::BirthCertificateNumber => "birth-certificate-number",
            Self::DocumentNumber => "document-number",
            Self::DocumentKind => "document-kind",
            Self::DocumentIssuer => "document-issuer",
            Self::MotherName => "mother-name",
            Self::Phone => "phone",
            Self::Destination => "destination",
            Self::Origin => "origin",
            Self::LastResidence => "last-residence",
            Self::Sequence => "sequence",
        }
    }

    /// The field of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Whether it names somebody.
    pub const fn is_name(self) -> bool {
        matches!(
            self,
            Self::GivenNames
                | Self::FamilyName
                | Self::FullName
                | Self::FamilyThenGiven
                | Self::GivenThenFamily
        )
    }

    /// Whether several columns of one file may hold it side by side.
    pub const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Nationality
                | Self::PassportNumber
                | Self::IdentityCardNumber
                | Self::BirthCertificateNumber
                | Self::DocumentNumber
                | Self::Sequence
        )
    }
}

/// What a header says, before the other headers are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Said {
    Field(Field),
    /// French *nom*: the family name beside *prénom*, else all names.
    Nom,
    /// *Name, nombre, non*: the given names beside a family name, the family name beside given
    /// names, else all names.
    Name,
}

/// Guesses what each header of a row says.
pub fn guess(headers: &[String]) -> Vec<Option<Field>> {
    let said: Vec<Option<Said>> = headers.iter().map(|header| said(header)).collect();
    resolved(&said)
}

/// Guesses what each column under two rows of header says, out of the name of its group and its own.
pub fn guess_grouped(columns: &[(&str, &str)]) -> Vec<Option<Field>> {
    let said: Vec<Option<Said>> = columns
        .iter()
        .map(|(group, name)| said_in_group(group, name))
        .collect();
    resolved(&said)
}

/// Groups about somebody who is not the one listed: a bare "First name" below them is not theirs.
static OTHER_PEOPLE: Words = LazyLock::new(|| {
    "mere mother madre manman pere father padre papa parent parents padres \
    conjoint conjointe spouse conyuge contact contacto urgence emergency emergencia tuteur guardian \
    tutor accompagnateur escort".split(' ').collect()
});

/// "Date" below "Birth" is "birth date", "Number" below "Passport" is "passport number". A name that
/// says nothing together with its group is taken alone, unless the group is about somebody else.
fn said_in_group(group: &str, name: &str) -> Option<Said> {
    if group.is_empty() {
        return said(name);
    }
    let (behind, before) = (format!("{name} {group}"), format!("{group} {name}"));
    let together = lookup(&behind)
        .or_else(|| lookup(&before))
        .or_else(|| of_document(group, name));
    let folded = fold_name(group);
    let elsewhere = folded.split(' ').any(|word| is_among(&OTHER_PEOPLE, word));
    together.or_else(|| if elsewhere { None } else { said(name) })
}

/// Words that say something only below a document: its "Type", its "Country".
fn of_document(group: &str, name: &str) -> Option<Said> {
    let of_document = matches!(
        lookup(group)?,
        Said::Field(Field::DocumentNumber | Field::PassportNumber | Field::IdentityCardNumber)
    );
    let field = match fold_name(name).as_str() {
        "type" | "tipo" | "tip" | "kalite" | "kind" | "nature" => Field::DocumentKind,
        "pays" | "country" | "pais" | "peyi" => Field::DocumentIssuer,
        _ => return None,
    };
    of_document.then_some(Said::Field(field))
}

/// What the headers of a row say, each in the light of the others.
fn resolved(said: &[Option<Said>]) -> Vec<Option<Field>> {
    let has = |wanted: &[Field]| {
        said.iter()
            .any(|said| matches!(said, Some(Said::Field(field)) if wanted.contains(field)))
    };
    let given = has(&[Field::GivenNames]);
    let family = has(&[Field::FamilyName]);
    let full = has(&[
        Field::FullName,
        Field::FamilyThenGiven,
        Field::GivenThenFamily,
    ]);
    let two_names = said.contains(&Some(Said::Nom)) && said.contains(&Some(Said::Name));
    said.iter()
        .map(|said| match said {
            None => None,
            Some(Said::Field(field)) => Some(*field),
            Some(Said::Nom) if given || two_names => Some(Field::FamilyName),
            Some(Said::Name) if family || two_names => Some(Field::GivenNames),
            Some(Said::Name) if given => Some(Field::FamilyName),
            Some(Said::Nom | Said::Name) if full => None,
            Some(Said::Nom | Said::Name) => Some(Field::FullName),
        })
        .collect()
}

/// Headers are often in two languages, or have a hint in brackets: "Nom / Surname", "Sexe (M/F)". The
/// whole is tried first, then each part.
fn said(header: &str) -> Option<Said> {
    if header.trim() == "#" {
        return Some(Said::Field(Field::Sequence));
    }
    if let Some(said) = lookup(header) {
        return Some(said);
    }
    let parts: Vec<Said> = header
        .split(['/', '|', '(', ')', '[', ']', '–', '—', ':', ',', '\\', '*'])
        .filter_map(lookup)
        .collect();
    let is = |field: Field, alias: Said| {
        move |said: &Said| *said == Said::Field(field) || *said == alias
    };
    let family = parts.iter().position(is(Field::FamilyName, Said::Nom));
    let given = parts.iter().position(is(Field::GivenNames, Said::Name));
    match (family, given) {
        (Some(family), Some(given)) if family < given => Some(Said::Field(Field::FamilyThenGiven)),
        (Some(_), Some(_)) => Some(Said::Field(Field::GivenThenFamily)),
        _ => parts.first().copied(),
    }
}

/// Words that say nothing about which field it is.
static NOISE: Words = LazyLock::new(|| {
    "the of and on is du de des del la le les l d el los las da do s et y e ak au en passager \
    passagers passenger passengers pasajero pasajeros pax migrant migrants migrante migrantes \
    returnee returnees retourne retournes deportee deportado beneficiaire"
        .split(' ')
        .collect()
});
/// Words for "number".
static NUMBER: Words = LazyLock::new(|| {
    "n no nro num numero number nbr nimewo nr"
        .split(' ')
        .collect()
});

/// Words to be looked up: every row of a list is looked at as if it could be its header.
type Words = LazyLock<HashSet<&'static str>>;

fn is_among(words: &Words, word: &str) -> bool {
    words.contains(word)
}

fn lookup(header: &str) -> Option<Said> {
    let spaced = header
        .replace("(s)", "")
        .replace("(es)", "")
        .replace(['\'', '’', '.'], " ");
    let folded = fold_name(&spaced);
    if folded.is_empty() {
        return None;
    }
    let all: Vec<&str> = folded.split(' ').collect();
    if all.iter().all(|word| is_among(&NUMBER, word)) {
        return Some(Said::Field(Field::Sequence));
    }
    let telling: Vec<&str> = all
        .iter()
        .copied()
        .filter(|word| !is_among(&NOISE, word) && !is_among(&NUMBER, word))
        .collect();
    named(&folded).or_else(|| named(&telling.join(" ")))
}

fn named(key: &str) -> Option<Said> {
    match key {
        "nom" | "noms" => return Some(Said::Nom),
        "name" | "names" | "nombre" | "non" => return Some(Said::Name),
        _ => {}
    }
    SAID.get(key).map(|field| Said::Field(*field))
}

static SAID: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
    let keys = HEADERS
        .iter()
        .flat_map(|(field, keys)| keys.split(", ").map(|key| (key, *field)));
    keys.collect()
});

/// Headers without accents, small words and words for "number".
const HEADERS: [(Field, &str); 26] = [
    (
        Field::FamilyName,
        "surname, surnames, family name, family names, familyname, last name, last names, \
        lastname, nom famille, noms famille, nom naissance, nom patronymique, apellido, \
        apellidos, primer apellido, apellido paterno, siyati, non fanmi, last",
    ),
    (
        Field::SecondFamilyName,
        "segundo apellido, apellido materno, second surname, second family name, second last name",
    ),
    (
        Field::GivenNames,
        "given name, given names, givenname, given, first name, first names, firstname, first, \
        forename, forenames, prenom, prenoms, premier prenom, nombres, primer nombre, nombre \
        pila, nombre propio, prenon",
    ),
    (
        Field::MiddleNames,
        "middle name, middle names, middle, middlename, second name, other names, deuxieme \
        prenom, second prenom, autres prenoms, segundo nombre, otros nombres",
    ),
    (
        Field::FamilyThenGiven,
        "nom prenom, nom prenoms, noms prenoms, noms prenom, nom famille prenom, nom famille \
        prenoms, surname given name, surname given names, surname given, surname first name, \
        surname name, last name first name, last first name, family name given names, family \
        name given name, family name first name, apellidos nombres, apellido nombre, apellidos \
        nombre, siyati non, siyati prenon, non prenon",
    ),
    (
        Field::GivenThenFamily,
        "prenom nom, prenoms nom, prenoms noms, prenom nom famille, first last name, first name \
        last name, first last, first name surname, name surname, given names surname, given name \
        surname, given names family name, nombre apellido, nombre apellidos, nombres apellidos, \
        nombres apellido, non siyati, prenon siyati",
    ),
    (
        Field::FullName,
        "full name, full names, fullname, complete name, name full, nom complet, noms complets, \
        nombre completo, nombres completos, non konple, passenger name, passenger, passengers, \
        passager, passagers, pasajero, pasajeros, migrant, migrants, migrante, returnee, \
        returnees, pax name",
    ),
    (
        Field::Sex,
        "sex, sexe, sexo, seks, gender, genre, genero, m f, f m, h f, f h, h m, sex gender",
    ),
    (
        Field::BirthDate,
        "date birth, birth date, birthdate, birthday, dob, d o b, born, date naissance, \
        datenaissance, date nais, date naiss, ddn, naissance, nee, ne, ne e, fecha nacimiento, \
        fechanacimiento, fecha nac, fec nac, f nacimiento, f nac, nacimiento, nacido, dat \
        nesans, nesans, dat li fet",
    ),
    (
        Field::BirthYear,
        "year birth, birth year, yob, annee naissance, an naissance, ano nacimiento, ane nesans",
    ),
    (
        Field::Age,
        "age, ages, age years, age ans, age annees, edad, edad anos, laj",
    ),
    (
        Field::Nationality,
        "nationality, nationalities, nationalite, nationalites, nacionalidad, nacionalidades, \
        nasyonalite, citizenship, country citizenship, country nationality, citoyennete, \
        ciudadania, nat, natl, coc",
    ),
    (
        Field::CountryOfBirth,
        "country birth, birth country, cob, pays naissance, pais nacimiento, peyi nesans",
    ),
    (
        Field::Birthplace,
        "place birth, birth place, birthplace, pob, city birth, lieu naissance, lieu nais, lieu \
        naiss, ville naissance, commune naissance, lugar nacimiento, ciudad nacimiento, lye \
        nesans, kote li fet",
    ),
    (
        Field::PassportNumber,
        "passport, passeport, pasaporte, paspo, ppt, passport id",
    ),
    (
        Field::IdentityCardNumber,
        "id card, identity card, national id, national identity card, cin, ninu, nin, carte \
        identite, carte identite nationale, carte nationale identite, carte identification, \
        carte identification nationale, identification nationale, cedula, cedula identidad, dni, \
        kat idantite, kat idantifikasyon, kat elektoral",
    ),
    (
        Field::BirthCertificateNumber,
        "birth certificate, acte naissance, extrait naissance, acta nacimiento, partida \
        nacimiento, batiste",
    ),
    (
        Field::DocumentNumber,
        "document, documents, doc, id, identification, identity document, travel document, \
        document identite, document voyage, piece identite, piece, documento, documento \
        identidad, documento viaje, dokiman, alien, alien registration, a number, a no, nif",
    ),
    (
        Field::DocumentKind,
        "document type, type document, doc type, type doc, kind document, document kind, type \
        piece, type piece identite, nature document, nature piece, tipo documento, tipo doc, id \
        type, type id, tip dokiman, kalite dokiman",
    ),
    (
        Field::DocumentIssuer,
        "issuing country, issuing state, country issue, country issuance, document issuer, \
        issuer, pays emission, pays delivrance, pais emision, pais emisor, pais expedicion",
    ),
    (
        Field::MotherName,
        "mother, mother name, mother full name, mere, nom mere, nom prenom mere, nom complet \
        mere, madre, nombre madre, nombre completo madre, manman, non manman, name mother",
    ),
    (
        Field::Phone,
        "phone, telephone, tel, mobile, mobile phone, cell, cell phone, phone contact, contact \
        phone, contact, gsm, whatsapp, portable, cellulaire, telefono, celular, movil, telefon",
    ),
    (
        Field::Destination,
        "destination, final destination, destination finale, department destination, destination \
        department, departement destination, destino, destino final, departamento destino, \
        destinasyon, depatman destinasyon, destinasyon final",
    ),
    (
        Field::Origin,
        "origin, origine, origen, orijin, place origin, department origin, origin department, \
        departement origine, lieu origine, departamento origen, lugar origen, depatman orijin, \
        home department",
    ),
    (
        Field::LastResidence,
        "last residence, last country residence, country last residence, country residence, \
        residence country, residence, last country, pays residence, pays derniere residence, \
        dernier pays residence, derniere residence, provenance, pays provenance, pais \
        residencia, ultimo pais residencia, pais ultima residencia, residencia, procedencia, \
        pais procedencia, denye peyi, peyi rezidans, denye peyi rezidans",
    ),
    (
        Field::Sequence,
        "seq, sequence, row, line, item, ordre, ord, orden, serial, rang, ligne, linea, fila, \
        count, s n",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headers: &[&str]) -> Vec<Option<Field>> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        guess(&headers)
    }

    #[test]
    fn headers_are_understood_in_four_languages() {
        use Field as F;
        let cases: &[(&str, F)] = &[
            ("Given Name(s)", F::GivenNames),
            ("PRÉNOM(S)", F::GivenNames),
            ("Nombres", F::GivenNames),
            ("Surname", F::FamilyName),
            ("Nom de famille", F::FamilyName),
            ("Apellido paterno", F::FamilyName),
            ("Siyati", F::FamilyName),
            ("Nom et prénom", F::FamilyThenGiven),
            ("NOM / PRÉNOMS", F::FamilyThenGiven),
            ("SURNAME/Given", F::FamilyThenGiven),
            ("Apellidos y Nombres", F::FamilyThenGiven),
            ("Nombre y apellidos", F::GivenThenFamily),
            ("Prénom et nom", F::GivenThenFamily),
            ("Nombre completo del pasajero", F::FullName),
            ("Full name", F::FullName),
            ("Sexe (M/F)", F::Sex),
            ("Sèks", F::Sex),
            ("D.O.B. (dd/mm/yyyy)", F::BirthDate),
            ("Date de naissance / Date of birth", F::BirthDate),
            ("Fecha de nacimiento", F::BirthDate),
            ("Né(e) le", F::BirthDate),
            ("Dat nesans", F::BirthDate),
            ("Année de naissance", F::BirthYear),
            ("Año de nacimiento", F::BirthYear),
            ("Âge", F::Age),
            ("Edad (años)", F::Age),
            ("Nationalité", F::Nationality),
            ("Pays de naissance", F::CountryOfBirth),
            ("Lugar de nacimiento", F::Birthplace),
            ("N° de passeport", F::PassportNumber),
            ("Passport No.", F::PassportNumber),
            ("Número de pasaporte", F::PassportNumber),
            ("N° CIN", F::IdentityCardNumber),
            ("Cédula", F::IdentityCardNumber),
            ("Nº de documento", F::DocumentNumber),
            ("Numéro de la pièce d'identité", F::DocumentNumber),
            ("Type de document", F::DocumentKind),
            ("Nom de la mère", F::MotherName),
            ("Mother's name", F::MotherName),
            ("Non manman", F::MotherName),
            ("Téléphone", F::Phone),
            ("Département de destination", F::Destination),
            ("Département d’origine", F::Origin),
            ("Pays de dernière résidence", F::LastResidence),
            ("Último país de residencia", F::LastResidence),
            ("N°", F::Sequence),
            ("#", F::Sequence),
            ("No.", F::Sequence),
        ];
        for (header, field) in cases {
            assert_eq!(guessed(&[header]), [Some(*field)], "{header}");
        }
    }

    #[test]
    fn what_a_name_column_holds_depends_on_its_neighbours() {
        use Field as F;
        for (headers, fields) in [
            (["Nom", "Prénom"], [F::FamilyName, F::GivenNames]),
            (["Nombre", "Apellidos"], [F::GivenNames, F::FamilyName]),
            (["Name", "First name"], [F::FamilyName, F::GivenNames]),
            (["Non", "Siyati"], [F::GivenNames, F::FamilyName]),
            (["Nom", "Sexe"], [F::FullName, F::Sex]),
            (["Name", "Age"], [F::FullName, F::Age]),
        ] {
            assert_eq!(guessed(&headers), fields.map(Some));
        }
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for header in [
            "",
            "Observations",
            "Seat",
            "Pays",
            "Flight",
            "Haiti",
            "Demo-Jean",
            "12",
            "Remarks",
        ] {
            assert_eq!(guessed(&[header]), [None], "{header}");
        }
    }

    #[test]
    fn a_saved_field_is_read_back_by_its_word() {
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.code());
        }
    }

    #[test]
    fn every_field_can_be_said_and_no_header_says_two() {
        for field in Field::ALL {
            assert!(HEADERS.iter().any(|(said, _)| *said == field), "{field:?}");
        }
        for (field, keys) in HEADERS {
            for key in keys.split(", ") {
                let fields = HEADERS
                    .iter()
                    .filter(|(_, keys)| keys.split(", ").any(|other| other == key))
                    .count();
                assert_eq!(fields, 1, "{key} of {field:?}");
            }
        }
    }
}

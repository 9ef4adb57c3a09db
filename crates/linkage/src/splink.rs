//! A model as settings for Splink (Ministry of Justice, United Kingdom), so that the same weighs hundreds of
//! millions of records on its engines. Splink compares by SQL and knows nothing of sounds, so records go along
//! made ready: each token of a name with its sound, shares of names as tables of term frequencies, and the
//! levels of names as a function of SQL. What kin have in common is one more statement over what Splink gives.

mod records;

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::compare::Field;
use crate::frequency::Part;
use crate::link::Linkage;
use crate::model::{LEAST, Model, Weights, borne};

use records::{FAMILY, GIVEN, MOTHER, Name};

/// SQL that reads the records and defines what the levels of names are, for DuckDB. `name_level` gives the number
/// of a level of names that are not the same as wholes: how many tokens of the shorter are found in the longer,
/// by sound or but for a slip.
pub const PREPARE: &str = r"-- Reads what akey link --splink wrote; run it in its folder with DuckDB before Splink.
CREATE OR REPLACE MACRO akey_token(x) AS split_part(x, '~', 1);
CREATE OR REPLACE MACRO akey_sound(x) AS split_part(x, '~', 2);
CREATE OR REPLACE MACRO akey_slip(a, b) AS CASE
  WHEN least(strlen(a), strlen(b)) < 3
    THEN (strlen(a) = 1 AND starts_with(b, a)) OR (strlen(b) = 1 AND starts_with(a, b))
  WHEN least(strlen(a), strlen(b)) >= 6 THEN damerau_levenshtein(a, b) <= 2
  ELSE greatest(strlen(a), strlen(b)) > 3 AND damerau_levenshtein(a, b) <= 1 END;
-- Written in one word, or with a gap in a word.
CREATE OR REPLACE MACRO akey_word(names) AS list_aggregate([akey_token(x) FOR x IN names], 'string_agg', '');
CREATE OR REPLACE MACRO akey_joined(short, long) AS
  len(short) <> len(long) AND damerau_levenshtein(akey_word(short), akey_word(long)) <= 1;
CREATE OR REPLACE MACRO akey_has_sound(x, names) AS
  list_contains([akey_sound(y) FOR y IN names], akey_sound(x));
CREATE OR REPLACE MACRO akey_has_slip(x, names) AS
  len([y FOR y IN names IF akey_slip(akey_token(x), akey_token(y))]) > 0;
CREATE OR REPLACE MACRO akey_alike(short, long) AS
  len([x FOR x IN short IF akey_has_sound(x, long)]);
CREATE OR REPLACE MACRO akey_near(short, long) AS
  len([x FOR x IN short IF NOT akey_has_sound(x, long) AND akey_has_slip(x, long)]);
CREATE OR REPLACE MACRO akey_level(alike, near, many, shares_rare, joined) AS CASE
  WHEN alike + near = 0 AND NOT joined THEN 0
  WHEN alike = many AND shares_rare THEN 4
  WHEN alike = many THEN 3
  WHEN alike + near = many OR joined THEN 5
  WHEN shares_rare THEN 2
  ELSE 1 END;
CREATE OR REPLACE MACRO akey_name_level(one, other, rare_one, rare_other) AS CASE
  WHEN len(one) <= len(other) THEN akey_level(akey_alike(one, other), akey_near(one, other), len(one),
    len(list_intersect(rare_one, rare_other)) > 0, akey_joined(one, other))
  ELSE akey_level(akey_alike(other, one), akey_near(other, one), len(other),
    len(list_intersect(rare_one, rare_other)) > 0, akey_joined(one, other)) END;
-- Numbers of documents, from their last sign on: one sign exchanged, swapped, left out or put in.
CREATE OR REPLACE MACRO akey_signs(number) AS reverse(split_part(number, ':', 2));
CREATE OR REPLACE MACRO akey_common(a, b) AS len([i FOR i IN range(1, 21) IF a[1:i] = b[1:i]]);
CREATE OR REPLACE MACRO akey_shifted(a, b, common) AS
  strlen(a) = 20 AND strlen(b) = 20 AND a[common + 2:20] = b[common + 1:19];
CREATE OR REPLACE MACRO akey_near_signs(a, b) AS damerau_levenshtein(a, b) <= 1
  OR akey_shifted(a, b, akey_common(a, b)) OR akey_shifted(b, a, akey_common(a, b));
CREATE OR REPLACE MACRO akey_near_number(x, y) AS akey_near_signs(akey_signs(x), akey_signs(y));
CREATE OR REPLACE MACRO akey_list(text) AS
  CASE WHEN text IS NULL THEN [] ELSE string_split(text, ' ') END;
CREATE OR REPLACE TABLE people AS SELECT * REPLACE (
    akey_list(given) AS given, akey_list(given_rare) AS given_rare,
    akey_list(family) AS family, akey_list(family_rare) AS family_rare,
    akey_list(mother) AS mother, akey_list(mother_rare) AS mother_rare)
  FROM read_csv('records.csv', header = true, nullstr = '', all_varchar = true);
";

impl Linkage {
    /// The settings of Splink, as JSON, for these records and a model.
    pub fn splink_settings(&self, model: &Model) -> Value {
        let prior = model.prior(self.len());
        let comparisons: Vec<Value> = Field::ALL
            .into_iter()
            .filter(|field| *field != Field::Party)
            .map(|field| comparison(model, field))
            .collect();
        json!({
            "link_type": "dedupe_only",
            "unique_id_column_name": "record_id",
            // Against strangers: of the pairs that are not kin.
            "probability_two_random_records_match": prior.same / (1.0 - prior.kin),
            "retain_intermediate_calculation_columns": true,
            // Splink gives the levels only together with what was compared.
            "retain_matching_columns": true,
            "blocking_rules_to_generate_predictions": blocking_rules(),
            "comparisons": comparisons,
        })
    }

    /// A statement over Splink's predictions that takes into account what kin have in common: a table
    /// `akey_pairs` with `record_id_l`, `record_id_r` and `probability`.
    pub fn splink_kin(&self, model: &Model) -> String {
        let weights = Weights::of(model);
        let prior = model.prior(self.len());
        let of_strangers = (prior.kin / prior.any()).log2();
        let mut sum = format!("{of_strangers}");
        for field in Field::ALL
            .into_iter()
            .filter(|field| *field != Field::Party)
        {
            let name = field.name();
            let mut cases = String::new();
            for level in 0..field.levels().len() {
                let kin = weights.level(field, level).kin;
                if kin != 0.0 {
                    let rarity = match borne(field, level) {
                        Some(_) => format!(" + mw_tf_adj_{name}"),
                        None => String::new(),
                    };
                    let gamma = gamma(field, level);
                    write!(cases, " WHEN {gamma} THEN {kin}{rarity}").expect("text is written");
                }
            }
            if !cases.is_empty() {
                write!(sum, "\n    + CASE gamma_{name}{cases} ELSE 0 END")
                    .expect("text is written");
            }
        }
        format!(
            "-- Run over Splink's predictions, here called predictions.\nCREATE OR REPLACE TABLE akey_pairs AS \
             SELECT record_id_l, record_id_r,\n  1 / (1 + pow(2, -(match_weight - log2(1 + pow(2, kin))))) AS \
             probability\nFROM (SELECT *,\n    {sum} AS kin\n  FROM predictions)\nORDER BY ALL;\n"
        )
    }
}

/// The column that a level's term frequencies are of.
fn frequency_column(field: Field, level: usize) -> String {
    match borne(field, level) {
        Some(Part::Given) => "given_whole".to_owned(),
        Some(Part::Family) => "family_whole".to_owned(),
        Some(Part::Mother) => "mother_whole".to_owned(),
        Some(Part::Names) => "names_whole".to_owned(),
        Some(Part::Place) => "place".to_owned(),
        // One for each level: each is set against its own chance.
        Some(Part::Year) | None => format!("birth_year_{level}"),
    }
}

fn blocking_rules() -> Vec<Value> {
    [
        "l.document = r.document",
        "l.phone = r.phone",
        "l.mother_whole = r.mother_whole AND l.family_whole = r.family_whole",
        "l.mother_whole = r.mother_whole AND l.birth_year = r.birth_year",
        "l.names_whole = r.names_whole AND l.birth_year = r.birth_year",
        "l.given_whole = r.given_whole AND l.birth_year = r.birth_year AND l.birth_day = r.birth_day",
        "l.family_whole = r.family_whole AND l.birth_year = r.birth_year AND l.birth_day = r.birth_day",
    ]
    .into_iter()
    .map(|rule| json!({ "blocking_rule": rule, "sql_dialect": "duckdb" }))
    .collect()
}

/// The number Splink gives a level: it counts those that are there from the last, 0.
fn gamma(field: Field, level: usize) -> usize {
    let order = order(field);
    let place = order.iter().position(|one| *one == level);
    order.len() - 1 - place.unwrap_or(0)
}

/// Levels in the order in which they are asked for, the last for all others.
fn order(field: Field) -> Vec<usize> {
    match field {
        Field::GivenNames => vec![7, 6, 8, 4, 3, 5, 2, 1, 0],
        Field::FamilyName => vec![6, 4, 3, 5, 2, 1, 7, 0],
        Field::MotherName => vec![6, 4, 3, 5, 2, 1, 0],
        Field::Sex => vec![2, 1, 0],
        _ => (0..field.levels().len()).rev().collect(),
    }
}

fn comparison(model: &Model, field: Field) -> Value {
    let null = json!({ "sql_condition": null_condition(field), "label_for_charts": "not known", "is_null_level": true });
    let levels = order(field).into_iter().map(|level| {
        let share = |shares: &crate::model::Shares| shares[field as usize][level].max(LEAST);
        let (m, u) = match (field, level) {
            // It counts for nothing.
            (Field::Sex, 2) => (0.5, 0.5),
            _ => (share(&model.same), share(&model.any)),
        };
        let sql = if level == 0 {
            "ELSE".to_owned()
        } else {
            condition(field, level)
        };
        let mut json = json!({
            "sql_condition": sql,
            "label_for_charts": field.levels()[level],
            "m_probability": m.min(0.999_999),
            "u_probability": u.min(0.999_999),
        });
        if borne(field, level).is_some() {
            json["tf_adjustment_column"] = json!(frequency_column(field, level));
            json["tf_adjustment_weight"] = json!(1.0);
            json["disable_tf_exact_match_detection"] = json!(true);
        }
        json
    });
    // Given names exchanged for the family name are told although one of them may be missing.
    let levels: Vec<Value> = if field == Field::GivenNames {
        let mut levels: Vec<Value> = levels.collect();
        levels.insert(1, null);
        levels
    } else {
        std::iter::once(null).chain(levels).collect()
    };
    json!({ "output_column_name": field.name(), "comparison_levels": levels })
}

const EXCHANGED: &str = "names_whole_l = names_whole_r AND (given_whole_l IS DISTINCT FROM given_whole_r OR \
                         family_whole_l IS DISTINCT FROM family_whole_r)";

fn level_of(name: Name) -> String {
    let Name { column, .. } = name;
    format!("akey_name_level({column}_l, {column}_r, {column}_rare_l, {column}_rare_r)")
}

/// Exchanged, but for a slip or a part: neither name agrees with itself, and both with the other.
fn exchanged_nearly() -> String {
    let agrees = |one: &str, other: &str, rare: &str| {
        format!(
            "({one}_whole_l = {other}_whole_r OR akey_name_level({one}_l, {other}_r, {rare}_rare_l, {rare}_rare_r) >= 3)"
        )
    };
    format!(
        "(given_whole_l <> given_whole_r AND family_whole_l <> family_whole_r AND {} < 3 AND {} < 3 AND {} AND {})",
        level_of(GIVEN),
        level_of(FAMILY),
        agrees("given", "family", "given"),
        agrees("family", "given", "family"),
    )
}

fn null_condition(field: Field) -> String {
    let either = |column: &str| format!("{column}_l IS NULL OR {column}_r IS NULL");
    match field {
        Field::GivenNames => either("given_whole"),
        Field::FamilyName => format!(
            "{} OR ({EXCHANGED}) OR {}",
            either("family_whole"),
            exchanged_nearly()
        ),
        Field::MotherName => either("mother_whole"),
        Field::Sex => either("sex"),
        Field::BirthDate => either("birth_year"),
        Field::Birthplace => either("place"),
        Field::Phone => either("phone"),
        Field::Document => either("document"),
        Field::Party => either("party"),
    }
}

fn condition(field: Field, level: usize) -> String {
    let days = "birth_day_l IS NOT NULL AND birth_day_r IS NOT NULL";
    match (field, level) {
        (Field::GivenNames, 7) => EXCHANGED.to_owned(),
        (Field::GivenNames, 8) => exchanged_nearly(),
        (Field::GivenNames, 6) => "given_whole_l = given_whole_r".to_owned(),
        (Field::FamilyName, 6) => "family_whole_l = family_whole_r".to_owned(),
        (Field::MotherName, 6) => "mother_whole_l = mother_whole_r".to_owned(),
        (Field::FamilyName, 7) => "sex_l = 'f' AND sex_r = 'f'".to_owned(),
        (Field::GivenNames, _) => format!("{} = {level}", level_of(GIVEN)),
        (Field::FamilyName, _) => format!("{} = {level}", level_of(FAMILY)),
        (Field::MotherName, _) => format!("{} = {level}", level_of(MOTHER)),
        (Field::Sex, 2) => format!(
            "sex_l = sex_r AND (given_whole_l = given_whole_r OR ({EXCHANGED}) OR {} OR (given_whole_l <> \
             given_whole_r AND {} >= 3))",
            exchanged_nearly(),
            level_of(GIVEN)
        ),
        (Field::Sex, _) => "sex_l = sex_r".to_owned(),
        (Field::BirthDate, 5) => {
            format!("{days} AND birth_year_l = birth_year_r AND birth_day_l = birth_day_r")
        }
        (Field::BirthDate, 4) => {
            format!("{days} AND birth_year_l = birth_year_r AND birth_day_l = birth_exchanged_r")
        }
        (Field::BirthDate, 3) => format!(
            "{days} AND ((birth_year_l = birth_year_r AND (birth_day_l[1:2] = birth_day_r[1:2] OR birth_day_l[4:5] = \
             birth_day_r[4:5])) OR (birth_day_l = birth_day_r AND (abs(CAST(birth_year_l AS INT) - CAST(birth_year_r \
             AS INT)) = 1 OR hamming(birth_year_l, birth_year_r) = 1)))"
        ),
        (Field::BirthDate, 2) => format!("NOT ({days}) AND birth_year_l = birth_year_r"),
        (Field::BirthDate, _) => {
            format!(
                "NOT ({days}) AND abs(CAST(birth_year_l AS INT) - CAST(birth_year_r AS INT)) = 1"
            )
        }
        (Field::Birthplace, _) => "place_l = place_r".to_owned(),
        (Field::Phone, _) => "phone_l = phone_r".to_owned(),
        (Field::Document, 2) => "document_l = document_r".to_owned(),
        (Field::Document, _) => "akey_near_number(document_l, document_r)".to_owned(),
        (Field::Party, _) => "party_l = party_r".to_owned(),
    }
}

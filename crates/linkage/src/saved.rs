//! A model as a file that people can read: JSON, each level of each field by its name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::compare::Field;
use crate::model::Model;

/// The only form of the file there is so far.
const FORM: u32 = 1;

/// Why a file is no model.
#[derive(Debug, thiserror::Error)]
pub enum BadModel {
    /// Not JSON, or not of this form.
    #[error("it is no model: {0}; write one with akey link --save-model FILE")]
    Form(String),
    /// A share is missing or cannot be.
    #[error("{field}, {level}: {what}; a share is a number from 0 to 1")]
    Share {
        /// The field.
        field: &'static str,
        /// The level.
        level: &'static str,
        /// What is wrong.
        what: &'static str,
    },
}

#[derive(Serialize, Deserialize)]
struct Saved {
    akey_model: u32,
    /// To how many others a record belongs that are one person with it, in the mean; the same for a family.
    same_per_record: f64,
    kin_per_record: f64,
    names_by_chance: f64,
    year_by_chance: f64,
    fields: BTreeMap<String, BTreeMap<String, Shares>>,
}

/// Of pairs of one person, of one family, of any two.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Shares {
    same: f64,
    kin: f64,
    any: f64,
}

impl Model {
    /// The model as JSON.
    pub fn to_json(&self) -> String {
        let of_field = |field: Field| {
            let levels = field.levels().iter().enumerate().map(|(level, name)| {
                let shares = Shares {
                    same: self.same[field as usize][level],
                    kin: self.kin[field as usize][level],
                    any: self.any[field as usize][level],
                };
                ((*name).to_owned(), shares)
            });
            (field.name().to_owned(), levels.collect())
        };
        let saved = Saved {
            akey_model: FORM,
            same_per_record: self.same_per_record,
            kin_per_record: self.kin_per_record,
            names_by_chance: self.names_by_chance,
            year_by_chance: self.year_by_chance,
            fields: Field::ALL.into_iter().map(of_field).collect(),
        };
        serde_json::to_string_pretty(&saved).expect("numbers and names are JSON")
    }

    /// Reads a model.
    ///
    /// # Errors
    /// When it is none, with what is wrong and where.
    pub fn from_json(text: &str) -> Result<Self, BadModel> {
        let saved: Saved =
            serde_json::from_str(text).map_err(|error| BadModel::Form(error.to_string()))?;
        if saved.akey_model != FORM {
            return Err(BadModel::Form(format!(
                "akey_model is {}, not {FORM}",
                saved.akey_model
            )));
        }
        let rates = [
            saved.same_per_record,
            saved.kin_per_record,
            saved.names_by_chance,
            saved.year_by_chance,
        ];
        if rates.iter().any(|rate| !rate.is_finite() || *rate < 0.0) {
            return Err(BadModel::Form("a rate is negative".to_owned()));
        }
        let mut model = Self {
            same_per_record: saved.same_per_record,
            kin_per_record: saved.kin_per_record,
            names_by_chance: saved.names_by_chance,
            year_by_chance: saved.year_by_chance,
            ..Self::default()
        };
        for field in Field::ALL {
            for (level, name) in field.levels().iter().copied().enumerate() {
                let wrong = |what| BadModel::Share {
                    field: field.name(),
                    level: name,
                    what,
                };
                let shares = saved
                    .fields
                    .get(field.name())
                    .and_then(|levels| levels.get(name));
                let shares = shares.ok_or_else(|| wrong("it is missing"))?;
                if [shares.same, shares.kin, shares.any]
                    .iter()
                    .any(|share| !(0.0..=1.0).contains(share))
                {
                    return Err(wrong("it is no share"));
                }
                model.same[field as usize][level] = shares.same;
                model.kin[field as usize][level] = shares.kin;
                model.any[field as usize][level] = shares.any;
            }
        }
        Ok(model)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_model_is_read_back_as_it_was_written() {
        let model = Model::default();
        assert_eq!(Model::from_json(&model.to_json()).unwrap(), model);
    }

    #[test]
    fn what_is_no_model_is_told_with_its_place() {
        let written = Model::default().to_json();
        let said = |text: &str| Model::from_json(text).unwrap_err().to_string();
        assert!(said("{}").contains("it is no model"));
        let other = written.replace("\"exchanged_nearly\"", "\"swapped\"");
        assert_eq!(
            said(&other),
            "given_names, exchanged_nearly: it is missing; a share is a number from 0 to 1"
        );
        assert!(
            said(&written.replace("0.94", "1.94").replace("0.93", "-2")).contains("it is no share")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read(text in ".{0,200}") {
            let _ = Model::from_json(&text);
        }
    }
}

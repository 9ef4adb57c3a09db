//! The model to begin with, for records of Haiti: what is believed before a file or a register has taught
//! better.

use crate::compare::{FIELDS, Field, LEVELS};
use crate::model::{Model, Shares};

/// Field, then the shares of its levels among pairs of one person, of one family, of any two.
type Row = (Field, &'static [f64], &'static [f64], &'static [f64]);

const BELIEFS: [Row; FIELDS] = [
    (
        Field::GivenNames,
        &[0.03, 0.02, 0.02, 0.08, 0.09, 0.05, 0.65, 0.05, 0.01],
        &[0.8, 0.09, 0.01, 0.08, 0.005, 0.002, 0.012, 0.001, 1e-4],
        &[0.8, 0.09, 0.01, 0.08, 0.005, 0.002, 0.012, 0.001, 1e-4],
    ),
    (
        Field::FamilyName,
        &[0.02, 0.01, 0.01, 0.02, 0.03, 0.05, 0.82, 0.04],
        &[0.02, 0.01, 0.01, 0.02, 0.03, 0.05, 0.82, 0.04],
        &[0.72, 0.01, 0.003, 0.01, 0.003, 0.002, 0.012, 0.24],
    ),
    (
        Field::Sex,
        &[0.02, 0.08, 0.9],
        &[0.5, 0.45, 0.05],
        &[0.5, 0.45, 0.05],
    ),
    (
        Field::BirthDate,
        &[0.02, 0.05, 0.15, 0.05, 0.03, 0.7],
        &[0.888, 0.045, 0.045, 0.02, 0.0003, 0.0017],
        &[0.965, 0.015, 0.015, 0.0055, 0.0001, 0.0001],
    ),
    (
        Field::MotherName,
        &[0.03, 0.01, 0.02, 0.1, 0.12, 0.07, 0.65],
        &[0.1, 0.01, 0.02, 0.1, 0.1, 0.07, 0.6],
        &[0.85, 0.09, 0.01, 0.04, 0.005, 0.003, 0.0005],
    ),
    (Field::Birthplace, &[0.07, 0.93], &[0.3, 0.7], &[0.93, 0.07]),
    (Field::Phone, &[0.5, 0.5], &[0.7, 0.3], &[0.999_999, 1e-6]),
    (
        Field::Document,
        &[0.25, 0.04, 0.71],
        &[0.999_99, 1e-5, 1e-6],
        &[0.999_99, 1e-5, 1e-6],
    ),
    (
        Field::Party,
        &[0.999, 0.001],
        &[0.7, 0.3],
        &[0.999_999, 1e-6],
    ),
];

impl Default for Model {
    fn default() -> Self {
        let shares = |of: fn(&Row) -> &'static [f64]| -> Shares {
            let mut shares = [[0.0; LEVELS]; FIELDS];
            for row in &BELIEFS {
                for (place, share) in of(row).iter().enumerate() {
                    shares[row.0 as usize][place] = *share;
                }
            }
            shares
        };
        Self {
            same: shares(|row| row.1),
            kin: shares(|row| row.2),
            any: shares(|row| row.3),
            names_by_chance: 1e-4,
            year_by_chance: 0.02,
            same_per_record: 0.5,
            kin_per_record: 1.0,
        }
    }
}

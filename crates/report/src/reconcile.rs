//! From the number announced to the number counted off the aircraft (G6). Every line is either a
//! number reached or a signed difference with a name; the differences between two numbers reached
//! sum to what lies between them, so nobody goes missing between two columns.

use crate::compute::number;
use crate::figure::{Counts, Measure};
use crate::sitrep::{Reconciliation, Step, StepKind};

/// Reconciles the people of the movements that landed.
pub(crate) fn reconcile(landed: &Counts) -> Reconciliation {
    let of = |measure| number(landed.of(measure));
    let awaited =
        of(Measure::Listed) + of(Measure::Unlisted) - of(Measure::NoShow) - of(Measure::Registered);
    let step = |kind: StepKind| {
        use Measure as M;
        let (value, from): (i64, &[Measure]) = match kind {
            StepKind::Announced => (of(M::Announced), &[M::Announced]),
            StepKind::ManifestDiffers => {
                (of(M::Listed) - of(M::Announced), &[M::Listed, M::Announced])
            }
            StepKind::Listed => (of(M::Listed), &[M::Listed]),
            StepKind::NoShow => (-of(M::NoShow), &[M::NoShow]),
            StepKind::Awaited => (
                -awaited,
                &[M::Listed, M::Unlisted, M::NoShow, M::Registered],
            ),
            StepKind::Unlisted => (of(M::Unlisted), &[M::Unlisted]),
            StepKind::Registered => (of(M::Registered), &[M::Registered]),
            StepKind::Unregistered => (of(M::Met) - of(M::Registered), &[M::Met, M::Registered]),
            StepKind::Met => (of(M::Met), &[M::Met]),
            StepKind::NotMet => (of(M::Returned) - of(M::Met), &[M::Returned, M::Met]),
            StepKind::Returned => (of(M::Returned), &[M::Returned]),
        };
        Step {
            kind,
            value,
            counted_from: from.iter().map(|of| landed.of(*of).clone()).collect(),
        }
    };
    Reconciliation {
        steps: StepKind::ALL.map(step).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Figure, Value};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_differences_between_two_numbers_reached_sum_to_what_lies_between(
            counts in proptest::collection::vec(0_i64..10_000, Measure::ALL.len()),
        ) {
            let counts = Counts::each(|measure| Figure {
                value: Value::Shown(counts[measure as usize]),
                trace: None,
            });
            let mut sum = 0;
            for (place, step) in reconcile(&counts).steps.iter().enumerate() {
                if step.kind.is_reached() {
                    prop_assert!(place == 0 || sum == step.value, "{:?}", step.kind);
                    sum = step.value;
                } else {
                    sum += step.value;
                }
            }
            prop_assert_eq!(sum, number(counts.of(Measure::Returned)));
        }
    }
}

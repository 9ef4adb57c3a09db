//! Tables as they are published, and what a stranger learns from them.

use disclosure::{SMALLEST_SHOWN, Shown, Tables, WIDTH, attack, protect, prove};
use proptest::prelude::*;

/// A table of rows by columns with all its sums, and its cells row by row; the last row and the last
/// column are the sums.
fn table(numbers: &[Vec<u64>]) -> (Tables, Vec<Vec<usize>>) {
    let mut tables = Tables::default();
    let width = numbers[0].len();
    let mut cells: Vec<Vec<usize>> = Vec::new();
    for row in numbers {
        let mut of_row: Vec<_> = row.iter().map(|n| tables.add(*n, Shown::Open, 1)).collect();
        let whole = tables.add(row.iter().sum(), Shown::Open, 3);
        tables.sum(whole, of_row.clone());
        of_row.push(whole);
        cells.push(of_row);
    }
    let bottom: Vec<_> = (0..=width)
        .map(|column| {
            let parts: Vec<_> = cells.iter().map(|row| row[column]).collect();
            let sum = parts.iter().map(|cell| tables.cells[*cell].value).sum();
            let whole = tables.add(sum, Shown::Open, 9);
            tables.sum(whole, parts);
            whole
        })
        .collect();
    tables.sum(bottom[width], bottom[..width].to_vec());
    cells.push(bottom);
    (tables, cells)
}

/// Every hidden number of small tables, worked out by trying all numbers there could be.
fn possible(tables: &Tables, hidden: &[bool], most: u64) -> Vec<Option<(u64, u64)>> {
    fn go(
        tables: &Tables,
        open: &[usize],
        set: &mut Vec<u64>,
        most: u64,
        seen: &mut Vec<Option<(u64, u64)>>,
    ) {
        let Some((first, rest)) = open.split_first() else {
            let holds = |sum: &disclosure::Sum| {
                set[sum.whole] == sum.parts.iter().map(|part| set[*part]).sum::<u64>()
            };
            if tables.sums.iter().all(holds) {
                for (seen, value) in seen.iter_mut().zip(set.iter()) {
                    let (least, most) = seen.unwrap_or((*value, *value));
                    *seen = Some((least.min(*value), most.max(*value)));
                }
            }
            return;
        };
        for value in 1..=most {
            set[*first] = value;
            go(tables, rest, set, most, seen);
        }
    }
    let mut seen = vec![None; tables.cells.len()];
    let mut set: Vec<_> = tables.cells.iter().map(|cell| cell.value).collect();
    let open: Vec<_> = (0..set.len()).filter(|cell| hidden[*cell]).collect();
    go(tables, &open, &mut set, most, &mut seen);
    (0..set.len())
        .map(|cell| hidden[cell].then(|| seen[cell]).flatten())
        .collect()
}

#[test]
fn one_small_number_alone_is_worked_out_and_the_attack_finds_it() {
    let (tables, cells) = table(&[vec![3, 40], vec![50, 60]]);
    let hidden = tables.small();
    let bounds = attack(&tables, &hidden);
    assert_eq!(bounds.len(), 1);
    assert_eq!(
        (bounds[0].cell, bounds[0].least, bounds[0].most),
        (cells[0][0], 3, Some(3))
    );
    let unproved = prove(&tables, &hidden).unwrap_err();
    assert_eq!(unproved.exposed, [(cells[0][0], Some(bounds[0]))]);
}

#[test]
fn a_small_number_is_protected_by_as_few_others_as_it_takes() {
    let (tables, _) = table(&[vec![3, 40, 17], vec![50, 60, 70], vec![80, 90, 100]]);
    let (hidden, proved) = protect(&tables).unwrap();
    // A rectangle: one in its row, one in its column, and the one where these meet.
    assert_eq!(hidden.iter().filter(|hidden| **hidden).count(), 4);
    assert_eq!(proved.proofs.len(), 4);
    for proof in proved.proofs {
        assert!(proof.most - proof.least >= WIDTH && proof.least >= 1);
    }
}

#[test]
fn what_was_shown_before_stays_and_what_follows_gives_way() {
    // Yesterday: 3 of 43, both parts hidden. Today nothing is small; the sum of both days would tell.
    let mut tables = Tables::default();
    let day = [
        tables.add(3, Shown::Never, 1),
        tables.add(40, Shown::Never, 1),
        tables.add(43, Shown::Always, 1),
    ];
    tables.sum(day[2], vec![day[0], day[1]]);
    let next = [
        tables.add(30, Shown::Open, 1),
        tables.add(25, Shown::Open, 1),
        tables.add(55, Shown::Open, 1),
    ];
    tables.sum(next[2], vec![next[0], next[1]]);
    let both: Vec<_> = (0..3)
        .map(|column| {
            let sum = tables.cells[day[column]].value + tables.cells[next[column]].value;
            let whole = tables.add(sum, Shown::Open, 5);
            tables.sum(whole, vec![day[column], next[column]]);
            whole
        })
        .collect();
    tables.sum(both[2], vec![both[0], both[1]]);
    // Shown as they are, both days and their sum tell that it was three.
    let naive = tables.small();
    let told = attack(&tables, &naive);
    assert!(
        told.iter()
            .any(|bounds| bounds.cell == day[0] && bounds.most == Some(3))
    );
    let (hidden, _) = protect(&tables).unwrap();
    assert!(hidden[day[0]] && hidden[day[1]] && !hidden[day[2]]);
    assert!(hidden[both[0]] || hidden[next[0]]);
    assert!(
        attack(&tables, &hidden)
            .iter()
            .all(|bounds| bounds.width().is_none_or(|w| w >= WIDTH))
    );
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let (tables, _) = table(&[vec![0, 40], vec![50, 60]]);
    let (hidden, proved) = protect(&tables).unwrap();
    assert!(!hidden.contains(&true) && proved.proofs.is_empty());
}

#[test]
fn the_whole_goes_too_where_nothing_else_is_large_enough_to_hide_behind() {
    let (tables, cells) = table(&[vec![3, 3], vec![0, 0]]);
    let (hidden, _) = protect(&tables).unwrap();
    assert!(hidden[cells[0][0]] && hidden[cells[0][2]] && hidden[cells[2][2]]);
    assert!(!hidden[cells[1][0]], "nobody is shown as nobody");
}

#[test]
fn a_part_that_cannot_be_more_than_its_whole_is_not_taken_to_be() {
    // Three of six were found to be hurt: the six are shown, so the three lies between one and six.
    let mut tables = Tables::default();
    let found = tables.add(3, Shown::Open, 1);
    let screened = tables.add(5, Shown::Open, 5);
    tables.at_most.push(disclosure::AtMost {
        part: found,
        whole: screened,
    });
    let bounds = attack(&tables, &tables.small());
    assert_eq!((bounds[0].least, bounds[0].most), (1, Some(5)));
    let (hidden, _) = protect(&tables).unwrap();
    assert!(hidden[screened], "one to five is not wide enough");
}

#[test]
fn a_whole_that_is_large_enough_is_shown_beside_its_hidden_part() {
    let mut tables = Tables::default();
    let found = tables.add(3, Shown::Open, 1);
    let screened = tables.add(30, Shown::Open, 5);
    tables.at_most.push(disclosure::AtMost {
        part: found,
        whole: screened,
    });
    let (hidden, _) = protect(&tables).unwrap();
    assert!(hidden[found] && !hidden[screened]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_hidden_number_of_any_table_can_be_narrowed_down(
        numbers in (1_usize..5, 1_usize..6).prop_flat_map(|(rows, columns)| {
            let number = prop_oneof![Just(0_u64), 1_u64..8, 0_u64..200];
            proptest::collection::vec(proptest::collection::vec(number, columns), rows)
        }),
    ) {
        let (tables, _) = table(&numbers);
        let (hidden, proved) = protect(&tables).unwrap();
        for (cell, hidden) in tables.cells.iter().zip(&hidden) {
            prop_assert!(*hidden || cell.value == 0 || cell.value >= SMALLEST_SHOWN);
            prop_assert!(!*hidden || cell.value > 0);
        }
        prop_assert_eq!(proved.proofs.len(), hidden.iter().filter(|hidden| **hidden).count());
        // The attack, which is told nothing of how it was chosen.
        for bounds in attack(&tables, &hidden) {
            let value = tables.cells[bounds.cell].value;
            prop_assert!(bounds.least <= value && bounds.most.is_none_or(|most| value <= most));
            prop_assert!(bounds.width().is_none_or(|width| width >= WIDTH));
        }
    }

    #[test]
    fn what_is_published_day_by_day_stays_protected_by_what_follows(
        days in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![Just(0_u64), 1_u64..8, 5_u64..60], 3), 2..5),
    ) {
        // Each day is decided with all days before it frozen; at last their sums.
        let mut decided: Vec<Vec<(u64, bool)>> = Vec::new();
        for upto in 1..=days.len() + 1 {
            let mut tables = Tables::default();
            let mut rows: Vec<Vec<usize>> = Vec::new();
            for (at, day) in days.iter().take(upto).enumerate() {
                let whole: u64 = day.iter().sum();
                let values = day.iter().copied().chain([whole]);
                let row: Vec<_> = values.enumerate().map(|(column, value)| {
                    let shown = match decided.get(at).map(|row| row[column].1) {
                        Some(true) => Shown::Never,
                        Some(false) => Shown::Always,
                        None => Shown::Open,
                    };
                    tables.add(value, shown, 1)
                }).collect();
                tables.sum(row[3], row[..3].to_vec());
                rows.push(row);
            }
            if upto > days.len() {
                let month: Vec<_> = (0..4).map(|column| {
                    let parts: Vec<_> = rows.iter().map(|row| row[column]).collect();
                    let sum = parts.iter().map(|cell| tables.cells[*cell].value).sum();
                    let whole = tables.add(sum, Shown::Open, 5);
                    tables.sum(whole, parts);
                    whole
                }).collect();
                tables.sum(month[3], month[..3].to_vec());
                rows.push(month);
            }
            let (hidden, _) = protect(&tables).unwrap();
            decided = rows.iter().map(|row| {
                row.iter().map(|cell| (tables.cells[*cell].value, hidden[*cell])).collect()
            }).collect();
            for bounds in attack(&tables, &hidden) {
                prop_assert!(bounds.width().is_none_or(|width| width >= WIDTH));
            }
        }
    }

    #[test]
    fn the_bounds_of_the_attack_hold_what_trying_everything_finds(
        numbers in proptest::collection::vec(proptest::collection::vec(1_u64..5, 2), 2),
        hide in proptest::collection::vec(any::<bool>(), 4),
    ) {
        let (tables, cells) = table(&numbers);
        let mut hidden = vec![false; tables.cells.len()];
        for (place, hide) in hide.iter().enumerate() {
            hidden[cells[place / 2][place % 2]] = *hide;
        }
        let tried = possible(&tables, &hidden, 8);
        for bounds in attack(&tables, &hidden) {
            let (least, most) = tried[bounds.cell].unwrap();
            prop_assert_eq!((bounds.least, bounds.most), (least, Some(most)));
        }
    }
}

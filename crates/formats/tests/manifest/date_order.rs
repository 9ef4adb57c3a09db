//! Whether the day or the month comes first: shown by the file, or asked.

use akey_formats::manifest::{Basis, DateOrder, Options, Question, read};
use domain::{Birth, Day};
use jiff::civil::{Date, date};

use crate::sender::{all_told, options, read_text};

fn births(text: &str, order: Option<DateOrder>) -> Vec<Option<Birth>> {
    let options = Options {
        date_order: order,
        ..options()
    };
    let file = read(text.as_bytes(), "list.csv", &options).unwrap();
    file.people
        .iter()
        .map(|person| person.particulars.birth)
        .collect()
}

fn on(year: i16, month: i8, day: i8) -> Option<Birth> {
    Date::new(year, month, day)
        .ok()
        .map(|day| Birth::On(Day(day)))
}

#[test]
fn one_date_above_twelve_decides_the_file() {
    let text = "Name;DOB\nDemo-A;03/04/1990\nDemo-B;25/12/1985\n";
    assert_eq!(births(text, None), [on(1990, 4, 3), on(1985, 12, 25)]);
    let text = "Name;DOB\nDemo-A;03/04/1990\nDemo-B;12/25/1985\n";
    assert_eq!(births(text, None), [on(1990, 3, 4), on(1985, 12, 25)]);
}

#[test]
fn where_nothing_shows_the_order_it_is_asked_and_the_answer_reads_the_rows() {
    let text = "Name;DOB\nDemo-A;03/04/1990\nDemo-B;05/05/1985\nDemo-C;01/12/2001\n";
    let file = read_text(text);
    let Some(Question::DateOrder { examples }) = &file.question else {
        panic!("not asked")
    };
    let rows: Vec<_> = examples.iter().map(|example| example.row).collect();
    assert_eq!(rows, [2, 4]);
    assert_eq!(examples[0].text.0, "03/04/1990");
    assert_eq!(
        (examples[0].day_first, examples[0].month_first),
        (date(1990, 4, 3), date(1990, 3, 4))
    );
    // Until then the year is kept, and said to be all that is known.
    assert_eq!(
        births(text, None),
        [
            Some(Birth::Year(1990)),
            on(1985, 5, 5),
            Some(Birth::Year(2001))
        ]
    );
    assert_eq!(
        all_told(&file),
        [
            (2, "B".to_owned(), "date-ambiguous"),
            (4, "B".to_owned(), "date-ambiguous")
        ]
    );
    let day_first = births(text, Some(DateOrder::DayFirst));
    assert_eq!(day_first, [on(1990, 4, 3), on(1985, 5, 5), on(2001, 12, 1)]);
    let month_first = births(text, Some(DateOrder::MonthFirst));
    assert_eq!(
        month_first,
        [on(1990, 3, 4), on(1985, 5, 5), on(2001, 1, 12)]
    );
}

#[test]
fn nothing_is_asked_where_the_order_makes_no_difference() {
    let file = read_text("Name;DOB\nDemo-A;05/05/1985\nDemo-B;1990-03-04\nDemo-C;1 mars 1979\n");
    assert_eq!((file.question, file.dates.basis), (None, Basis::NotNeeded));
    assert_eq!(file.problems, []);
}

#[test]
fn the_header_can_say_the_order() {
    for (header, expected) in [
        ("Date de naissance (jj/mm/aaaa)", on(1990, 4, 3)),
        ("DOB (MM/DD/YYYY)", on(1990, 3, 4)),
    ] {
        let text = format!("Name;{header}\nDemo-A;03/04/1990\n");
        assert_eq!(births(&text, None), [expected], "{header}");
    }
}

#[test]
fn evidence_for_both_orders_is_asked_and_each_certain_date_stays_certain() {
    let text = "Name;DOB\nDemo-A;25/12/1985\nDemo-B;12/26/1985\nDemo-C;03/04/1990\n";
    let file = read_text(text);
    assert!(file.question.is_some());
    assert_eq!(file.dates.basis, Basis::Undecided);
    assert_eq!(
        (
            file.dates.day_first.first_row,
            file.dates.month_first.first_row
        ),
        (Some(2), Some(3))
    );
    let told = births(text, Some(DateOrder::DayFirst));
    assert_eq!(told, [on(1985, 12, 25), on(1985, 12, 26), on(1990, 4, 3)]);
    let options = Options {
        date_order: Some(DateOrder::DayFirst),
        ..options()
    };
    let file = read(text.as_bytes(), "list.csv", &options).unwrap();
    assert_eq!(all_told(&file), [(3, "B".to_owned(), "date-other-order")]);
}

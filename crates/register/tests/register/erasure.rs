//! What is erased is gone from every row, in whatever order the erasure comes, and stays gone.

use domain::{Command, Known, RelationCode, Screening, Vulnerability};
use register::Register;
use rusqlite::Connection;
use uuid::Uuid;

use crate::world::{SITE, World, applied, named, rebuilt};

/// Whether any value of any row of the register contains these bytes.
fn holds(connection: &Connection, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'r_*'")
        .unwrap();
    let tables: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for table in tables {
        let mut rows = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let width = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..width {
                let bytes = match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Text(bytes)
                    | rusqlite::types::ValueRef::Blob(bytes) => bytes.to_vec(),
                    _ => continue,
                };
                if String::from_utf8_lossy(&bytes)
                    .to_lowercase()
                    .contains(needle)
                {
                    found.push(table.clone());
                }
            }
        }
    }
    found
}

#[test]
fn nothing_of_somebody_erased_is_left_in_any_row_in_any_order() {
    let mut world = World::new();
    let movement = world.announced(1, 2);
    let lines = world.import(movement, &["Ana Demo-Zafè", "Bea Demo-Two"]);
    world.land(movement, 2);
    let (arrival, person) = world.register_as(movement, named("Ana Demo-Zafè"), Some(lines[0]));
    let screening = Screening {
        vulnerabilities: vec![Vulnerability::VIOLENCE],
        ..Screening::default()
    };
    let screen = Command::Screen {
        arrival,
        screening,
        note: None,
    };
    world.ask(screen).unwrap();
    world
        .ask(Command::Flag {
            arrival,
            priority: domain::Priority::Frail,
        })
        .unwrap();
    let family = domain::FamilyId(Uuid::from_u128(600));
    world
        .ask(Command::JoinFamily {
            family,
            person,
            relation: RelationCode::SPOUSE,
        })
        .unwrap();
    assert!(!holds(&world.connection, "zafe").is_empty());
    world.ask(Command::ErasePerson { person }).unwrap();

    let backwards = applied(world.log.events.iter().rev(), &world.log);
    let erasure_first = {
        let (erasure, before) = world.log.events.split_last().unwrap();
        applied([erasure].into_iter().chain(before), &world.log)
    };
    let again = rebuilt(&world.log);
    let expected = world.register().digest().unwrap();
    for connection in [&world.connection, &backwards, &erasure_first, &again] {
        let register = Register::new(connection);
        assert_eq!(register.digest().unwrap(), expected);
        for needle in ["zaf", "survivor", "frail", "spouse"] {
            assert_eq!(holds(connection, needle), Vec::<String>::new(), "{needle}");
        }
        let known = register.person(person).unwrap().unwrap();
        assert!(known.erased && known.particulars.is_none());
        let ground = register.on_the_ground(SITE).unwrap();
        assert_eq!((ground[0].registered, ground[0].screened), (1, 1));
    }
}

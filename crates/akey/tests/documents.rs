//! The documents say what the code does: every kind of event with its public fields is described in
//! `docs/events.md`, the table of `docs/roles.md` is what the roles may do, and links between
//! documents lead somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use domain::{Event, Role, Slot};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The cells of every table row whose first cell begins with a word in backticks, by that word.
fn rows(document: &str) -> BTreeMap<String, Vec<String>> {
    let mut rows = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        let key = cells[0]
            .split('`')
            .nth(1)
            .expect("it begins with a backtick")
            .to_owned();
        rows.insert(key, cells);
    }
    rows
}

/// The public fields of each body, as the source numbers them: `0 operation: OperationId,`.
fn fields(source: &str) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let bodies = source
        .split_once("bodies! {")
        .expect("the bodies are in one list")
        .1;
    let mut fields: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let mut body = "";
    for line in bodies
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("/// One entitle"))
    {
        if let Some(name) = line.strip_suffix(" {") {
            body = name;
        } else if line.starts_with(|first: char| first.is_ascii_digit()) {
            let (number, rest) = line.split_once(' ').expect("a number, then a name");
            let (name, _) = rest.split_once(':').expect("a name, then a type");
            fields.entry(body).or_default().push((number, name));
        }
    }
    fields
}

#[test]
fn every_kind_of_event_is_described_with_its_public_fields() {
    let described = rows(&read("docs/events.md"));
    let source = read("crates/domain/src/event.rs");
    let bodies = read("crates/domain/src/event/body.rs");
    let fields = fields(&bodies);
    let list = source
        .split_once("events! {")
        .expect("the kinds are in one list")
        .1;

    for kind in Event::KINDS {
        let row = described
            .get(*kind)
            .unwrap_or_else(|| panic!("docs/events.md lacks `{kind}`"));
        let entry = list
            .lines()
            .find(|line| line.contains(&format!("\"{kind}\"")));
        let body = entry
            .and_then(|line| line.split('"').nth(2))
            .expect("a kind names its body");
        let body = body.trim().trim_end_matches(',');
        let expected: Vec<_> = fields[body]
            .iter()
            .map(|(number, name)| format!("{number} `{name}`"))
            .collect();
        let stated: Vec<_> = row[2]
            .split(" · ")
            .map(|field| field.trim_end_matches('?'))
            .collect();
        assert_eq!(stated, expected, "docs/events.md, public body of `{kind}`");
    }
}

#[test]
fn no_document_describes_an_event_that_cannot_happen() {
    let kinds: BTreeSet<_> = Event::KINDS.iter().copied().collect();
    for described in rows(&read("docs/events.md"))
        .keys()
        .filter(|key| key.contains('.'))
    {
        assert!(
            kinds.contains(described.as_str()),
            "docs/events.md: no event is a `{described}`"
        );
    }
}

#[test]
fn every_slot_of_a_sealed_part_is_described() {
    let described = rows(&read("docs/events.md"));
    for slot in Slot::ALL {
        assert!(
            described.contains_key(slot.code()),
            "docs/events.md lacks `{}`",
            slot.code()
        );
    }
}

#[test]
fn the_table_of_roles_is_what_the_roles_may_do() {
    let document = read("docs/roles.md");
    let header = document
        .lines()
        .find(|line| line.starts_with("| permission"));
    let columns: Vec<_> = header
        .expect("the table has a header")
        .trim_matches('|')
        .split('|')
        .map(str::trim)
        .collect();
    let names: Vec<_> = Role::ALL
        .iter()
        .map(|role| role.code().replace('_', " "))
        .collect();
    assert_eq!(
        columns[1..],
        names,
        "docs/roles.md: one column for each role, in their order"
    );

    let table = rows(&document);
    let mut mentioned = BTreeSet::new();
    for (place, role) in Role::ALL.into_iter().enumerate() {
        let may: BTreeSet<String> = role
            .permissions()
            .iter()
            .map(|permission| serde_json::to_value(permission).expect("a unit variant"))
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect();
        for (permission, cells) in &table {
            let stated = cells[place + 1] == "yes";
            assert_eq!(
                stated,
                may.contains(permission),
                "docs/roles.md: {} and `{permission}`",
                role.code()
            );
        }
        mentioned.extend(may);
    }
    let rows: BTreeSet<_> = table.into_keys().collect();
    assert_eq!(
        rows, mentioned,
        "docs/roles.md: one row for each permission"
    );
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut broken = Vec::new();
    for folder in ["", "docs", "docs/decisions", "crates/akey/figures"] {
        let folder = root.join(folder);
        let entries = fs::read_dir(&folder).expect("the folders of the documents are there");
        for document in entries.map(|entry| entry.expect("a folder can be read").path()) {
            if document
                .extension()
                .is_none_or(|extension| extension != "md")
            {
                continue;
            }
            let text = fs::read_to_string(&document).expect("a document is UTF-8");
            let targets = text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split([')', '#']).next());
            let here = targets.filter(|target| !target.is_empty() && !target.contains("://"));
            for target in here.filter(|target| !folder.join(target).exists()) {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "these links lead nowhere:\n{}",
        broken.join("\n")
    );
}

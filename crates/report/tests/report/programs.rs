//! What other people's programs say of the report: libhxl of its HXL, a validator of its JSON.
//!
//! `./test` installs both into a folder of Python's and names its interpreter in `AKEY_TEST_PYTHON`;
//! where that is not set, these tests say so and hold what can be held without.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::sample::{public, sitrep};
use crate::speaker::Speaker;

/// Has Python run a script with a text as its input; what it prints. None where there is no Python
/// with these libraries.
fn python(script: &str, arguments: &[&str], input: &str) -> Option<String> {
    let Some(interpreter) = std::env::var_os("AKEY_TEST_PYTHON") else {
        println!("not checked: AKEY_TEST_PYTHON names no Python with libhxl and jsonschema");
        return None;
    };
    let mut child = Command::new(interpreter)
        .arg("-c")
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("AKEY_TEST_PYTHON is a Python");
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let said = child.wait_with_output().unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.success(), "{text}");
    Some(text)
}

/// Reads the table as libhxl does, checks it against libhxl's own schema and sums two columns.
const HXL: &str = r"
import io, sys, hxl
data = sys.stdin.buffer.read()
def source():
    return hxl.data(hxl.make_input(io.BytesIO(data)))
for column in source().columns:
    assert column.tag and column.header, column
errors = []
def told(error):
    if error.rule.severity == 'error':
        errors.append(str(error.message) + ' ' + str(error.value))
hxl.schema(None, told).validate(source())
assert not errors, errors
def total(tag, **where):
    pattern = hxl.model.TagPattern.parse(tag)
    rows = source()
    for name, value in where.items():
        rows = rows.with_rows('#' + name.replace('_', '+') + '=' + value)
    return sum(int(row.get(pattern)) for row in rows if row.get(pattern))
print(total('#affected+returnees-adults-children', meta_table='day', indicator_code='returned'))
print(total('#affected+f+children', meta_table='period', indicator_code='registered'))
print(len(source().tags))
";

#[test]
fn libhxl_reads_the_table_finds_no_error_and_sums_to_the_same() {
    let hxl = sitrep().to_hxl(&Speaker::of("fr")).unwrap();
    let Some(said) = python(HXL, &[], &hxl) else {
        return;
    };
    assert_eq!(said.lines().collect::<Vec<_>>(), ["1401", "109", "28"]);
    let hidden = public().to_hxl(&Speaker::of("ht")).unwrap();
    python(HXL, &[], &hidden).unwrap();
}

#[test]
fn what_was_given_by_recovered_rights_is_counted_apart() {
    let mut sitrep = sitrep();
    let item = sitrep.items[2].item.clone();
    sitrep.recovered.push(akey_report::RecoveredRow {
        item,
        times: 3,
        pieces: 7,
    });
    let hxl = sitrep.to_hxl(&Speaker::of("en")).unwrap();
    let mut rows = csv::Reader::from_reader(hxl.as_bytes());
    let headings = rows.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let mut records = rows.records().map(Result::unwrap);
    let row = records.find(|row| &row[at("table")] == "given_by_recovery");
    let row = row.expect("a row of its own");
    let said = (&row[at("item")], &row[at("pieces")], &row[at("people")]);
    assert_eq!(said, (sitrep.items[2].item.as_str(), "7", ""));
}

#[test]
fn the_table_has_headings_then_hashtags_then_a_row_for_each_figure() {
    let sitrep = sitrep();
    let hxl = sitrep.to_hxl(&Speaker::of("en")).unwrap();
    let mut rows = csv::Reader::from_reader(hxl.as_bytes());
    let headings = rows.headers().unwrap().clone();
    let records: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert!(records[0].iter().all(|tag| tag.starts_with('#')));
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let of = |table: &str| {
        records
            .iter()
            .filter(|row| &row[at("table")] == table)
            .count()
    };
    assert_eq!(of("day"), sitrep.days.len() * 12);
    assert_eq!(of("movement"), sitrep.movements.len() * 12);
    let groups: usize = sitrep
        .breakdowns
        .iter()
        .map(|breakdown| breakdown.rows.len())
        .sum();
    assert_eq!(of("group"), groups);
    assert_eq!(of("given_by_recovery"), 0);
    let ouest = records
        .iter()
        .find(|row| &row[at("destination_department")] == "HT01");
    let ouest = ouest.unwrap();
    assert_eq!(&ouest[at("people")], "604");
    assert_eq!(&ouest[at("group_name")], "Ouest");
    assert!(!ouest[at("trace")].is_empty());
}

#[test]
fn no_cell_of_the_table_is_taken_for_a_formula_and_the_public_one_hides() {
    let mut evil = sitrep();
    evil.stamp.operation = "=1+1".to_owned();
    evil.movements[0].designator = "\t@SUM(A1)\r\n-2".to_owned();
    evil.sites[0].name = "+33".to_owned();
    let hxl = evil.to_hxl(&Speaker::of("en")).unwrap();
    let rows = csv::Reader::from_reader(hxl.as_bytes()).into_records();
    for cell in rows
        .skip(1)
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
    {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell}"
        );
    }
    let hxl = public().to_hxl(&Speaker::of("en")).unwrap();
    assert!(hxl.contains("hidden") && !hxl.contains("1.registered."));
}

const SCHEMA: &str = r"
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding='utf-8'))
jsonschema.Draft202012Validator.check_schema(schema)
report = json.load(sys.stdin)
errors = [e.json_path + ': ' + e.message[:200] for e in jsonschema.Draft202012Validator(schema).iter_errors(report)]
print('\n'.join(errors[:20]))
";

fn schema() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sitrep.schema.json")
}

#[test]
fn the_json_is_what_its_schema_says_and_what_is_not_is_told() {
    let path = schema();
    let file = path.to_str().unwrap();
    for sitrep in [sitrep(), public()] {
        let Some(errors) = python(SCHEMA, &[file], &sitrep.to_json()) else {
            return;
        };
        assert_eq!(errors.trim(), "");
    }
    let mut json: serde_json::Value = serde_json::from_str(&public().to_json()).unwrap();
    json["audience"] = "internal".into();
    json["days"][0]["counts"]["met"] = serde_json::json!({ "value": null });
    json.as_object_mut().unwrap().remove("cut_off");
    let errors = python(SCHEMA, &[file], &json.to_string()).unwrap();
    for place in ["$.days[0].counts.met", "cut_off", "$.reconciliation"] {
        assert!(errors.contains(place), "{place}: {errors}");
    }
}

#[test]
fn the_schema_names_every_field_of_the_report() {
    let schema = std::fs::read_to_string(schema()).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let report: serde_json::Value = serde_json::from_str(&sitrep().to_json()).unwrap();
    let named = |of: &serde_json::Value| -> std::collections::BTreeSet<String> {
        of.as_object().unwrap().keys().cloned().collect()
    };
    let required = schema["required"].as_array().unwrap().iter();
    let required: std::collections::BTreeSet<_> = required
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(named(&report), required);
    assert_eq!(named(&report), named(&schema["properties"]));
}

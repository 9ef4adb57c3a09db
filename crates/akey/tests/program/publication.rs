//! Publishing from the command line, and the audit by somebody who has nothing but the files.

use serde_json::Value;

use crate::site::{Folder, done, json, refused, text};

#[test]
fn days_are_published_once_read_by_everybody_and_audited_from_outside() {
    let folder = Folder::with_demo("2021-09-21");
    let published = |args: &[&str]| json(folder.akey(args));
    // The demo left yesterday to its visitor.
    let list = published(&["report", "published", "--json"]);
    let periods: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["period"])
        .collect();
    assert_eq!(periods, ["2021-09-19", "2021-09-20"]);
    let dry = published(&["report", "publish", "2021-09-21", "--dry-run", "--json"]);
    assert_eq!(dry["dry_run"], true);
    let live = published(&["report", "publish", "2021-09-21", "--json"]);
    assert_eq!(
        (&live["hidden"], &live["periods"][0]),
        (&dry["hidden"], &Value::from("2021-09-21"))
    );
    assert!(live["hidden"].as_u64().unwrap() > 0, "{live}");
    let said = refused(folder.akey(&["report", "publish", "2021-09-21"]), 1);
    assert!(said.contains("published already"), "{said}");
    let said = refused(folder.akey(&["report", "publish", "2021-09"]), 1);
    assert!(said.contains("not over yet"), "{said}");
    let said = refused(folder.akey(&["report", "publish", "last week"]), 2);
    assert!(said.contains("write 2021-09-19 or 2021-09"), "{said}");

    let mut files = Vec::new();
    for day in ["2021-09-19", "2021-09-20", "2021-09-21"] {
        let file = folder.path(&format!("{day}.json"));
        let form = ["--format", "json", "--out", text(&file)];
        let days = ["report", "sitrep", "--public", "--from", day, "--to", day];
        done(folder.akey(&[&days[..], &form[..]].concat()));
        files.push(file);
    }
    let mut audit = vec!["report", "audit", "--json"];
    audit.extend(files.iter().map(|file| text(file)));
    let found = json(folder.akey(&audit));
    assert_eq!(found["exposed"].as_array().unwrap().len(), 0, "{found}");
    assert!(found["hidden"].as_u64().unwrap() > 3, "{found}");

    // Any other span has no public version.
    let span = [
        "report",
        "sitrep",
        "--public",
        "--from",
        "2021-09-19",
        "--to",
        "2021-09-20",
    ];
    let said = refused(
        folder.akey(&[&span[..], &["--format", "json", "--out", "-"]].concat()),
        1,
    );
    assert!(said.contains("only single days and whole months"), "{said}");

    // Somebody tampers with a file.
    let first = std::fs::read_to_string(&files[0]).unwrap();
    let mut tampered: Value = serde_json::from_str(&first).unwrap();
    let registered = &mut tampered["totals"]["registered"]["value"];
    *registered = (registered.as_u64().unwrap() + 1).into();
    std::fs::write(&files[0], tampered.to_string()).unwrap();
    let said = refused(folder.akey(&audit), 1);
    assert!(said.contains("give away more than they may"), "{said}");
    folder.verified();
}

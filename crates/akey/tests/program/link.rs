//! Linking a file that is anybody's, with nothing but the file.

use crate::site::{Folder, done, json, refused, text};

/// People who do not exist, as the population's example writes them, and one of them twice.
fn people(folder: &Folder) -> std::path::PathBuf {
    let mut bytes = Vec::new();
    population::Population::new(4, 3_000)
        .write(true, &mut bytes)
        .expect("memory");
    let mut csv = String::from_utf8(bytes).expect("UTF-8");
    csv.push_str("a,Wilner,Jean-Baptiste,m,1987-03-12,Guerda Étienne,Jacmel,,XX 999-0001,0,x\n");
    csv.push_str("\"b,2\",Wilnè,Jn Baptiste,m,1987-12-03,Gèda Etyèn,Jakmèl,,,1,x\n");
    let file = folder.path("people.csv");
    std::fs::write(&file, csv).expect("a file");
    file
}

#[test]
fn pairs_of_a_file_are_found_and_measured_where_the_truth_is_known() {
    let folder = Folder::new();
    let (file, out) = (people(&folder), folder.path("pairs.csv"));
    let link = [
        "link",
        text(&file),
        "--out",
        text(&out),
        "--truth",
        "entity",
    ];
    let said = done(folder.akey(&link));
    assert!(said.contains("At 0.5: precision 0.9"), "{said}");
    let pairs = std::fs::read_to_string(&out).expect("pairs");
    assert!(
        pairs.starts_with("record_a,record_b,probability\n"),
        "{pairs}"
    );
    let own = pairs.lines().find(|line| line.starts_with("a,\"b,2\","));
    let own = own.unwrap_or_else(|| panic!("Jn Baptiste Wilnè is Jean-Baptiste Wilner: {pairs}"));
    assert!(
        own.ends_with("0.999999") || own.contains(",0.99") || own.ends_with("1.000000"),
        "{own}"
    );
    let mut with_json = link.to_vec();
    with_json.push("--json");
    let answer = json(folder.akey(&with_json));
    assert_eq!(answer["left_out"], 0);
    assert!(answer["best"]["f1"].as_f64() > Some(0.85), "{answer}");
    assert_eq!(
        std::fs::read_to_string(&out).expect("pairs"),
        pairs,
        "the same again"
    );
}

#[test]
fn who_is_who_what_to_look_at_and_the_model_are_written_and_the_model_is_used_again() {
    let folder = Folder::new();
    let (file, out) = (people(&folder), folder.path("pairs.csv"));
    let [who, look, model, again] =
        ["who.csv", "look.csv", "model.json", "again.csv"].map(|name| folder.path(name));
    done(folder.akey(&[
        "link",
        text(&file),
        "--out",
        text(&out),
        "--people",
        text(&who),
        "--review",
        text(&look),
        "--save-model",
        text(&model),
    ]));
    let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("it was written");
    let person = |id: &str| {
        let written = read(&who);
        let line = written
            .lines()
            .find(|line| line.starts_with(id))
            .expect("everyone is in it");
        line[id.len()..].to_owned()
    };
    assert_eq!(person("a,"), person("\"b,2\","));
    let queue = read(&look);
    let first = queue.lines().nth(1).expect("some are doubtful");
    assert!(
        first.contains("before -") && first.contains("family_name"),
        "{first}"
    );
    assert!(!queue.contains("Jean"), "names stay out of it");
    done(folder.akey(&[
        "link",
        text(&file),
        "--out",
        text(&again),
        "--model",
        text(&model),
    ]));
    let pairs = read(&out).lines().count();
    assert!(read(&again).lines().count().abs_diff(pairs) < 10, "{pairs}");
    std::fs::write(
        &model,
        read(&model).replacen("\"same\": 0.", "\"same\": 7.", 1),
    )
    .expect("a file");
    let said = refused(
        folder.akey(&[
            "link",
            text(&file),
            "--out",
            text(&again),
            "--model",
            text(&model),
        ]),
        1,
    );
    assert!(
        said.contains("model.json: ") && said.contains("it is no share"),
        "{said}"
    );
}

#[test]
fn a_workbook_is_read_as_a_table_is() {
    let folder = Folder::new();
    let (file, out) = (folder.path("people.xlsx"), folder.path("pairs.csv"));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        [
            "record_id",
            "given_names",
            "family_name",
            "birth_date",
            "mother_name",
        ],
        [
            "a",
            "Wilner",
            "Jean-Baptiste",
            "1987-03-12",
            "Guerda Étienne",
        ],
        ["b", "Wilnè", "Jn Baptiste", "1987-12-03", "Gèda Etyèn"],
        ["c", "Fabiola", "Louis", "1990-01-01", ""],
    ]
    .iter()
    .enumerate()
    {
        sheet
            .write_row(u32::try_from(row).expect("four rows"), 0, *cells)
            .expect("a row");
    }
    book.save(&file).expect("a workbook");
    let said = done(folder.akey(&["link", text(&file), "--out", text(&out)]));
    assert!(
        said.contains("3 records") && said.contains("2 people"),
        "{said}"
    );
    assert!(
        std::fs::read_to_string(&out)
            .expect("pairs")
            .contains("a,b,0.9")
    );
    std::fs::write(&file, b"PK\x03\x04 and no more").expect("a file");
    refused(folder.akey(&["link", text(&file), "--out", text(&out)]), 1);
}

#[test]
fn a_file_that_cannot_be_meant_is_told_and_names_nobody() {
    let folder = Folder::new();
    let file = folder.path("people.csv");
    let out = folder.path("pairs.csv");
    let link = |more: &[&str]| {
        let mut args = vec!["link", text(&file), "--out", text(&out)];
        args.extend(more);
        folder.akey(&args)
    };
    std::fs::write(&file, "name,age\nDemo-Ana,3\n").expect("a file");
    let said = refused(link(&[]), 1);
    assert!(
        said.contains("row 1: there is no column given_names"),
        "{said}"
    );
    std::fs::write(
        &file,
        b"given_names,family_name\nDemo-Ana,Demo\n\xff\xfe,Demo\nDemo-Bea,Demo\n",
    )
    .expect("a file");
    let said = done(link(&[]));
    assert!(
        said.contains("row 3 cannot be read and is left out (not UTF-8)"),
        "{said}"
    );
    assert!(said.contains("2 records"), "{said}");
    assert!(!said.contains("Demo-Ana"), "{said}");
    let said = refused(link(&["--truth", "who"]), 1);
    assert!(said.contains("there is no column \"who\""), "{said}");
    refused(link(&["--least", "2"]), 2);
}

#[test]
fn the_register_is_linked_alike_whether_the_site_runs_or_not_and_its_model_kept_for_the_desk() {
    let folder = Folder::with_demo("2021-09-20");
    let [out, who, again] = ["pairs.csv", "who.csv", "again.csv"].map(|name| folder.path(name));
    let link = ["link", "--register", "--least", "0.01", "--json", "--out"];
    let mut at_rest = link.to_vec();
    at_rest.extend([text(&out), "--people", text(&who), "--at-the-desk"]);
    let answer = json(folder.akey(&at_rest));
    let records = answer["records"].as_u64().expect("a number");
    assert!(records > 100, "{answer}");
    let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("it was written");
    assert_eq!(read(&who).lines().count() as u64, records + 1);
    let table = read(&who);
    let (id, _) = table
        .lines()
        .nth(1)
        .and_then(|line| line.split_once(','))
        .expect("somebody");
    let is_id = id.len() == 32 && id.chars().all(|sign| sign.is_ascii_hexdigit());
    assert!(is_id, "{id}: ids and no names");
    let site = folder.serve();
    let mut running = link.to_vec();
    running.push(text(&again));
    json(folder.akey(&running));
    assert_eq!(read(&again), read(&out));
    drop(site);
    refused(folder.akey(&["link", "--out", text(&out)]), 2);
    refused(
        folder.akey(&["link", "people.csv", "--register", "--out", text(&out)]),
        2,
    );
    refused(
        folder.akey(&["link", "people.csv", "--at-the-desk", "--out", text(&out)]),
        2,
    );
}

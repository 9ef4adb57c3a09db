//! A disk that is really full: a small file system of its own, mounted for the test where the system
//! allows it, and a site on it that is used until nothing fits any more.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::{Browser, Form, arrivals};
use crate::site::{Folder, done, json, refused, text};

/// A flight that is announced and has no manifest yet.
const FLIGHT: &str = "DEMO 103";
/// How many people one manifest names.
const PEOPLE: u32 = 300;
/// More imports than fit on any disk of these tests.
const IMPORTS_MAX: u32 = 60;
const MIB: u64 = 1 << 20;

/// A small file system; unmounted when dropped, also when the test fails.
struct SmallDisk {
    place: PathBuf,
}

impl SmallDisk {
    /// Mounts it over a folder. Where that is not allowed the test says so and is not run.
    fn over(place: PathBuf, bytes: u64) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o"])
            .arg(format!("size={bytes},mode=0700"))
            .arg("tmpfs")
            .arg(&place)
            .output();
        let why = match mounted {
            Ok(output) if output.status.success() => return Some(Self { place }),
            Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => error.to_string(),
        };
        eprintln!("SKIPPED: no small file system can be mounted here ({why}); it needs root");
        None
    }

    /// Takes the rest of the room, as forgotten downloads do. Removing the file makes room again.
    fn fill(&self) -> PathBuf {
        let path = self.place.join("downloads.zip");
        let mut file = File::create(&path).expect("a name still fits");
        for bytes in [64 * 1024, 4096, 512] {
            let block = vec![0x5a; bytes];
            while file.write_all(&block).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg(&self.place).status();
        if !gone.is_ok_and(|status| status.success()) {
            // Something still looks at it: it goes when that ends.
            let _ = Command::new("umount").arg("-l").arg(&self.place).status();
        }
    }
}

/// A demo on a disk with so much room beside it.
fn site_on_a_small_disk(room: u64) -> Option<(SmallDisk, Folder)> {
    let folder = Folder::with_demo("2021-09-18");
    let files: Vec<_> = fs::read_dir(folder.data())
        .expect("a data folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.clone(), fs::read(path).expect("a file")))
        .collect();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let disk = SmallDisk::over(folder.data(), bytes as u64 + room)?;
    for (path, bytes) in files {
        fs::write(path, bytes).expect("the demo fits");
    }
    Some((disk, folder))
}

/// The manifest of one day: other people than that of any other day.
fn manifest(folder: &Folder, day: u32) -> PathBuf {
    let path = folder.path(&format!("day-{day}.csv"));
    let mut lines = vec!["Last name,First name,Sex,Date of birth,Document number".to_owned()];
    lines.extend((0..PEOPLE).map(|number| {
        let born = 1 + number % 28;
        format!("Demo-Day {day},Given {number},F,1990-01-{born:02},DEMO{day:03}{number:05}")
    }));
    fs::write(&path, lines.join("\n")).expect("there is room elsewhere");
    path
}

fn import(folder: &Folder, file: &Path) -> Command {
    folder.akey(&[
        "import",
        "manifest",
        text(file),
        "--movement",
        FLIGHT,
        // Every day's list takes the place of the last one's.
        "--right-movement",
        "--json",
    ])
}

#[test]
fn imports_until_the_disk_is_full_lose_nothing_and_go_on_when_there_is_room() {
    let Some((disk, folder)) = site_on_a_small_disk(8 * MIB) else {
        return;
    };
    let ballast = disk.place.join("old-films.zip");
    fs::write(&ballast, vec![1; 4 << 20]).expect("it fits");

    let mut taken_in = None;
    let mut said = None;
    for day in 0..IMPORTS_MAX {
        let output = import(&folder, &manifest(&folder, day))
            .output()
            .expect("the program starts");
        if output.status.success() {
            taken_in = Some(day);
            continue;
        }
        assert_eq!(output.status.code(), Some(1));
        said = Some(String::from_utf8_lossy(&output.stderr).into_owned());
        break;
    }
    let said = said.expect("the disk fills up");
    assert!(said.contains("the disk is full"), "{said}");
    assert!(said.contains("make room"), "{said}");
    let last = taken_in.expect("one manifest fits");

    fs::remove_file(ballast).expect("room is made");
    folder.verified();
    let mut again = import(&folder, &manifest(&folder, last));
    again.arg("--dry-run");
    assert_eq!(
        json(again)["same"],
        PEOPLE,
        "what was acknowledged last is there, and nothing that was refused after it"
    );
    let next = json(import(&folder, &manifest(&folder, last + 1)));
    assert_eq!(next["listed"], PEOPLE, "what was refused is done now");
    folder.verified();
}

#[test]
fn a_desk_on_a_full_disk_is_told_and_gives_nothing_twice_when_there_is_room() {
    let Some((disk, folder)) = site_on_a_small_disk(6 * MIB) else {
        return;
    };
    let serving = folder.serve();
    let clerk = Browser::sign_in(&serving, "clerk");
    let forms: Vec<Form> = arrivals(&clerk.get("/desk").body)
        .iter()
        .flat_map(|id| clerk.forms(&format!("/arrivals/{id}"), "/give"))
        .collect();
    assert!(forms.len() >= 20, "{} forms", forms.len());
    let ballast = disk.fill();

    let mut refused_forms = Vec::new();
    for form in &forms {
        let answer = clerk.send(form).expect("the site answers");
        match answer.status {
            303 => {}
            507 => {
                assert!(answer.body.contains("disk"), "{}", answer.body);
                refused_forms.push(form.clone());
            }
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert!(
        !refused_forms.is_empty(),
        "the disk is full and all was given"
    );
    assert_eq!(clerk.get("/desk").status, 200, "looking needs no room");

    fs::remove_file(ballast).expect("room is made");
    // The very same forms: what was refused is done now, what was done is not done again.
    for form in &forms {
        assert_eq!(clerk.send(form).expect("the site answers").status, 303);
    }
    drop(serving);
    let sitrep = folder.sitrep("2021-09-19", "2021-09-19");
    let given: i64 = sitrep["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["people"]["value"].as_i64())
        .sum();
    assert_eq!(given, i64::try_from(forms.len()).expect("few"), "each once");
    folder.verified();
}

#[test]
fn a_backup_onto_a_full_stick_is_refused_and_leaves_nothing_that_looks_like_one() {
    let folder = Folder::with_demo("2021-09-18");
    let stick = folder.path("stick");
    fs::create_dir(&stick).expect("a folder");
    let size = fs::metadata(folder.data().join("akey.db"))
        .expect("it is there")
        .len();
    // Room for none, for half of the copy, and for the copy without the file made of it.
    for room in [64 * 1024, size / 2, size + size / 2] {
        let Some(_disk) = SmallDisk::over(stick.clone(), room) else {
            return;
        };
        let said = refused(
            folder.akey(&["backup", text(&stick.join("site.backup"))]),
            1,
        );
        assert!(said.contains("the disk is full"), "{said}");
        let left: Vec<_> = fs::read_dir(&stick)
            .expect("the stick")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert!(left.is_empty(), "{room} bytes of room: {left:?}");
    }
    done(folder.akey(&["backup", text(&stick.join("site.backup"))]));
}

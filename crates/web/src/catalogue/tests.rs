//! The catalogues are whole: every message in every language with the same arguments, every coded
//! word of the domain, nothing that no page says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use crate::words::Word;
use domain::{
    AccessStatus, AccountWithdrawal, AgeGroup, CallResult, CardVoidReason, Consent, Country,
    Credibility, DifferenceReason, DocumentKind, FeedbackChannel, FeedbackKind, FeedbackStage,
    FigureWithdrawal, Harm, IncidentKind, IncidentSource, ItemCode, LegalBasis, LineState, Method,
    MisconductKind, MovementKind, Onward, PCode, PathwayKind, PathwayOutcome, PathwaySource,
    PathwayStep, PlacesOf, Precision, Priority, Reachability, ReferralState, Refusal, RelationCode,
    Role, Screened, ScreenedBefore, ScreenedCounts, Separation, ServiceKind, Sex, Sharpness,
    SiteKind, Stage, Standing, VoidReason, Vulnerability,
};
use formats::manifest::{Field, Foreign, ProblemCode};
use formats::mrz::Checked;
use node::ComparedField;

/// Each message with the names of its arguments.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut current = None;
    for (file, source) in files(language) {
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                let (id, _) = line.split_once('=').expect("a message has a value");
                let before = messages.insert(id.trim().to_owned(), BTreeSet::new());
                assert_eq!(before, None, "{} says {id} twice ({file})", language.tag());
                current = Some(id.trim().to_owned());
            }
            let Some(id) = &current else { continue };
            let named = line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect::<String>()
            });
            if !line.starts_with('#') {
                messages.get_mut(id).expect("inserted above").extend(named);
            }
        }
    }
    messages
}

fn family<W: Word>(words: impl IntoIterator<Item = W>) -> Vec<String> {
    words
        .into_iter()
        .map(|word| {
            format!(
                "{}-{}",
                W::FAMILY,
                word.code().to_lowercase().replace('_', "-")
            )
        })
        .collect()
}

fn named(family: &str, codes: &[&str]) -> Vec<String> {
    let codes = codes.iter();
    codes.map(|code| format!("{family}-{code}")).collect()
}

/// What mail to those who asked to be told has words for.
fn of_mail() -> Vec<String> {
    let problems = updates::AddressProblem::ALL.iter();
    let problems = problems.map(|problem| format!("address-problem-{}", problem.code()));
    let settings = updates::SettingsProblem::ALL.iter();
    let settings = settings.map(|problem| format!("postbox-problem-{}", problem.code()));
    let stages = updates::Stage::ALL.iter();
    let stages = stages.map(|stage| format!("mail-stage-{}", stage.code()));
    let topics = crate::news::Topic::ALL.iter().flat_map(|topic| {
        ["updates-topic", "subscribe-topic"].map(|family| format!("{family}-{}", topic.code()))
    });
    problems
        .chain(settings)
        .chain(stages)
        .chain(topics)
        .collect()
}

/// How far two people agree, field by field; with whom somebody came is not compared at the desk.
fn of_likeness() -> Vec<String> {
    let fields = ComparedField::ALL.into_iter();
    let words = fields
        .filter(|field| *field != ComparedField::Party)
        .flat_map(|field| {
            let family = match field {
                ComparedField::BirthDate => "why-birth",
                _ => "why",
            };
            let levels = field.levels().iter();
            levels.map(move |level| format!("{family}-{}", level.replace('_', "-")))
        });
    words.collect()
}

/// Every message whose id is put together from a code.
fn coded() -> BTreeSet<String> {
    let permissions = Role::ALL
        .iter()
        .flat_map(|role| role.permissions())
        .copied();
    let lines = [
        LineState::Waiting,
        LineState::Registered,
        LineState::NoShow,
        LineState::Removed,
    ];
    let files = [
        "empty",
        "too-large",
        "damaged",
        "too-large-inside",
        "too-many-rows",
        "too-many-columns",
        "no-header",
        "no-sheet",
    ];
    [
        family(SiteKind::KNOWN.iter().cloned()),
        family(MovementKind::KNOWN.iter().cloned()),
        family(LegalBasis::KNOWN.iter().cloned()),
        family(ItemCode::KNOWN.iter().cloned()),
        family(Vulnerability::KNOWN.iter().cloned()),
        family(RelationCode::KNOWN.iter().cloned()),
        family(VoidReason::KNOWN.iter().cloned()),
        family(DifferenceReason::KNOWN.iter().cloned()),
        family(PCode::KNOWN.iter().cloned()),
        family(Country::OFFERED.iter().copied()),
        family(Role::ALL),
        family(ServiceKind::KNOWN.iter().cloned()),
        family(FeedbackChannel::KNOWN.iter().cloned()),
        family(FeedbackKind::KNOWN.iter().cloned()),
        family(MisconductKind::KNOWN.iter().cloned()),
        family(CardVoidReason::KNOWN.iter().cloned()),
        family(Consent::ALL),
        family(ReferralState::ALL),
        family(FeedbackStage::ALL),
        family(Precision::ALL),
        family(Sharpness::ALL),
        family(Method::ALL),
        family(FigureWithdrawal::KNOWN.iter().cloned()),
        family(AccountWithdrawal::KNOWN.iter().cloned()),
        family(Stage::ALL),
        family(Screened::ALL),
        family(ScreenedBefore::ALL),
        family(Priority::ALL),
        family(AgeGroup::ALL),
        family(register::figures::Wait::ALL),
        family(DocumentKind::ALL),
        family(lines),
        family([Sex::F, Sex::M, Sex::X]),
        family([Separation::Unaccompanied, Separation::Separated]),
        family(permissions),
        Refusal::CODES
            .iter()
            .map(|code| format!("refusal-{code}"))
            .collect(),
        ProblemCode::ALL
            .iter()
            .map(|code| format!("problem-{code}"))
            .collect(),
        Field::ALL
            .iter()
            .map(|field| format!("column-{}", field.code()))
            .collect(),
        Foreign::ALL
            .iter()
            .map(|kind| format!("file-foreign-{}", kind.code()))
            .collect(),
        files.iter().map(|code| format!("file-{code}")).collect(),
        of_mail(),
        of_likeness(),
        Checked::ALL
            .iter()
            .map(|over| format!("zone-field-{}", over.code()))
            .collect(),
        (1..=12).map(|month| format!("month-{month}")).collect(),
        (1..=12)
            .map(|month| format!("month-short-{month}"))
            .collect(),
        (1..=7).map(|day| format!("weekday-{day}")).collect(),
        report::MESSAGE_IDS
            .iter()
            .map(|id| (*id).to_owned())
            .collect(),
    ]
    .into_iter()
    .chain(of_statements())
    .flatten()
    .collect()
}

/// Those of what is stated, advised and warned of.
fn of_statements() -> impl IntoIterator<Item = Vec<String>> {
    [
        named(
            "indicator",
            &[
                "present",
                "present-peak",
                "returned",
                "return-flights",
                "planned-flights-per-day",
                "assisted-at-reception",
                "arrivals-per-day",
                "encountered",
                "transferred",
                "admitted-to-proceedings",
                "left-voluntarily",
                "in-processing",
                "intercepted-at-sea",
            ],
        ),
        family(IncidentKind::KNOWN.iter().cloned()),
        family(Harm::KNOWN.iter().cloned()),
        family(IncidentSource::KNOWN.iter().cloned()),
        family(Credibility::KNOWN.iter().cloned()),
        family(AccessStatus::KNOWN.iter().cloned()),
        family(PathwayKind::KNOWN.iter().cloned()),
        family(PathwayStep::KNOWN.iter().cloned()),
        family(PathwayOutcome::KNOWN.iter().cloned()),
        family(PathwaySource::KNOWN.iter().cloned()),
        family(CallResult::KNOWN.iter().cloned()),
        family(Reachability::KNOWN.iter().cloned()),
        family(PlacesOf::KNOWN.iter().cloned()),
        domain::Field::ALL
            .iter()
            .map(|field| {
                let code = field.code().replace(['.', '_'], "-");
                format!("conflict-field-{code}")
            })
            .collect(),
        domain::Field::ALL
            .iter()
            .map(|field| format!("conflict-about-{}", field.about().code().replace('_', "-")))
            .collect(),
        family(domain::LossReason::ALL),
        family(domain::RecoveryStage::ALL),
        family(domain::OverlapKind::ALL),
        family(domain::OverlapDecision::ALL),
        family([
            domain::GivenBy::Recovered,
            domain::GivenBy::Claimed,
            domain::GivenBy::Held,
        ]),
        named("step", &["open", "done", "not-applicable"]),
        named("onward", &[Onward::Careful.code(), Onward::Stay.code()]),
        named("standing", &Standing::ALL.map(Standing::code)),
        named("outcome", &["accepted", "partly", "rejected"]),
        named("unit", &["person", "flight", "day"]),
        named(
            "screening-count",
            &ScreenedCounts::default().each().map(|(word, _)| word),
        ),
        named(
            "verdict",
            &[
                "alone",
                "consistent",
                "explained-by-period",
                "explained-by-scope",
                "contradictory",
            ],
        ),
        named(
            "figure-rule",
            &[
                "said", "groups", "rate", "share", "within", "days", "route", "place", "peak",
                "running", "parts",
            ],
        ),
    ]
}

/// Every text in quotation marks in our sources.
fn written(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("our sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            written(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            let source = std::fs::read_to_string(&path).expect("our sources are text");
            found.extend(source.split('"').map(str::to_owned));
        }
    }
}

#[test]
fn every_language_says_every_message_with_the_same_arguments() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let other = messages(language);
        let ids = |messages: &BTreeMap<String, BTreeSet<String>>| {
            messages.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(ids(&other), ids(&english), "{}", language.tag());
        for (id, args) in &english {
            assert_eq!(&other[id], args, "{} {id}", language.tag());
        }
    }
}

#[test]
fn every_coded_word_has_a_message_and_no_message_is_left_over() {
    let said: BTreeSet<String> = messages(Language::English).into_keys().collect();
    let coded = coded();
    let missing: Vec<_> = coded.difference(&said).collect();
    assert!(missing.is_empty(), "words without a message: {missing:?}");

    let mut texts = BTreeSet::new();
    written(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut texts,
    );
    let named = |id: &String| id.starts_with("field-");
    let unused: Vec<_> = said
        .iter()
        .filter(|id| !coded.contains(*id) && !texts.contains(*id) && !named(id))
        .collect();
    assert!(unused.is_empty(), "messages no page says: {unused:?}");
}

#[test]
fn every_message_a_page_says_is_in_the_catalogue() {
    let said: BTreeSet<String> = messages(Language::English).into_keys().collect();
    let mut sources = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/page"
    ))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("our pages") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push(path);
            }
        }
    }
    let rust = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    for path in sources.into_iter().filter(|path| rust(path)) {
        let source = std::fs::read_to_string(&path).expect("our sources are text");
        for call in source.split("say!(").skip(1) {
            let id = call.split('"').nth(1).unwrap_or_default();
            assert!(
                said.contains(id),
                "{} says {id}, which is in no catalogue",
                path.display()
            );
        }
    }
}

#[test]
fn kreyol_is_marked_until_a_speaker_has_read_it() {
    for (file, source) in files(Language::Kreyol) {
        assert!(source.contains("not yet reviewed by a speaker"), "{file}");
    }
}

#[test]
fn numbers_in_messages_are_grouped() {
    let t = Texts::new(Language::English);
    assert_eq!(
        say!(t, "refusal-manifest-too-long", max = 10_000),
        "A manifest has at most 10,000 people."
    );
    let t = Texts::new(Language::French);
    assert!(say!(t, "refusal-manifest-too-long", max = 10_000).contains("10\u{202f}000"));
}

#[test]
fn a_code_of_a_newer_version_is_shown_as_it_is() {
    assert_eq!(
        Texts::new(Language::Kreyol).word("item", "school_kit"),
        "school_kit"
    );
}

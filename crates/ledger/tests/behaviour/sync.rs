//! Two nodes meet: whatever each had, both have it afterwards, however often the link breaks, and
//! nobody gets what is not theirs to have.

use ledger::sync::{Delivery, Limits, Message, PartBytes, Reach, Refused, Session};
use ledger::{
    AggregateId, AttachmentRef, Content, Error, Event, Hash, KeyId, KeyRef, Ledger, Member,
    OperationId, Papers, Received, Result, Revocation, RootKey, Scope, SiteId, SystemEntropy, View,
    check_batch,
};
use proptest::prelude::*;

use crate::scenario::{NOW_MS, PERSON, Site, append, draft, draft_with};

/// Everybody may hold everything.
pub struct Everything;

impl Reach for Everything {
    fn may_hold(&self, _: &Member, _: KeyId) -> Result<bool> {
        Ok(true)
    }
}

/// Nobody may hold anything.
struct Nothing;

impl Reach for Nothing {
    fn may_hold(&self, _: &Member, _: KeyId) -> Result<bool> {
        Ok(false)
    }
}

pub fn root() -> RootKey {
    RootKey::generate(OperationId([7; 16]), &SystemEntropy)
}

/// A ledger with papers; it knows nobody but itself.
pub fn invited(root: &RootKey, until_ms: u64) -> (Site, Ledger) {
    let site = Site::empty();
    let mut ledger = site.found();
    let code = root.invite(SiteId([1; 16]), Scope::Site, until_ms, &SystemEntropy);
    join(&mut ledger, root, &code);
    (site, ledger)
}

/// A node and a copy of its disk that both went on: so many events before, and so many at each after.
fn forked(root: &RootKey, before: u8, after: (u8, u8)) -> [(Site, Ledger); 2] {
    let (site, mut ledger) = invited(root, u64::MAX);
    for about in 0..before {
        append(&mut ledger, draft(about));
    }
    drop(ledger);
    let copy = site.copied();
    let (mut twin, mut other_twin) = (site.open(), copy.open());
    for about in 0..after.0 {
        append(&mut twin, draft(about));
    }
    for about in 0..after.1 {
        append(&mut other_twin, draft(100 + about));
    }
    [(site, twin), (copy, other_twin)]
}

fn join(ledger: &mut Ledger, root: &RootKey, code: &ledger::InvitationCode) -> Papers {
    let mut transaction = ledger.begin().expect("begins");
    let node = transaction.head().node;
    let certificates = vec![
        code.invitation.clone(),
        code.admit(node, NOW_MS).expect("admits"),
    ];
    let papers = transaction.issue_papers(certificates).expect("issues");
    transaction.trust(&root.public()).expect("trusts");
    transaction.admit(&papers, NOW_MS).expect("belongs");
    transaction.commit().expect("commits");
    papers
}

/// Keeps what came, as the owner of a ledger does; every part is wanted.
pub fn keep(ledger: &mut Ledger, delivery: Delivery) -> Option<Received> {
    let mut transaction = ledger.begin().expect("begins");
    let mut all = None;
    match delivery {
        Delivery::Papers {
            papers,
            revocations,
        } => {
            let mut received = Received::default();
            for papers in papers {
                let papers = Papers::from_bytes(&papers).expect("papers");
                received.merge(transaction.admit(&papers, NOW_MS).expect("admits").1);
            }
            for revocation in revocations {
                received.merge(transaction.revoke(&revocation).expect("revokes"));
            }
        }
        Delivery::Events(bytes) => {
            let (good, _) = check_batch(bytes);
            let received = transaction.receive(good, NOW_MS).expect("receives");
            for event in &received.stored {
                for attachment in event.attachments() {
                    transaction
                        .want(attachment, event.aggregate())
                        .expect("wants");
                }
            }
            transaction.settle_waiting(NOW_MS).expect("settles");
            all = Some(received);
        }
        Delivery::Parts(pieces, keys) => {
            transaction
                .keep_parts(pieces, &keys, NOW_MS)
                .expect("keeps");
        }
        Delivery::Given(parts, keys) => {
            transaction.keep_given(parts, &keys, NOW_MS).expect("keeps");
        }
    }
    transaction.commit().expect("commits");
    all
}

/// Carries messages between two nodes until both are settled or so many were carried. Events are kept only
/// when the next are heard, or when there is nothing else to say. Gives the bytes carried.
pub fn meet(
    one: &mut Ledger,
    other: &mut Ledger,
    reach: &dyn Reach,
    limits: Limits,
    messages_max: usize,
) -> Result<usize> {
    let mut sessions = begin(one, other, limits)?;
    carry(&mut sessions, &mut [one, other], reach, messages_max)
}

/// A meeting of two nodes that have said nothing yet.
fn begin(one: &Ledger, other: &Ledger, limits: Limits) -> Result<[Session; 2]> {
    let readers = [one.reader()?, other.reader()?];
    Ok([
        Session::begin(readers[0].view(), other.node(), NOW_MS, limits)?,
        Session::begin(readers[1].view(), one.node(), NOW_MS, limits)?,
    ])
}

/// The same for a meeting that was begun, and may go on after it was settled.
fn carry(
    sessions: &mut [Session; 2],
    ledgers: &mut [&mut Ledger; 2],
    reach: &dyn Reach,
    messages_max: usize,
) -> Result<usize> {
    let readers = [ledgers[0].reader()?, ledgers[1].reader()?];
    let mut unkept = [None, None];
    let (mut carried, mut bytes) = (0, 0);
    while !sessions.iter().all(Session::is_settled) {
        let mut idle = true;
        for from in 0..2 {
            let to = 1 - from;
            loop {
                let view = readers[from].view();
                let Some(message) = sessions[from].say(view)? else {
                    if sessions[from].awaits_answer() || unkept[from].is_none() {
                        break;
                    }
                    settle(&mut unkept[from], ledgers[from], &mut sessions[from], view)?;
                    continue;
                };
                idle = false;
                carried += 1;
                if carried > messages_max {
                    return Ok(bytes);
                }
                let packed = message.to_bytes();
                bytes += packed.len();
                let message = sessions[to].read(&packed)?.expect("known");
                let view = readers[to].view();
                let session = &mut sessions[to];
                if !matches!(message, Message::Events { .. } | Message::Parts { .. }) {
                    settle(&mut unkept[to], ledgers[to], session, view)?;
                }
                let delivery = session.hear(message, view, reach, &SystemEntropy, NOW_MS)?;
                if delivery.is_some() {
                    settle(&mut unkept[to], ledgers[to], session, view)?;
                    unkept[to] = delivery;
                }
            }
        }
        assert!(!idle, "both wait for each other");
    }
    Ok(bytes)
}

fn settle(
    unkept: &mut Option<Delivery>,
    ledger: &mut Ledger,
    session: &mut Session,
    view: View<'_>,
) -> Result<()> {
    match unkept.take() {
        Some(delivery) => session.kept(keep(ledger, delivery).as_ref(), view),
        None => Ok(()),
    }
}

fn all(one: &mut Ledger, other: &mut Ledger) {
    meet(one, other, &Everything, Limits::default(), usize::MAX).expect("meets");
}

pub fn heads(ledger: &Ledger) -> Vec<ledger::Head> {
    let heads = ledger
        .reader()
        .expect("reads")
        .view()
        .heads()
        .expect("reads");
    // An empty log of one's own is nothing that others could know of.
    heads.into_iter().filter(|head| head.size > 0).collect()
}

fn content(ledger: &Ledger, event: &Event) -> Content {
    let reader = ledger.reader().expect("reads");
    let attachment = event.attachment("person").expect("has one");
    reader.view().content(attachment).expect("reads")
}

#[test]
fn two_nodes_that_know_nothing_of_each_other_have_everything_after_they_met() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    for about in 0..40 {
        append(&mut one, draft(about));
        append(&mut other, draft(100 + about));
    }
    all(&mut one, &mut other);
    assert_eq!(heads(&one), heads(&other));
    assert_eq!(heads(&one).len(), 2);
    assert!(one.verify(|_| ()).expect("walks").is_clean());
    // Once more, with nothing to say, costs a greeting.
    let bytes = meet(
        &mut one,
        &mut other,
        &Everything,
        Limits::default(),
        usize::MAX,
    );
    assert!(bytes.expect("meets") < 2_500);
}

#[test]
fn a_third_node_carries_what_two_others_never_exchanged() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let (_c, mut carrier) = invited(&root, u64::MAX);
    append(&mut one, draft(1));
    append(&mut other, draft(2));
    all(&mut one, &mut carrier);
    all(&mut carrier, &mut other);
    all(&mut carrier, &mut one);
    assert_eq!(heads(&one), heads(&other));
}

#[test]
fn parts_follow_their_events_to_whom_may_hold_them_and_to_nobody_else() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let event = append(
        &mut one,
        draft_with(1, KeyRef::Person(PERSON), "Demo Mirlande"),
    );
    meet(
        &mut one,
        &mut other,
        &Nothing,
        Limits::default(),
        usize::MAX,
    )
    .expect("meets");
    assert_eq!(content(&other, &event), Content::Withheld);
    all(&mut one, &mut other);
    assert!(
        matches!(content(&other, &event), Content::Clear(clear) if clear.as_slice() == b"Demo Mirlande")
    );
    assert!(other.verify(|_| ()).expect("walks").is_clean());
}

/// Somebody signs an event that binds what another event bound, as if it stood in another place.
#[test]
fn what_is_bound_where_it_was_not_sealed_for_stays_closed_and_keeps_nobody_from_the_part() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let event = append(
        &mut one,
        draft_with(1, KeyRef::Person(PERSON), "Demo Mirlande"),
    );
    let elsewhere = AttachmentRef {
        slot: "address".to_owned(),
        ..event.attachments()[0].clone()
    };
    let mut transaction = one.begin().expect("begins");
    let stranger = AggregateId([9; 16]);
    transaction.want(&elsewhere, stranger).expect("notes");
    transaction.commit().expect("commits");
    let reader = one.reader().expect("reads");
    let opened = reader.view().content(&elsewhere).expect("stops nothing");
    assert_eq!(opened, Content::Unopened);
    assert_eq!(reader.view().wanted_count().expect("counts"), 0);
    all(&mut one, &mut other);
    assert!(matches!(content(&other, &event), Content::Clear(_)));
}

#[test]
fn a_peer_that_answers_beside_the_question_is_not_asked_for_ever() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    append(&mut one, draft_with(1, KeyRef::Person(PERSON), "Demo"));
    let few = Limits::default();
    meet(&mut one, &mut other, &Nothing, few, usize::MAX).expect("meets");
    let (here, there) = (other.reader().expect("reads"), one.reader().expect("reads"));
    let mut asking = Session::begin(here.view(), one.node(), NOW_MS, few).expect("begins");
    let mut peer = Session::begin(there.view(), other.node(), NOW_MS, few).expect("begins");
    let hello = peer.say(there.view()).expect("says").expect("hello");
    let heard = asking.hear(hello, here.view(), &Everything, &SystemEntropy, NOW_MS);
    assert!(heard.expect("hears").is_none());
    let beside = PartBytes {
        hash: Hash([7; 32]),
        offset: 0,
        total: 300,
        bytes: vec![7; 300],
    };
    let mut asked = 0;
    while let Some(said) = asking.say(here.view()).expect("says") {
        if !matches!(said, Message::WantParts { .. }) {
            continue;
        }
        asked += 1;
        assert!(asked < 3, "it asks again and again");
        let answer = Message::Parts {
            parts: vec![beside.clone()],
            keys: Vec::new(),
            absent: vec![Hash([8; 32])],
        };
        let kept = asking.hear(answer, here.view(), &Everything, &SystemEntropy, NOW_MS);
        assert!(
            kept.expect("hears").is_none(),
            "nothing of it is to be kept"
        );
    }
    assert_eq!(asked, 1);
}

#[test]
fn what_was_erased_here_does_not_come_back_from_elsewhere() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let event = append(
        &mut one,
        draft_with(1, KeyRef::Person(PERSON), "Demo Mirlande"),
    );
    let mut transaction = other.begin().expect("begins");
    transaction.erase(PERSON, NOW_MS).expect("erases");
    transaction.commit().expect("commits");
    all(&mut one, &mut other);
    assert_eq!(content(&other, &event), Content::Erased);
}

#[test]
fn a_large_part_comes_in_pieces_over_many_broken_meetings() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let long = "Demo ".repeat(40_000);
    let event = append(&mut one, draft_with(1, KeyRef::Person(PERSON), &long));
    let limits = Limits { budget: 20_000 };
    let mut meetings = 0;
    while !matches!(content(&other, &event), Content::Clear(_)) {
        meetings += 1;
        assert!(meetings < 40, "it never comes to an end");
        meet(&mut one, &mut other, &Everything, limits, 10).expect("meets");
    }
    assert!(meetings > 3);
}

#[test]
fn who_does_not_belong_is_told_so_and_gets_nothing() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    append(&mut one, draft(1));
    let why = |refused: Result<usize>| match refused {
        Err(Error::PeerRefused { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    let meet = |one: &mut Ledger, other: &mut Ledger| {
        why(meet(one, other, &Everything, Limits::default(), usize::MAX))
    };

    let forged = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
    let (_b, mut other) = invited(&forged, u64::MAX);
    assert_eq!(meet(&mut one, &mut other), Refused::Papers);

    let (_c, mut late) = invited(&root, NOW_MS - 1);
    assert_eq!(meet(&mut one, &mut late), Refused::Expired);

    let code = root.invite(SiteId([1; 16]), Scope::Site, u64::MAX, &SystemEntropy);
    let folders = (Site::empty(), Site::empty());
    let (mut first, mut second) = (folders.0.found(), folders.1.found());
    join(&mut first, &root, &code);
    join(&mut second, &root, &code);
    all(&mut one, &mut first);
    assert_eq!(meet(&mut one, &mut second), Refused::InvitationUsed);

    let mut transaction = one.begin().expect("begins");
    let revocation = root.revoke(&Revocation {
        operation: OperationId([7; 16]),
        node: first.node(),
        last: 0,
        at_ms: NOW_MS,
    });
    transaction.revoke(&revocation).expect("revokes");
    transaction.commit().expect("commits");
    append(&mut first, draft(3));
    assert_eq!(meet(&mut one, &mut first), Refused::Revoked);
    assert_eq!(heads(&second), []);
    assert_eq!(heads(&one).len(), 1);
}

/// Two nodes whose meeting goes on after both have everything.
fn linked(one: &mut Ledger, other: &mut Ledger, reach: &dyn Reach) -> [Session; 2] {
    let mut sessions = begin(one, other, Limits::default()).expect("begins");
    carry(&mut sessions, &mut [one, other], reach, usize::MAX).expect("meets");
    sessions
}

/// Word of events travels faster than the parts beside them.
#[test]
fn a_part_that_was_not_there_when_it_was_asked_for_follows_while_the_link_is_open() {
    let root = root();
    let (_a, mut author) = invited(&root, u64::MAX);
    let (_b, mut between) = invited(&root, u64::MAX);
    let (_c, mut far) = invited(&root, u64::MAX);
    let events: Vec<_> = (0..3)
        .map(|about| {
            let key = KeyRef::Person(KeyId([about; 16]));
            append(&mut author, draft_with(about, key, "Demo Mirlande"))
        })
        .collect();
    let few = Limits::default();
    meet(&mut author, &mut between, &Nothing, few, usize::MAX).expect("meets");
    let mut sessions = linked(&mut between, &mut far, &Everything);
    assert!(
        events
            .iter()
            .all(|event| content(&far, event) == Content::Withheld)
    );
    all(&mut author, &mut between);
    let reader = between.reader().expect("reads");
    sessions[0].tell(reader.view()).expect("tells");
    assert!(!sessions[0].is_settled());
    carry(
        &mut sessions,
        &mut [&mut between, &mut far],
        &Everything,
        usize::MAX,
    )
    .expect("goes on");
    for event in &events {
        assert!(matches!(content(&far, event), Content::Clear(_)));
    }
    // Told once: there is nothing more to say.
    sessions[0].tell(reader.view()).expect("tells");
    assert!(sessions.iter().all(Session::is_settled));
}

/// Whose business somebody is may be known to the one who asks before it is to the one who is asked.
#[test]
fn a_part_that_was_withheld_is_asked_for_again_once_more_is_known() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let key = KeyRef::Person(PERSON);
    let event = append(&mut one, draft_with(1, key, "Demo Mirlande"));
    let mut sessions = linked(&mut one, &mut other, &Nothing);
    assert_eq!(content(&other, &event), Content::Withheld);
    append(&mut one, draft(1));
    let reader = one.reader().expect("reads");
    sessions[0].tell(reader.view()).expect("tells");
    carry(
        &mut sessions,
        &mut [&mut one, &mut other],
        &Everything,
        usize::MAX,
    )
    .expect("goes on");
    assert!(matches!(content(&other, &event), Content::Clear(_)));
}

#[test]
fn who_is_sent_away_while_a_meeting_is_open_is_told_so_and_given_nothing_more() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let [told, _] = &mut linked(&mut one, &mut other, &Everything);
    let [asked, _] = &mut linked(&mut one, &mut other, &Everything);
    append(&mut one, draft(1));
    let revocation = root.revoke(&Revocation {
        operation: OperationId([7; 16]),
        node: other.node(),
        last: 0,
        at_ms: NOW_MS,
    });
    let mut transaction = one.begin().expect("begins");
    transaction.revoke(&revocation).expect("revokes");
    transaction.commit().expect("commits");
    let reader = one.reader().expect("reads");
    let view = reader.view();
    let want = Message::Want {
        log: one.node(),
        first: 1,
        budget: 1 << 20,
    };
    let over = [
        told.tell(view),
        asked
            .hear(want, view, &Everything, &SystemEntropy, NOW_MS)
            .map(drop),
    ];
    for ended in over {
        let why = Refused::Revoked;
        assert!(matches!(ended, Err(Error::PeerRefused { why: told, .. }) if told == why));
    }
    for session in [told, asked] {
        let said = session.say(view).expect("says");
        assert_eq!(said, Some(Message::Refuse(Refused::Revoked)));
        assert_eq!(session.say(view).expect("says"), None);
    }
}

#[test]
fn both_lines_of_a_fork_reach_everybody() {
    let root = root();
    let (site, mut ledger) = invited(&root, u64::MAX);
    for about in 0..5 {
        append(&mut ledger, draft(about));
    }
    drop(ledger);
    let copy = site.copied();
    let (mut twin, mut other_twin) = (site.open(), copy.open());
    for about in 0..30 {
        append(&mut twin, draft(about));
        append(&mut other_twin, draft(100 + about % 20));
    }
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    all(&mut one, &mut twin);
    all(&mut other, &mut other_twin);
    let few = Limits { budget: 1_000 };
    meet(&mut one, &mut other, &Everything, few, usize::MAX).expect("meets");
    assert_eq!(heads(&one), heads(&other));
    assert_eq!(
        heads(&one)
            .iter()
            .map(|head| head.size)
            .collect::<Vec<_>>()
            .len(),
        3
    );
    assert!(one.verify(|_| ()).expect("walks").is_clean());
    // A twin that hears of it keeps both lines too, and stops.
    all(&mut one, &mut twin);
    assert!(twin.halted().is_some());
    assert_eq!(heads(&twin), heads(&one));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Broken after any message, small pieces or large: meeting again goes on where it was, and in the
    /// end both have everything.
    #[test]
    fn a_link_that_breaks_at_any_moment_still_finishes(
        breaks in prop::collection::vec(0_usize..12, 0..12),
        budget in prop::sample::select(vec![1_u32, 700, 4_000, 1 << 20]),
        numbers in (0_u8..30, 0_u8..30),
    ) {
        let root = root();
        let (_a, mut one) = invited(&root, u64::MAX);
        let (_b, mut other) = invited(&root, u64::MAX);
        for about in 0..numbers.0 {
            let key = KeyRef::Person(KeyId([about; 16]));
            append(&mut one, draft_with(about, key, "Demo"));
        }
        for about in 0..numbers.1 {
            append(&mut other, draft(about));
        }
        let limits = Limits { budget };
        for messages in breaks {
            meet(&mut one, &mut other, &Everything, limits, messages).expect("meets");
        }
        all(&mut one, &mut other);
        prop_assert_eq!(heads(&one), heads(&other));
        let reader = other.reader().expect("reads");
        prop_assert_eq!(reader.view().wanted_count().expect("counts"), 0);
        for about in 0..numbers.0 {
            let events = reader.view().events_of(AggregateId([about; 16])).expect("reads");
            let event = events.iter().find(|event| event.node() == one.node()).expect("there");
            prop_assert!(matches!(content(&other, event), Content::Clear(_)));
        }
    }

    /// Who has nothing of a forked log yet is brought all of it in one meeting, whatever its lines are called.
    #[test]
    fn a_forked_log_comes_whole_in_one_meeting(
        before in 0_u8..12,
        after in (1_u8..40, 1_u8..40),
        budget in prop::sample::select(vec![1_u32, 400, 1_500, 1 << 20]),
    ) {
        let root = root();
        let [(_site, mut twin), (_copy, mut other_twin)] = forked(&root, before, after);
        let (_a, mut one) = invited(&root, u64::MAX);
        let (_b, mut other) = invited(&root, u64::MAX);
        all(&mut one, &mut twin);
        all(&mut one, &mut other_twin);
        meet(&mut one, &mut other, &Everything, Limits { budget }, usize::MAX).expect("meets");
        prop_assert_eq!(heads(&one), heads(&other));
        let reader = other.reader().expect("reads");
        prop_assert_eq!(reader.view().parked().expect("reads"), []);
    }

    /// However long the lines of a fork are and however little fits into an answer, one meeting brings both
    /// lines to both: the asking steps back until it fits, with the next answer already on its way.
    #[test]
    fn both_lines_of_any_fork_come_in_one_meeting(
        before in 1_u8..12,
        after in (1_u8..40, 1_u8..40),
        budget in prop::sample::select(vec![1_u32, 400, 1_500, 6_000]),
    ) {
        let root = root();
        let [(_site, mut twin), (_copy, mut other_twin)] = forked(&root, before, after);
        let (_a, mut one) = invited(&root, u64::MAX);
        let (_b, mut other) = invited(&root, u64::MAX);
        all(&mut one, &mut twin);
        all(&mut other, &mut other_twin);
        meet(&mut one, &mut other, &Everything, Limits { budget }, usize::MAX).expect("meets");
        prop_assert_eq!(heads(&one), heads(&other));
        prop_assert_eq!(heads(&one).len(), 3);
    }
}

//! What other nodes sent, taken into ledger and register together: in one transaction the events are
//! placed, what they erase is erased, their rows are folded, and the sealed parts that this node may
//! hold are noted as wanted.
//!
//! It decides nothing: a rule was applied where the event was made.

use domain::{Event, Known, MovementId, Owner};
use ledger::sync::{AddressedKey, Delivery, GivenPart};
use ledger::{AggregateId, Kept, KeyId, Member, Papers, Received, Scope, Transaction};
use register::Register;

use crate::error::NodeError;
use crate::folding;
use crate::reach::may_hold;
use crate::source::LedgerSource;
use crate::writer::Writer;

/// What came of a delivery.
#[derive(Debug, Default)]
pub struct TakenIn {
    /// What the ledger made of the events; none where papers or parts came.
    pub received: Option<Received>,
    /// Bytes that were no event, or whose signature does not hold: the author's log stops there.
    pub bad: Vec<String>,
    /// This node recorded something itself on the way.
    pub recorded_own: bool,
    /// Of which aggregates parts can be read now that could not before.
    pub readable: Vec<uuid::Uuid>,
}

/// A delivery whose signatures are checked: that takes long and needs no lock.
#[derive(Clone)]
pub(crate) enum Checked {
    Papers(Vec<Papers>, Vec<Vec<u8>>),
    Events(Vec<ledger::Event>),
    Parts(Vec<ledger::Piece>, Vec<ledger::SealedDataKey>),
    Given(Vec<GivenPart>, Vec<AddressedKey>),
}

/// Checks what came, on all cores. Papers and events that do not hold are named and left out.
pub(crate) fn check(delivery: Delivery) -> (Checked, Vec<String>) {
    match delivery {
        Delivery::Papers {
            papers,
            revocations,
        } => {
            let mut bad = Vec::new();
            let mut good = Vec::new();
            for bytes in papers {
                match Papers::from_bytes(&bytes) {
                    Ok(papers) => good.push(papers),
                    Err(error) => bad.push(error.to_string()),
                }
            }
            (Checked::Papers(good, revocations), bad)
        }
        Delivery::Events(bytes) => {
            let (mut good, bad) = ledger::check_batch(bytes);
            if planted::mistake!("pass over unknown kinds") {
                good.retain(|event| {
                    let meant = Event::from_cbor(event.kind(), event.body());
                    !matches!(meant, Event::Unknown { .. })
                });
            }
            let bad = bad.iter().map(|bad| bad.error.to_string()).collect();
            (Checked::Events(good), bad)
        }
        Delivery::Parts(pieces, keys) => (Checked::Parts(pieces, keys), Vec::new()),
        Delivery::Given(parts, keys) => (Checked::Given(parts, keys), Vec::new()),
    }
}

impl Writer {
    /// Takes in what was checked; durable when it returns.
    pub(crate) fn take_in(&mut self, checked: Checked) -> Result<TakenIn, NodeError> {
        let mut taken = if self.ledger.is_mirror() {
            self.on_head(|writer| writer.place(checked.clone()))?
        } else {
            self.place(checked)?
        };
        if !self.introduced {
            self.introduce()?;
            taken.recorded_own = self.introduced;
        }
        self.acquaintances.note(&taken);
        taken.recorded_own |= self.answer(&taken)?;
        Ok(taken)
    }

    /// Answers announcements of losses that came just now. What a crash keeps from being answered is answered
    /// at the next start.
    fn answer(&mut self, taken: &TakenIn) -> Result<bool, NodeError> {
        let received = taken.received.as_ref();
        if received.is_some_and(announces_loss) {
            self.answer_losses()
        } else {
            Ok(false)
        }
    }

    fn place(&mut self, checked: Checked) -> Result<TakenIn, NodeError> {
        let now_ms = self.now_ms();
        let me = self.ledger.node();
        let mut transaction = self.ledger.begin()?;
        let mut taken = TakenIn::default();
        match checked {
            Checked::Papers(papers, revocations) => {
                let mut received = Received::default();
                for papers in &papers {
                    match transaction.admit(papers, now_ms) {
                        Ok((_, placed)) => received.merge(placed),
                        Err(error @ ledger::Error::Signature { .. }) => {
                            taken.bad.push(error.to_string());
                            return Ok(taken);
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                for revocation in &revocations {
                    received.merge(transaction.revoke(revocation)?);
                }
                taken.readable = fold(&mut transaction, &received, me, now_ms)?;
                taken.received = Some(received);
            }
            Checked::Events(events) => {
                let received = transaction.receive(events, now_ms)?;
                taken.readable = fold(&mut transaction, &received, me, now_ms)?;
                taken.received = Some(received);
            }
            Checked::Parts(pieces, keys) => {
                let kept = transaction.keep_parts(pieces, &keys, now_ms)?;
                taken.readable = refold(&transaction, &kept)?;
                taken.bad = bad_parts(&kept);
            }
            Checked::Given(parts, keys) => {
                let kept = transaction.keep_given(parts, &keys, now_ms)?;
                taken.readable = refold(&transaction, &kept)?;
                taken.bad = bad_parts(&kept);
            }
        }
        transaction.commit()?;
        self.watchers.tell();
        Ok(taken)
    }

    /// Tries again what was set aside for its clock.
    pub(crate) fn retry_set_aside(&mut self) -> Result<TakenIn, NodeError> {
        let mut taken = self.on_head(Self::place_set_aside)?;
        self.acquaintances.note(&taken);
        taken.recorded_own |= self.answer(&taken)?;
        Ok(taken)
    }

    fn place_set_aside(&mut self) -> Result<TakenIn, NodeError> {
        let now_ms = self.now_ms();
        let me = self.ledger.node();
        let mut transaction = self.ledger.begin()?;
        let received = transaction.retry_parked(now_ms)?;
        let readable = fold(&mut transaction, &received, me, now_ms)?;
        transaction.commit()?;
        Ok(TakenIn {
            received: Some(received),
            readable,
            ..TakenIn::default()
        })
    }

    /// Takes out the sealed parts that a bundle brought to this server of a hub before their events, and
    /// whose events came to another.
    pub(crate) fn take_out_waiting(&mut self) -> Result<(), NodeError> {
        let now_ms = self.now_ms();
        let mut transaction = self.ledger.begin()?;
        let Some(kept) = transaction.settle_waiting(now_ms)? else {
            return Ok(());
        };
        let readable = refold(&transaction, &kept)?;
        transaction.commit()?;
        let readable = TakenIn {
            readable,
            ..TakenIn::default()
        };
        self.acquaintances.note(&readable);
        self.watchers.tell();
        Ok(())
    }

    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.clock.now().0).unwrap_or(0)
    }
}

/// Whether an event says that a node is lost.
fn announces_loss(received: &Received) -> bool {
    received.stored.iter().any(|event| {
        let body = Event::from_cbor(event.kind(), event.body());
        matches!(body, Event::NodeAnnouncedLost(_))
    })
}

/// Folds anew what can be read now; gives which aggregates these are.
fn refold(transaction: &Transaction<'_>, kept: &Kept) -> Result<Vec<uuid::Uuid>, NodeError> {
    let source = LedgerSource(transaction.view());
    let register = Register::new(transaction.connection());
    let readable = ids(&kept.aggregates);
    register.refold(readable.iter().copied(), &source)?;
    Ok(readable)
}

/// Aggregates as the register calls them.
pub(crate) fn ids(aggregates: &[AggregateId]) -> Vec<uuid::Uuid> {
    let aggregates = aggregates.iter();
    aggregates
        .map(|AggregateId(aggregate)| uuid::Uuid::from_bytes(*aggregate))
        .collect()
}

fn bad_parts(kept: &Kept) -> Vec<String> {
    kept.bad.iter().map(|hash| format!("part {hash}")).collect()
}

/// Erases, folds and notes what is wanted, of events that were just placed; takes out what waited for
/// them. Gives of which aggregates parts can be read now.
fn fold(
    transaction: &mut Transaction<'_>,
    received: &Received,
    me: ledger::NodeId,
    now_ms: u64,
) -> Result<Vec<uuid::Uuid>, NodeError> {
    for event in &received.stored {
        for key in erased_by(&Event::from_cbor(event.kind(), event.body())) {
            transaction.erase(key, now_ms)?;
        }
    }
    {
        let source = LedgerSource(transaction.view());
        let register = Register::new(transaction.connection());
        if received.cut.is_empty() {
            let events = received.stored.iter().map(|event| {
                source
                    .open(event)
                    .map_err(|error| register::RegisterError::Source(error.to_string()))
            });
            register.fold(events, &source)?;
        } else {
            // Logs have other names now: everything worked out from them is worked out again.
            register.clear()?;
            folding::fold_all(transaction.connection(), &source, &mut |_, _| {})?;
        }
    }
    want(transaction, received, me)?;
    match transaction.settle_waiting(now_ms)? {
        Some(kept) => refold(transaction, &kept),
        None => Ok(Vec::new()),
    }
}

/// The data keys that an event erases.
pub(crate) fn erased_by(event: &Event) -> Vec<KeyId> {
    let key = |id: uuid::Uuid| KeyId(*id.as_bytes());
    match event {
        Event::PersonErased(erased) => {
            let also = erased.also.iter().map(|Owner(id)| key(*id));
            also.chain([key(erased.person.0)]).collect()
        }
        Event::LineErased(erased) => vec![key(erased.line.0)],
        Event::FeedbackErased(erased) => vec![key(erased.feedback.0)],
        _ => Vec::new(),
    }
}

/// Notes the sealed parts that this node may hold and has not: those beside the events that came, and
/// those beside earlier ones about somebody who is this site's business only now.
fn want(
    transaction: &mut Transaction<'_>,
    received: &Received,
    me: ledger::NodeId,
) -> Result<(), NodeError> {
    let Some(member) = transaction.view().member(me)? else {
        return Ok(());
    };
    if member.scope == Scope::Everything {
        for event in &received.stored {
            for attachment in event.attachments() {
                transaction.want(attachment, event.aggregate())?;
            }
        }
        return Ok(());
    }
    let mut owners: Vec<KeyId> = Vec::new();
    for event in &received.stored {
        owners.extend(event.attachments().iter().map(|a| a.key.person()));
        let register = Register::new(transaction.connection());
        let body = Event::from_cbor(event.kind(), event.body());
        owners.extend(concerned(&register, &body)?);
    }
    want_of_each(transaction, owners, &member)
}

/// Notes what is sealed elsewhere for those who became this site's business by what this node recorded
/// itself.
pub(crate) fn want_by_own(
    transaction: &mut Transaction<'_>,
    owners: Vec<KeyId>,
) -> Result<(), NodeError> {
    if owners.is_empty() {
        return Ok(());
    }
    let me = transaction.head().node;
    match transaction.view().member(me)? {
        // Who may hold everything wanted it when it came.
        Some(member) if member.scope == Scope::Site => want_of_each(transaction, owners, &member),
        _ => Ok(()),
    }
}

fn want_of_each(
    transaction: &mut Transaction<'_>,
    mut owners: Vec<KeyId>,
    member: &Member,
) -> Result<(), NodeError> {
    owners.sort_unstable();
    owners.dedup();
    for owner in owners {
        want_of(transaction, owner, member)?;
    }
    Ok(())
}

/// Notes what is sealed for an owner, in whatever history it stands.
fn want_of(
    transaction: &mut Transaction<'_>,
    owner: KeyId,
    member: &Member,
) -> Result<(), NodeError> {
    let register = Register::new(transaction.connection());
    if !may_hold(&register, member, owner)? {
        return Ok(());
    }
    let owner_id = uuid::Uuid::from_bytes(owner.0);
    let mut aggregates = register.histories_of(Owner(owner_id))?;
    aggregates.push(owner_id);
    for aggregate in aggregates {
        let events = transaction
            .view()
            .events_of(AggregateId(*aggregate.as_bytes()))?;
        for event in &events {
            for attachment in event.attachments() {
                if attachment.key.person() == owner {
                    transaction.want(attachment, event.aggregate())?;
                }
            }
        }
    }
    Ok(())
}

/// Who becomes a site's business by an event, beside those whose sealed parts ride with it.
pub(crate) fn concerned(
    register: &Register<'_>,
    event: &Event,
) -> Result<Vec<KeyId>, register::RegisterError> {
    let key = |id: uuid::Uuid| KeyId(*id.as_bytes());
    // A movement brings along who is on its manifest: each line is an owner of its own.
    let aboard = |movement: MovementId| {
        let lines = register.listed_on(movement)?.into_iter();
        let lines = lines.map(|line| key(line.0));
        Ok(lines.chain([key(movement.0)]).collect())
    };
    Ok(match event {
        Event::ArrivalRegistered(body) => {
            let line = body.line.map(|line| key(line.0));
            line.into_iter().chain([key(body.person.0)]).collect()
        }
        Event::FamilyJoined(body) => vec![key(body.family.0), key(body.person.0)],
        // Its manifest may have come before it, by another node's log.
        Event::MovementAnnounced(body) => return aboard(body.movement),
        Event::MovementDiverted(body) => return aboard(body.movement),
        Event::RightsReleased(body) => {
            let arrival = register.arrival(body.arrival)?;
            let person = arrival.and_then(|arrival| arrival.person());
            let person = person.map(|person| key(person.0));
            person.into_iter().chain([key(body.arrival.0)]).collect()
        }
        _ => Vec::new(),
    })
}

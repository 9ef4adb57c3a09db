//! `akey verify` and `akey rebuild`.

use ledger::{Ledger, Vault};
use node::NodeError;

use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::progress::Bar;
use crate::secret;
use crate::work::{Answer, Checked, Work};

/// Checks everything and names what is wrong.
pub fn run(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let answer = match control::run(&place, Work::Verify, &[], "Checking events") {
        Err(Failure::Node(error @ (NodeError::Register(_) | NodeError::Local(_)))) => {
            Answer::Verified(without_register(&place, &error)?)
        }
        answer => answer?,
    };
    let Answer::Verified(checked) = answer else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &checked, || {
        let mut words = vec![
            format!(
                "events checked        {:>12}   chain, tree and signatures",
                checked.events
            ),
            format!(
                "sealed parts checked  {:>12}   {} opened, {} erased",
                checked.sealed_parts, checked.opened, checked.erased
            ),
            format!("checkpoints checked   {:>12}", checked.checkpoints),
            format!("end of the log        {}", checked.log_end),
            format!("register digest       {}", checked.digest),
            format!("public digest         {}", checked.public_digest),
        ];
        words.extend(
            checked
                .findings
                .iter()
                .map(|finding| format!("WRONG  {finding}")),
        );
        words.join("\n")
    })?;
    if checked.clean {
        return Ok(());
    }
    Err(Failure::Wrong(format!(
        "{} found wrong in {}: each is named above with what to do",
        checked.findings.len(),
        place.dir.display()
    )))
}

/// The register cannot be read, so the node does not start: the ledger is checked by itself, so that
/// it is known what is damaged and whether the events are.
fn without_register(place: &Place, why: &NodeError) -> Result<Checked, Failure> {
    let key = Vault::read(&place.dir)?.unlock(&secret::passphrase(&place.passphrase()?))?;
    let ledger = Ledger::open(&place.dir, &key, place.options().ledger)?;
    let bar = Bar::new("Checking events");
    let report = ledger.verify(|step| bar.set(step.done, step.total))?;
    Ok(Checked::of_ledger(&report, format!("the register: {why}")))
}

/// Folds the register anew.
pub fn rebuild(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let answer = control::run(&place, Work::Rebuild, &[], "Folding events")?;
    let Answer::Rebuilt {
        events,
        digest,
        public_digest,
    } = &answer
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &answer, || {
        format!(
            "folded {events} events anew\nregister digest  {digest}\npublic digest    {public_digest}"
        )
    })
}

//! The second of two who decide or count together.

use super::Context;
use crate::refusal::{Refusal, Rejected};
use crate::{Known, Permission, UserId};

/// Somebody else, who may do it too; that it was them is checked where passwords are.
pub(super) fn second_signs(
    second: UserId,
    permission: Permission,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<(), Rejected> {
    if second == context.actor.id() {
        return Err(Refusal::SamePersonTwice.into());
    }
    let user = known.user(second)?.filter(|user| user.active);
    let user = user.ok_or(Refusal::UnknownUser)?;
    if user.may(permission) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed { permission }.into())
    }
}

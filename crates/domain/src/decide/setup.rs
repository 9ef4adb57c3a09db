//! Setting up: the operation, its nodes, sites, users, items and packages.

use super::{Context, NewEvent, name};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::stock::QUANTITY_MAX;
use crate::{
    Bytes, Command, DefinedBasis, Item, Known, LanguageCode, LegalBasis, Package, Permission,
    Personal, Role, SiteKind, Staff, UserId, When,
};

const ITEM_CODE_LENGTH: std::ops::RangeInclusive<usize> = 2..=40;
const LOGIN_LENGTH: std::ops::RangeInclusive<usize> = 2..=32;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::FoundOperation {
            operation,
            name: called,
            root_signing,
            root_recovery,
            languages,
        } => {
            if known.operation()?.is_some() {
                return Err(Refusal::AlreadyFounded.into());
            }
            let body = body::OperationFounded {
                operation,
                name: name("name", &called)?,
                root_signing: Bytes(root_signing),
                root_recovery: Bytes(root_recovery),
                languages: chosen_languages(languages)?,
            };
            Ok(vec![NewEvent::new(operation.0, body)])
        }
        Command::AdmitNode { node, certificate } => {
            let body = body::NodeAdmitted {
                node,
                certificate: Bytes(certificate),
            };
            Ok(vec![NewEvent::new(node_aggregate(node), body)])
        }
        Command::RecordRestore {
            old_node,
            last_position,
        } => {
            let body = body::NodeRestored {
                old_node,
                last_position,
            };
            Ok(vec![NewEvent::new(node_aggregate(context.node), body)])
        }
        Command::ClaimNode {
            old_node,
            last_position,
            certificate,
            second,
        } => claim(old_node, last_position, certificate, second, known, context),
        command @ Command::OpenSite { .. } => open_site(command),
        Command::AdmitUser { user, roles, staff } => admit(user, roles, &staff, known),
        Command::ChangeUser {
            user,
            roles,
            active,
        } => change(user, roles, active, known),
        Command::MakeRoleKey { role, public_key } => {
            if known.role_key(role)?.is_some() {
                return Err(Refusal::RoleKeyExists.into());
            }
            let public_key = Bytes(public_key);
            let body = body::RoleKeyMade { role, public_key };
            Ok(vec![NewEvent::new(role_aggregate(role), body)])
        }
        Command::RecoverRoleKey { role, user } => recover_role_key(role, user, known, context),
        Command::DefineItem { item } => define_item(item),
        Command::DefinePackage { package } => define_package(package, known),
        Command::DefineLegalBasis { basis } => define_legal_basis(basis),
        _ => unreachable!("only commands of setting up are sent here"),
    }
}

/// The languages in the order they were named, each once; none stays none.
fn chosen_languages(named: Vec<LanguageCode>) -> Result<Option<Vec<LanguageCode>>, Refusal> {
    let mut chosen = Vec::with_capacity(named.len());
    for language in named {
        if LanguageCode::known(language.as_str()).is_none() {
            return Err(Refusal::UnknownCode { field: "language" });
        }
        if !chosen.contains(&language) {
            chosen.push(language);
        }
    }
    Ok((!chosen.is_empty()).then_some(chosen))
}

fn define_legal_basis(basis: DefinedBasis) -> Result<Vec<NewEvent>, Rejected> {
    let code = basis.code.as_str();
    let is_code =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if !ITEM_CODE_LENGTH.contains(&code.len()) || !code.chars().all(is_code) {
        return Err(Refusal::UnknownCode { field: "code" }.into());
    }
    if LegalBasis::known(code).is_some() {
        return Err(Refusal::BasisListed.into());
    }
    let mut names = Vec::new();
    for (language, called) in basis.names {
        if LanguageCode::known(language.as_str()).is_none() {
            return Err(Refusal::UnknownCode { field: "language" }.into());
        }
        names.push((language, name("name", &called)?));
    }
    if names.is_empty() {
        return Err(Refusal::TextMissing { field: "name" }.into());
    }
    let aggregate = uuid::Uuid::new_v8(fold_into_16(format!("legal_basis {code}").as_bytes()));
    let basis = DefinedBasis { names, ..basis };
    Ok(vec![NewEvent::new(
        aggregate,
        body::LegalBasisDefined { basis },
    )])
}

fn open_site(command: Command) -> Result<Vec<NewEvent>, Rejected> {
    let Command::OpenSite {
        site,
        name: called,
        kind,
        country,
        area,
        port_code,
        capacity,
        time_zone,
        day_closes_min,
    } = command
    else {
        unreachable!("only opening a site is sent here")
    };
    let name = name("name", &called)?;
    if SiteKind::known(kind.as_str()).is_none() {
        return Err(Refusal::UnknownCode { field: "kind" }.into());
    }
    if jiff::tz::TimeZone::get(&time_zone).is_err() {
        return Err(Refusal::UnknownTimeZone.into());
    }
    let day_closes_min = day_closes_min % (24 * 60);
    let body = body::SiteOpened {
        site,
        name,
        kind,
        country,
        area,
        port_code,
        capacity,
        time_zone,
        day_closes_min,
    };
    Ok(vec![NewEvent::new(site.0, body)])
}

fn claim(
    old_node: crate::NodeKey,
    last_position: u64,
    certificate: Vec<u8>,
    second: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let restored = known.restored_from(context.node)?;
    let ours = restored.iter().any(|(node, _)| *node == old_node);
    if !ours || !known.claimants(old_node)?.is_empty() {
        return Err(Refusal::AlreadyClaimed.into());
    }
    let first = context.actor.id();
    if first == second {
        return Err(Refusal::SamePersonTwice.into());
    }
    let decides = known.user(second)?.is_some_and(|user| {
        user.may(Permission::Administer) || user.may(Permission::DecideExceptions)
    });
    if !decides {
        return Err(Refusal::NotAllowed {
            permission: Permission::DecideExceptions,
        }
        .into());
    }
    let body = body::NodeClaimed {
        old_node,
        last_position,
        certificate: Bytes(certificate),
        first,
        second,
    };
    Ok(vec![NewEvent::new(node_aggregate(context.node), body)])
}

/// The key goes to somebody who holds the role and nothing that reads over shoulders: not to whoever
/// asks, nor to anybody who administers or coordinates.
fn recover_role_key(
    role: Role,
    user: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if known.role_key(role)?.is_none() {
        return Err(Refusal::NoRoleKey.into());
    }
    if context.actor.id() == user {
        return Err(Refusal::SamePersonTwice.into());
    }
    let holder = known.user(user)?.ok_or(Refusal::UnknownUser)?;
    let apart = [Role::Administrator, Role::Coordinator];
    let alone = holder.active
        && holder.roles.contains(&role)
        && !holder.roles.iter().any(|held| apart.contains(held));
    if !alone {
        return Err(Refusal::KeyNotForThem.into());
    }
    let body = body::RoleKeyRecovered { role, user };
    Ok(vec![NewEvent::new(role_aggregate(role), body)])
}

fn admit(
    user: UserId,
    roles: Vec<Role>,
    staff: &Staff,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    let staff = Staff {
        login: staff.login.trim().to_owned(),
        name: name("name", &staff.name)?,
    };
    let typed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !LOGIN_LENGTH.contains(&staff.login.len()) || !staff.login.chars().all(typed) {
        return Err(Refusal::LoginInvalid.into());
    }
    if known
        .user_by_login(&staff.login)?
        .is_some_and(|holder| holder != user)
    {
        return Err(Refusal::LoginTaken.into());
    }
    if known.user(user)?.is_some() {
        return Err(Refusal::UserKnown.into());
    }
    let roles = some_roles(roles)?;
    let admitted = NewEvent::new(user.0, body::UserAdmitted { user, roles });
    Ok(vec![admitted.with(user, Personal::Staff(staff))])
}

fn change(
    user: UserId,
    roles: Vec<Role>,
    active: bool,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    let before = known.user(user)?.ok_or(Refusal::UnknownUser)?;
    let roles = some_roles(roles)?;
    let administers_after = active && roles.contains(&Role::Administrator);
    if before.may(Permission::Administer) && !administers_after && known.administrators()? <= 1 {
        return Err(Refusal::LastAdministrator.into());
    }
    let focal = Role::FocalPoint;
    let hears = before.active && before.roles.contains(&focal);
    let hears_after = active && roles.contains(&focal);
    // Without the key nothing was ever sealed to them, and whoever was admitted can go again.
    if hears
        && !hears_after
        && known.role_key(focal)?.is_some()
        && known.active_of_role(focal)? <= 1
    {
        return Err(Refusal::LastFocalPoint.into());
    }
    Ok(vec![NewEvent::new(
        user.0,
        body::UserChanged {
            user,
            roles,
            active,
        },
    )])
}

fn some_roles(mut roles: Vec<Role>) -> Result<Vec<Role>, Refusal> {
    roles.sort_unstable();
    roles.dedup();
    let runs_the_site = [Role::Coordinator, Role::Administrator];
    if roles.is_empty() {
        Err(Refusal::NoRole)
    } else if roles.contains(&Role::FocalPoint)
        && runs_the_site.iter().any(|role| roles.contains(role))
    {
        // Who hears what is said about staff must not be who runs them.
        Err(Refusal::FocalPointApart)
    } else {
        Ok(roles)
    }
}

fn define_item(item: Item) -> Result<Vec<NewEvent>, Rejected> {
    let written = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let code = item.code.as_str();
    let limited = item
        .limit
        .is_none_or(|limit| limit.times > 0 && limit.days > 0);
    if !ITEM_CODE_LENGTH.contains(&code.len()) || !code.chars().all(written) || !limited {
        return Err(Refusal::ItemInvalid.into());
    }
    let aggregate = uuid::Uuid::new_v8(fold_into_16(code.as_bytes()));
    Ok(vec![NewEvent::new(aggregate, body::ItemDefined { item })])
}

fn define_package(package: Package, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    for grant in &package.grants {
        let item = known.item(&grant.item)?;
        let item = item.ok_or_else(|| Refusal::UnknownItem {
            item: grant.item.clone(),
        })?;
        if item.limit.is_some() && grant.when == When::Met {
            return Err(Refusal::LimitedOnMeeting { item: item.code }.into());
        }
        if !(1..=QUANTITY_MAX).contains(&grant.quantity) {
            return Err(Refusal::QuantityOutOfRange { max: QUANTITY_MAX }.into());
        }
    }
    Ok(vec![NewEvent::new(
        package_aggregate(),
        body::PackageDefined { package },
    )])
}

fn node_aggregate(node: crate::NodeKey) -> uuid::Uuid {
    uuid::Uuid::new_v8(fold_into_16(&node.0))
}

fn role_aggregate(role: Role) -> uuid::Uuid {
    uuid::Uuid::new_v8(fold_into_16(role.code().as_bytes()))
}

fn package_aggregate() -> uuid::Uuid {
    uuid::Uuid::new_v8(fold_into_16(b"package"))
}

/// A name of any length as the 16 bytes of an id made by rule (RFC 9562, version 8). Not a hash to
/// rely on: these names are few and all public.
fn fold_into_16(bytes: &[u8]) -> [u8; 16] {
    let mut folded = [0_u8; 16];
    for (place, byte) in bytes.iter().enumerate() {
        let slot = &mut folded[place % 16];
        *slot = slot.rotate_left(3) ^ byte;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, ItemCode};
    use std::collections::BTreeSet;

    #[test]
    fn the_ids_made_by_rule_are_distinct() {
        let names = Role::ALL.map(Role::code);
        let items = ItemCode::KNOWN.iter().map(ItemCode::as_str);
        let folded: Vec<_> = names
            .into_iter()
            .chain(items)
            .map(|name| fold_into_16(name.as_bytes()))
            .collect();
        assert_eq!(folded.iter().collect::<BTreeSet<_>>().len(), folded.len());
    }

    #[test]
    fn the_program_itself_acts_as_somebody() {
        let id = UserId(uuid::Uuid::from_u128(7));
        assert_eq!(Actor::Setup(id).id(), Actor::User(id).id());
    }
}

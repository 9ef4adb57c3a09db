//! Offices that can be asked for an answer, and who answers for each.

use domain::{Command, Office, OfficeId, UserId};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, tag};
use crate::failure::Failure;
use crate::form::{Typed, made_by};
use crate::layout;
use crate::visit::{Trouble, Visit};

/// What the form asks for.
pub(super) fn command(typed: &Typed) -> Result<Command, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    Ok(Command::DefineOffice {
        office: OfficeId(typed.read("office").unwrap_or_else(|| made_by(request, 1))),
        name: typed.get("office_name").to_owned(),
        members: typed
            .all("member")
            .filter_map(|user| user.parse().ok())
            .map(UserId)
            .collect(),
        active: typed.ticked("active"),
    })
}

pub(super) fn list(visit: &Visit, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let (offices, users) = visit.read(|register| Ok((register.offices()?, register.users()?)))?;
    let name = |user: &domain::User| {
        user.staff
            .as_ref()
            .map_or_else(|| say!(t, "staff-unknown"), |staff| staff.name.clone())
    };
    let users: Vec<_> = users
        .iter()
        .filter(|user| user.active)
        .map(|user| (user.id.to_string(), name(user)))
        .collect();
    let form = |office: Option<&Office>, filled: Filled<'_>| {
        let members = office
            .map(|office| office.members.as_slice())
            .unwrap_or_default();
        let is_member = |user: &str| members.iter().any(|member| member.to_string() == user);
        layout::form(
            visit,
            "/settings/office",
            html! { div.stack {
                @if let Some(office) = office { input type="hidden" name="office" value=(office.id); }
                @let field = office.map_or_else(|| "office-name".to_owned(), |office| format!("office-{}", office.id));
                div {
                    label for=(field) { (say!(t, "office-name")) }
                    input id=(field) name="office_name" required maxlength="120" autocomplete="off"
                        value=(office.map_or_else(|| filled.typed.get("office_name").to_owned(), |office| office.name.clone()));
                }
                fieldset { legend { (say!(t, "office-members")) } div.checks {
                    @for (user, name) in &users { label.check { input type="checkbox" name="member" value=(user) checked[is_member(user)]; span { (name) } } }
                } }
                label.check { input type="checkbox" name="active" value="yes" checked[office.is_none_or(|office| office.active)]; span { (say!(t, "office-active")) } }
                button { (say!(t, "save")) }
            } },
        )
    };
    Ok(html! {
        h2 { (say!(t, "offices-title")) }
        ul.rows { @for office in &offices { li { details.more.grow {
            summary { (office.name) " " @if !office.active { (tag(Tone::Plain, say!(t, "office-closed"))) } }
            (form(Some(office), filled))
        } } } }
        details.more { summary { (say!(t, "office-new")) } (form(None, filled)) }
    })
}

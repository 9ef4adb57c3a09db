//! For the administrator: who may work here and as what, the sites, what is given to whom, and what
//! this node is.

mod basis;
mod offices;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, CardCode, Command, Country, Grant, Item, ItemCode, Known, Limit, Money, PCode, Package,
    Permission as P, Role, Site, SiteId, SiteKind, Staff, User, UserId, Vulnerability, When,
};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::page::desk::by_number;
use crate::page::feedback;
use crate::refusal;
use crate::visit::{Guest, Said, Trouble, Visit, id, see_other};

type Posted = Form<Vec<(String, String)>>;

/// Rows of the package form that are empty, for new grants.
const NEW_GRANTS: usize = 2;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None, ""))
        .await
}

pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Administer])?;
            if action == "erase" {
                return find_to_erase(visit, typed);
            }
            match act_on(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/settings", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), &action),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    match action {
        "admit" => admit(visit, typed),
        "change" => visit.execute(
            typed,
            Command::ChangeUser {
                user: id(typed.get("user"), UserId).map_err(Trouble::Failed)?,
                roles: roles(typed),
                active: typed.ticked("active"),
            },
        ),
        "password" => {
            let user = id(typed.get("user"), UserId).map_err(Trouble::Failed)?;
            set_password(visit, user, typed.raw("password"))
        }
        "site" => visit.execute(typed, site(visit, typed)?),
        "item" => visit.execute(
            typed,
            Command::DefineItem {
                item: item(visit, typed)?,
            },
        ),
        "basis" => visit.execute(typed, basis::command(typed)),
        "office" => visit.execute(typed, offices::command(typed)?),
        "erase-feedback" => erase_feedback(visit, typed),
        "package" => visit.execute(
            typed,
            Command::DefinePackage {
                package: package(typed),
            },
        ),
        _ => Err(Trouble::Failed(Failure::NotFound)),
    }
}

/// Leads to the page of whoever asked to be erased, found by their card or today's number: whoever
/// erases need not search among people, nor see who they are.
fn find_to_erase(visit: &Visit, typed: &Typed) -> Result<Response, Failure> {
    visit.need(&[P::Erase])?;
    let t = visit.t();
    let code = typed.get("code");
    let arrival = match code.parse::<CardCode>() {
        Ok(card) => {
            let found = visit.read(|register| Ok(register.arrivals_with_card(&card)?))?;
            found.first().copied()
        }
        Err(_) => by_number(visit, code)?,
    };
    let arrival = match arrival {
        Some(id) => visit.read(|register| Ok(register.arrival(id)?))?,
        None => None,
    };
    let text = match arrival.map(|arrival| arrival.person()) {
        Some(Some(person)) => return Ok(see_other(&format!("/people/{person}"))),
        Some(None) => say!(t, "erase-find-nobody"),
        None => say!(t, "refusal-unknown-arrival"),
    };
    let complaint = visit.complain("code", "unknown-arrival", text);
    page(visit, typed, Some(&complaint), "erase")
}

/// Erases what somebody told us, found by its reference: whoever erases need not read it. A report of
/// misconduct has none here.
fn erase_feedback(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    if !visit.may(P::Erase) {
        return Err(Trouble::Failed(Failure::NotAllowed));
    }
    let site = visit.here().map_err(Trouble::Failed)?.id;
    let found = match feedback::referred(typed.get("code")) {
        Some(reference) => visit
            .read(|register| Ok(register.feedback_referred(site, reference)?))
            .map_err(Trouble::Failed)?,
        None => Vec::new(),
    };
    let [feedback] = found[..] else {
        let text = say!(visit.t(), "refusal-unknown-feedback");
        let complaint = visit.complain("code", "unknown-feedback", text);
        return Err(Trouble::Refused(complaint));
    };
    visit.execute(typed, feedback::erasing(visit, feedback, typed)?)
}

fn roles(typed: &Typed) -> Vec<Role> {
    typed.all("role").filter_map(Role::from_code).collect()
}

fn admit(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let new = node::NewUser {
        user: UserId(made_by(request, 1)),
        roles: roles(typed),
        staff: Staff {
            login: typed.get("login").to_owned(),
            name: typed.get("name").to_owned(),
        },
        password: typed.raw("password").to_owned(),
    };
    let site = visit.here().map_err(Trouble::Failed)?.id;
    let done = visit
        .guest
        .app
        .node
        .admit(&visit.seat.session, made_by(request, 0), site, new);
    done.map(|done| {
        if done.repeated {
            Said::Already
        } else {
            Said::Saved
        }
    })
    .map_err(|error| trouble(visit, error))
}

fn set_password(visit: &Visit, user: UserId, password: &str) -> Result<Said, Trouble> {
    let done = visit
        .guest
        .app
        .node
        .set_password(&visit.seat.session, user, password);
    done.map(|()| Said::Saved)
        .map_err(|error| trouble(visit, error))
}

fn trouble(visit: &Visit, error: node::ExecuteError) -> Trouble {
    let t = visit.t();
    match error {
        node::ExecuteError::Refused(reason) => Trouble::Refused(refusal::complaint(visit, &reason)),
        node::ExecuteError::Failed(node::NodeError::PasswordShort { min }) => {
            let min = i64::try_from(min).unwrap_or(0);
            Trouble::Refused(visit.complain(
                "password",
                "wrong-password",
                say!(t, "password-short", min = min),
            ))
        }
        error @ node::ExecuteError::Failed(_) => Trouble::Failed(error.into()),
    }
}

fn number<T: std::str::FromStr>(
    visit: &Visit,
    typed: &Typed,
    name: &'static str,
) -> Result<Option<T>, Trouble> {
    let t = visit.t();
    typed
        .some(name)
        .map(|text| {
            text.parse().map_err(|_| {
                Trouble::Refused(visit.complain(name, "wrong-number", say!(t, "wrong-number")))
            })
        })
        .transpose()
}

fn site(visit: &Visit, typed: &Typed) -> Result<Command, Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let site = match typed.some("site") {
        Some(text) => id(text, SiteId).map_err(Trouble::Failed)?,
        None => SiteId(made_by(request, 1)),
    };
    let country = typed.get("country").parse::<Country>().map_err(|_| {
        Trouble::Refused(visit.complain("country", "wrong-country", say!(t, "wrong-country")))
    })?;
    let closes = typed
        .get("day_closes")
        .split_once(':')
        .and_then(|(hour, minute)| {
            let minutes = hour.parse::<u16>().ok()?.checked_mul(60)?;
            minutes.checked_add(minute.get(..2)?.parse().ok()?)
        });
    Ok(Command::OpenSite {
        site,
        name: typed.get("name").to_owned(),
        kind: SiteKind::any(typed.get("kind")),
        country,
        area: typed.some("area").and_then(PCode::known),
        port_code: typed.some("port_code").map(str::to_uppercase),
        capacity: number(visit, typed, "capacity")?,
        time_zone: typed.get("time_zone").to_owned(),
        day_closes_min: closes.unwrap_or(0),
    })
}

fn item(visit: &Visit, typed: &Typed) -> Result<Item, Trouble> {
    let times = number(visit, typed, "limit_times")?;
    let days = number(visit, typed, "limit_days")?;
    let major: Option<u64> = number(visit, typed, "money")?;
    Ok(Item {
        code: ItemCode::any(typed.get("code")),
        stocked: typed.ticked("stocked"),
        money: major.map(|major| Money {
            minor_units: major.saturating_mul(100),
            currency: typed.some("currency").unwrap_or("USD").to_uppercase(),
        }),
        limit: times.zip(days).map(|(times, days)| Limit { times, days }),
    })
}

/// One grant for each row whose item and number are filled in.
fn package(typed: &Typed) -> Package {
    let rows = typed
        .all_raw("item")
        .zip(typed.all_raw("quantity"))
        .zip(typed.all_raw("when").zip(typed.all_raw("age")));
    let grants = rows.filter_map(|((item, quantity), (when, age))| {
        let quantity = quantity
            .trim()
            .parse()
            .ok()
            .filter(|quantity| *quantity > 0)?;
        let age = age.trim().parse().unwrap_or(0);
        let when = match when {
            "met" => When::Met,
            "age-from" => When::AgeFrom(age),
            "age-under" => When::AgeUnder(age),
            "registered" => When::Registered,
            other => When::Vulnerable(Vulnerability::known(other)?),
        };
        (!item.is_empty()).then(|| Grant {
            item: ItemCode::any(item),
            quantity,
            when,
        })
    });
    Package {
        grants: grants.collect(),
    }
}

fn page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::Administer])?;
    let t = visit.t();
    let (users, items, package) =
        visit.read(|register| Ok((register.users()?, register.items()?, register.package()?)))?;
    let nothing = Typed::default();
    let filled = |own: &str| {
        if own == action {
            Filled::new(t, typed, complaint)
        } else {
            Filled::new(t, &nothing, None)
        }
    };
    let content = html! {
        h1 { (say!(t, "place-settings")) }
        (Filled::new(t, typed, complaint).summary())
        (conflicts::among(visit, &[About::User, About::Item, About::Package, About::LegalBasis, About::Office])?)
        div.cols {
            section.card { h2 { (say!(t, "users-title")) }
                ul.rows { @for user in &users { (user_row(visit, user)) } }
                hr;
                details.more open[action == "admit"] { summary { (say!(t, "user-admit")) } (admit_form(visit, filled("admit"))) }
            }
            section.card { h2 { (say!(t, "sites-title")) }
                ul.rows { @for site in &visit.sites {
                    li { details.more.grow { summary { (site.name) " " (tag(Tone::Plain, t.of(&site.kind))) } (site_form(visit, Some(site), filled("none"))) } }
                } }
                details.more open[action == "site"] { summary { (say!(t, "site-open")) } (site_form(visit, None, filled("site"))) }
            }
            section.card { h2 { (say!(t, "items-title")) }
                ul.rows { @for item in &items {
                    li { details.more.grow { summary { (t.of(&item.code)) } (item_form(visit, Some(item), filled("none"))) } }
                } }
                details.more open[action == "item"] { summary { (say!(t, "item-new")) } (item_form(visit, None, filled("item"))) }
            }
            section.card { (basis::list(visit, filled("basis"))?) }
            section.card { (offices::list(visit, filled("office"))?) }
            @if visit.may(P::Erase) {
                (card(say!(t, "erase-find-title"), layout::form(visit, "/settings/erase", html! {
                    p { (say!(t, "erase-find-text")) }
                    div.form.inline {
                        (filled("erase").prefixed("erase-").text("code", say!(t, "erase-find-code")).required())
                        button { (say!(t, "erase-find-do")) }
                    }
                })))
                (card(say!(t, "feedback-erase-title"), layout::form(visit, "/settings/erase-feedback", html! {
                    p { (say!(t, "feedback-erase-text")) }
                    div.stack {
                        (filled("erase-feedback").prefixed("erase-feedback-").text("code", say!(t, "feedback-erase-code")).required())
                        (filled("erase-feedback").prefixed("erase-feedback-").check("sure", say!(t, "erase-sure")))
                        button.danger { (say!(t, "erase-do")) }
                    }
                })))
            }
            section.card.whole { h2 { (say!(t, "package-title")) } (package_form(visit, &package, &items)) }
        }
        (about(visit)?)
    };
    Ok(layout::refused(
        layout::page(visit, Place::Settings, &say!(t, "place-settings"), content),
        complaint,
    ))
}

fn user_row(visit: &Visit, user: &User) -> Markup {
    let t = visit.t();
    let staff = user.staff.as_ref();
    let roles: Vec<String> = user.roles.iter().map(|role| t.of(role)).collect();
    html! {
        li { details.more.grow {
            summary {
                (staff.map_or_else(|| say!(t, "staff-unknown"), |staff| staff.name.clone()))
                @if !user.active { " " (tag(Tone::Wait, say!(t, "user-revoked"))) }
            }
            p.small.muted { (staff.map(|staff| staff.login.clone()).unwrap_or_default()) " · " (roles.join(", ")) }
            (layout::form(visit, "/settings/change", html! {
                input type="hidden" name="user" value=(user.id);
                (role_boxes(visit, &user.roles))
                label.check { input type="checkbox" name="active" value="yes" checked[user.active]; span { (say!(t, "user-active")) } }
                p.actions { button { (say!(t, "save")) } }
            }))
            (layout::form(visit, "/settings/password", html! {
                input type="hidden" name="user" value=(user.id);
                label for={ "password-" (user.id) } { (say!(t, "user-new-password")) }
                input id={ "password-" (user.id) } name="password" type="password" autocomplete="new-password" required;
                p.actions { button { (say!(t, "user-set-password")) } }
            }))
        } }
    }
}

fn role_boxes(visit: &Visit, roles: &[Role]) -> Markup {
    let t = visit.t();
    html! {
        fieldset { legend.label { (say!(t, "user-roles")) } div.checks {
            @for role in Role::ALL {
                label.check { input type="checkbox" name="role" value=(role.code()) checked[roles.contains(&role)]; span { (t.of(&role)) } }
            }
        } }
    }
}

fn admit_form(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let chosen = roles(filled.typed);
    layout::form(
        visit,
        "/settings/admit",
        html! {
            div.stack {
                div.form {
                    (filled.prefixed("admit-").text("name", say!(t, "user-name")).required())
                    (filled.prefixed("admit-").text("login", say!(t, "sign-in-login")).required().hint(say!(t, "user-login-hint")))
                    (filled.prefixed("admit-").text("password", say!(t, "user-first-password")).kind("password").required().autocomplete("new-password"))
                }
                (role_boxes(visit, &chosen))
                (filled.error("role"))
                button.primary { (say!(t, "user-admit")) }
            }
        },
    )
}

fn site_form(visit: &Visit, site: Option<&Site>, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let known = site.map_or_else(
        || {
            Typed::default()
                .with("country", "HTI")
                .with("time_zone", "America/Port-au-Prince")
                .with("day_closes", "00:00")
        },
        |site| {
            Typed::default()
                .with("name", &*site.name)
                .with("kind", site.kind.as_str())
                .with("country", site.country.to_string())
                .with("area", site.area.as_ref().map_or("", PCode::as_str))
                .with("port_code", site.port_code.clone().unwrap_or_default())
                .with(
                    "capacity",
                    site.capacity
                        .map(|capacity| capacity.to_string())
                        .unwrap_or_default(),
                )
                .with("time_zone", &*site.time_zone)
                .with(
                    "day_closes",
                    format!(
                        "{:02}:{:02}",
                        site.day_closes_min / 60,
                        site.day_closes_min % 60
                    ),
                )
        },
    );
    let prefix = site.map_or_else(
        || "site-new-".to_owned(),
        |site| format!("site-{}-", site.id),
    );
    let filled = if filled.typed.is_empty() {
        Filled {
            typed: &known,
            ..filled
        }
    } else {
        filled
    };
    let filled = filled.prefixed(&prefix);
    let kinds = SiteKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let areas = PCode::KNOWN
        .iter()
        .map(|area| (area.as_str().to_owned(), t.of(area)))
        .collect();
    layout::form(
        visit,
        "/settings/site",
        html! {
            @if let Some(site) = site { input type="hidden" name="site" value=(site.id); }
            div.form {
                (filled.text("name", say!(t, "site-name")).required())
                (filled.select("kind", say!(t, "site-kind"), kinds))
                (filled.text("country", say!(t, "site-country")).required())
                (filled.select("area", say!(t, "site-area"), areas).empty(say!(t, "not-said")))
                (filled.text("port_code", say!(t, "site-port-code")))
                (filled.number("capacity", say!(t, "site-capacity"), (0, 1_000_000)))
                (filled.text("time_zone", say!(t, "site-time-zone")).required())
                (filled.text("day_closes", say!(t, "site-day-closes")).kind("time").required())
            }
            p.actions { button.primary { (say!(t, "save")) } }
        },
    )
}

fn item_form(visit: &Visit, item: Option<&Item>, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let mut known = Typed::default();
    if let Some(item) = item {
        known = known.with("code", item.code.as_str());
        if item.stocked {
            known = known.with("stocked", "yes");
        }
        if let Some(money) = &item.money {
            known = known
                .with("money", (money.minor_units / 100).to_string())
                .with("currency", &*money.currency);
        }
        if let Some(limit) = item.limit {
            known = known
                .with("limit_times", limit.times.to_string())
                .with("limit_days", limit.days.to_string());
        }
    }
    let prefix = item.map_or_else(
        || "item-new-".to_owned(),
        |item| format!("item-{}-", item.code),
    );
    let filled = if filled.typed.is_empty() {
        Filled {
            typed: &known,
            ..filled
        }
    } else {
        filled
    };
    let filled = filled.prefixed(&prefix);
    layout::form(
        visit,
        "/settings/item",
        html! {
            div.form {
                @match item {
                    Some(item) => input type="hidden" name="code" value=(item.code);,
                    None => (filled.text("code", say!(t, "item-code")).required().hint(say!(t, "item-code-hint"))),
                }
                (filled.number("limit_times", say!(t, "item-limit-times"), (1, 1_000)))
                (filled.number("limit_days", say!(t, "item-limit-days"), (1, 10_000)))
                (filled.number("money", say!(t, "item-money"), (1, 1_000_000)).hint(say!(t, "item-money-hint")))
                (filled.text("currency", say!(t, "item-currency")).placeholder("USD".into()))
            }
            (filled.check("stocked", say!(t, "item-stocked")))
            p.actions { button.primary { (say!(t, "save")) } }
        },
    )
}

fn package_form(visit: &Visit, package: &Package, items: &[Item]) -> Markup {
    let t = visit.t();
    let mut whens = vec![
        ("met".to_owned(), say!(t, "when-met")),
        ("registered".to_owned(), say!(t, "when-registered")),
        ("age-from".to_owned(), say!(t, "when-age-from")),
        ("age-under".to_owned(), say!(t, "when-age-under")),
    ];
    whens.extend(
        Vulnerability::KNOWN
            .iter()
            .map(|code| (code.as_str().to_owned(), t.of(code))),
    );
    let blank = std::iter::repeat_n(None, NEW_GRANTS);
    layout::form(
        visit,
        "/settings/package",
        html! {
            p.small.muted { (say!(t, "package-hint")) }
            table.package {
                thead { tr { th { (say!(t, "item")) } th { (say!(t, "quantity")) } th { (say!(t, "package-when")) } th { (say!(t, "package-age")) } } }
                tbody { @for grant in package.grants.iter().map(Some).chain(blank) {
                    @let (when, age) = grant.map_or((String::new(), String::new()), |grant| when_code(&grant.when));
                    tr {
                        td data-label=(say!(t, "item")) { select name="item" aria-label=(say!(t, "item")) { option value="" {} @for item in items { option value=(item.code) selected[grant.is_some_and(|grant| grant.item == item.code)] { (t.of(&item.code)) } } } }
                        td data-label=(say!(t, "quantity")) { input name="quantity" type="number" min="0" max="1000" aria-label=(say!(t, "quantity")) value=(grant.map(|grant| grant.quantity.to_string()).unwrap_or_default()); }
                        td data-label=(say!(t, "package-when")) { select name="when" aria-label=(say!(t, "package-when")) { @for (code, label) in &whens { option value=(code) selected[*code == when] { (label) } } } }
                        td data-label=(say!(t, "package-age")) { input name="age" type="number" min="0" max="125" aria-label=(say!(t, "package-age")) value=(age); }
                    }
                } }
            }
            p.actions { button.primary { (say!(t, "save")) } }
        },
    )
}

fn when_code(when: &When) -> (String, String) {
    match when {
        When::Met => ("met".into(), String::new()),
        When::Registered => ("registered".into(), String::new()),
        When::AgeFrom(age) => ("age-from".into(), age.to_string()),
        When::AgeUnder(age) => ("age-under".into(), age.to_string()),
        When::Vulnerable(code) => (code.as_str().to_owned(), String::new()),
    }
}

fn about(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    let node = &visit.guest.app.node;
    let (operation, digest) =
        visit.read(|register| Ok((register.founded()?, register.digest()?)))?;
    let hex = crate::number::hex;
    Ok(card(
        say!(t, "about-title"),
        html! {
            dl {
                dt { (say!(t, "about-operation")) } dd { (operation.map(|operation| operation.name).unwrap_or_default()) }
                dt { (say!(t, "about-version")) } dd { (env!("CARGO_PKG_VERSION")) }
                dt { (say!(t, "about-node")) } dd { code { (node.key()) } }
                dt { (say!(t, "about-digest")) } dd { code.small { (hex(&digest.full)) } }
                dt { (say!(t, "about-digest-public")) } dd { code.small { (hex(&digest.public)) } }
            }
            p.small.muted { (say!(t, "about-verify")) }
            p { a href="/peers" { (say!(t, "peers-title")) } }
            @if visit.guest.app.settings.updates.is_some() { p { a href="/updates/office" { (say!(t, "updates-office")) } } }
            @if visit.guest.app.settings.authority_pem.is_some() { p { a href="/install" { (say!(t, "install-title")) } } }
        },
    ))
}

/// Everybody changes their own password here.
pub(crate) async fn password(guest: Guest) -> Response {
    guest.visit(|visit| password_page(visit, None)).await
}

pub(crate) async fn change_password(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            let t = visit.t();
            let app = &visit.guest.app;
            let login = visit
                .user
                .staff
                .as_ref()
                .map(|staff| staff.login.clone())
                .unwrap_or_default();
            // Whoever finds a tablet unlocked must not be able to keep it.
            let wrong = || visit.complain("old", "wrong-password", say!(t, "password-old-wrong"));
            if app.throttle.wait(&login).is_some() {
                return password_page(visit, Some(&wrong()));
            }
            if app.node.sign_in(&login, typed.raw("old")).is_err() {
                app.throttle.failed(&login);
                return password_page(visit, Some(&wrong()));
            }
            match set_password(visit, visit.user.id, typed.raw("password")) {
                Ok(said) => Ok(visit.go("/password", said)),
                Err(Trouble::Refused(complaint)) => password_page(visit, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn password_page(visit: &Visit, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    let t = visit.t();
    let typed = Typed::default();
    let filled = Filled::new(t, &typed, complaint);
    let mut without = Vec::new();
    for role in domain::Role::WITH_KEY {
        if visit.seat.session.opens(role) {
            without.extend(visit.guest.app.node.without_role_key(role)?);
        }
    }
    let without = visit.read(|register| {
        without
            .into_iter()
            .map(|user| Ok((user, visit.staff_name(register, user)?)))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    let recoveries = if visit.seat.session.opens_notes() {
        recoveries(visit)?
    } else {
        Vec::new()
    };
    let content = html! {
        h1 { (say!(t, "bar-password")) }
        section.card { (layout::form(visit, "/password", html! {
            div.stack {
                (filled.summary())
                (filled.text("old", say!(t, "password-old")).kind("password").required().autocomplete("current-password"))
                (filled.text("password", say!(t, "password-new")).kind("password").required().autocomplete("new-password"))
                button.primary { (say!(t, "save")) }
            }
        })) }
        @if visit.seat.session.opens_any() {
            section.card { h2 { (say!(t, "role-key-title")) }
                p { (say!(t, "role-key-text")) }
                @for recovery in &recoveries { (notice(Tone::Wait, recovery)) }
                @if without.is_empty() { (notice(Tone::Good, say!(t, "role-key-everybody"))) }
                ul.rows { @for (user, name) in &without { li { span.grow { (name) }
                    (layout::form(visit, "/role-key", html! { input type="hidden" name="user" value=(user); button { (say!(t, "role-key-give")) } })) } } }
            }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Elsewhere, &say!(t, "bar-password"), content),
        complaint,
    ))
}

/// When somebody was given the key with the root key: those who hold it should know.
fn recoveries(visit: &Visit) -> Result<Vec<String>, Failure> {
    visit.read(|register| {
        let recoveries = register.role_key_recoveries(Role::Protection)?;
        let said = recoveries.into_iter().map(|recovery| {
            let user = visit.staff_name(register, recovery.user)?;
            let by = visit.staff_name(register, recovery.by)?;
            let at = visit.clock.full(recovery.at);
            Ok(say!(
                visit.t(),
                "role-key-recovered",
                user = user,
                by = by,
                at = at
            ))
        });
        said.collect()
    })
}

/// Somebody of the protection role gives a colleague the key for protection notes.
pub(crate) async fn share_key(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::Protect, P::HearMisconduct])?;
            let user = id(typed.get("user"), UserId)?;
            visit
                .guest
                .app
                .node
                .share_role_key(&visit.seat.session, user)?;
            Ok(visit.go("/password", Said::Saved))
        })
        .await
}

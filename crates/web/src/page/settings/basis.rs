//! The operation's own list of legal bases, beside those that are always offered.

use domain::{Command, DefinedBasis, LanguageCode, LegalBasis};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, tag};
use crate::failure::Failure;
use crate::form::Typed;
use crate::language::Language;
use crate::layout;
use crate::visit::Visit;

/// What the form asks for.
pub(super) fn command(typed: &Typed) -> Command {
    let name = |language: Language| {
        let name = typed.some(&field(language))?.to_owned();
        Some((LanguageCode::any(language.tag()), name))
    };
    Command::DefineLegalBasis {
        basis: DefinedBasis {
            code: LegalBasis::any(typed.get("basis_code")),
            names: Language::ALL.into_iter().filter_map(name).collect(),
            active: typed.ticked("offered"),
        },
    }
}

fn field(language: Language) -> String {
    format!("basis-{}", language.tag())
}

pub(super) fn list(visit: &Visit, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let bases = visit.read(|register| Ok(register.legal_bases()?))?;
    Ok(html! {
        h2 { (say!(t, "basis-title")) }
        p.muted { (say!(t, "basis-lead")) }
        ul.rows { @for basis in &bases { li {
            span.grow { (basis.name(t.language().tag()).unwrap_or_default()) " " span.small.muted { (basis.code) } }
            @if basis.active { (tag(Tone::Good, say!(t, "basis-offered"))) }
            @else { (tag(Tone::Plain, say!(t, "basis-not-offered"))) }
        } } }
        (layout::form(visit, "/settings/basis", html! { div.form {
            (filled.text("basis_code", say!(t, "basis-code")).required().hint(say!(t, "basis-code-hint")))
            @for language in Language::ALL {
                @let name = field(language);
                div {
                    label for=(name) { (say!(t, "basis-name", language = language.own_name())) }
                    input id=(name) name=(name) value=(filled.typed.get(&name)) maxlength="120" autocomplete="off";
                }
            }
            (filled.check("offered", say!(t, "basis-offered")))
            button { (say!(t, "basis-add")) }
        } }))
    })
}

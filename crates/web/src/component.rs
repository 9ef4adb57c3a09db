//! The parts pages are made of: fields with their labels and errors, tags, notices, tables of
//! facts. Markup only; what they say comes from the page.

use maud::{Markup, Render, html};

use crate::catalogue::{Texts, say};
use crate::form::{Complaint, Typed};

/// How a tag or notice is meant. The words say it too: colour alone never does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tone {
    Plain,
    Calm,
    Good,
    Wait,
    Risk,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Calm => "",
            Self::Good => "good",
            Self::Wait => "wait",
            Self::Risk => "risk",
        }
    }
}

/// A word or two about the thing beside it.
pub(crate) fn tag(tone: Tone, text: impl Render) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (text) } }
}

/// Something to be read before going on.
pub(crate) fn notice(tone: Tone, content: impl Render) -> Markup {
    html! { div class={ "notice " (tone.class()) } role="status" { (content) } }
}

/// What is wider than a phone: it is moved aside by finger or by keyboard, and the page is not.
pub(crate) fn wide(label: &str, content: impl Render) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (content) } }
}

/// A box of the page with its heading.
pub(crate) fn card(title: impl Render, content: impl Render) -> Markup {
    html! { section.card { h2 { (title) } (content) } }
}

/// Links to the pages before and after, where a list has more than one; `number` counts from zero.
pub(crate) fn turn_pages(t: Texts, path: &str, number: u32, pages: u64) -> Markup {
    html! {
        @if pages > 1 {
            p.actions {
                @if number > 0 { a.button href={ (path) "?page=" (number - 1) } { (say!(t, "page-before")) } }
                span.muted { (say!(t, "page-of", page = number + 1, pages = i64::try_from(pages).unwrap_or(i64::MAX))) }
                @if u64::from(number) + 1 < pages { a.button href={ (path) "?page=" (number + 1) } { (say!(t, "page-after")) } }
            }
        }
    }
}

/// What a form shows: what was typed before, and what was wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct Filled<'a> {
    pub t: Texts,
    pub typed: &'a Typed,
    pub complaint: Option<&'a Complaint>,
    /// Sets fields of the same name on one page apart.
    pub prefix: &'a str,
}

impl<'a> Filled<'a> {
    pub const fn new(t: Texts, typed: &'a Typed, complaint: Option<&'a Complaint>) -> Self {
        Self {
            t,
            typed,
            complaint,
            prefix: "",
        }
    }

    pub const fn prefixed(self, prefix: &'a str) -> Self {
        Self { prefix, ..self }
    }

    /// A line of text.
    pub fn text(self, name: &'static str, label: String) -> Field<'a> {
        Field {
            filled: self,
            name,
            label,
            kind: Kind::Input("text"),
            hint: None,
            required: false,
            placeholder: String::new(),
            focus: false,
            autocomplete: "off",
            inputmode: "",
            range: None,
        }
    }

    /// A number within a range.
    pub fn number(self, name: &'static str, label: String, range: (i64, i64)) -> Field<'a> {
        let mut field = self.text(name, label);
        field.kind = Kind::Input("number");
        field.inputmode = "numeric";
        field.range = Some(range);
        field
    }

    /// A choice from a list of codes and words.
    pub fn select(
        self,
        name: &'static str,
        label: String,
        options: Vec<(String, String)>,
    ) -> Field<'a> {
        let mut field = self.text(name, label);
        field.kind = Kind::Select {
            options,
            empty: None,
        };
        field
    }

    /// Several lines of text.
    pub fn area(self, name: &'static str, label: String) -> Field<'a> {
        let mut field = self.text(name, label);
        field.kind = Kind::Area;
        field
    }

    /// A box to tick.
    pub fn check(self, name: &'static str, label: impl Render) -> Markup {
        html! {
            label.check {
                input type="checkbox" name=(name) value="yes" checked[self.typed.ticked(name)];
                span { (label) }
            }
            (self.error(name))
        }
    }

    /// Boxes of which several may be ticked.
    pub fn checks(self, name: &'static str, options: &[(String, String)]) -> Markup {
        html! {
            div.checks {
                @for (value, label) in options {
                    label.check {
                        input type="checkbox" name=(name) value=(value)
                            checked[self.typed.ticked_among(name, value)];
                        span { (label) }
                    }
                }
            }
            (self.error(name))
        }
    }

    /// What was wrong with one field.
    pub fn error(self, name: &str) -> Markup {
        html! {
            @if let Some(complaint) = self.wrong(name) {
                p.error id={ (self.prefix) (name) "-error" } { (complaint.text) }
            }
        }
    }

    /// What was wrong, at the top of the form, where the focus goes.
    pub fn summary(self) -> Markup {
        html! {
            @if let Some(complaint) = self.complaint {
                div.notice.risk role="alert" tabindex="-1" autofocus data-refusal=(complaint.code) {
                    strong { (say!(self.t, "form-not-saved")) }
                    p { (complaint.text) }
                }
            }
        }
    }

    fn wrong(self, name: &str) -> Option<&'a Complaint> {
        self.complaint
            .filter(|complaint| complaint.field == Some(name))
    }
}

enum Kind {
    Input(&'static str),
    Select {
        options: Vec<(String, String)>,
        empty: Option<String>,
    },
    Area,
}

/// One labelled field.
pub(crate) struct Field<'a> {
    filled: Filled<'a>,
    name: &'static str,
    label: String,
    kind: Kind,
    hint: Option<String>,
    required: bool,
    placeholder: String,
    focus: bool,
    autocomplete: &'static str,
    inputmode: &'static str,
    range: Option<(i64, i64)>,
}

impl Field<'_> {
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Kind::Input(kind);
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    pub fn placeholder(mut self, placeholder: String) -> Self {
        self.placeholder = placeholder;
        self
    }

    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }

    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// A choice that means "not said".
    pub fn empty(mut self, label: String) -> Self {
        if let Kind::Select { empty, .. } = &mut self.kind {
            *empty = Some(label);
        }
        self
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let filled = self.filled;
        let id = format!("{}{}", filled.prefix, self.name);
        let wrong = filled.wrong(self.name).is_some();
        let described = match (&self.hint, wrong) {
            (Some(_), true) => Some(format!("{id}-hint {id}-error")),
            (Some(_), false) => Some(format!("{id}-hint")),
            (None, true) => Some(format!("{id}-error")),
            (None, false) => None,
        };
        // A form with something wrong puts the focus on what is wrong, not where it begins.
        let focus = self.focus && filled.complaint.is_none();
        let value = filled.typed.get(self.name);
        html! {
            div.wrong[wrong] {
                label for=(id) { (self.label) }
                @match &self.kind {
                    Kind::Input(kind) => {
                        input id=(id) name=(self.name) type=(kind) autocomplete=(self.autocomplete)
                            value=[(*kind != "password").then_some(value)]
                            inputmode=[Some(self.inputmode).filter(|mode| !mode.is_empty())]
                            placeholder=[Some(&self.placeholder).filter(|text| !text.is_empty())]
                            min=[self.range.map(|(min, _)| min)] max=[self.range.map(|(_, max)| max)]
                            maxlength=[(*kind == "text").then_some(4000)]
                            required[self.required] autofocus[focus]
                            aria-invalid=[wrong.then_some("true")] aria-describedby=[described];
                    }
                    Kind::Select { options, empty } => {
                        select id=(id) name=(self.name) required[self.required] autofocus[focus]
                            aria-invalid=[wrong.then_some("true")] aria-describedby=[described] {
                            @if let Some(empty) = empty { option value="" { (empty) } }
                            @for (code, label) in options {
                                option value=(code) selected[code == value] { (label) }
                            }
                        }
                    }
                    Kind::Area => {
                        textarea id=(id) name=(self.name) required[self.required] autofocus[focus]
                            maxlength="4000" aria-invalid=[wrong.then_some("true")]
                            aria-describedby=[described] { (value) }
                    }
                }
                @if let Some(hint) = &self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (filled.error(self.name))
            }
        }
    }
}

//! When a page cannot be shown or a form cannot be taken: what that means for the person, and what
//! to do. Nothing of what was typed, and nobody's data, appears here.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::catalogue::{Texts, say};
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit, see_other};

/// Why there is no such answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Nobody is signed in on this browser, or they were away too long.
    #[error("nobody is signed in")]
    SignedOut,
    /// Their role has no part in this.
    #[error("the role does not allow this")]
    NotAllowed,
    /// There is no such page, person, movement.
    #[error("nothing is here")]
    NotFound,
    /// The form was made before the last sign-in, or not by us.
    #[error("the form is not one of this session")]
    Stale,
    /// The disk is full or fails; nothing was saved.
    #[error("nothing was saved: {0}")]
    NotSaved(String),
    /// The register cannot be read.
    #[error("the register cannot be read: {0}")]
    Unreadable(String),
    /// A mistake of ours.
    #[error("{0}")]
    Broken(String),
}

impl From<report::ReportError> for Failure {
    fn from(error: report::ReportError) -> Self {
        match error {
            report::ReportError::Register(error) => error.into(),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<domain::LookupFailed> for Failure {
    fn from(failed: domain::LookupFailed) -> Self {
        Self::Unreadable(failed.0)
    }
}

impl From<register::RegisterError> for Failure {
    fn from(error: register::RegisterError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<node::NodeError> for Failure {
    fn from(error: node::NodeError) -> Self {
        match error {
            node::NodeError::NothingSaved { .. } | node::NodeError::WriterGone => {
                Self::NotSaved(error.to_string())
            }
            _ if error.is_disk_full() => Self::NotSaved(error.to_string()),
            node::NodeError::Register(error) => error.into(),
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<updates::Error> for Failure {
    fn from(error: updates::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<node::ExecuteError> for Failure {
    fn from(error: node::ExecuteError) -> Self {
        match error {
            node::ExecuteError::Failed(error) => error.into(),
            node::ExecuteError::Refused(refusal) => Self::Broken(refusal.to_string()),
        }
    }
}

impl Failure {
    const fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::SEE_OTHER,
            Self::NotAllowed | Self::Stale => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotSaved(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unreadable(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page for somebody signed in.
    pub fn within(&self, visit: &Visit) -> Response {
        self.log();
        let (title, content) = self.words(visit.t());
        let mut response = layout::page(visit, Place::Elsewhere, &title, content);
        *response.status_mut() = self.status();
        response
    }

    /// The page for anybody.
    pub fn without(&self, guest: &Guest) -> Response {
        self.log();
        if matches!(self, Self::SignedOut) {
            return see_other(&format!("/sign-in?to={}", guest.path));
        }
        let (title, content) = self.words(guest.t);
        let mut response = layout::open_page(guest, &title, content);
        *response.status_mut() = self.status();
        response
    }

    fn log(&self) {
        match self {
            Self::NotSaved(_) | Self::Unreadable(_) | Self::Broken(_) => {
                tracing::error!(error = %self, "a page could not be answered");
            }
            _ => {}
        }
    }

    fn words(&self, t: Texts) -> (String, Markup) {
        let (title, text, next) = match self {
            Self::SignedOut | Self::Stale => (
                say!(t, "failure-stale"),
                say!(t, "failure-stale-text"),
                say!(t, "failure-stale-next"),
            ),
            Self::NotAllowed => (
                say!(t, "failure-not-allowed"),
                say!(t, "failure-not-allowed-text"),
                say!(t, "failure-not-allowed-next"),
            ),
            Self::NotFound => (
                say!(t, "failure-not-found"),
                say!(t, "failure-not-found-text"),
                say!(t, "failure-not-found-next"),
            ),
            Self::NotSaved(_) => (
                say!(t, "failure-not-saved"),
                say!(t, "failure-not-saved-text"),
                say!(t, "failure-not-saved-next"),
            ),
            Self::Unreadable(_) | Self::Broken(_) => (
                say!(t, "failure-broken"),
                say!(t, "failure-broken-text"),
                say!(t, "failure-broken-next"),
            ),
        };
        let content = html! {
            section.card.tight {
                h1 { (title) }
                p { (text) }
                p { (next) }
                p.actions { a.button.primary href="/" { (say!(t, "go-to-board")) } }
            }
        };
        (title, content)
    }
}

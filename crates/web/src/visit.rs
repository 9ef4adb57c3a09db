//! One request of one person: in which language, signed in as whom, at which site, allowed what.
//! Every page and every action begins here; checks that hold for all of them are made here once.

use std::sync::Arc;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::{Command, Known, Moment, Occurred, Permission, Precision, Site, SiteId, User, UserId};
use node::Session;
use register::Register;
use uuid::Uuid;

use crate::app::App;
use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::language::Language;
use crate::moment::Clock;
use crate::refusal;
use crate::session::Seat;

/// The cookie that says who is signed in.
pub(crate) const SESSION_COOKIE: &str = "akey_session";
/// The cookie that remembers the language.
pub(crate) const LANGUAGE_COOKIE: &str = "akey_language";

/// Somebody, signed in or not.
#[derive(Clone)]
pub(crate) struct Guest {
    pub app: App,
    pub t: Texts,
    /// Where they are: the path alone.
    pub path: String,
    /// The address that shows this page again when it is fetched; what was sent with a form is not in
    /// it.
    pub address: String,
    /// The page answers a form: asking for it again would send the form again.
    pub answers_form: bool,
    pub query: Typed,
    pub cookie: Option<String>,
    /// From where they ask, to limit how often strangers may; never logged.
    pub from: Option<std::net::IpAddr>,
}

impl<S> FromRequestParts<S> for Guest
where
    S: Send + Sync,
    App: axum::extract::FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let State(app) = State::<App>::from_request_parts(parts, state).await?;
        let query = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_or_else(|_| Typed::default(), |query| Typed::new(query.0));
        let language = language(&app, &parts.headers);
        Ok(Self {
            app,
            t: Texts::new(language),
            path: parts.uri.path().to_owned(),
            address: address(&parts.uri),
            answers_form: parts.method == Method::POST,
            query,
            cookie: cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned),
            from: connected(parts),
        })
    }
}

/// The other end of the connection; where that is a server of this computer that stands before us, the
/// address that it says it was asked from (the last one: those before it anybody can write).
fn connected(parts: &Parts) -> Option<std::net::IpAddr> {
    type Connected = axum::extract::ConnectInfo<std::net::SocketAddr>;
    let peer = parts.extensions.get::<Connected>()?.0.ip();
    let forwarded = || {
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?;
        forwarded
            .to_str()
            .ok()?
            .rsplit(',')
            .next()?
            .trim()
            .parse()
            .ok()
    };
    if peer.is_loopback() {
        forwarded().or(Some(peer))
    } else {
        Some(peer)
    }
}

/// Path and query, without what only the next page says. What was scanned is not repeated: it can be
/// a document.
fn address(uri: &Uri) -> String {
    let path = uri.path();
    let lasting: Vec<&str> = uri
        .query()
        .filter(|_| path != "/scan")
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("said="))
        .collect();
    if lasting.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", lasting.join("&"))
    }
}

fn language(app: &App, headers: &HeaderMap) -> Language {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok();
    cookie(headers, LANGUAGE_COOKIE)
        .and_then(Language::from_tag)
        .filter(|chosen| app.languages().contains(chosen))
        .unwrap_or_else(|| app.first_language(accepted()))
}

/// The value of a cookie (RFC 6265, section 5.4).
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl Guest {
    /// Answers with a page for somebody signed in.
    pub async fn visit<F>(self, page: F) -> Response
    where
        F: FnOnce(&Visit) -> Result<Response, Failure> + Send + 'static,
    {
        self.at_work(move |guest| {
            let visit = guest.enter()?;
            page(&visit).or_else(|failure| Ok(failure.within(&visit)))
        })
        .await
    }

    /// Answers a form of somebody signed in. A form that did not come from our pages is refused.
    pub async fn post<F>(self, typed: Typed, action: F) -> Response
    where
        F: FnOnce(&Visit, &Typed) -> Result<Response, Failure> + Send + 'static,
    {
        self.at_work(move |guest| {
            let visit = guest.enter()?;
            if !visit.seat.csrf.is(typed.get("csrf")) {
                return Ok(Failure::Stale.within(&visit));
            }
            action(&visit, &typed).or_else(|failure| Ok(failure.within(&visit)))
        })
        .await
    }

    /// Runs what reads the register or waits for the disk where it holds up nobody else.
    pub async fn at_work<F>(self, work: F) -> Response
    where
        F: FnOnce(&Self) -> Result<Response, Failure> + Send + 'static,
    {
        let guest = self.clone();
        tokio::task::spawn_blocking(move || {
            work(&self).unwrap_or_else(|failure| failure.without(&self))
        })
        .await
        .unwrap_or_else(|_| Failure::Broken("a page stopped in the middle".into()).without(&guest))
    }

    /// Who is signed in here.
    pub fn enter(&self) -> Result<Visit, Failure> {
        let seat = self
            .cookie
            .as_deref()
            .and_then(|cookie| self.app.sessions.find(cookie))
            .ok_or(Failure::SignedOut)?;
        let id = seat.session.user();
        let (user, sites) = self
            .app
            .node
            .read(|register| Ok::<_, Failure>((register.user(id)?, register.sites()?)))?;
        let home = self.app.node.home_site()?;
        let user = user.filter(|user| user.active).ok_or_else(|| {
            // Revoked since they signed in: refused from now on (G8).
            self.cookie
                .iter()
                .for_each(|cookie| self.app.sessions.end(cookie));
            Failure::SignedOut
        })?;
        let site = sites
            .iter()
            .find(|site| seat.site() == Some(site.id))
            .or_else(|| sites.iter().find(|site| site.id == home))
            .or_else(|| sites.first())
            .cloned();
        Ok(Visit {
            guest: self.clone(),
            clock: Clock::new(self.t, site.as_ref()),
            now: self.app.node.now(),
            seat,
            user,
            site,
            sites,
        })
    }
}

/// Somebody signed in, at work.
pub(crate) struct Visit {
    pub guest: Guest,
    pub seat: Arc<Seat>,
    pub user: User,
    pub site: Option<Site>,
    pub sites: Vec<Site>,
    pub clock: Clock,
    pub now: Moment,
}

/// What came of a command that was not refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// It is done.
    Saved,
    /// It had been done before: the form was sent twice.
    Already,
}

impl Said {
    /// The word in the address of the next page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Already => "already",
        }
    }
}

/// Why a command was not carried out.
pub(crate) enum Trouble {
    /// The person can do something about it: the form comes back with the reason.
    Refused(Complaint),
    /// They cannot.
    Failed(Failure),
}

impl Visit {
    pub const fn t(&self) -> Texts {
        self.guest.t
    }

    /// Whether they may.
    pub fn may(&self, permission: Permission) -> bool {
        self.user.may(permission)
    }

    pub fn may_any(&self, permissions: &[Permission]) -> bool {
        permissions.iter().any(|permission| self.may(*permission))
    }

    /// Goes on only for those who may do one of these.
    pub fn need(&self, permissions: &[Permission]) -> Result<(), Failure> {
        if self.may_any(permissions) {
            Ok(())
        } else {
            Err(Failure::NotAllowed)
        }
    }

    /// The site they work at.
    pub fn here(&self) -> Result<&Site, Failure> {
        self.site.as_ref().ok_or(Failure::NotFound)
    }

    /// The name of a site.
    pub fn site_name(&self, id: SiteId) -> String {
        self.sites
            .iter()
            .find(|site| site.id == id)
            .map_or_else(|| say!(self.t(), "site-unknown"), |site| site.name.clone())
    }

    /// Codes and names of sites, for a choice.
    pub fn site_options(&self) -> Vec<(String, String)> {
        self.sites
            .iter()
            .map(|site| (site.id.to_string(), site.name.clone()))
            .collect()
    }

    /// Reads the register.
    pub fn read<T>(
        &self,
        query: impl FnOnce(&Register<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.guest.app.node.read(query)
    }

    /// The name of a member of staff, where it can be read here.
    pub fn staff_name(&self, register: &Register<'_>, id: UserId) -> Result<String, Failure> {
        let user = register.user(id)?;
        Ok(user
            .and_then(|user| user.staff)
            .map_or_else(|| say!(self.t(), "staff-unknown"), |staff| staff.name))
    }

    /// Asks the node for something, once per form: a form sent twice is answered as before.
    pub fn execute(&self, typed: &Typed, command: Command) -> Result<Said, Trouble> {
        self.execute_part(typed, 0, command)
    }

    /// One of several commands of one form; each has its own id made from the form's.
    pub fn execute_part(
        &self,
        typed: &Typed,
        part: u32,
        command: Command,
    ) -> Result<Said, Trouble> {
        let request = self.request(typed, part, command)?;
        self.said(self.guest.app.node.execute(&self.seat.session, request))
    }

    /// The second of two who sign: they type their own name and password on the page of the first.
    pub fn second(&self, typed: &Typed) -> Result<Session, Trouble> {
        let app = &self.guest.app;
        let login = typed.get("second_login");
        let wrong = || {
            let text = say!(self.t(), "count-two-wrong");
            Trouble::Refused(self.complain("second_password", "wrong-password", text))
        };
        if app.throttle.wait(login).is_some() {
            return Err(wrong());
        }
        match app.node.sign_in(login, typed.raw("second_password")) {
            Ok(session) => Ok(session),
            Err(node::NodeError::SignInRefused) => {
                app.throttle.failed(login);
                Err(wrong())
            }
            Err(error) => Err(Trouble::Failed(error.into())),
        }
    }

    /// What takes two: the second signed in for it.
    pub fn execute_with(
        &self,
        typed: &Typed,
        second: &Session,
        command: Command,
    ) -> Result<Said, Trouble> {
        let request = self.request(typed, 0, command)?;
        let node = &self.guest.app.node;
        self.said(node.execute_with(&self.seat.session, second, request))
    }

    /// Signs a statement with the password typed on this form, and registers it.
    pub fn submit(
        &self,
        typed: &Typed,
        submission: node::statement::Submission,
    ) -> Result<Said, Trouble> {
        self.submit_with(typed, None, submission)
    }

    /// The same, for what takes two.
    pub fn submit_with(
        &self,
        typed: &Typed,
        second: Option<&Session>,
        submission: node::statement::Submission,
    ) -> Result<Said, Trouble> {
        let app = &self.guest.app;
        let form = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
        let wrong = || {
            let text = say!(self.t(), "advice-wrong-password");
            Trouble::Refused(self.complain("password", "wrong-password", text))
        };
        let login = self
            .user
            .staff
            .as_ref()
            .map_or("", |staff| staff.login.as_str());
        if app.throttle.wait(login).is_some() {
            return Err(wrong());
        }
        let site = self.here().map_err(Trouble::Failed)?.id;
        let id = crate::form::made_by(form, 0);
        let password = typed.raw("password");
        let session = &self.seat.session;
        let answer = app
            .node
            .submit_with(session, password, second, id, site, submission);
        if let Err(node::ExecuteError::Failed(node::NodeError::SignInRefused)) = answer {
            app.throttle.failed(login);
            return Err(wrong());
        }
        self.said(answer)
    }

    fn request(
        &self,
        typed: &Typed,
        part: u32,
        command: Command,
    ) -> Result<node::Request, Trouble> {
        let form = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
        Ok(node::Request {
            id: crate::form::made_by(form, part),
            site: self.here().map_err(Trouble::Failed)?.id,
            occurred: self.occurred(typed).map_err(Trouble::Refused)?,
            command,
        })
    }

    fn said(&self, answer: Result<node::Done, node::ExecuteError>) -> Result<Said, Trouble> {
        match answer {
            Ok(done) if done.repeated => Ok(Said::Already),
            Ok(_) => Ok(Said::Saved),
            Err(node::ExecuteError::Refused(reason)) => {
                Err(Trouble::Refused(refusal::complaint(self, &reason)))
            }
            Err(node::ExecuteError::Failed(error)) => Err(Trouble::Failed(error.into())),
        }
    }

    /// When it happened, where a form says so: what was written on paper is entered later.
    pub fn occurred(&self, typed: &Typed) -> Result<Option<Occurred>, Complaint> {
        let Some(text) = typed.some("occurred") else {
            return Ok(None);
        };
        let precision = Precision::from_code(typed.get("precision")).unwrap_or(Precision::Minute);
        match self.clock.read(text) {
            Some(at) if at <= self.now => {
                let at = self.span_start(at, precision);
                Ok(Some(Occurred { at, precision }))
            }
            _ => Err(self.complain("occurred", "wrong-time", say!(self.t(), "wrong-time"))),
        }
    }

    /// The start of the span that a time known to the hour or the day only lies in.
    fn span_start(&self, at: Moment, precision: Precision) -> Moment {
        match (precision, &self.site) {
            (Precision::Hour, _) => Moment(at.0 - at.0.rem_euclid(3_600_000)),
            (Precision::Day | Precision::Unknown, Some(site)) => site.span_of(site.day_of(at)).0,
            _ => at,
        }
    }

    /// Something wrong with a field that a page sees itself.
    #[allow(
        clippy::unused_self,
        reason = "reads as what happens: the visit complains"
    )]
    pub fn complain(&self, field: &'static str, code: &'static str, text: String) -> Complaint {
        Complaint {
            field: Some(field),
            text,
            code,
        }
    }

    /// Goes on to the page that answers what was asked with POST. The question stays here with whoever
    /// asked: the address holds no name, and can be fetched again after a change of language or Back.
    pub fn ask(&self, path: &str, typed: &Typed) -> Response {
        let key = crate::form::fresh_id();
        self.seat.asked.keep(key, typed.clone());
        see_other(&format!("{path}?asked={}", key.as_simple()))
    }

    /// What was asked on this page, if it was, and not long ago.
    pub fn asked(&self) -> Option<Typed> {
        self.seat.asked.get(&self.guest.query.read("asked")?)
    }

    /// Goes on to a page after something was done.
    #[allow(
        clippy::unused_self,
        reason = "reads as what happens: the visit goes on"
    )]
    pub fn go(&self, path: &str, said: Said) -> Response {
        let mark = if path.contains('?') { '&' } else { '?' };
        see_other(&format!("{path}{mark}said={}", said.code()))
    }
}

/// Sends the browser to another page, to be fetched with GET.
pub(crate) fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// An id out of an address; what is not one leads nowhere.
pub(crate) fn id<T>(text: &str, made: impl FnOnce(Uuid) -> T) -> Result<T, Failure> {
    Uuid::parse_str(text)
        .map(made)
        .map_err(|_| Failure::NotFound)
}

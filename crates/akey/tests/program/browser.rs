//! As much of a browser as the tests need: pages, cookies, and forms sent as they stand.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::site::{PASSWORD, Serving};

/// Somebody signed in.
#[derive(Clone)]
pub struct Browser {
    address: String,
    cookie: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Where a redirection leads.
    pub location: String,
    pub body: String,
}

/// A form of a page, with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// What stands in a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Fills a field in.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }
}

impl Browser {
    /// Somebody nobody knows.
    pub fn stranger(serving: &Serving) -> Self {
        Self {
            address: serving.address.clone(),
            cookie: String::new(),
        }
    }

    /// Signs in as one of the demo's staff.
    pub fn sign_in(serving: &Serving, login: &str) -> Self {
        Self::sign_in_at(&serving.address, login).expect("the site answers")
    }

    /// Signs in at an address; nothing where the site went away before it answered.
    pub fn sign_in_at(address: &str, login: &str) -> Option<Self> {
        let mut browser = Self {
            address: address.to_owned(),
            cookie: String::new(),
        };
        let form = Form {
            action: "/sign-in".into(),
            fields: vec![
                ("login".into(), login.into()),
                ("password".into(), PASSWORD.into()),
            ],
        };
        let raw = whole(browser.ask(&browser.posting(&form)).ok()?)?;
        let cookie = header(&raw, "set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie
            .unwrap_or_else(|| panic!("signed in: {raw}"))
            .clone_into(&mut browser.cookie);
        Some(browser)
    }

    /// A page.
    pub fn get(&self, path: &str) -> Answer {
        self.try_get(path).expect("the site answers")
    }

    /// A page; nothing where the site went away before it answered.
    pub fn try_get(&self, path: &str) -> Option<Answer> {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nAccept-Language: en\r\n\
             Connection: close\r\n\r\n",
            self.address, self.cookie
        );
        whole(self.ask(&head).ok()?).map(|raw| answer(&raw))
    }

    /// Sends a form; nothing where the site went away before it answered.
    pub fn send(&self, form: &Form) -> Option<Answer> {
        whole(self.ask(&self.posting(form)).ok()?).map(|raw| answer(&raw))
    }

    /// The forms of a page that lead to an address ending like this.
    pub fn forms(&self, path: &str, ending: &str) -> Vec<Form> {
        forms_to(&self.get(path).body, ending)
    }

    fn posting(&self, form: &Form) -> String {
        let pairs: Vec<_> = form
            .fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let body = pairs.join("&");
        format!(
            "POST {} HTTP/1.1\r\nHost: {2}\r\nOrigin: http://{2}\r\nCookie: {3}\r\n\
             Accept-Language: en\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {1}\r\nConnection: close\r\n\r\n{body}",
            form.action,
            body.len(),
            self.address,
            self.cookie
        )
    }

    fn ask(&self, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw)?;
        Ok(String::from_utf8_lossy(&raw).into_owned())
    }
}

/// The forms of a page that lead to an address ending like this.
pub fn forms_to(page: &str, ending: &str) -> Vec<Form> {
    let mut forms = forms(page);
    forms.retain(|form| form.action.ends_with(ending));
    forms
}

/// What came, where its head is whole.
fn whole(raw: String) -> Option<String> {
    raw.contains("\r\n\r\n").then_some(raw)
}

fn header<'a>(raw: &'a str, wanted: &str) -> Option<&'a str> {
    raw.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value)
}

fn answer(raw: &str) -> Answer {
    let status = raw
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = raw.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Answer {
        status: status.unwrap_or_else(|| panic!("no status: {raw}")),
        location: header(raw, "location").unwrap_or_default().to_owned(),
        body: body.to_owned(),
    }
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Every posting form of a page with its hidden and filled fields.
fn forms(page: &str) -> Vec<Form> {
    page.split("<form ")
        .skip(1)
        .filter_map(|rest| {
            let form = rest.split("</form>").next()?;
            let head = form.split('>').next()?;
            if !head.contains("method=\"post\"") {
                return None;
            }
            let fields = form
                .split('<')
                .filter(|tag| tag.starts_with("input") && !tag.contains("type=\"checkbox\""))
                .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
                .collect();
            Some(Form {
                action: attribute(head, "action")?,
                fields,
            })
        })
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[start..].split('"').next().map(str::to_owned)
}

/// The ids of arrivals that a page links to.
pub fn arrivals(page: &str) -> Vec<String> {
    let mut ids: Vec<String> = page
        .split("/arrivals/")
        .skip(1)
        .filter_map(|rest| rest.get(..32))
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(str::to_owned)
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

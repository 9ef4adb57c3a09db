//! A browser without a window: keeps cookies, fills the hidden fields of forms, follows nothing by
//! itself.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use uuid::Uuid;

use crate::site::{PASSWORD, rand16};

pub struct Client {
    router: Router,
    cookie: String,
    csrf: String,
    language: &'static str,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn says(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookie: String::new(),
            csrf: String::new(),
            language: "en",
        }
    }

    /// Somebody with a role, signed in.
    pub async fn signed_in(router: Router, login: &str) -> Self {
        let mut client = Self::new(router);
        let answer = client
            .post_raw("/sign-in", &[("login", login), ("password", PASSWORD)])
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{login} could not sign in: {}",
            answer.body
        );
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        client.cookie = cookie.split(';').next().unwrap().to_owned();
        let board = client.get("/").await;
        between(&board.body, "name=\"csrf\" value=\"", "\"").clone_into(&mut client.csrf);
        assert!(!client.csrf.is_empty(), "{}", board.body);
        client
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, self.language);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as our pages make it, with a fresh request id.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = fresh();
        self.post_again(path, &request, fields).await
    }

    /// Sends a form with a given request id, as the back button does.
    pub async fn post_again(&self, path: &str, request: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str()), ("request", request)];
        all.extend_from_slice(fields);
        let answer = self.post_raw(path, &all).await;
        // What was asked is answered at an address that can be fetched again.
        if answer.location().contains("?asked=") {
            return self.get(answer.location()).await;
        }
        answer
    }

    pub async fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[]).await
    }

    pub async fn post_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let mut request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.join("&"))).unwrap())
            .await
    }

    /// Sends the fields of a form that can carry a file, without one.
    pub async fn multipart(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = Vec::new();
        let request = fresh();
        let own = [("csrf", self.csrf.as_str()), ("request", &request)];
        for (field, value) in own.iter().chain(fields) {
            body.extend(
                format!(
                    "--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        body.extend(b"--edge--\r\n");
        self.send_multipart(path, body).await
    }

    async fn send_multipart(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Uploads a file as a form does.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (field, value) in [("csrf", self.csrf.clone()), ("request", fresh())] {
            body.extend(
                format!(
                    "--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        self.send_multipart(path, body).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

pub fn fresh() -> String {
    Uuid::from_bytes(rand16()).as_simple().to_string()
}

/// What stands between two texts; empty where they do not.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before)
        .and_then(|(_, rest)| rest.split_once(after))
        .map_or("", |(found, _)| found)
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

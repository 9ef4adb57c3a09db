//! A real browser at the pages: Chromium through its driver. Where the two are not installed, the
//! tests say so and pass; the project's own test script installs them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::site::{PASSWORD, Site};

/// How long a page may take to show what it should: generous, because test machines are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Widths people really have: a cheap phone, a laptop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Phone,
    Desktop,
}

impl Screen {
    pub const BOTH: [Self; 2] = [Self::Phone, Self::Desktop];

    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Desktop => (1280, 900),
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desktop => "desktop",
        }
    }
}

/// A served site and one browser window.
pub struct Window {
    driver: Driver,
    pub client: Client,
    pub url: String,
    pub screen: Screen,
    _profile: tempfile::TempDir,
}

/// The program that drives a browser, listening on a port of this computer.
struct Driver {
    child: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver ends its browser when it ends.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Driver {
    /// How often a driver is started before the test gives up: it takes a free port of IPv4 and then the same of
    /// IPv6, and ends when another program has that one by then.
    const ATTEMPTS: usize = 5;

    /// Starts a driver; none where it is not installed.
    fn start() -> Option<Self> {
        let mut said = String::new();
        for _ in 0..Self::ATTEMPTS {
            let spawned = Command::new("chromedriver")
                .arg("--port=0")
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let Ok(mut child) = spawned else {
                eprintln!("skipped: chromedriver is not installed");
                return None;
            };
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let port = lines.by_ref().find_map(|line| {
                let line = line.unwrap();
                let port = line
                    .rsplit_once("started successfully on port ")
                    .and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
                said.push_str(&line);
                said.push('\n');
                port
            });
            // Without a port the driver has closed its mouth: it has ended, or is about to.
            let driver = Self {
                child,
                port: port.unwrap_or_default(),
            };
            if port.is_some() {
                return Some(driver);
            }
        }
        panic!("the driver of the browser does not start; it says:\n{said}");
    }
}

/// Serves the site on a free port of this computer.
pub fn serve(site: &Site) -> String {
    let listening = akey_web::listen("127.0.0.1:0".parse().unwrap(), None).unwrap();
    let url = listening.url();
    tokio::spawn(akey_web::serve(
        listening,
        site.router(),
        std::future::pending(),
    ));
    url
}

impl Window {
    /// Opens a window on a served site; none where there is no browser.
    pub async fn open(url: &str, screen: Screen) -> Option<Self> {
        let driver = Driver::start()?;
        let profile = tempfile::tempdir().unwrap();
        let (width, height) = screen.size();
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-quic".into(),
            "--no-first-run".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--disable-dev-shm-usage".into(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments } });
        let Value::Object(capabilities) = capabilities else {
            unreachable!()
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("the browser starts");
        let window = Self {
            driver,
            client,
            url: url.to_owned(),
            screen,
            _profile: profile,
        };
        window.resize(height).await;
        Some(window)
    }

    async fn resize(&self, height: u32) {
        let (width, _) = self.screen.size();
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": self.screen == Screen::Phone });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics)
            .await;
    }

    pub async fn dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", &media).await;
    }

    pub async fn without_scripts(&self) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": true }),
        )
        .await;
    }

    /// A command of the browser's own protocol, which the driver passes on.
    async fn devtools(&self, command: &str, parameters: &Value) {
        let session = self.client.session_id().await.unwrap().expect("a session");
        let body = json!({ "cmd": command, "params": parameters }).to_string();
        let request = format!(
            "POST /session/{session}/goog/cdp/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let port = self.driver.port;
        let answer = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            // The driver keeps the connection open: the first part of its answer says enough.
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).unwrap();
            String::from_utf8_lossy(&answer).into_owned()
        })
        .await
        .unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{command}: {answer}");
    }

    pub async fn go(&self, path: &str) {
        self.client
            .goto(&format!("{}{}", self.url.trim_end_matches('/'), path))
            .await
            .unwrap();
    }

    /// Waits for something on the page and gives it.
    pub async fn find(&self, css: &str) -> Element {
        let started = Instant::now();
        loop {
            match self.client.find(Locator::Css(css)).await {
                Ok(element) => return element,
                Err(_) if started.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(error) => {
                    let page = self.client.source().await.unwrap_or_default();
                    panic!("{css} is not on the page: {error}\n{page}");
                }
            }
        }
    }

    /// Presses something, once: a page that is just being replaced is waited for.
    pub async fn press(&self, css: &str) {
        let started = Instant::now();
        while let Err(error) = self.find(css).await.click().await {
            assert!(
                started.elapsed() < PATIENCE,
                "{css} cannot be pressed: {error}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many of something are on the page once there is one.
    pub async fn count(&self, css: &str) -> usize {
        let started = Instant::now();
        loop {
            let found = self
                .client
                .find_all(Locator::Css(css))
                .await
                .unwrap_or_default()
                .len();
            if found > 0 || started.elapsed() > PATIENCE {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until something is no longer on the page: what was asked for has been done by then.
    pub async fn gone(&self, css: &str) {
        let started = Instant::now();
        while !matches!(self.client.find_all(Locator::Css(css)).await, Ok(found) if found.is_empty())
        {
            assert!(started.elapsed() < PATIENCE, "{css} stays on the page");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn write(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn text(&self) -> String {
        let started = Instant::now();
        loop {
            // A page that is just being replaced has no text to give.
            match self.find("main").await.text().await {
                Ok(text) => return text,
                Err(error) => assert!(started.elapsed() < PATIENCE, "{error}"),
            }
        }
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    pub async fn sign_in(&self, login: &str) {
        self.client.delete_all_cookies().await.unwrap();
        self.go("/sign-in").await;
        self.write("#login", login).await;
        self.write("#password", PASSWORD).await;
        self.press("form[action='/sign-in'] button").await;
        self.find(".bar nav a").await;
    }

    /// Keeps a picture of the whole page among the build's files, for people to look at.
    pub async fn picture(&self, name: &str) {
        let height = self
            .client
            .execute("return document.documentElement.scrollHeight", vec![])
            .await
            .unwrap();
        let (_, least) = self.screen.size();
        let height = u32::try_from(height.as_u64().unwrap())
            .unwrap()
            .clamp(least, 6_000);
        self.resize(height).await;
        let png = self.client.screenshot().await.unwrap();
        self.resize(least).await;
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join(format!("{name}-{}.png", self.screen.name())),
            png,
        )
        .unwrap();
    }

    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}

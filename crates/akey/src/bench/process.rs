//! The program itself as people run it: `akey serve` in a process of its own, asked over HTTP on
//! loopback as a browser asks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::rig::Rig;
use super::{Measure, latencies};
use crate::demo::founding::{PASSPHRASE, PASSWORD};
use crate::failure::Failure;
use crate::secret;

/// How often each page is asked for.
const TIMES: usize = 200;

/// A serving process; it is stopped when dropped.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(rig: &Rig) -> Result<Self, Failure> {
        let program = std::env::current_exe().map_err(|error| not_started(&error))?;
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(rig.data())
            .env(secret::PASSPHRASE.variable, PASSPHRASE)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let output = child.stdout.take().expect("standard output is piped");
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .map_err(|error| not_started(&error))?;
        let address = line
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://"))
            .map(|address| address.trim_end_matches('/').to_owned());
        let serving = Self {
            child,
            address: address.unwrap_or_default(),
        };
        if serving.address.is_empty() {
            return Err(Failure::Wrong(
                "the serving process did not say where it listens".into(),
            ));
        }
        Ok(serving)
    }

    /// Memory the process holds, in MB, as Linux tells it.
    fn resident_mb(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kb: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kb / 1_000.0)
    }

    /// One request; gives the whole answer.
    fn ask(&self, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    fn get(&self, path: &str, cookie: &str) -> std::io::Result<String> {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    /// Signs in as a browser does and gives the cookie.
    fn sign_in(&self, login: &str) -> Result<String, Failure> {
        let form = format!("login={login}&password={PASSWORD}&to=");
        let answer = self
            .ask(&format!(
                "POST /sign-in HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\
                 Connection: close\r\n\r\n{form}",
                self.address,
                form.len()
            ))
            .map_err(|error| not_started(&error))?;
        answer
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
            .and_then(|(_, cookie)| cookie.split(';').next())
            .map(str::to_owned)
            .ok_or_else(|| Failure::Wrong("the serving process refused the sign-in".into()))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Memory of a serving site, at rest and after the board was looked at.
pub fn memory(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let serving = Serving::start(rig)?;
    let at_rest = serving.resident_mb();
    let cookie = serving.sign_in("clerk")?;
    serving
        .get("/", &cookie)
        .map_err(|error| not_started(&error))?;
    let at_work = serving.resident_mb();
    Ok([
        ("memory at rest", at_rest),
        ("memory after the board", at_work),
    ]
    .into_iter()
    .filter_map(|(name, mb)| Some(Measure::new(name, mb?, "MB").aiming("150 MB")))
    .collect())
}

/// How long pages of the desk take, with everybody on record.
pub fn pages(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let serving = Serving::start(rig)?;
    let mut measures = Vec::new();
    for (name, login, path) in PAGES {
        let cookie = serving.sign_in(login)?;
        let mut waits_ms = Vec::new();
        for _ in 0..TIMES {
            let asked = Instant::now();
            let answer = serving
                .get(path, &cookie)
                .map_err(|error| not_started(&error))?;
            waits_ms.push(asked.elapsed().as_secs_f64() * 1_000.0);
            if !answer.starts_with("HTTP/1.1 200") {
                let status = answer.lines().next().unwrap_or_default().to_owned();
                return Err(Failure::Wrong(format!("{path} was answered with {status}")));
            }
        }
        measures.extend(latencies(&format!("page: {name}"), waits_ms, Some("50 ms")));
    }
    Ok(measures)
}

/// Pages that are looked at all day, and by whom.
const PAGES: [(&str, &str, &str); 6] = [
    ("board", "clerk", "/"),
    ("board with stock and outlook", "coordinator", "/"),
    ("outlook", "coordinator", "/outlook"),
    ("desk", "clerk", "/desk"),
    ("movements", "clerk", "/movements"),
    ("people", "clerk", "/people"),
];

fn not_started(error: &std::io::Error) -> Failure {
    Failure::Wrong(format!(
        "the serving process could not be measured: {error}"
    ))
}

//! The mail server of the tests, in a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use updates::{Postbox, Security};

const SCRIPT: &str = include_str!("server.py");
const USER: &str = "demo";
const PASSWORD: &str = "demo password";

/// A mail server that runs until this is dropped.
pub struct Server {
    child: Child,
    mails: Receiver<Value>,
    postbox: Postbox,
    _dir: tempfile::TempDir,
}

impl Server {
    /// Starts one; with TLS, somebody has to sign in. None where there is no Python to run it.
    pub fn start(security: Security) -> Option<Self> {
        let Some(python) = std::env::var_os("AKEY_TEST_PYTHON") else {
            println!("not checked: AKEY_TEST_PYTHON names no Python with aiosmtpd");
            return None;
        };
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let script = file("server.py", SCRIPT);
        let mut command = Command::new(python);
        command.arg(script).arg(security.code());
        let mut authority_pem = String::new();
        if security != Security::Plain {
            let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
            authority_pem = made.cert.pem();
            command.arg(file("certificate.pem", &authority_pem));
            command.arg(file("key.pem", &made.signing_key.serialize_pem()));
            command.args([USER, PASSWORD]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("AKEY_TEST_PYTHON is a Python");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().expect("it listens").unwrap().parse().unwrap();
        let (taken, mails) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mail = serde_json::from_str(&line).unwrap();
                if taken.send(mail).is_err() {
                    return;
                }
            }
        });
        let signs_in = security != Security::Plain;
        let postbox = Postbox {
            host: "localhost".into(),
            port,
            security,
            user: if signs_in { USER.into() } else { String::new() },
            password: if signs_in {
                PASSWORD.into()
            } else {
                String::new()
            },
            from: "news@example.org".into(),
            public_url: "https://updates.example.org".into(),
            authority_pem,
        };
        Some(Self {
            child,
            mails,
            postbox,
            _dir: dir,
        })
    }

    /// How mail is sent through it.
    pub fn postbox(&self) -> Postbox {
        self.postbox.clone()
    }

    /// The next mail it took.
    pub fn mail(&self) -> Value {
        let mail = self.mails.recv_timeout(Duration::from_secs(20));
        mail.expect("a mail was sent")
    }

    /// Whether no mail came.
    pub fn no_mail(&self) -> bool {
        self.mails.recv_timeout(Duration::from_millis(300)).is_err()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

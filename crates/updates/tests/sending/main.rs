//! Mail through a mail server that somebody else wrote: aiosmtpd, which Debian ships as
//! python3-aiosmtpd. `./test` installs it into a folder of Python's and names its interpreter in
//! `AKEY_TEST_PYTHON`; where that is not set the tests say so and pass.

mod server;

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use server::Server;
use updates::{
    Address, Announced, Answer, Asking, Error, Item, Letter, ManualEnvironment, PLACE_CONFIRM,
    PLACE_LEAVE, Postbox, Security, Sender, Stage, Token, Updates, send_due,
};

const START_MS: i64 = 1_632_500_000_000;

struct Office {
    _dir: tempfile::TempDir,
    time: Arc<ManualEnvironment>,
    updates: Updates,
}

impl Office {
    fn new(postbox: Postbox) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let time = Arc::new(ManualEnvironment::at(START_MS));
        let updates = Updates::open(dir.path(), &[3; 32], time.clone()).unwrap();
        updates.set_postbox(postbox).unwrap();
        Self {
            _dir: dir,
            time,
            updates,
        }
    }

    fn ask(&self, address: &str) {
        let asking = Asking {
            address: Address::read(address).unwrap(),
            language: "fr",
            topics: 1,
            terms: "1",
            page: "/updates/subscribe",
            from: None,
        };
        let confirm = letter("Confirmez", PLACE_CONFIRM);
        let answer = self
            .updates
            .ask(&asking, &confirm, &letter("Déjà", "déjà"))
            .unwrap();
        assert_eq!(answer, Answer::LookIntoMail);
    }

    /// Asks, gets the mail, follows its link.
    fn confirmed(&self, address: &str, server: &Server) -> Token {
        self.ask(address);
        assert_eq!(send_due(&self.updates).unwrap().sent, 1);
        let mail = server.mail();
        let token = token_of(&text(&mail), "/updates/confirm/");
        self.updates.confirm(&token).unwrap().unwrap()
    }

    fn announce(&self, key: &str) -> Announced {
        let item = Item {
            key,
            topics: 1,
            letters: vec![("fr", letter("Avis d’été", PLACE_LEAVE))],
        };
        self.updates.announce(&item).unwrap()
    }
}

fn letter(subject: &str, body: &str) -> Letter {
    Letter {
        subject: subject.into(),
        body: format!("é\n\n{body}\n"),
    }
}

/// The message as it was sent, its quoted-printable undone as far as links need it.
fn text(mail: &Value) -> String {
    let text = mail["text"].as_str().unwrap();
    text.replace("=\r\n", "").replace("=3D", "=")
}

fn token_of(text: &str, path: &str) -> Token {
    let (_, after) = text.split_once(path).expect("a link");
    let hex: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
    Token::read(&hex).expect("a token")
}

#[test]
fn whoever_confirms_is_told_once_and_a_mail_program_can_leave_for_them() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let office = Office::new(server.postbox());
    let leave = office.confirmed("demo@example.org", &server);
    assert_eq!(office.announce("first"), Announced::Queued(1));
    assert_eq!(office.announce("first"), Announced::Before);
    assert_eq!(send_due(&office.updates).unwrap().sent, 1);
    let mail = server.mail();
    assert_eq!(mail["to"][0], "demo@example.org");
    let from = mail["from"].as_str().unwrap();
    assert!(
        from.starts_with("news+") && from.ends_with("@example.org"),
        "each mail has a return path of its own: {from}"
    );
    let message = text(&mail);
    assert!(message.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    let (_, link) = head.split_once("List-Unsubscribe: <").unwrap();
    assert_eq!(token_of(link, "/updates/unsubscribe/"), leave);
    office.updates.leave(&leave).unwrap();
    assert_eq!(office.announce("second"), Announced::Queued(0));
    assert_eq!(office.updates.counts().unwrap().confirmed, 0);
}

#[test]
fn a_connection_is_private_or_there_is_none() {
    for security in [Security::StartTls, Security::Tls] {
        let Some(server) = Server::start(security) else {
            return;
        };
        let office = Office::new(server.postbox());
        office.ask("demo@example.org");
        assert_eq!(send_due(&office.updates).unwrap().sent, 1, "{security:?}");
        let mail = server.mail();
        assert_eq!(
            (&mail["tls"], &mail["user"]),
            (&Value::Bool(true), &Value::from("demo"))
        );

        // The same server, without its authority on our list, or with another password.
        let mut stranger = server.postbox();
        stranger.authority_pem.clear();
        let office = Office::new(stranger);
        office.ask("demo@example.org");
        let stopped = send_due(&office.updates).unwrap().stopped.unwrap();
        assert_eq!(stopped.stage, Stage::Securing, "{security:?}");
        let mut intruder = server.postbox();
        intruder.password = "another".into();
        let office = Office::new(intruder);
        office.ask("demo@example.org");
        let stopped = send_due(&office.updates).unwrap().stopped.unwrap();
        assert_eq!((stopped.stage, stopped.code), (Stage::SigningIn, Some(535)));
        assert_eq!(office.updates.counts().unwrap().queued, 1, "it waits");
    }
    // A server that offers no TLS is sent nothing where TLS was asked for.
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let mut postbox = server.postbox();
    postbox.security = Security::StartTls;
    let office = Office::new(postbox);
    office.ask("demo@example.org");
    let stopped = send_due(&office.updates).unwrap().stopped.unwrap();
    assert_eq!(stopped.stage, Stage::Securing);
    assert!(server.no_mail());
}

#[test]
fn what_the_server_says_of_one_recipient_stops_nobody_else() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let office = Office::new(server.postbox());
    for name in ["gone", "busy", "refused", "demo"] {
        office.ask(&format!("{name}@example.org"));
    }
    let round = send_due(&office.updates).unwrap();
    assert_eq!(
        (round.sent, round.later, round.failed),
        (1, 1, 2),
        "{round:?}"
    );
    assert_eq!(server.mail()["to"][0], "demo@example.org");
    let counts = office.updates.counts().unwrap();
    assert_eq!(
        (counts.suspended, counts.queued),
        (1, 1),
        "who does not exist is written to no more, who is busy later"
    );
    // Not at once, but later.
    assert_eq!(send_due(&office.updates).unwrap().later, 0);
    office.time.pass(5 * 60_000);
    assert_eq!(send_due(&office.updates).unwrap().later, 1);
}

#[test]
fn a_server_that_hangs_up_or_is_away_loses_no_mail() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let office = Office::new(server.postbox());
    office.ask("hangup@example.org");
    office.time.pass(1);
    office.ask("demo@example.org");
    let round = send_due(&office.updates).unwrap();
    assert_eq!(
        round.stopped.map(|trouble| trouble.stage),
        Some(Stage::Connecting)
    );
    assert_eq!(office.updates.counts().unwrap().queued, 2);

    drop(server);
    let round = send_due(&office.updates).unwrap();
    let trouble = round.stopped.unwrap();
    assert_eq!(trouble.stage, Stage::Connecting);
    assert_eq!(office.updates.trouble().unwrap(), Some(trouble));
    assert_eq!(office.updates.counts().unwrap().queued, 2);

    let Some(again) = Server::start(Security::Plain) else {
        return;
    };
    office.updates.set_postbox(again.postbox()).unwrap();
    assert_eq!(send_due(&office.updates).unwrap().sent, 1);
    assert_eq!(
        again.mail()["to"][0],
        "demo@example.org",
        "who came after the one it hung up over is not kept waiting"
    );
}

#[test]
fn the_thread_that_sends_ends_when_it_is_told_to() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let office = Office::new(server.postbox());
    let (looked, looks) = mpsc::channel();
    let sender = Sender::start(office.updates.clone(), move |_| {
        // Nobody listens at the end.
        let _ = looked.send(());
    })
    .unwrap();
    looks.recv_timeout(Duration::from_secs(10)).unwrap();
    office.ask("demo@example.org");
    sender.wake();
    assert_eq!(server.mail()["to"][0], "demo@example.org");
    drop(sender);
    office.ask("other@example.org");
    assert!(server.no_mail());
}

#[test]
fn settings_can_be_tried_and_nobody_is_kept() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let office = Office::new(server.postbox());
    let to = Address::read("demo@example.org").unwrap();
    office.updates.try_out(&to, &letter("Essai", "")).unwrap();
    assert!(text(&server.mail()).contains("Subject: Essai"));
    let gone = Address::read("gone@example.org").unwrap();
    let refused = office.updates.try_out(&gone, &letter("Essai", ""));
    match refused {
        Err(Error::Mail(trouble)) => {
            assert_eq!((trouble.stage, trouble.code), (Stage::Recipient, Some(550)));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(office.updates.counts().unwrap().pending, 0);
}

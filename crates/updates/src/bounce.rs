//! Mail that came back (RFC 3464): whose it was is read from the return path only, which carries a
//! mark that nobody else can make. Bounded: a bounce is read up to a fixed size, and a thousand
//! bounces about one person change one row.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::store::Updates;

/// How much of a bounce is looked at, in bytes.
const READ_MAX: usize = 256 * 1024;
/// Lines that may hold a mark.
const RECIPIENT_FIELDS: [&str; 5] = [
    "to:",
    "delivered-to:",
    "x-original-to:",
    "envelope-to:",
    "return-path:",
];

/// What a bounce says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BounceKind {
    /// There is no such recipient: nothing more is sent.
    Hard,
    /// Not now: counted.
    Soft,
}

/// What came of one message handed in as a bounce.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BounceRead {
    /// It was about a mail of ours.
    Counted(BounceKind),
    /// It says that a mail was delivered, relayed or delayed: nothing to do.
    NoFailure,
    /// No report of a mail of ours.
    NotOurs,
}

impl Updates {
    /// Takes in one message that came back.
    ///
    /// # Errors
    /// When the store fails; whatever the message holds is no error.
    pub fn bounced(&self, message: &[u8]) -> Result<BounceRead> {
        let message = &message[..message.len().min(READ_MAX)];
        let text = String::from_utf8_lossy(message);
        let Some((subscriber, mail)) = self.marked(&text) else {
            return Ok(BounceRead::NotOurs);
        };
        let Some(report) = Report::read(&text) else {
            return Ok(BounceRead::NotOurs);
        };
        match report.kind() {
            Some(BounceKind::Hard) => self.suspend(subscriber)?,
            Some(BounceKind::Soft) => self.count_soft(subscriber, mail)?,
            None => return Ok(BounceRead::NoFailure),
        }
        Ok(report
            .kind()
            .map_or(BounceRead::NoFailure, BounceRead::Counted))
    }

    /// The first mark of ours in a line that names a recipient.
    fn marked(&self, text: &str) -> Option<(i64, i64)> {
        text.lines()
            .filter(|line| {
                RECIPIENT_FIELDS.iter().any(|field| {
                    let start = line.get(..field.len());
                    start.is_some_and(|start| start.eq_ignore_ascii_case(field))
                })
            })
            .flat_map(|line| line.split('+').skip(1))
            .filter_map(|after| after.split_once('@'))
            .find_map(|(mark, _)| self.shared.keys.returned(mark))
    }
}

/// The machine-readable part of a report (RFC 3464, section 2.3).
struct Report<'t> {
    action: &'t str,
    status: &'t str,
}

impl<'t> Report<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let mut lines = text.lines();
        let begins = |line: &str| {
            let line = line.to_ascii_lowercase();
            line.starts_with("content-type:") && line.contains("message/delivery-status")
        };
        lines.find(|line| begins(line))?;
        let field = |line: &'t str, name: &str| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        };
        let (mut action, mut status) = (None, None);
        for line in lines.take_while(|line| !line.starts_with("--")) {
            action = action.or_else(|| field(line, "Action"));
            status = status.or_else(|| field(line, "Status"));
        }
        Some(Self {
            action: action?,
            status: status?,
        })
    }

    fn kind(&self) -> Option<BounceKind> {
        if !self.action.eq_ignore_ascii_case("failed") {
            return None;
        }
        // RFC 3463: 5.1.x is about the address, 5.2.1 a mailbox that is closed. Other permanent
        // failures, a full mailbox or a policy, may pass.
        let mut parts = self.status.split(['.', ' ']);
        let status = (parts.next(), parts.next(), parts.next());
        let gone = matches!(
            status,
            (Some("5"), Some("1"), _)
                | (Some("5"), Some("2"), Some("1"))
                | (Some("5"), Some("0"), Some("0"))
        );
        Some(if gone {
            BounceKind::Hard
        } else {
            BounceKind::Soft
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::environment::ManualEnvironment;

    fn office() -> (tempfile::TempDir, Updates) {
        let dir = tempfile::tempdir().unwrap();
        let time = Arc::new(ManualEnvironment::at(0));
        let updates = Updates::open(dir.path(), &[7; 32], time).unwrap();
        (dir, updates)
    }

    /// Reports as Postfix 3.7 of Debian writes them; MARK stands where the mark was.
    #[test]
    fn the_reports_of_postfix_are_read_for_what_they_say() {
        let (_dir, updates) = office();
        let mark = updates.shared.keys.return_mark(5, 1);
        for (report, kind) in [
            (
                include_str!("../tests/bounces/postfix-unknown-user.eml"),
                BounceKind::Hard,
            ),
            (
                include_str!("../tests/bounces/postfix-mailbox-full.eml"),
                BounceKind::Soft,
            ),
        ] {
            let genuine = report.replace("MARK", &mark);
            let read = updates.bounced(genuine.as_bytes()).unwrap();
            assert_eq!(read, BounceRead::Counted(kind));
            let dos = genuine.replace('\n', "\r\n");
            assert_eq!(updates.bounced(dos.as_bytes()).unwrap(), read);
            let forged = updates.bounced(report.as_bytes()).unwrap();
            assert_eq!(forged, BounceRead::NotOurs);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_comes_in_is_read_to_its_end(
            head in "(To|Delivered-To|X-Original-To): [ -~]{0,40}\n",
            rest in any::<Vec<u8>>(),
            cut in 0_usize..2_000,
        ) {
            let (_dir, updates) = office();
            let report = include_bytes!("../tests/bounces/postfix-unknown-user.eml");
            let parts = [head.as_bytes(), &report[..cut.min(report.len())], &rest];
            let message = parts.concat();
            prop_assert_eq!(updates.bounced(&message).unwrap(), BounceRead::NotOurs);
        }
    }
}

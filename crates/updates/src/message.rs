//! How a letter becomes a message (RFC 5322): one recipient, plain text, and the headers by which a mail
//! program leaves with one click (RFC 2369, RFC 8058).

use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};

use crate::address::Address;
use crate::key::Keys;
use crate::letter::{PLACE_CONFIRM, PLACE_LEAVE, PLACE_PREFERENCES};
use crate::postbox::Postbox;
use crate::queue::Due;
use crate::trouble::{Stage, Trouble};

/// The message to one person, and its envelope.
pub(crate) fn message(
    due: &Due,
    postbox: &Postbox,
    keys: &Keys,
    now_ms: i64,
) -> Result<(Envelope, Vec<u8>), Trouble> {
    let unwritable = |_| Trouble::at(Stage::Writing, None);
    let page = |path: &str, token: &str| format!("{}/updates/{path}/{token}", postbox.public_url);
    let leave = keys.leave(due.subscriber).expose();
    let confirm = keys.confirm(due.subscriber, due.asked_at).expose();
    let body = due
        .body
        .replace(PLACE_CONFIRM, &page("confirm", &confirm))
        .replace(PLACE_PREFERENCES, &page("preferences", &leave))
        .replace(PLACE_LEAVE, &page("unsubscribe", &leave));
    let from = Address::read(&postbox.from).map_err(unwritable)?;
    let to = Address::read(&due.address).map_err(unwritable)?;
    let (from_local, from_domain) = from.parts();
    let mark = keys.return_mark(due.subscriber, due.mail);
    let back = plain(&format!("{from_local}+{mark}"), from_domain)?;
    let sender = plain(from_local, from_domain)?;
    let (to_local, to_domain) = to.parts();
    let recipient = plain(to_local, to_domain)?;
    let seconds = u64::try_from(now_ms / 1_000).unwrap_or(0);
    let date = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let message = Message::builder()
        .from(Mailbox::new(None, sender))
        .to(Mailbox::new(None, recipient.clone()))
        .subject(one_line(&due.subject))
        .date(date)
        .message_id(Some(format!("<{mark}.{seconds}@{from_domain}>")))
        .raw_header(header(
            "List-Unsubscribe",
            format!("<{}>", page("unsubscribe", &leave)),
        ))
        .raw_header(header(
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ))
        .raw_header(header("List-Id", format!("<updates.{from_domain}>")))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(|_| Trouble::at(Stage::Writing, None))?;
    let envelope = Envelope::new(Some(back), vec![recipient])
        .map_err(|_| Trouble::at(Stage::Writing, None))?;
    Ok((envelope, message.formatted()))
}

/// A header of ours in printable ASCII. It is not folded: a link must stay in one piece.
fn header(name: &'static str, value: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}

fn plain(local: &str, domain: &str) -> Result<lettre::Address, Trouble> {
    lettre::Address::new(local, domain).map_err(|_| Trouble::at(Stage::Writing, None))
}

/// A subject never breaks its line, whatever was written into it.
fn one_line(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    line.trim().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_with_line_breaks_adds_no_header_and_the_links_stand_in_one_piece() {
        let due = Due {
            mail: 3,
            subscriber: 4,
            attempts: 0,
            address: "demo@example.org".into(),
            asked_at: 5,
            subject: "Avi\r\nBcc: demo2@example.org\u{2028}X: y".into(),
            body: format!("é {PLACE_CONFIRM} {PLACE_LEAVE}"),
        };
        let keys = Keys::of(&[1; 32]);
        let (envelope, bytes) =
            message(&due, &crate::postbox::sample(25), &keys, 1_632_500_000_000).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            !head
                .lines()
                .any(|line| line.starts_with("Bcc") || line.starts_with("X:")),
            "{head}"
        );
        let link = format!(
            "List-Unsubscribe: <https://updates.example.org/updates/unsubscribe/{}>\r\n",
            keys.leave(4).expose()
        );
        assert!(head.contains(&link), "{head}");
        assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        assert_eq!(envelope.to().len(), 1);
        let back = envelope.from().unwrap();
        let mark = back.user().strip_prefix("news+").unwrap();
        assert_eq!(keys.returned(mark), Some((4, 3)));
        assert!(back.user().len() <= 64 && !head.contains("demo2@example.org>"));
    }
}

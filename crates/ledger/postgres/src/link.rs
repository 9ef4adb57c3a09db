//! One connection: made with what it needs for durable answers and bounded waiting, and looked at
//! whether the database at its other end is one that may be used.

use std::sync::Arc;

use futures_util::{StreamExt as _, stream};
use tokio::sync::mpsc::UnboundedSender;
use tokio_postgres::{AsyncMessage, Client, NoTls};

use crate::address::Address;
use crate::tls::Tls;
use crate::trouble::Trouble;

const VERSION_MIN: i32 = 15;
/// Longest that one statement may take at the server.
pub(crate) const STATEMENT_SECONDS_MAX: u64 = 15;

/// What comes in beside answers: the process id of whoever gave notice.
pub(crate) type Notices = UnboundedSender<i32>;

/// How connections are made.
#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) address: Address,
    tls: Option<Tls>,
}

impl Connector {
    pub(crate) fn new(address: Address) -> ledger::Result<Self> {
        let tls = match address.config.get_ssl_mode() {
            tokio_postgres::config::SslMode::Disable => None,
            _ => Some(Tls::new(address.authorities())?),
        };
        Ok(Self { address, tls })
    }

    /// Connects; the connection is driven until it ends.
    pub(crate) async fn connect(&self, notices: Option<Notices>) -> Result<Arc<Client>, Trouble> {
        let config = &self.address.config;
        let client = if let Some(tls) = &self.tls {
            let (client, connection) = config.connect(tls.clone()).await?;
            drive(connection, notices);
            client
        } else {
            let (client, connection) = config.connect(NoTls).await?;
            drive(connection, notices);
            client
        };
        prepare(&client).await?;
        Ok(Arc::new(client))
    }
}

fn drive<S, T>(mut connection: tokio_postgres::Connection<S, T>, notices: Option<Notices>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = messages.next().await {
            if let (AsyncMessage::Notification(heard), Some(notices)) = (message, &notices) {
                // Nobody may listen any more.
                let _ = notices.send(heard.process_id());
            }
        }
    });
}

/// Looks at the other end and sets what this program rests on.
async fn prepare(client: &Client) -> Result<(), Trouble> {
    let row = client
        .query_one(
            "SELECT version(), current_setting('server_version_num'),
                current_setting('synchronous_commit'), current_setting('transaction_read_only')",
            &[],
        )
        .await?;
    let (named, number): (&str, &str) = (row.get(0), row.get(1));
    let (durable, read_only): (&str, &str) = (row.get(2), row.get(3));
    check_version(named, number)?;
    if read_only == "on" {
        return Err(Trouble::Away(
            "it is a standby, where nothing can be saved: name the primary, or all of them \
             (postgres://NAME@ONE,OTHER/DATABASE?target_session_attrs=read-write)"
                .to_owned(),
        ));
    }
    if matches!(durable, "off" | "local") {
        client.batch_execute("SET synchronous_commit = on").await?;
    }
    client
        .batch_execute(&format!(
            "SET statement_timeout = '{STATEMENT_SECONDS_MAX}s'"
        ))
        .await?;
    // Descendants of PostgreSQL may not know these; the time limit above bounds all the same.
    for setting in [
        "SET lock_timeout = '10s'",
        "SET idle_in_transaction_session_timeout = '30s'",
    ] {
        if let Err(error) = client.batch_execute(setting).await
            && error.as_db_error().is_none()
        {
            return Err(error.into());
        }
    }
    Ok(())
}

/// PostgreSQL itself is refused when it is too old; descendants number themselves as they like.
fn check_version(named: &str, number: &str) -> Result<(), Trouble> {
    let number: i32 = number.parse().unwrap_or(0);
    let is_itself = named.starts_with("PostgreSQL") && !named.contains("-YB-");
    if is_itself && number < VERSION_MIN * 10_000 {
        return Err(Trouble::Refused(format!(
            "it is PostgreSQL {}, and {VERSION_MIN} or newer is needed: upgrade it",
            number / 10_000
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_postgresql_is_refused_and_a_descendant_is_not() {
        let refused = check_version("PostgreSQL 14.9 on x86_64-pc-linux-gnu", "140009");
        assert!(matches!(refused, Err(Trouble::Refused(why)) if why.contains("PostgreSQL 14")));
        assert_eq!(check_version("PostgreSQL 15.3 on x86_64", "150003"), Ok(()));
        assert_eq!(check_version("CockroachDB CCL v24.1", "130000"), Ok(()));
        assert_eq!(check_version("PostgreSQL 11.2-YB-2.20", "110002"), Ok(()));
    }
}

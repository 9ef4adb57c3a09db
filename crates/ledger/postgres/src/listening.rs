//! Hearing at once of what other servers placed, by LISTEN and NOTIFY on a connection of its own. It is
//! a convenience: what is not heard is found by asking.

use std::time::Duration;

use ledger::shared::Notice;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_postgres::Client;

use crate::link::Connector;

const CHANNEL: &str = "akey_hub";
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Listens and announces until nobody announces any more.
pub(crate) async fn run(
    connector: Connector,
    mut announced: UnboundedReceiver<()>,
    notice: Notice,
) {
    loop {
        let (sender, mut heard) = unbounded_channel();
        match connector.connect(Some(sender)).await {
            Ok(client) => {
                match client.batch_execute(&format!("LISTEN {CHANNEL}")).await {
                    Ok(()) => {}
                    // It has no notices, or a pooler hides them.
                    Err(error) if error.as_db_error().is_some() => {
                        tracing::info!("the hub's database gives no notice: it is asked instead");
                        return;
                    }
                    Err(_) => continue,
                }
                // Something may have been placed while nobody listened.
                notice();
                let own: i32 = match client.query_one("SELECT pg_backend_pid()", &[]).await {
                    Ok(row) => row.get(0),
                    Err(_) => 0,
                };
                loop {
                    tokio::select! {
                        by = heard.recv() => match by {
                            Some(by) if by == own => {}
                            Some(_) => notice(),
                            None => break,
                        },
                        asked = announced.recv() => {
                            if asked.is_none() {
                                return;
                            }
                            while announced.try_recv().is_ok() {}
                            if announce(&client).await.is_err() {
                                break;
                            }
                        }
                    }
                }
            }
            Err(trouble) => tracing::debug!(why = trouble.why(), "not listening"),
        }
        // Ends when nobody is left to announce for.
        tokio::select! {
            () = tokio::time::sleep(AGAIN_AFTER) => {}
            asked = announced.recv() => {
                if asked.is_none() {
                    return;
                }
            }
        }
    }
}

/// Tells the others. A notice need not survive anything, so nothing is flushed for it.
async fn announce(client: &Client) -> Result<(), tokio_postgres::Error> {
    client
        .batch_execute(&format!(
            "BEGIN; SET LOCAL synchronous_commit = off; NOTIFY {CHANNEL}; COMMIT"
        ))
        .await
}

//! Hears from PostgreSQL that some node appended to a log. A wake-up carries no entries and may be
//! lost: it delays, it never loses.

use futures::{StreamExt, stream};
use std::time::Duration;
use tenon_protocol::WorkspaceId;
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, NoTls};

/// On the channel that `tx.rs` notifies.
const LISTEN: &str = "LISTEN tenon";
/// Pause before the connection is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Sends `(workspace, seq)` for every wake-up until the receiver is gone; reconnects for ever.
pub async fn listen(url: String, wakes: mpsc::UnboundedSender<(WorkspaceId, i64)>) {
    while !wakes.is_closed() {
        if let Err(error) = listen_once(&url, &wakes).await {
            tracing::warn!(reason = %error, "wake-ups of other nodes are not heard; retrying");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen_once(
    url: &str,
    wakes: &mpsc::UnboundedSender<(WorkspaceId, i64)>,
) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = tokio_postgres::connect(url, NoTls).await?;
    let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
    let listen = client.batch_execute(LISTEN);
    tokio::pin!(listen);
    let mut listening = false;
    loop {
        tokio::select! {
            result = &mut listen, if !listening => {
                result?;
                listening = true;
            }
            message = messages.next() => match message {
                Some(Ok(AsyncMessage::Notification(note))) => {
                    if let Some(wake) = parse(note.payload()) && wakes.send(wake).is_err() {
                        return Ok(());
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            },
        }
    }
}

fn parse(payload: &str) -> Option<(WorkspaceId, i64)> {
    let (workspace, seq) = payload.split_once(' ')?;
    Some((workspace.parse().ok()?, seq.parse().ok()?))
}

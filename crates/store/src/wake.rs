//! Hears from PostgreSQL that another node appended to a log. A wake-up carries no entries and may
//! be lost: it delays, it never loses.

use futures::{StreamExt, stream};
use std::time::Duration;
use tenon_protocol::WorkspaceId;
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, NoTls};
use uuid::Uuid;

/// On the channel that `tx.rs` notifies.
const LISTEN: &str = "LISTEN tenon";
/// Pause before the connection is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Sends `(workspace, seq)` for every wake-up by a node other than this until the receiver is
/// gone; reconnects for ever.
pub async fn listen(url: String, node: Uuid, wakes: mpsc::UnboundedSender<(WorkspaceId, i64)>) {
    while !wakes.is_closed() {
        if let Err(error) = listen_once(&url, node, &wakes).await {
            tracing::warn!(reason = %error, "wake-ups of other nodes are not heard; retrying");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen_once(
    url: &str,
    node: Uuid,
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
                    let wake = parse(note.payload()).filter(|(_, _, of)| *of != node);
                    if let Some((workspace, seq, _)) = wake
                        && wakes.send((workspace, seq)).is_err()
                    {
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

fn parse(payload: &str) -> Option<(WorkspaceId, i64, Uuid)> {
    let mut words = payload.split(' ');
    let workspace = words.next()?.parse().ok()?;
    let seq = words.next()?.parse().ok()?;
    Some((workspace, seq, words.next()?.parse().ok()?))
}

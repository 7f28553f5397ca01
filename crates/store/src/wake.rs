//! What nodes tell each other through PostgreSQL. A wake-up says that one appended to a log; it
//! carries no entries, and one that is lost delays and loses nothing. News are signals, never in
//! the log: a text that this crate does not read, which may be lost as well.

use crate::tx::WAKE_CHANNEL;
use futures::{StreamExt, stream};
use std::time::Duration;
use tenon_protocol::WorkspaceId;
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, NoTls};
use uuid::Uuid;

/// On the channels that `tx.rs` notifies.
const LISTEN: &str = "LISTEN tenon; LISTEN tenon_news";
/// Pause before the connection is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// What another node told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The log reached this seq.
    Grew(WorkspaceId, i64),
    /// News of this node.
    News(WorkspaceId, Uuid, String),
}

/// Sends what nodes other than this tell until the receiver is gone; reconnects for ever.
pub async fn listen(url: String, node: Uuid, wakes: mpsc::UnboundedSender<Heard>) {
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
    wakes: &mpsc::UnboundedSender<Heard>,
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
                    let heard = match note.channel() {
                        WAKE_CHANNEL => wake(note.payload(), node),
                        _ => news(note.payload(), node),
                    };
                    if let Some(heard) = heard
                        && wakes.send(heard).is_err()
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

/// `WORKSPACE SEQ NODE`, of another node.
fn wake(payload: &str, me: Uuid) -> Option<Heard> {
    let mut words = payload.split(' ');
    let workspace = words.next()?.parse().ok()?;
    let seq = words.next()?.parse().ok()?;
    let node: Uuid = words.next()?.parse().ok()?;
    (node != me).then_some(Heard::Grew(workspace, seq))
}

/// `WORKSPACE NODE TEXT`, of another node.
fn news(payload: &str, me: Uuid) -> Option<Heard> {
    let mut words = payload.splitn(3, ' ');
    let workspace = words.next()?.parse().ok()?;
    let node: Uuid = words.next()?.parse().ok()?;
    let text = words.next()?.to_owned();
    (node != me).then_some(Heard::News(workspace, node, text))
}

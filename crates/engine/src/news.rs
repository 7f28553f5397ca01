//! What the nodes of a workspace tell each other: who is connected where, and signals for those who
//! are connected elsewhere. All of it may be lost: presence is said anew every now and then, a
//! signal is not worth it.

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tenon_protocol::{MemberId, Scope, WorkspaceId};
use tenon_store::{Store, tx::NEWS_BYTES_MAX};
use tokio::sync::{mpsc, oneshot};

/// Limit: members in one piece of news, so that it fits `NEWS_BYTES_MAX` as JSON.
pub(crate) const MEMBERS_MAX: usize = 180;
/// Limit: pieces that wait to be sent; beyond these they are dropped.
const WAITING_MAX: usize = 256;
/// Limit: how long a node that stops waits until the others have been told.
const FINISH_TIME_MAX: Duration = Duration::from_secs(2);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// A node has begun and asks who is connected.
    Began,
    /// Everybody who is connected to the node, in parts.
    Online { members: Vec<MemberId>, last: bool },
    Changed {
        came: Vec<MemberId>,
        went: Vec<MemberId>,
    },
    /// A frame for a scope's audience but its actor.
    Signal {
        scope: Scope,
        actor: MemberId,
        frame: String,
    },
    /// A frame for all clients of a member.
    Own { member: MemberId, frame: String },
}

impl News {
    /// All of them, in parts; one part if there are none.
    pub fn online(members: &HashSet<MemberId>) -> Vec<Self> {
        let members: Vec<MemberId> = members.iter().copied().collect();
        if members.is_empty() {
            let last = true;
            return vec![News::Online { members, last }];
        }
        let parts = members.chunks(MEMBERS_MAX);
        let count = parts.len();
        let parts = parts.enumerate().map(|(place, part)| News::Online {
            members: part.to_vec(),
            last: place + 1 == count,
        });
        parts.collect()
    }
}

/// Sends news of one workspace, in order; to nobody where a node is always alone.
pub(crate) struct Teller {
    sender: Option<mpsc::Sender<Item>>,
}

enum Item {
    News(String),
    /// All before it has been sent.
    Sent(oneshot::Sender<()>),
}

impl Teller {
    /// And what sends.
    pub fn new(store: Store, workspace: WorkspaceId) -> (Self, impl Future<Output = ()> + Send) {
        let (sender, mut waiting) = mpsc::channel(WAITING_MAX);
        let sender = store.url().is_some().then_some(sender);
        let send = async move {
            while let Some(item) = waiting.recv().await {
                match item {
                    Item::News(text) => {
                        if let Err(error) = store.tell(workspace, &text).await {
                            tracing::debug!(reason = %error, "the other nodes were not told");
                        }
                    }
                    // Nobody waits any more: too late.
                    Item::Sent(sent) => drop(sent.send(())),
                }
            }
        };
        (Self { sender }, send)
    }

    /// Does not wait; what finds no room is dropped, as is what is too long.
    pub fn tell(&self, news: &News) {
        let Some(sender) = &self.sender else { return };
        let Ok(text) = serde_json::to_string(news) else {
            return;
        };
        if text.len() <= NEWS_BYTES_MAX {
            let _ = sender.try_send(Item::News(text));
        }
    }

    /// Tells that nobody is connected here any more, and waits until all is sent.
    pub async fn finish(&self) {
        let Some(sender) = &self.sender else { return };
        News::online(&HashSet::new())
            .iter()
            .for_each(|news| self.tell(news));
        let (sent, all_sent) = oneshot::channel();
        let finish = async {
            if sender.send(Item::Sent(sent)).await.is_ok() {
                let _ = all_sent.await;
            }
        };
        if tokio::time::timeout(FINISH_TIME_MAX, finish).await.is_err() {
            tracing::debug!("stopped before the other nodes were told");
        }
    }

    /// Whether anybody may hear.
    pub fn is_heard(&self) -> bool {
        self.sender.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_longest_list_fits() {
        let members: Vec<MemberId> = (0..MEMBERS_MAX).map(|_| MemberId(Uuid::max())).collect();
        let changed = News::Changed {
            came: Vec::new(),
            went: members.clone(),
        };
        let last = false;
        for news in [News::Online { members, last }, changed] {
            assert!(serde_json::to_string(&news).unwrap().len() <= NEWS_BYTES_MAX);
        }
    }
}

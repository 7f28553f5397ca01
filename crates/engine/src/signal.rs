//! What members tell each other that is not kept: that they type, that they have read on.

use crate::{Actor, Engine, Failure, hub::encode, queries::project::visible};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use tenon_domain::{access::check_signal, refusal::Refusal};
use tenon_protocol::{
    MessageId, Scope, TaskId,
    frame::{ServerFrame, SignalDown, SignalKind, SignalUp},
};
use tenon_store::{channel, member, workspace};

/// Limit: how long a signal may hold, milliseconds.
const TTL_MAX_MS: u64 = 30_000;

/// All that a signal says; whatever else a client sends with it reaches nobody.
#[derive(Default, Serialize, Deserialize)]
struct Typing {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thread: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task: Option<TaskId>,
}

impl Engine {
    /// Tells a scope's audience something that is not kept.
    pub async fn signal(&self, actor: &Actor, signal: SignalUp) -> Result<(), Failure> {
        let (actor, scope, kind) = (*actor, signal.scope, signal.kind);
        let id = actor.member;
        let read = self.inner.store.read(actor.workspace, move |reader| {
            async move {
                let is_inside = match scope {
                    Scope::Channel(channel) => {
                        channel::get_member(reader, channel, id).await?.is_some()
                    }
                    Scope::Project(project) => {
                        let Some(me) = member::get(reader, id).await? else {
                            return Ok(Err(Refusal::Unauthenticated));
                        };
                        visible(reader, &me, Some(project)).await?.is_ok()
                    }
                    Scope::Workspace | Scope::Members | Scope::Space(_) | Scope::Inbox(_) => false,
                };
                if !is_inside {
                    return Ok(Err(Refusal::UnknownChannel));
                }
                let read_in = match (kind, scope) {
                    (SignalKind::Read, Scope::Channel(channel)) => {
                        let channel = channel::get(reader, channel).await?;
                        channel.zip(workspace::get(reader).await?)
                    }
                    _ => None,
                };
                let read_in = read_in.as_ref().map(|(channel, it)| (channel, it));
                Ok(check_signal(&actor, kind, read_in))
            }
            .boxed()
        });
        read.await??;
        let Some(live) = self.live_now(actor.workspace) else {
            return Ok(());
        };
        let value = match kind {
            SignalKind::Typing => value_of(signal.value),
            _ => serde_json::json!({}),
        };
        let frame = encode(&ServerFrame::Signal(SignalDown {
            scope,
            kind,
            value,
            ttl_ms: signal.ttl_ms.min(TTL_MAX_MS),
            actor: Some(id),
        }));
        live.hub.signal(scope, id, frame);
        Ok(())
    }
}

/// What others are told of a value that a client made.
fn value_of(said: serde_json::Value) -> serde_json::Value {
    let typing: Typing = serde_json::from_value(said).unwrap_or_default();
    serde_json::to_value(typing).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_signal_says_where_somebody_types_and_no_more() {
        let thread = MessageId::new();
        let said = json!({"thread": thread, "online": [1], "text": "x".repeat(900_000)});
        assert_eq!(value_of(said), json!({"thread": thread}));
        for nothing in [Value::Null, json!(7), json!({"task": 7}), json!(["x"])] {
            assert_eq!(value_of(nothing), json!({}));
        }
    }
}

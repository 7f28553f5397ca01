//! Who has a live session on this node. A signal: never in the log, told in one frame a tick.
//!
//! Presence never decides whether somebody is notified.

use crate::hub::encode;
use bytes::Bytes;
use hashbrown::HashSet;
use tenon_protocol::{
    MemberId, Scope,
    frame::{ServerFrame, SignalDown, SignalKind},
};

/// How long a presence signal holds, milliseconds: until the next one.
const TTL_MS: u64 = 0;

#[derive(Default)]
pub(crate) struct Presence {
    online: HashSet<MemberId>,
    /// As it was told last.
    told: HashSet<MemberId>,
    touched: HashSet<MemberId>,
    /// `told` as JSON, made when first asked for.
    list: Option<Bytes>,
}

impl Presence {
    pub fn came(&mut self, member: MemberId) {
        self.online.insert(member);
        self.touched.insert(member);
    }

    pub fn went(&mut self, member: MemberId) {
        self.online.remove(&member);
        self.touched.insert(member);
    }

    /// The members that were told to be online, as a JSON array: one for all who connect within
    /// a tick. What has changed since comes with the next tick.
    pub fn list(&mut self) -> Bytes {
        let told = &self.told;
        let list = || {
            let all: Vec<&MemberId> = told.iter().collect();
            serde_json::to_vec(&all).unwrap_or_default().into()
        };
        self.list.get_or_insert_with(list).clone()
    }

    /// What is different from what was told; a page reload within a tick tells nothing.
    pub fn changes(&mut self) -> Option<Bytes> {
        let (mut online, mut offline) = (Vec::new(), Vec::new());
        for member in self.touched.drain() {
            match (self.told.contains(&member), self.online.contains(&member)) {
                (false, true) => online.push(member),
                (true, false) => offline.push(member),
                (true, true) | (false, false) => {}
            }
        }
        if online.is_empty() && offline.is_empty() {
            return None;
        }
        self.list = None;
        self.told.extend(&online);
        offline.iter().for_each(|member| {
            self.told.remove(member);
        });
        let value = serde_json::json!({ "online": online, "offline": offline });
        Some(encode(&ServerFrame::Signal(SignalDown {
            scope: Scope::Workspace,
            kind: SignalKind::Presence,
            value,
            ttl_ms: TTL_MS,
            actor: None,
        })))
    }
}

//! Who has a live session, on this node or another. A signal: never in the log, told in one frame a
//! tick.
//!
//! Presence never decides whether somebody is notified.

use crate::{
    hub::encode,
    news::{MEMBERS_MAX, News},
};
use bytes::Bytes;
use hashbrown::{HashMap, HashSet};
use std::time::{Duration, Instant};
use tenon_protocol::{
    MemberId, Scope,
    frame::{ServerFrame, SignalDown, SignalKind},
};
use uuid::Uuid;

/// How long a presence signal holds, milliseconds: until the next one.
const TTL_MS: u64 = 0;
/// How often a node says anew who is connected to it.
const SAY_ALL_EVERY: Duration = Duration::from_secs(20);
/// After so long without a word a node is no more.
const SILENCE_MAX: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Presence {
    here: HashSet<MemberId>,
    elsewhere: HashMap<Uuid, Node>,
    /// As it was told last.
    told: HashSet<MemberId>,
    touched: HashSet<MemberId>,
    /// `told` as JSON, made when first asked for.
    list: Option<Bytes>,
    /// There may be other nodes, who want to be told.
    pub is_heard: bool,
    /// Who came or went here since the other nodes were told.
    unsaid: HashSet<MemberId>,
    /// When the other nodes were last told everybody; never, or one asked, if not there.
    said_all_at: Option<Instant>,
}

/// Another node, by what it says.
struct Node {
    online: HashSet<MemberId>,
    /// Those of a list that has not been heard to its end.
    coming: HashSet<MemberId>,
    heard_at: Instant,
}

impl Presence {
    pub fn came(&mut self, member: MemberId) {
        self.here.insert(member);
        self.changed(member);
    }

    pub fn went(&mut self, member: MemberId) {
        self.here.remove(&member);
        self.changed(member);
    }

    fn changed(&mut self, member: MemberId) {
        self.touched.insert(member);
        if self.is_heard {
            self.unsaid.insert(member);
        }
    }

    /// Another node tells who is connected to it.
    pub fn hear(&mut self, node: Uuid, news: News, now: Instant) {
        let node = self.elsewhere.entry(node).or_insert_with(|| Node {
            online: HashSet::new(),
            coming: HashSet::new(),
            heard_at: now,
        });
        node.heard_at = now;
        match news {
            News::Began => self.said_all_at = None,
            News::Changed { came, went } => {
                self.touched.extend(came.iter().chain(&went));
                node.online.extend(came);
                for member in &went {
                    node.online.remove(member);
                }
            }
            News::Online { members, last } => {
                node.coming.extend(members);
                if last {
                    let online = std::mem::take(&mut node.coming);
                    let before = std::mem::replace(&mut node.online, online);
                    let changed = node.online.symmetric_difference(&before);
                    self.touched.extend(changed);
                }
            }
            News::Signal { .. } | News::Own { .. } => {}
        }
    }

    /// Forgets nodes that have been silent for long.
    pub fn forget_silent(&mut self, now: Instant) {
        let touched = &mut self.touched;
        self.elsewhere.retain(|_, node| {
            let stays = now.duration_since(node.heard_at) < SILENCE_MAX;
            if !stays {
                touched.extend(node.online.drain());
            }
            stays
        });
    }

    /// What the other nodes are to be told now.
    pub fn news(&mut self, now: Instant) -> Vec<News> {
        if !self.is_heard {
            return Vec::new();
        }
        let is_due = |at: Instant| now.duration_since(at) >= SAY_ALL_EVERY;
        if self.said_all_at.is_none_or(is_due) {
            self.said_all_at = Some(now);
            self.unsaid.clear();
            return News::online(&self.here);
        }
        let unsaid: Vec<MemberId> = self.unsaid.drain().collect();
        let changed = unsaid.chunks(MEMBERS_MAX).map(|part| {
            let (came, went) = part.iter().partition(|member| self.here.contains(*member));
            News::Changed { came, went }
        });
        changed.collect()
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

    fn is_online(&self, member: &MemberId) -> bool {
        let mut nodes = self.elsewhere.values();
        self.here.contains(member) || nodes.any(|node| node.online.contains(member))
    }

    /// What is different from what was told; a page reload within a tick tells nothing.
    pub fn changes(&mut self) -> Option<Bytes> {
        let (mut online, mut offline) = (Vec::new(), Vec::new());
        for member in std::mem::take(&mut self.touched) {
            match (self.told.contains(&member), self.is_online(&member)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(presence: &mut Presence) -> Vec<MemberId> {
        presence.changes();
        let mut told: Vec<MemberId> = presence.told.iter().copied().collect();
        told.sort_unstable();
        told
    }

    fn member(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    #[test]
    fn whoever_is_on_another_node_is_online_until_it_says_otherwise() {
        let (node, now) = (Uuid::from_u128(7), Instant::now());
        let mut presence = Presence::default();
        presence.came(member(1));
        let came = |came: &[u128], went: &[u128]| News::Changed {
            came: came.iter().map(|n| member(*n)).collect(),
            went: went.iter().map(|n| member(*n)).collect(),
        };
        presence.hear(node, came(&[1, 2], &[]), now);
        assert_eq!(told(&mut presence), [member(1), member(2)]);
        // Gone there, still here.
        presence.hear(node, came(&[3], &[1]), now);
        assert_eq!(told(&mut presence), [member(1), member(2), member(3)]);
        // A list in two parts counts when it is whole.
        let part = |n, last| News::Online {
            members: vec![member(n)],
            last,
        };
        presence.hear(node, part(2, false), now);
        assert_eq!(told(&mut presence), [member(1), member(2), member(3)]);
        presence.hear(node, part(4, true), now);
        assert_eq!(told(&mut presence), [member(1), member(2), member(4)]);
    }

    #[test]
    fn a_node_that_falls_silent_takes_its_members_along() {
        let (node, now) = (Uuid::from_u128(7), Instant::now());
        let mut presence = Presence::default();
        let members = vec![member(2)];
        presence.hear(
            node,
            News::Online {
                members,
                last: true,
            },
            now,
        );
        presence.forget_silent(now + SILENCE_MAX / 2);
        assert_eq!(told(&mut presence), [member(2)]);
        presence.forget_silent(now + SILENCE_MAX);
        assert_eq!(told(&mut presence), []);
    }

    #[test]
    fn other_nodes_hear_everybody_at_first_when_asked_and_now_and_then() {
        let (node, now) = (Uuid::from_u128(7), Instant::now());
        let mut presence = Presence {
            is_heard: true,
            ..Presence::default()
        };
        for n in 0..2 * MEMBERS_MAX as u128 + 1 {
            presence.came(member(n));
        }
        let whole = |news: &[News]| {
            let sizes = news.iter().map(|news| match news {
                News::Online { members, last } => (members.len(), *last),
                other => panic!("{other:?}"),
            });
            sizes.collect::<Vec<_>>()
        };
        let all = [(MEMBERS_MAX, false), (MEMBERS_MAX, false), (1, true)];
        assert_eq!(whole(&presence.news(now)), all);
        assert_eq!(presence.news(now).len(), 0);
        presence.went(member(0));
        let [News::Changed { came, went }] = &presence.news(now)[..] else {
            panic!("what changed is told");
        };
        assert_eq!((came.len(), &went[..]), (0, &[member(0)][..]));
        presence.hear(node, News::Began, now);
        assert_eq!(whole(&presence.news(now)).len(), 2);
        assert_eq!(whole(&presence.news(now + SAY_ALL_EVERY)).len(), 2);
        for n in 0..2 * MEMBERS_MAX as u128 + 1 {
            presence.went(member(n));
        }
        // Nobody is an answer too.
        assert_eq!(whole(&presence.news(now + 2 * SAY_ALL_EVERY)), [(0, true)]);
    }
}

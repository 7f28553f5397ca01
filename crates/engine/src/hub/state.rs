//! Who is connected to one workspace on this node, in which scopes, and the newest entries. Plain
//! state behind the hub's lock: it waits for nothing.

use super::{closed, mark};
use crate::{
    Credential,
    presence::Presence,
    subscription::{Connection, Scopes},
};
use hashbrown::HashMap;
use std::{collections::VecDeque, sync::Arc};
use tenon_domain::audience::{Audience, Breadth, audience};
use tenon_protocol::{ErrorCode, Event, MemberId, Scope, member::Role};
use tenon_store::Logged;

/// Limit: newest entries kept at hand for those who reconnect or lag.
const TAIL_ENTRIES_MAX: usize = 5_000;
/// Limit: bytes of them.
const TAIL_BYTES_MAX: usize = 16 * 1024 * 1024;

#[derive(Default)]
pub(crate) struct State {
    pub head: i64,
    marked: i64,
    pub tail: VecDeque<Logged>,
    tail_bytes: usize,
    /// Who sees projects and spaces besides their members: those that more than these see.
    pub breadths: HashMap<Scope, Breadth>,
    everyone: Connections,
    non_guests: Connections,
    scopes: HashMap<Scope, Connections>,
    pub members: HashMap<MemberId, Connections>,
    pub presence: Presence,
}

type Connections = Vec<Arc<Connection>>;

impl State {
    /// Nobody is connected; everything up to `head` was told.
    pub fn at(head: i64) -> Self {
        Self {
            head,
            marked: head,
            ..Self::default()
        }
    }

    pub fn keep(&mut self, entry: Logged) {
        self.tail_bytes += entry.frame.len();
        self.tail.push_back(entry);
        while self.tail.len() > TAIL_ENTRIES_MAX || self.tail_bytes > TAIL_BYTES_MAX {
            let Some(oldest) = self.tail.pop_front() else {
                return;
            };
            self.tail_bytes -= oldest.frame.len();
        }
    }

    pub fn add(&mut self, connection: &Arc<Connection>) {
        self.everyone.push(connection.clone());
        let scopes = connection.scopes.lock();
        if scopes.role != Role::Guest {
            self.non_guests.push(connection.clone());
        }
        for scope in scopes.since.keys() {
            self.scopes
                .entry(*scope)
                .or_default()
                .push(connection.clone());
        }
        drop(scopes);
        let own = self.members.entry(connection.member).or_default();
        own.push(connection.clone());
        if own.len() == 1 {
            self.presence.came(connection.member);
        }
    }

    pub fn remove(&mut self, connection: &Arc<Connection>) {
        take_out(&mut self.everyone, connection);
        take_out(&mut self.non_guests, connection);
        let scopes: Vec<Scope> = connection.scopes.lock().since.keys().copied().collect();
        for scope in scopes {
            take_out_of(&mut self.scopes, scope, connection);
        }
        take_out_of(&mut self.members, connection.member, connection);
        if !self.members.contains_key(&connection.member) {
            self.presence.went(connection.member);
        }
    }

    /// Ends the connections of people but those of this member, whose one session goes on.
    fn close_sessions_of_others(&self, member: MemberId) {
        for connection in &self.everyone {
            let is_session = matches!(connection.credential, Credential::Session { .. });
            if is_session && connection.member != member {
                connection.close(Some(closed(ErrorCode::Unauthenticated)));
            }
        }
    }

    /// Changes scopes before the entry itself is delivered: a gain is then delivered with it, and
    /// a loss reaches the inbox all the same.
    pub fn follow(&mut self, entry: &Logged, event: &Event) {
        if let Event::ProjectCreated { project } | Event::ProjectChanged { project } = event {
            self.widen(Scope::Project(project.id), Breadth::of_project(project));
        }
        if let Event::SpaceCreated { space } = event {
            self.widen(Scope::Space(space.id), Breadth::of_space(space));
        }
        if let Event::MemberDeactivated { member } = event {
            for connection in self.members.get(member).into_iter().flatten() {
                connection.close(Some(closed(ErrorCode::Unauthenticated)));
            }
        }
        if let Event::EveryoneSignedOut {} = event {
            self.close_sessions_of_others(entry.actor);
        }
        let Some(member) = concerned(entry.scope, event) else {
            return;
        };
        let own = self.members.get(&member).cloned().unwrap_or_default();
        for connection in own {
            let mut scopes = connection.scopes.lock();
            let before = (scopes.role, scopes.since.clone());
            scopes.follow(member, event, entry.seq);
            let role = scopes.role;
            let gained: Vec<Scope> = scopes
                .since
                .keys()
                .filter(|scope| !before.1.contains_key(*scope))
                .copied()
                .collect();
            let lost: Vec<Scope> = before
                .1
                .keys()
                .filter(|scope| !scopes.since.contains_key(*scope))
                .copied()
                .collect();
            drop(scopes);
            for scope in gained {
                self.scopes
                    .entry(scope)
                    .or_default()
                    .push(connection.clone());
            }
            for scope in lost {
                take_out_of(&mut self.scopes, scope, &connection);
            }
            if (before.0 == Role::Guest) != (role == Role::Guest) {
                take_out(&mut self.non_guests, &connection);
                if role != Role::Guest {
                    self.non_guests.push(connection.clone());
                }
            }
        }
    }

    /// Puts the entry into the rings of its audience, and those to be woken for it into `woken`.
    pub fn deliver(&self, entry: &Logged, woken: &mut Vec<Arc<Connection>>) {
        self.for_each(entry.scope, |connection| {
            if connection.push(entry.seq, entry.frame.clone()) {
                woken.push(connection.clone());
            }
        });
    }

    pub fn for_each(&self, scope: Scope, mut each: impl FnMut(&Arc<Connection>)) {
        let none = Connections::new();
        let of = |scope| self.scopes.get(&scope).unwrap_or(&none);
        match audience(scope, self.breadth(scope)) {
            Audience::Everyone => self.everyone.iter().for_each(each),
            Audience::NonGuests => self.non_guests.iter().for_each(each),
            Audience::Members(scope, Breadth { non_guests, space }) => {
                // Each connection once, though it is in several of these.
                let told = |connection: &Connection| {
                    non_guests && connection.scopes.lock().role != Role::Guest
                };
                if non_guests {
                    self.non_guests.iter().for_each(&mut each);
                }
                let own = of(scope).iter().filter(|connection| !told(connection));
                own.for_each(&mut each);
                let near = space.map(|id| of(Scope::Space(id))).into_iter().flatten();
                let in_scope =
                    |connection: &Connection| connection.scopes.lock().since.contains_key(&scope);
                near.filter(|connection| !told(connection) && !in_scope(connection))
                    .for_each(each);
            }
            Audience::One(member) => {
                self.members
                    .get(&member)
                    .unwrap_or(&none)
                    .iter()
                    .for_each(each);
            }
        }
    }

    pub fn breadth(&self, scope: Scope) -> Option<Breadth> {
        self.breadths.get(&scope).copied()
    }

    /// Whom the scope reaches from here on besides its members.
    pub fn widen(&mut self, scope: Scope, breadth: Breadth) {
        if breadth == Breadth::default() {
            self.breadths.remove(&scope);
        } else {
            self.breadths.insert(scope, breadth);
        }
    }

    pub fn tick(&mut self) {
        if let Some(frame) = self.presence.changes() {
            for connection in &self.everyone {
                connection.push_signal(frame.clone());
            }
        }
        if self.marked < self.head {
            self.marked = self.head;
            let frame = mark(self.head);
            for connection in &self.everyone {
                if connection.push(self.head, frame.clone()) {
                    connection.wake();
                }
            }
        }
    }

    pub fn close_all(&mut self) {
        for connection in &self.everyone {
            connection.close(Some(closed(ErrorCode::Unavailable)));
        }
    }
}

/// Whose scopes an event changes.
fn concerned(scope: Scope, event: &Event) -> Option<MemberId> {
    if let Scope::Inbox(member) = scope {
        return Some(member);
    }
    if let Event::ProjectMemberAdded { member, .. }
    | Event::ProjectMemberRemoved { member, .. }
    | Event::RoleChanged { member, .. } = event
    {
        return Some(*member);
    }
    None
}

fn take_out(connections: &mut Connections, connection: &Arc<Connection>) {
    if let Some(index) = connections
        .iter()
        .position(|other| Arc::ptr_eq(other, connection))
    {
        connections.swap_remove(index);
    }
}

fn take_out_of<K: std::hash::Hash + Eq>(
    map: &mut HashMap<K, Connections>,
    key: K,
    connection: &Arc<Connection>,
) {
    if let Some(connections) = map.get_mut(&key) {
        take_out(connections, connection);
        if connections.is_empty() {
            map.remove(&key);
        }
    }
}

/// The event, if it can change what a connection gets.
pub(super) fn scope_change(entry: &Logged) -> Option<Arc<Event>> {
    let matters = matches!(
        &*entry.kind,
        "channel_gained"
            | "channel_lost"
            | "project_created"
            | "project_changed"
            | "space_created"
            | "space_gained"
            | "space_lost"
            | "project_member_added"
            | "project_member_removed"
            | "role_changed"
            | "member_deactivated"
            | "everyone_signed_out"
    );
    if !matters {
        return None;
    }
    entry
        .event()
        .inspect_err(|error| tracing::error!(fault = %error, "an entry"))
        .ok()
}

impl Scopes {
    /// Follows what was told in a scope, at a seq, if it is about this member: what others gained
    /// or lost is theirs.
    pub fn catch_up(&mut self, member: MemberId, (seq, scope): (i64, Scope), event: &Event) {
        if concerned(scope, event) == Some(member) {
            self.follow(member, event, seq);
        }
    }

    /// Follows an event of a member's inbox, role or project membership.
    pub fn follow(&mut self, member: MemberId, event: &Event, seq: i64) {
        match event {
            Event::SpaceGained(sight) => {
                self.since.insert(Scope::Space(sight.space.id), seq);
            }
            Event::SpaceLost { space } => {
                self.since.remove(&Scope::Space(*space));
            }
            Event::ChannelGained { membership, .. } => {
                self.since
                    .insert(Scope::Channel(membership.channel), membership.since);
            }
            Event::ChannelLost { channel } => {
                self.since.remove(&Scope::Channel(*channel));
            }
            Event::ProjectMemberAdded {
                project,
                member: added,
            } if *added == member => {
                self.since.entry(Scope::Project(*project)).or_insert(0);
            }
            Event::ProjectMemberRemoved {
                project,
                member: removed,
            } if *removed == member => {
                self.since.remove(&Scope::Project(*project));
            }
            Event::RoleChanged {
                member: changed,
                to,
                ..
            } if *changed == member => {
                self.role = *to;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon_protocol::ChannelId;

    #[test]
    fn whoever_connects_follows_only_what_is_told_to_them() {
        let (me, other, channel) = (MemberId::new(), MemberId::new(), ChannelId::new());
        let mut scopes = Scopes {
            role: Role::Member,
            since: [(Scope::Channel(channel), 1)].into(),
        };
        let lost = Event::ChannelLost { channel };
        scopes.catch_up(me, (2, Scope::Inbox(other)), &lost);
        assert!(scopes.since.contains_key(&Scope::Channel(channel)));
        scopes.catch_up(me, (3, Scope::Inbox(me)), &lost);
        assert!(scopes.since.is_empty());
    }
}

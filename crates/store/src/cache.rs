//! What a workspace's writer remembers between its transactions: the rows that nearly every
//! command needs. Counters are written back once a transaction, not once an entry.
//!
//! Invariant: it equals the tables whenever no transaction is open. A failed transaction, or a
//! head that another node moved, empties it.

use hashbrown::{HashMap, HashSet};
use std::sync::Arc;
use tenon_protocol::{
    ChannelId, GroupId, MemberId, ProjectId, Scope, SpaceId, channel::Channel, group::Group,
    member::Member, project::Project, space::Space, workspace::Workspace,
};

/// Limit: remembered rows; beyond this the cache starts anew.
const ROWS_MAX: usize = 500_000;

/// See the file's head.
#[derive(Default)]
pub struct Cache {
    pub(crate) head: Option<Head>,
    pub(crate) scopes: HashMap<Scope, i64>,
    pub(crate) workspace: Option<Arc<Workspace>>,
    pub(crate) members: Option<Members>,
    pub(crate) groups: Option<Groups>,
    pub(crate) channels: HashMap<ChannelId, Option<ChannelRow>>,
    pub(crate) channel_members: HashMap<(ChannelId, MemberId), Option<ChannelMemberRow>>,
    pub(crate) projects: HashMap<ProjectId, Option<ProjectRow>>,
    pub(crate) project_keys: HashMap<String, Option<ProjectId>>,
    pub(crate) project_members: HashMap<(ProjectId, MemberId), bool>,
    pub(crate) spaces: HashMap<SpaceId, Option<Arc<Space>>>,
    pub(crate) space_members: HashMap<(SpaceId, MemberId), bool>,
    pub(crate) dirty: Dirty,
    /// Changes whenever anything about members or groups does.
    pub(crate) members_version: u64,
}

/// Rows whose counters have to be written back.
#[derive(Default)]
pub(crate) struct Dirty {
    pub scopes: HashSet<Scope>,
    pub channels: HashSet<ChannelId>,
    pub channel_members: HashSet<(ChannelId, MemberId)>,
    pub projects: HashSet<ProjectId>,
}

/// Position and hash of the newest entry; zeros before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Head {
    pub seq: i64,
    pub hash: [u8; 32],
}

/// Everybody in the workspace.
pub type Members = Arc<HashMap<MemberId, Arc<Member>>>;

/// All groups of the workspace, as `domain::group` takes them.
pub type Groups = Arc<std::collections::HashMap<GroupId, Arc<Group>>>;

/// A channel and the counters beside it.
#[derive(Clone, Debug)]
pub struct ChannelRow {
    pub channel: Arc<Channel>,
    /// Countable messages so far: outside threads, not cards; deleted ones count.
    pub messages: i64,
    /// Seq of the newest of them.
    pub last: i64,
}

/// One member's place in one channel.
#[derive(Clone, Copy, Debug)]
pub struct ChannelMemberRow {
    pub since: i64,
    pub read: i64,
    pub read_ordinal: i64,
    pub own_after: i64,
}

/// A project and the counter beside it.
#[derive(Clone, Debug)]
pub struct ProjectRow {
    pub project: Arc<Project>,
    /// Number of the newest task.
    pub tasks: i64,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        let version = self.members_version + 1;
        *self = Cache {
            members_version: version,
            ..Cache::default()
        };
    }

    pub(crate) fn is_full(&self) -> bool {
        self.scopes.len()
            + self.channels.len()
            + self.channel_members.len()
            + self.projects.len()
            + self.project_members.len()
            + self.space_members.len()
            > ROWS_MAX
    }
}

//! Who may see an entry: the only answer, for the live hub, snapshots and deltas. It follows from
//! the entry's scope, and for a project from its visibility, and from nothing else.

use tenon_protocol::{ChannelId, MemberId, ProjectId, Scope, member::Role, project::Visibility};

/// The members that a scope reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    NonGuests,
    ChannelMembers(ChannelId),
    ProjectMembers(ProjectId),
    NonGuestsAndProjectMembers(ProjectId),
    One(MemberId),
}

/// Who may see what is told in `scope`. `visibility` is that of the project if the scope is a
/// project's; without it the narrower audience is taken.
pub fn audience(scope: Scope, visibility: Option<Visibility>) -> Audience {
    match (scope, visibility) {
        (Scope::Workspace, _) => Audience::Everyone,
        (Scope::Members, _) => Audience::NonGuests,
        (Scope::Channel(id), _) => Audience::ChannelMembers(id),
        (Scope::Project(id), Some(Visibility::Public)) => Audience::NonGuestsAndProjectMembers(id),
        (Scope::Project(id), Some(Visibility::Private) | None) => Audience::ProjectMembers(id),
        (Scope::Inbox(member), _) => Audience::One(member),
    }
}

impl Audience {
    /// Is this member in it? The closures answer for this very member.
    pub fn includes(
        self,
        member: MemberId,
        role: Role,
        in_channel: impl FnOnce(ChannelId) -> bool,
        in_project: impl FnOnce(ProjectId) -> bool,
    ) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::NonGuests => role != Role::Guest,
            Audience::ChannelMembers(id) => in_channel(id),
            Audience::ProjectMembers(id) => in_project(id),
            Audience::NonGuestsAndProjectMembers(id) => role != Role::Guest || in_project(id),
            Audience::One(one) => one == member,
        }
    }
}

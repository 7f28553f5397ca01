//! Who may see an entry: the only answer, for the live hub, snapshots and deltas. It follows from
//! the entry's scope, and for a project or a space from its breadth, and from nothing else.

use tenon_protocol::{
    MemberId, Scope, SpaceId,
    member::Role,
    project::{Project, Visibility},
    space::{Space, SpaceKind},
};

/// The members that a scope reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    NonGuests,
    /// Those who were added to the scope, and more.
    Members(Scope, Breadth),
    One(MemberId),
}

/// Who sees a scope besides its own members. The default: nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Breadth {
    /// Everyone but guests.
    pub non_guests: bool,
    /// Whoever is in this space.
    pub space: Option<SpaceId>,
}

impl Breadth {
    /// Of what is told in the project's scope.
    pub fn of_project(project: &Project) -> Self {
        match project.visibility {
            Visibility::Public => Self {
                non_guests: !project.in_closed_space,
                space: project.space,
            },
            Visibility::Private => Self::default(),
        }
    }

    /// Of what is told in the space's scope.
    pub fn of_space(space: &Space) -> Self {
        Self {
            non_guests: space.kind == SpaceKind::Open,
            space: None,
        }
    }
}

/// Who may see what is told in `scope`. `breadth` is that of the project or space if the scope is
/// one; without it the narrower audience is taken.
pub fn audience(scope: Scope, breadth: Option<Breadth>) -> Audience {
    match scope {
        Scope::Workspace => Audience::Everyone,
        Scope::Members => Audience::NonGuests,
        Scope::Channel(_) => Audience::Members(scope, Breadth::default()),
        Scope::Project(_) | Scope::Space(_) => {
            Audience::Members(scope, breadth.unwrap_or_default())
        }
        Scope::Inbox(member) => Audience::One(member),
    }
}

impl Audience {
    /// Is this member in it? `is_in` says whether this very member was added to a scope.
    pub fn includes(self, member: MemberId, role: Role, is_in: impl Fn(Scope) -> bool) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::NonGuests => role != Role::Guest,
            Audience::Members(scope, Breadth { non_guests, space }) => {
                is_in(scope)
                    || space.is_some_and(|id| is_in(Scope::Space(id)))
                    || (non_guests && role != Role::Guest)
            }
            Audience::One(one) => one == member,
        }
    }
}

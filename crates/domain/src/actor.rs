//! Who asks: the identity that every command and every read is decided for. Built by the engine's
//! authentication and by its own followers; doorways never make one up.

use tenon_protocol::{MemberId, WorkspaceId, credential::TokenScope};

/// A member at the door, with what the credential in their hand allows at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub workspace: WorkspaceId,
    pub member: MemberId,
    pub grants: Grants,
    /// The server itself acts in this member's name: set-up, invitations, followers.
    pub internal: bool,
}

/// A set of token scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grants(u8);

impl Grants {
    /// Everything: what a signed-in session has.
    pub const fn all() -> Self {
        Self(0b1111)
    }

    /// Nothing.
    pub const fn none() -> Self {
        Self(0)
    }

    /// This set and one more scope.
    pub const fn with(self, scope: TokenScope) -> Self {
        Self(self.0 | bit(scope))
    }

    /// Is the scope in the set?
    pub const fn allows(self, scope: TokenScope) -> bool {
        self.0 & bit(scope) != 0
    }
}

impl FromIterator<TokenScope> for Grants {
    fn from_iter<I: IntoIterator<Item = TokenScope>>(scopes: I) -> Self {
        scopes.into_iter().fold(Self::none(), Self::with)
    }
}

const fn bit(scope: TokenScope) -> u8 {
    match scope {
        TokenScope::Read => 1,
        TokenScope::Chat => 2,
        TokenScope::Work => 4,
        TokenScope::Admin => 8,
    }
}

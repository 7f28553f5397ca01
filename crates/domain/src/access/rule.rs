//! What the rules of a workspace let its members do, and know of.

use super::{can_manage_channel, check_administrator, check_give_role, is_administrator, is_guest};
use crate::refusal::Refusal;
use tenon_protocol::{
    MemberId,
    channel::{Channel, ChannelKind},
    member::{Member, MemberKind, Role},
    policy::{EveryoneMentioners, Inviters, Policy},
    workspace::Workspace,
};

/// The workspace as this member may know it: guests are not told whose addresses come in.
pub fn known_workspace(me: &Member, mut workspace: Workspace) -> Workspace {
    if is_guest(me) {
        workspace.mail_domains.clear();
    }
    workspace
}

/// Lets people in with this role: administrators; members alone where members may.
pub fn check_invite(me: &Member, policy: &Policy, role: Role) -> Result<(), Refusal> {
    check_inviter(me, policy)?;
    if role == Role::Member {
        Ok(())
    } else {
        check_give_role(me, role)
    }
}

/// Sees invitations, and makes some: administrators, and members where they may.
pub fn check_inviter(me: &Member, policy: &Policy) -> Result<(), Refusal> {
    if policy.inviters == Inviters::Members && !is_guest(me) {
        Ok(())
    } else {
        check_administrator(me)
    }
}

/// Revokes and renews an invitation, and sees it in lists: whoever made it, and administrators.
pub fn can_manage_invitation(me: &Member, created_by: MemberId) -> bool {
    created_by == me.id || is_administrator(me)
}

/// Whether somebody with this address comes in with this role. Guests come from elsewhere.
pub fn check_mail_domain(workspace: &Workspace, role: Role, email: &str) -> Result<(), Refusal> {
    let domains = &workspace.mail_domains;
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    if role == Role::Guest || domains.is_empty() || domains.iter().any(|it| it == domain) {
        Ok(())
    } else {
        Err(Refusal::DomainNotAllowed)
    }
}

/// Mentions all of a channel: everyone, or where the policy says so those who manage it. Bots
/// speak for those who put them there, and a direct channel is small.
pub fn check_mention_everyone(
    me: &Member,
    policy: &Policy,
    channel: Option<&Channel>,
    is_member: bool,
) -> Result<(), Refusal> {
    let restricts = policy.everyone_mentioners == EveryoneMentioners::Managers;
    let is_small = |channel: &Channel| channel.kind == ChannelKind::Direct;
    let may = |it: &Channel| is_small(it) || can_manage_channel(me, it, is_member);
    if !restricts || me.kind == MemberKind::Bot || channel.is_none_or(may) {
        Ok(())
    } else {
        Err(Refusal::MentionRestricted)
    }
}

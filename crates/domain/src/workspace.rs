//! The workspace itself: founded at set-up, renamed later.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    Scope, Timestamp, WorkspaceId,
    emoji::RestrictEmoji,
    event::{Event, Fact},
    limit,
    mail::HideMailContent,
    member::Member,
    policy::Policy,
    reader::HideReaders,
    workspace::{RenameWorkspace, Workspace},
};

/// For every command about the workspace itself.
pub struct WorkspaceContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub workspace: &'a Workspace,
}

/// Owners and administrators.
pub fn rename_workspace(
    context: &WorkspaceContext<'_>,
    command: &RenameWorkspace,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let facts = if name == context.workspace.name {
        vec![]
    } else {
        let name = name.to_owned();
        vec![fact(Scope::Workspace, Event::WorkspaceRenamed { name })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// Owners and administrators.
pub fn hide_readers(
    context: &WorkspaceContext<'_>,
    command: &HideReaders,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let hidden = command.hidden;
    let facts = if hidden == context.workspace.hides_readers {
        vec![]
    } else {
        vec![fact(Scope::Workspace, Event::ReadersHidden { hidden })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// Owners and administrators.
pub fn restrict_emoji(
    context: &WorkspaceContext<'_>,
    command: &RestrictEmoji,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let restricted = command.restricted;
    let facts = if restricted == context.workspace.restricts_emoji {
        vec![]
    } else {
        let event = Event::EmojiRestricted { restricted };
        vec![fact(Scope::Workspace, event)]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// Owners and administrators.
pub fn hide_mail_content(
    context: &WorkspaceContext<'_>,
    command: &HideMailContent,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let hidden = command.hidden;
    let facts = if hidden == context.workspace.hides_mail_content {
        vec![]
    } else {
        vec![fact(Scope::Workspace, Event::MailContentHidden { hidden })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// The first fact of every log. No command: set-up calls this before there is a member.
///
/// `slug` is made from the name when absent.
pub fn found_workspace(
    id: WorkspaceId,
    name: &str,
    slug: Option<&str>,
    now: Timestamp,
) -> Result<Fact, Refusal> {
    let name = text::check_name("workspace_name", name, limit::NAME_CHARS_MAX)?;
    let slug = match slug.map(str::trim).filter(|slug| !slug.is_empty()) {
        Some(slug) => check_slug(slug)?.to_owned(),
        None => slug_of(name),
    };
    let workspace = Workspace {
        id,
        slug,
        name: name.to_owned(),
        created_at: now,
        hides_readers: false,
        restricts_emoji: false,
        hides_mail_content: false,
        logo: None,
        policy: Policy::default(),
        mail_domains: vec![],
    };
    Ok(fact(
        Scope::Workspace,
        Event::WorkspaceCreated { workspace },
    ))
}

/// Limit: characters of a slug.
const SLUG_CHARS_MAX: usize = 40;

fn check_slug(slug: &str) -> Result<&str, Refusal> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.len() <= SLUG_CHARS_MAX && slug.chars().all(allowed) {
        Ok(slug)
    } else {
        Err(Refusal::BadSlug)
    }
}

/// The letters and digits of the name, `-` between words; `workspace` when it has none.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().filter(char::is_ascii) {
        if slug.len() == SLUG_CHARS_MAX {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "workspace".to_owned()
    } else {
        slug.to_owned()
    }
}

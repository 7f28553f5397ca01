//! What administrators decide for the whole workspace. Pure; who is bound by it asks here.

use crate::{
    access,
    decide::{Decision, fact},
    file_type,
    refusal::Refusal,
    workspace::WorkspaceContext,
};
use jiff::ToSpan;
use tenon_protocol::{
    Scope, Timestamp,
    event::Event,
    limit,
    policy::{ChangeLogo, ChangeMailDomains, ChangePolicy, Policy, SignOutEveryone},
};

/// Limit: characters of a domain (RFC 1035).
const DOMAIN_CHARS_MAX: usize = 253;

/// Owners and administrators. What is as it was writes nothing.
pub fn change_policy(
    context: &WorkspaceContext<'_>,
    command: &ChangePolicy,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let from = &context.workspace.policy;
    let to = changed(from, command)?;
    let facts = if to == *from {
        vec![]
    } else {
        let from = from.clone();
        vec![fact(Scope::Workspace, Event::PolicyChanged { from, to })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

fn changed(from: &Policy, command: &ChangePolicy) -> Result<Policy, Refusal> {
    let bytes = |field, wish: Option<Option<u64>>, was| match wish {
        None => Ok(was),
        Some(None) => Ok(None),
        Some(Some(bytes)) if !(limit::POLICY_BYTES_MIN..=BYTES_MAX).contains(&bytes) => {
            let (min, max) = (limit::POLICY_BYTES_MIN as i64, BYTES_MAX as i64);
            Err(Refusal::OutOfRange { field, min, max })
        }
        Some(bytes) => Ok(bytes),
    };
    let maybe = |field, wish: Option<Option<u32>>, was, min, max| match wish {
        None => Ok(was),
        Some(None) => Ok(None),
        Some(Some(value)) => within(field, value, min, max).map(Some),
    };
    let idle_max = limit::SESSION_IDLE_HOURS_MAX;
    let minutes_max = limit::CHANGE_MINUTES_MAX;
    let chars = command
        .password_chars_min
        .unwrap_or(from.password_chars_min);
    let chars_min = Policy::default().password_chars_min;
    let chars_max = limit::PASSWORD_CHARS_MIN_MAX;
    let days = command.session_days.unwrap_or(from.session_days);
    let idle = (command.session_idle_hours, from.session_idle_hours);
    let (edit, delete) = (command.edit_minutes, command.delete_minutes);
    let (file, storage) = (command.file_bytes_max, command.storage_bytes_max);
    Ok(Policy {
        password_chars_min: within("password_chars_min", chars, chars_min, chars_max)?,
        session_days: within("session_days", days, 1, limit::SESSION_DAYS_MAX)?,
        session_idle_hours: maybe("session_idle_hours", idle.0, idle.1, 1, idle_max)?,
        inviters: command.inviters.unwrap_or(from.inviters),
        file_bytes_max: bytes("file_bytes_max", file, from.file_bytes_max)?,
        storage_bytes_max: bytes("storage_bytes_max", storage, from.storage_bytes_max)?,
        everyone_mentioners: command
            .everyone_mentioners
            .unwrap_or(from.everyone_mentioners),
        edit_minutes: maybe("edit_minutes", edit, from.edit_minutes, 0, minutes_max)?,
        delete_minutes: maybe(
            "delete_minutes",
            delete,
            from.delete_minutes,
            0,
            minutes_max,
        )?,
        retention: from.retention.clone(),
        file_types: match &command.file_types {
            Some(types) => file_type::check_types(types)?,
            None => from.file_types.clone(),
        },
        file_links: command.file_links.unwrap_or(from.file_links),
    })
}

/// Limit: bytes that a policy speaks of; what JavaScript counts exactly.
const BYTES_MAX: u64 = (1 << 53) - 1;

fn within(field: &'static str, value: u32, min: u32, max: u32) -> Result<u32, Refusal> {
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        let (min, max) = (min.into(), max.into());
        Err(Refusal::OutOfRange { field, min, max })
    }
}

/// Owners and administrators. The order in which they are named does not matter.
pub fn change_mail_domains(
    context: &WorkspaceContext<'_>,
    command: &ChangeMailDomains,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    let mut to = Vec::with_capacity(command.domains.len().min(limit::MAIL_DOMAINS_MAX));
    for domain in &command.domains {
        to.push(check_domain(domain)?);
    }
    to.sort();
    to.dedup();
    if to.len() > limit::MAIL_DOMAINS_MAX {
        let (field, max) = ("domains", limit::MAIL_DOMAINS_MAX);
        return Err(Refusal::TooMany { field, max });
    }
    let from = context.workspace.mail_domains.clone();
    let facts = if to == from {
        vec![]
    } else {
        vec![fact(Scope::Members, Event::MailDomainsChanged { from, to })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

fn check_domain(text: &str) -> Result<String, Refusal> {
    let domain = text.trim().trim_start_matches('@').to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || c == '-';
    let label = |it: &str| !it.is_empty() && it.len() <= 63 && it.chars().all(fits);
    let labels = domain.split('.');
    if domain.len() <= DOMAIN_CHARS_MAX && domain.contains('.') && labels.into_iter().all(label) {
        Ok(domain)
    } else {
        Err(Refusal::BadDomain)
    }
}

/// The server itself, once it keeps the picture; for owners and administrators.
pub fn change_logo(
    context: &WorkspaceContext<'_>,
    command: &ChangeLogo,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    access::check_administrator(context.me)?;
    let logo = command.logo.clone();
    let facts = if logo == context.workspace.logo {
        vec![]
    } else {
        vec![fact(Scope::Workspace, Event::LogoChanged { logo })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// The server itself, which ends the sessions with it; for owners and administrators.
pub fn sign_out_everyone(
    context: &WorkspaceContext<'_>,
    command: &SignOutEveryone,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    access::check_administrator(context.me)?;
    let facts = vec![fact(Scope::Workspace, Event::EveryoneSignedOut {})];
    Ok(Decision::of(context.workspace.id.0, facts))
}

/// The moments of one session.
#[derive(Clone, Copy, Debug)]
pub struct SessionTimes {
    pub created_at: Timestamp,
    /// Noted every few minutes.
    pub last_seen_at: Timestamp,
    /// As it was promised at sign-in.
    pub expires_at: Timestamp,
}

/// When the session ends under this policy, unless it is used again before.
pub fn session_end(policy: &Policy, times: SessionTimes) -> Timestamp {
    let after = |at: Timestamp, hours: i64| at.checked_add(hours.hours()).unwrap_or(Timestamp::MAX);
    let whole = after(times.created_at, i64::from(policy.session_days) * 24);
    let end = times.expires_at.min(whole);
    match policy.session_idle_hours {
        Some(hours) => end.min(after(times.last_seen_at, hours.into())),
        None => end,
    }
}

/// Those that were created or last seen before these moments have ended: what `session_end` says,
/// for a search of many sessions.
pub fn session_bounds(policy: &Policy, now: Timestamp) -> (Timestamp, Timestamp) {
    let before = |hours: i64| now.checked_sub(hours.hours()).unwrap_or(Timestamp::MIN);
    let idle = policy.session_idle_hours;
    let seen = idle.map_or(Timestamp::MIN, |hours| before(hours.into()));
    (before(i64::from(policy.session_days) * 24), seen)
}

/// Whether a message of this time may still be changed, where `minutes` are given for that.
pub(crate) fn is_in_time(minutes: Option<u32>, at: Timestamp, now: Timestamp) -> bool {
    minutes.is_none_or(|minutes| {
        at.checked_add(i64::from(minutes).minutes())
            .is_ok_and(|end| now < end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH.checked_add(hours.hours()).unwrap()
    }

    #[test]
    fn a_session_ends_with_the_first_of_its_ends() {
        let times = SessionTimes {
            created_at: at(0),
            last_seen_at: at(30),
            expires_at: at(24 * 30),
        };
        let mut policy = Policy::default();
        assert_eq!(session_end(&policy, times), at(24 * 30));
        policy.session_days = 60;
        assert_eq!(session_end(&policy, times), at(24 * 30));
        policy.session_days = 7;
        assert_eq!(session_end(&policy, times), at(24 * 7));
        policy.session_idle_hours = Some(8);
        assert_eq!(session_end(&policy, times), at(38));
    }

    #[test]
    fn the_bounds_are_those_of_the_end() {
        let mut policy = Policy::default();
        assert_eq!(session_bounds(&policy, at(1000)).1, Timestamp::MIN);
        policy.session_idle_hours = Some(8);
        assert_eq!(session_bounds(&policy, at(1000)), (at(280), at(992)));
    }

    #[test]
    fn a_domain_is_one() {
        assert_eq!(check_domain(" @Example.COM ").unwrap(), "example.com");
        assert_eq!(check_domain("例子.中国").unwrap(), "例子.中国");
        for wrong in ["", "com", "a..b", "a b.com", "x@y.com", "*.example.com"] {
            assert_eq!(check_domain(wrong), Err(Refusal::BadDomain), "{wrong}");
        }
    }
}

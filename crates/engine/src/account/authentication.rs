//! From a secret to who asks. Remembered for a few seconds, so that a busy client costs no query.

use crate::{Actor, Engine, Failure, Grants, execute::now, secret};
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::Mutex;
use std::{
    net::IpAddr,
    time::{Duration, Instant},
};
use tenon_domain::{
    policy::{SessionTimes, session_end},
    refusal::Refusal,
};
use tenon_protocol::{
    MemberId, SessionId, Timestamp, TokenId, WorkspaceId, credential::TokenScope,
};
use tenon_store::{
    credential::{SecretHash, SessionRow, TokenRow},
    member, workspace,
};

/// How long an answer is remembered; other nodes' revocations take at most this long.
const REMEMBERED: Duration = Duration::from_secs(5);
/// Limit: remembered answers.
const REMEMBERED_MAX: usize = 50_000;
/// How often the last use of a session or token is written down.
const SEEN_EVERY: Duration = Duration::from_secs(300);
/// Limit: wrong passwords for one account, from one place, within [`ATTEMPTS_FORGOTTEN`].
const ATTEMPTS_MAX: u32 = 10;
const ATTEMPTS_FORGOTTEN: Duration = Duration::from_secs(600);
/// Limit: places and addresses whose attempts are counted.
const ATTEMPTS_KEPT_MAX: usize = 20_000;

/// What authentication yields.
#[derive(Clone, Debug)]
pub struct Access {
    pub actor: Actor,
    pub credential: Credential,
}

/// What was shown at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    Session {
        id: SessionId,
        /// Must come back as `X-Tenon-Csrf` when the cookie was used to write.
        csrf: String,
    },
    Token {
        id: TokenId,
    },
    Hook,
}

/// What this node remembers of secrets that it let in, and of wrong ones.
#[derive(Default)]
pub struct Authentication {
    known: Mutex<HashMap<SecretHash, Known>>,
    used: Mutex<Used>,
    attempts: Mutex<HashMap<Guessed, (u32, Instant)>>,
}

/// Secrets whose last use is to be written down, all that gathered with one commit.
#[derive(Default)]
struct Used {
    waiting: Vec<(SecretHash, bool, Timestamp)>,
    /// A task is at it.
    writing: bool,
}

/// What somebody tries, which is counted: addresses as hashes, however long they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guessed {
    /// The password of an address, by signing in from a place.
    Address(IpAddr, SecretHash),
    /// The password of a member whose session somebody has.
    Member(MemberId),
    /// To be mailed a way back in to an address, from a place.
    WayBack(IpAddr, SecretHash),
}

#[derive(Clone)]
struct Known {
    access: Access,
    checked: Instant,
    seen: Instant,
}

impl Authentication {
    pub(crate) fn forget(&self, secret: &SecretHash) {
        self.known.lock().remove(secret);
    }

    pub(crate) fn forget_where(&self, matches: impl Fn(&Credential) -> bool) {
        let mut known = self.known.lock();
        known.retain(|_, known| !matches(&known.access.credential));
    }

    pub(crate) fn forget_everyone(&self) {
        self.known.lock().clear();
    }

    pub(crate) fn forget_member(&self, member: MemberId) {
        self.known
            .lock()
            .retain(|_, known| known.access.actor.member != member);
    }

    /// Counts an attempt, which is a wrong one until `forget_attempts`: many at the same moment
    /// are counted before the first of them is checked. Refuses when there were too many.
    pub(crate) fn begin_attempt(&self, guessed: &Guessed) -> Result<(), Refusal> {
        let mut attempts = self.attempts.lock();
        make_room(&mut attempts);
        let (count, since) = attempts
            .entry(guessed.clone())
            .or_insert((0, Instant::now()));
        if since.elapsed() >= ATTEMPTS_FORGOTTEN {
            (*count, *since) = (0, Instant::now());
        }
        if *count >= ATTEMPTS_MAX {
            let left = ATTEMPTS_FORGOTTEN.saturating_sub(since.elapsed());
            let retry_after_ms = u64::try_from(left.as_millis()).unwrap_or(u64::MAX);
            return Err(Refusal::RateLimited { retry_after_ms });
        }
        *count += 1;
        Ok(())
    }

    /// The password was right.
    pub(crate) fn forget_attempts(&self, guessed: &Guessed) {
        self.attempts.lock().remove(guessed);
    }
}

/// What was tried once goes before what was tried often.
fn make_room(attempts: &mut HashMap<Guessed, (u32, Instant)>) {
    if attempts.len() >= ATTEMPTS_KEPT_MAX {
        attempts.retain(|_, (_, since)| since.elapsed() < ATTEMPTS_FORGOTTEN);
    }
    if attempts.len() >= ATTEMPTS_KEPT_MAX {
        attempts.retain(|_, (count, _)| *count > 1);
    }
    if attempts.len() >= ATTEMPTS_KEPT_MAX {
        attempts.clear();
    }
}

impl Engine {
    /// Who holds this session or API token. Refused alike if it is unknown, ended or expired, or
    /// if its member was deactivated.
    pub async fn authenticate(&self, text: &str) -> Result<Access, Failure> {
        let hash = secret::hash(text);
        let known = self.inner.authentication.known.lock().get(&hash).cloned();
        if let Some(known) = &known
            && known.checked.elapsed() < REMEMBERED
        {
            return Ok(known.access.clone());
        }
        let found = match self.look_up(text, hash).await? {
            Some((access, times)) if self.stands(&access.actor, times).await? => Some(access),
            _ => None,
        };
        let Some(access) = found else {
            self.inner.authentication.forget(&hash);
            return Err(Refusal::Unauthenticated.into());
        };
        let checked = Instant::now();
        let mut seen = known.map(|known| known.seen);
        if seen.is_none_or(|seen| seen.elapsed() > SEEN_EVERY) {
            self.note_use(&access, hash);
            seen = Some(checked);
        }
        let seen = seen.unwrap_or(checked);
        let mut all = self.inner.authentication.known.lock();
        if all.len() >= REMEMBERED_MAX {
            all.retain(|_, known| known.checked.elapsed() < REMEMBERED);
        }
        all.insert(
            hash,
            Known {
                access: access.clone(),
                checked,
                seen,
            },
        );
        Ok(access)
    }

    /// Whether the member is active, and the session has not ended under the workspace's policy.
    async fn stands(&self, actor: &Actor, times: Option<SessionTimes>) -> Result<bool, Failure> {
        let id = actor.member;
        let read = self.inner.store.read(actor.workspace, move |reader| {
            async move {
                let me = member::get(reader, id).await?;
                let workspace = match times {
                    Some(_) => workspace::get(reader).await?,
                    None => None,
                };
                Ok((me, workspace))
            }
            .boxed()
        });
        let (me, workspace) = read.await?;
        let ends = workspace
            .zip(times)
            .map(|(it, times)| session_end(&it.policy, times));
        Ok(me.is_some_and(|me| me.active) && ends.is_none_or(|end| end > now()))
    }

    async fn look_up(
        &self,
        text: &str,
        hash: SecretHash,
    ) -> Result<Option<(Access, Option<SessionTimes>)>, Failure> {
        let now = now();
        let found = self.inner.store.read_private(move |private| {
            async move {
                let session = private.get_session(&hash).await?;
                let session = session.filter(|session| session.expires_at > now);
                if session.is_some() {
                    return Ok((session, None));
                }
                let token = private.get_token(&hash).await?;
                Ok((
                    None,
                    token.filter(|token| token.expires_at.is_none_or(|end| end > now)),
                ))
            }
            .boxed()
        });
        Ok(match found.await? {
            (
                Some(SessionRow {
                    workspace,
                    id,
                    member,
                    created_at,
                    last_seen_at,
                    expires_at,
                }),
                _,
            ) => {
                let actor = Actor {
                    workspace,
                    member,
                    grants: Grants::all(),
                    internal: false,
                };
                let csrf = secret::csrf(text);
                let credential = Credential::Session { id, csrf };
                let times = SessionTimes {
                    created_at,
                    last_seen_at,
                    expires_at,
                };
                Some((Access { actor, credential }, Some(times)))
            }
            (
                None,
                Some(TokenRow {
                    workspace,
                    id,
                    member,
                    scopes,
                    ..
                }),
            ) => {
                let actor = Actor {
                    workspace,
                    member,
                    grants: grants(scopes),
                    internal: false,
                };
                let credential = Credential::Token { id };
                Some((Access { actor, credential }, None))
            }
            (None, None) => None,
        })
    }

    /// Has the last use written down soon. Nobody waits for it: thousands may come at once.
    fn note_use(&self, access: &Access, hash: SecretHash) {
        let is_session = matches!(access.credential, Credential::Session { .. });
        let mut used = self.inner.authentication.used.lock();
        used.waiting.push((hash, is_session, now()));
        if !used.writing {
            used.writing = true;
            tokio::spawn(write_uses(self.clone()));
        }
    }

    /// Who posts through the incoming webhook with this secret: its bot, while whoever made it is
    /// active and may read the channel.
    pub async fn authenticate_hook(
        &self,
        text: &str,
    ) -> Result<(Actor, tenon_protocol::credential::Hook), Failure> {
        let hash = secret::hash(text);
        let found = self
            .inner
            .store
            .read_private(move |private| async move { private.get_hook(&hash).await }.boxed());
        let (workspace, hook) = found.await?.ok_or(Refusal::UnknownHook)?;
        let grants = Grants::none().with(TokenScope::Chat).with(TokenScope::Read);
        let actor = Actor {
            workspace,
            member: hook.bot,
            grants,
            internal: false,
        };
        let maker = Actor {
            member: hook.created_by,
            ..actor
        };
        let bot = self.load_me(&actor).await.map(drop);
        let checked = match bot {
            Ok(()) => self.check_readable(&maker, hook.channel).await,
            refused => refused,
        };
        match checked {
            Ok(()) => Ok((actor, hook)),
            Err(Failure::Refused(_)) => Err(Refusal::UnknownHook.into()),
            Err(other) => Err(other),
        }
    }

    /// A bot by its handle, for the command line.
    pub(crate) async fn find_member(
        &self,
        workspace: WorkspaceId,
        handle: String,
    ) -> Result<Option<tenon_protocol::member::Member>, Failure> {
        let read = self.inner.store.read(workspace, move |reader| {
            async move { member::find_by_handle(reader, &handle).await }.boxed()
        });
        Ok(read.await?)
    }
}

async fn write_uses(engine: Engine) {
    loop {
        let uses = {
            let mut used = engine.inner.authentication.used.lock();
            used.writing = !used.waiting.is_empty();
            std::mem::take(&mut used.waiting)
        };
        if uses.is_empty() {
            return;
        }
        let write = engine.inner.store.private(move |private| {
            async move {
                for (hash, is_session, at) in &uses {
                    match is_session {
                        true => private.see_session(hash, *at)?,
                        false => private.see_token(hash, *at)?,
                    }
                }
                Ok(())
            }
            .boxed()
        });
        if let Err(error) = write.await {
            // Reading goes on when the disk is full; the next use is noted again.
            tracing::warn!(reason = %error, "last uses of sessions and tokens were not noted");
        }
    }
}

const ALL_SCOPES: [TokenScope; 4] = [
    TokenScope::Read,
    TokenScope::Chat,
    TokenScope::Work,
    TokenScope::Admin,
];

/// A set of scopes as it is stored.
pub(crate) fn scope_bits(scopes: &[TokenScope]) -> i64 {
    let bit = |scope: &TokenScope| ALL_SCOPES.iter().position(|other| other == scope);
    scopes
        .iter()
        .filter_map(bit)
        .fold(0, |bits, index| bits | (1 << index))
}

fn grants(bits: i64) -> Grants {
    let set = ALL_SCOPES
        .into_iter()
        .enumerate()
        .filter(|(index, _)| bits & (1 << index) != 0);
    set.map(|(_, scope)| scope).collect()
}

/// Every scope there is.
pub(crate) fn all_scopes() -> Vec<TokenScope> {
    ALL_SCOPES.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn address(n: u32) -> Guessed {
        let text = n.to_string();
        Guessed::Address(Ipv4Addr::LOCALHOST.into(), secret::hash(&text))
    }

    #[test]
    fn many_addresses_fill_no_memory_and_hide_no_guesser() {
        let authentication = Authentication::default();
        for _ in 0..ATTEMPTS_MAX {
            authentication.begin_attempt(&address(0)).unwrap();
        }
        for n in 1..2 * ATTEMPTS_KEPT_MAX as u32 {
            authentication.begin_attempt(&address(n)).unwrap();
        }
        assert!(authentication.attempts.lock().len() <= ATTEMPTS_KEPT_MAX);
        let again = authentication.begin_attempt(&address(0));
        assert!(matches!(again, Err(Refusal::RateLimited { .. })));
    }
}

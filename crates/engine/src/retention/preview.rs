//! Rules of retention as administrators change them: what one would erase, counted beside the
//! requests, and the seal with which that is confirmed.
//!
//! Invariant: of channels that the asker does not see the answers tell how many, and nothing else.

use super::{Seqs, list_channels};
use crate::{Actor, Engine, Failure, bot, execute::now};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use parking_lot::Mutex;
use std::{
    cmp::Reverse,
    sync::Arc,
    time::{Duration, Instant},
};
use tenon_domain::{
    refusal::Refusal,
    retention::{file_rule_of, rule_of},
};
use tenon_protocol::{
    ChannelId, Command, MemberId, RequestId, Timestamp, WorkspaceId,
    channel::{Channel, ChannelKind},
    retention::{
        ChangeChannelRetention, ChangeRetention, ChannelErasure, Erases, ErasureCount,
        ErasurePreview, Retention, RetentionPreview, RetentionReport, RetentionWish, SetRetention,
    },
};
use tenon_store::{
    channel,
    retention::{self, Which},
};
use uuid::Uuid;

/// How long a count is good enough to be shown once more.
const FRESH: Duration = Duration::from_secs(10);
/// Limit: counts that are remembered.
const COUNTS_MAX: usize = 64;
/// Limit: channels that a preview names.
const CHANNELS_SHOWN: usize = 10;
/// Limit: erasures that are listed.
const ERASURES_SHOWN: i64 = 50;

/// Counts that were asked for, and workspaces whose rules changed.
#[derive(Default)]
pub(crate) struct Retentions {
    counts: Mutex<HashMap<(WorkspaceId, String), Slot>>,
    woken: Mutex<HashSet<WorkspaceId>>,
}

struct Slot {
    asked: Instant,
    counting: bool,
    last: Option<(Instant, Arc<Counted>)>,
}

/// What a rule would erase, by channel.
struct Counted {
    at: Timestamp,
    public: ErasureCount,
    private: ErasureCount,
    direct: ErasureCount,
    channels: Vec<(ChannelId, ErasureCount)>,
}

impl Retentions {
    fn wake(&self, workspace: WorkspaceId) {
        self.woken.lock().insert(workspace);
    }

    /// Whether rules changed since the last time.
    pub fn take_woken(&self, workspace: WorkspaceId) -> bool {
        self.woken.lock().remove(&workspace)
    }
}

/// A count that is under way.
struct Count {
    workspace: WorkspaceId,
    retention: Retention,
    seqs: Seqs,
    counted: Counted,
}

impl Engine {
    /// Administrators: the rules, where others hold, and what was erased lately.
    pub async fn report_retention(&self, actor: &Actor) -> Result<RetentionReport, Failure> {
        self.check_admin(actor).await?;
        let workspace = actor.workspace;
        let seen = self.list_channels(actor).await?;
        let own = |it: &Channel| it.retention.is_some();
        let mut channels: Vec<Channel> = seen.into_iter().filter(own).collect();
        channels.sort_by_key(|it| it.name.to_lowercase());
        let (mut all, mut after) = (0, ChannelId(Uuid::nil()));
        loop {
            let page = list_channels(self, workspace, Which::Ruled, after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            all += page.len();
        }
        let read = self.inner.store.read(workspace, |reader| {
            async move { retention::list_erasures(reader, ERASURES_SHOWN).await }.boxed()
        });
        Ok(RetentionReport {
            retention: self.policy(workspace).await?.retention,
            other_channels: (all - channels.len()) as i64,
            channels,
            erasures: read.await?,
        })
    }

    /// Administrators: what a rule would erase now; counted beside the request, so ask again.
    pub async fn preview_retention(
        &self,
        actor: &Actor,
        wish: RetentionWish,
    ) -> Result<RetentionPreview, Failure> {
        self.check_admin(actor).await?;
        if let RetentionWish::Channel { channel, .. } = &wish {
            self.get_channel(actor, *channel).await?;
        }
        let (counting, counted) = self.counted(actor.workspace, &wish)?;
        let preview = match counted.filter(|_| !counting) {
            Some(counted) => Some(self.preview_of(actor, &wish, &counted).await?),
            None => None,
        };
        Ok(RetentionPreview { counting, preview })
    }

    /// Administrators: sets a rule. One that erases more than before needs what a preview told
    /// this very asker of this very rule.
    pub async fn set_retention(
        &self,
        actor: &Actor,
        request: RequestId,
        set: SetRetention,
    ) -> Result<(), Failure> {
        self.check_admin(actor).await?;
        let (workspace, member) = (actor.workspace, actor.member);
        let erases = match set.confirmation {
            None => None,
            Some(it) if it.seal == self.seal(actor, &set.wish, &it.erases)? => Some(it.erases),
            Some(_) => return Err(Refusal::NotPreviewed.into()),
        };
        let command = match set.wish {
            RetentionWish::Workspace { retention } => {
                Command::ChangeRetention(ChangeRetention { retention, erases })
            }
            RetentionWish::Channel { channel, retention } => {
                Command::ChangeChannelRetention(ChangeChannelRetention {
                    channel,
                    retention,
                    erases,
                })
            }
        };
        let server = bot::internal(workspace, member);
        self.execute(&server, request, command).await?;
        self.inner.retentions.wake(workspace);
        Ok(())
    }

    /// The last count of this rule and whether another is under way; begins one if it is old.
    fn counted(
        &self,
        workspace: WorkspaceId,
        wish: &RetentionWish,
    ) -> Result<(bool, Option<Arc<Counted>>), Failure> {
        let text = text_of(wish)?;
        let mut counts = self.inner.retentions.counts.lock();
        if counts.len() >= COUNTS_MAX && !counts.contains_key(&(workspace, text.clone())) {
            let oldest = counts.iter().min_by_key(|(_, slot)| slot.asked);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                counts.remove(&key);
            }
        }
        let slot = counts.entry((workspace, text)).or_insert_with(|| Slot {
            asked: Instant::now(),
            counting: false,
            last: None,
        });
        slot.asked = Instant::now();
        let last = slot.last.as_ref();
        let is_fresh = last.is_some_and(|(made, _)| made.elapsed() < FRESH);
        let counted = last.map(|(_, counted)| counted.clone());
        if !is_fresh && !slot.counting {
            slot.counting = true;
            tokio::spawn(count_beside(self.clone(), workspace, wish.clone()));
        }
        Ok((slot.counting, counted))
    }

    async fn preview_of(
        &self,
        actor: &Actor,
        wish: &RetentionWish,
        counted: &Counted,
    ) -> Result<ErasurePreview, Failure> {
        let seen = self.list_channels(actor).await?;
        let named = seen.into_iter().filter(|it| it.kind != ChannelKind::Direct);
        let mut named: HashMap<ChannelId, Channel> = named.map(|it| (it.id, it)).collect();
        let all = counted.channels.iter();
        let mut channels: Vec<ChannelErasure> = all
            .filter_map(|(id, count)| {
                let (channel, count) = (named.remove(id)?, *count);
                Some(ChannelErasure { channel, count })
            })
            .collect();
        channels.sort_by_key(|it| Reverse((it.count.messages, it.count.files)));
        channels.truncate(CHANNELS_SHOWN);
        let other_channels = (counted.channels.len() - channels.len()) as i64;
        let kinds = [counted.public, counted.private, counted.direct];
        let erases = Erases {
            messages: kinds.iter().map(|it| it.messages).sum(),
            files: kinds.iter().map(|it| it.files).sum(),
            counted_at: counted.at,
        };
        Ok(ErasurePreview {
            public: counted.public,
            private: counted.private,
            direct: counted.direct,
            channels,
            other_channels,
            seal: self.seal(actor, wish, &erases)?,
            erases,
        })
    }

    /// Says that this server told this asker these numbers of this rule. Nobody makes one without
    /// the key, which servers of one database share.
    fn seal(
        &self,
        actor: &Actor,
        wish: &RetentionWish,
        erases: &Erases,
    ) -> Result<String, Failure> {
        let key = blake3::derive_key("tenon 2026 retention previews", &self.vault_key()?);
        let (workspace, member): (WorkspaceId, MemberId) = (actor.workspace, actor.member);
        let said = serde_json::to_vec(&(workspace, member, wish, erases));
        let said = said.map_err(|error| Failure::Bug(error.to_string()))?;
        Ok(blake3::keyed_hash(&key, &said).to_hex().to_string())
    }

    async fn count_erasure(
        &self,
        workspace: WorkspaceId,
        wish: &RetentionWish,
    ) -> Result<Counted, Failure> {
        let at = now();
        let mut count = Count {
            workspace,
            retention: self.policy(workspace).await?.retention,
            seqs: Seqs::new(at),
            counted: Counted {
                at,
                public: ErasureCount::default(),
                private: ErasureCount::default(),
                direct: ErasureCount::default(),
                channels: Vec::new(),
            },
        };
        match wish {
            RetentionWish::Channel { channel, retention } => {
                let id = *channel;
                let read = self.inner.store.read(workspace, move |reader| {
                    async move { channel::get(reader, id).await }.boxed()
                });
                let mut found: Vec<Channel> = read.await?.into_iter().collect();
                found.iter_mut().for_each(|it| it.retention = *retention);
                self.count_channels(&mut count, &found).await?;
            }
            RetentionWish::Workspace { retention } => {
                count.retention = retention.clone();
                let mut after = ChannelId(Uuid::nil());
                loop {
                    let page = list_channels(self, workspace, Which::All, after).await?;
                    let Some(last) = page.last() else { break };
                    after = last.id;
                    self.count_channels(&mut count, &page).await?;
                }
            }
        }
        Ok(count.counted)
    }

    async fn count_channels(&self, count: &mut Count, channels: &[Channel]) -> Result<(), Failure> {
        let mut messages: HashMap<i64, Vec<Uuid>> = HashMap::new();
        let mut files: HashMap<i64, Vec<Uuid>> = HashMap::new();
        for channel in channels {
            let (workspace, mut newest) = (count.workspace, 0);
            if let Some(rule) = rule_of(&count.retention, channel) {
                newest = count.seqs.get(self, workspace, rule).await?;
                messages.entry(newest).or_default().push(channel.id.0);
            }
            if let Some(rule) = file_rule_of(&count.retention, channel) {
                newest = newest.max(count.seqs.get(self, workspace, rule).await?);
            }
            files.entry(newest).or_default().push(channel.id.0);
        }
        let found = self.count_page(count.workspace, messages, files).await?;
        count.counted.take(channels, found);
        Ok(())
    }

    async fn count_page(
        &self,
        workspace: WorkspaceId,
        messages: HashMap<i64, Vec<Uuid>>,
        files: HashMap<i64, Vec<Uuid>>,
    ) -> Result<HashMap<ChannelId, ErasureCount>, Failure> {
        let read = self.inner.store.read(workspace, move |reader| {
            async move {
                let mut found: HashMap<ChannelId, ErasureCount> = HashMap::new();
                for (seq, channels) in &messages {
                    for (id, count) in retention::count_messages(reader, channels, *seq).await? {
                        found.entry(id).or_default().messages += count;
                    }
                }
                for (seq, channels) in files.iter().filter(|(seq, _)| **seq > 0) {
                    for (id, count) in retention::count_files(reader, channels, *seq).await? {
                        found.entry(id).or_default().files += count;
                    }
                }
                Ok(found)
            }
            .boxed()
        });
        Ok(read.await?)
    }
}

impl Counted {
    fn take(&mut self, page: &[Channel], found: HashMap<ChannelId, ErasureCount>) {
        for channel in page {
            let Some(count) = found.get(&channel.id).copied() else {
                continue;
            };
            let sum = match channel.kind {
                ChannelKind::Public => &mut self.public,
                ChannelKind::Private => &mut self.private,
                ChannelKind::Direct => &mut self.direct,
            };
            sum.messages += count.messages;
            sum.files += count.files;
            self.channels.push((channel.id, count));
        }
    }
}

async fn count_beside(engine: Engine, workspace: WorkspaceId, wish: RetentionWish) {
    let counted = engine.count_erasure(workspace, &wish).await;
    let Ok(text) = text_of(&wish) else { return };
    let mut counts = engine.inner.retentions.counts.lock();
    let Some(slot) = counts.get_mut(&(workspace, text)) else {
        return;
    };
    slot.counting = false;
    match counted {
        Ok(counted) => slot.last = Some((Instant::now(), Arc::new(counted))),
        Err(failure) => {
            tracing::warn!(reason = %failure.message(), "what a rule erases was not counted");
        }
    }
}

fn text_of(wish: &RetentionWish) -> Result<String, Failure> {
    serde_json::to_string(wish).map_err(|error| Failure::Bug(error.to_string()))
}

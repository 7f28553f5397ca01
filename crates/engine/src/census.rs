//! What takes how much room: counted beside the requests, a few files at a time, at most every
//! few minutes and only when somebody looks. Kept in memory; a restart counts anew.

use crate::{Engine, Failure, execute::now};
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::Mutex;
use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use tenon_domain::access;
use tenon_protocol::{
    ChannelId, FileId, MemberId, MessageId, Timestamp, WorkspaceId, administration::HiddenChannels,
    member::Member,
};
use tenon_store::{channel, file, file::Counted, log, member, workspace};

/// How long a count is good enough.
const FRESH: Duration = Duration::from_secs(600);
/// Files counted in one step.
const PAGE: i64 = 500;
/// Hidden channels counted in one step, with who is in them.
const HIDDEN_PAGE: i64 = 100;
/// Limit: largest files that are remembered.
const LARGEST_MAX: usize = 50;
/// Entries whose sizes stand for those of all.
const SAMPLE: i64 = 500;
/// Limit: files and folders that are looked at on disk; beyond it the sizes are lower bounds.
const DISK_FILES_MAX: usize = 2_000_000;

/// One count.
#[derive(Clone, Debug)]
pub(crate) struct Census {
    pub at: Timestamp,
    pub database_bytes: i64,
    /// About, from a sample.
    pub log_bytes: i64,
    pub entries: i64,
    pub index_bytes: i64,
    /// None where they lie in a bucket.
    pub thumbnail_bytes: Option<i64>,
    pub carried: Sum,
    /// That no message carries yet.
    pub waiting: Sum,
    /// Of deleted messages: gone at the next sweep.
    pub deleted: Sum,
    /// Of each channel; files of tasks are under none.
    pub channels: HashMap<ChannelId, Sum>,
    /// The largest that messages carry, the largest first.
    pub largest: Vec<Large>,
    pub hidden: HiddenChannels,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    pub files: i64,
    pub bytes: i64,
}

impl Sum {
    fn add(&mut self, bytes: i64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Large {
    pub bytes: i64,
    pub id: FileId,
    pub name: String,
    pub message: MessageId,
    pub channel: Option<ChannelId>,
}

/// The last count of one workspace, and whether another is under way.
#[derive(Default)]
struct Slot {
    last: Option<(Instant, Arc<Census>)>,
    counting: bool,
}

/// The counts of this node.
#[derive(Default)]
pub(crate) struct Censuses(Mutex<HashMap<WorkspaceId, Slot>>);

impl Engine {
    /// The last count, and whether a newer one is under way; begins one if it has grown old.
    pub(crate) fn census(&self, workspace: WorkspaceId) -> (Option<Arc<Census>>, bool) {
        let mut slots = self.inner.censuses.0.lock();
        let slot = slots.entry(workspace).or_default();
        let last = slot.last.as_ref();
        let is_fresh = last.is_some_and(|(made, _)| made.elapsed() < FRESH);
        let census = last.map(|(_, census)| census.clone());
        if !is_fresh && !slot.counting {
            slot.counting = true;
            tokio::spawn(count_beside(self.clone(), workspace));
        }
        (census, slot.counting)
    }

    async fn count(&self, workspace: WorkspaceId) -> Result<Census, Failure> {
        let mut census = self.count_database(workspace).await?;
        let mut largest = BinaryHeap::with_capacity(LARGEST_MAX + 1);
        let mut after = FileId(uuid::Uuid::nil());
        loop {
            let page = self.inner.store.read(workspace, move |reader| {
                async move { file::list_counted(reader, after, PAGE).await }.boxed()
            });
            let page = page.await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for file in page {
                census.take(file, &mut largest);
            }
        }
        census.largest = largest
            .into_sorted_vec()
            .into_iter()
            .map(|it| it.0)
            .collect();
        census.hidden = self.count_hidden(workspace).await?;
        let (index, thumbnails) = self.folders(workspace);
        let sizes = tokio::task::spawn_blocking(move || {
            (size_of(index), thumbnails.map(|it| size_of(Some(it))))
        });
        let sizes = sizes
            .await
            .map_err(|error| Failure::Bug(error.to_string()))?;
        (census.index_bytes, census.thumbnail_bytes) = sizes;
        Ok(census)
    }

    async fn count_database(&self, workspace: WorkspaceId) -> Result<Census, Failure> {
        let read = self.inner.store.read(workspace, |reader| {
            async move {
                let entries = reader.head().await?.seq;
                let log_bytes = log::estimate_bytes(reader, entries, SAMPLE).await?;
                let database_bytes = workspace::get_database_bytes(reader).await?;
                Ok((entries, log_bytes, database_bytes))
            }
            .boxed()
        });
        let (entries, log_bytes, database_bytes) = read.await?;
        Ok(Census {
            at: now(),
            database_bytes,
            log_bytes,
            entries,
            index_bytes: 0,
            thumbnail_bytes: None,
            carried: Sum::default(),
            waiting: Sum::default(),
            deleted: Sum::default(),
            channels: HashMap::new(),
            largest: Vec::new(),
            hidden: HiddenChannels::default(),
        })
    }

    /// How many channels nobody but their members knows of; not which.
    async fn count_hidden(&self, workspace: WorkspaceId) -> Result<HiddenChannels, Failure> {
        let read = self.inner.store.read(workspace, |reader| {
            async move {
                Ok((
                    member::list(reader).await?,
                    channel::count_direct(reader).await?,
                ))
            }
            .boxed()
        });
        let (members, direct) = read.await?;
        let members: HashMap<MemberId, Member> =
            members.into_iter().map(|it| (it.id, it)).collect();
        let mut hidden = HiddenChannels {
            direct,
            ..HiddenChannels::default()
        };
        let mut after = ChannelId(uuid::Uuid::nil());
        loop {
            let page = self.inner.store.read(workspace, move |reader| {
                async move { channel::list_hidden(reader, after, HIDDEN_PAGE).await }.boxed()
            });
            let page = page.await?;
            let Some((last, _)) = page.last() else {
                return Ok(hidden);
            };
            after = last.id;
            for (channel, inside) in page {
                let inside = inside.iter().filter_map(|id| members.get(id));
                let mut active = inside.filter(|it| it.active);
                let managed = active.any(|it| access::can_manage_channel(it, &channel, true));
                hidden.private += i64::from(!channel.archived);
                hidden.private_archived += i64::from(channel.archived);
                hidden.unmanaged += i64::from(!channel.archived && !managed);
            }
        }
    }

    fn folders(&self, workspace: WorkspaceId) -> (Option<PathBuf>, Option<PathBuf>) {
        let options = &self.inner.options;
        let index = options.search_directory.as_ref();
        let files = options.files.as_ref();
        (
            index.map(|folder| folder.join(workspace.to_string())),
            files
                .filter(|files| files.bucket.is_none())
                .map(|files| files.directory.join("thumbnails")),
        )
    }
}

async fn count_beside(engine: Engine, workspace: WorkspaceId) {
    let counted = engine.count(workspace).await;
    let mut slots = engine.inner.censuses.0.lock();
    let slot = slots.entry(workspace).or_default();
    slot.counting = false;
    match counted {
        Ok(census) => slot.last = Some((Instant::now(), Arc::new(census))),
        Err(failure) => {
            tracing::warn!(reason = %failure.message(), "what takes room could not be counted");
        }
    }
}

impl Census {
    fn take(&mut self, file: Counted, largest: &mut BinaryHeap<Reverse<Large>>) {
        let Counted {
            id, name, bytes, ..
        } = file;
        let Some(message) = file.message else {
            return self.waiting.add(bytes);
        };
        if file.deleted {
            return self.deleted.add(bytes);
        }
        self.carried.add(bytes);
        if let Some(channel) = file.channel {
            self.channels.entry(channel).or_default().add(bytes);
        }
        let channel = file.channel;
        largest.push(Reverse(Large {
            bytes,
            id,
            name,
            message,
            channel,
        }));
        if largest.len() > LARGEST_MAX {
            largest.pop();
        }
    }
}

/// Bytes of the files in a folder and those below it.
fn size_of(folder: Option<PathBuf>) -> i64 {
    let mut left = DISK_FILES_MAX;
    let bytes = folder.map_or(0, |folder| size_below(&folder, &mut left));
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn size_below(folder: &Path, left: &mut usize) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let mut bytes = 0;
    for entry in entries.flatten() {
        if *left == 0 {
            break;
        }
        *left -= 1;
        match entry.metadata() {
            Ok(it) if it.is_dir() => bytes += size_below(&entry.path(), left),
            Ok(it) => bytes += it.len(),
            Err(_) => {}
        }
    }
    bytes
}

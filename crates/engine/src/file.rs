//! Files: taking them in, handing them out, and sweeping up what nobody carries. Rows are the
//! store's, the bytes lie in `file/blob.rs`; who may have a file is `domain::access`.

mod blob;
mod bucket;
mod link;
mod location;
pub(crate) mod picture;

pub(crate) use blob::Blobs;
use blob::{Arrived, Bounds};
pub use blob::{Held, Incoming, Options as FileOptions};
pub use bucket::{Bucket, Pieces, Trouble};

use crate::{
    Actor, Engine, Failure,
    engine::Inner,
    execute::now,
    queries::{
        allowed, channel, me, message,
        page::{Raw, RawPage},
    },
};
use futures::FutureExt;
use std::{
    sync::{Arc, Weak},
    time::Duration,
};
use tenon_domain::{
    access,
    file::{Upload, clean_name},
    file_type::check_name,
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, FileId, Timestamp, WorkspaceId,
    credential::TokenScope,
    file::File,
    limit::{FILE_BYTES_MAX_DEFAULT, FILES_PER_HOUR_MAX},
    policy::Policy,
};
use tenon_store::{
    file,
    file::{Stored, Swept},
};
use uuid::Uuid;

/// How long a file waits for a message to carry it.
const UNCARRIED_AGE: Duration = Duration::from_secs(24 * 3600);
/// Time between two sweeps.
const SWEEP_INTERVAL: Duration = Duration::from_secs(3600);
/// Files looked at in one step of a sweep.
const SWEEP_PAGE: i64 = 500;
const HOUR: Duration = Duration::from_secs(3600);

impl Engine {
    /// Limit: bytes of one file, as the operator says.
    pub fn file_bytes_max(&self) -> u64 {
        let files = self.inner.files.as_ref();
        files.map_or(FILE_BYTES_MAX_DEFAULT, |files| files.bytes_max())
    }

    /// Limit: bytes of one file of the asker, by the operator and by the workspace's policy.
    pub async fn upload_bytes_max(&self, actor: &Actor) -> Result<u64, Failure> {
        let policy = self.policy(actor.workspace).await?;
        Ok(self.bytes_max_under(&policy))
    }

    fn bytes_max_under(&self, policy: &Policy) -> u64 {
        let most = self.file_bytes_max();
        policy.file_bytes_max.map_or(most, |max| max.min(most))
    }

    /// Begins to take a file in. Refusals: not allowed, too many within an hour, of a type that is
    /// not taken.
    pub async fn begin_upload(&self, actor: &Actor, name: &str) -> Result<Incoming, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(access::check_grant(&asker, TokenScope::Chat));
                let since = before(now(), HOUR);
                if file::count_since(reader, me.id, since).await? >= FILES_PER_HOUR_MAX {
                    let retry_after_ms = 60_000;
                    return Ok(Err(Refusal::RateLimited { retry_after_ms }.into()));
                }
                Ok(Ok(()))
            }
            .boxed()
        })
        .await?;
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        let policy = self.policy(actor.workspace).await?;
        let bounds = Bounds {
            bytes_max: self.bytes_max_under(&policy),
            types: policy.file_types,
            name: clean_name(name),
        };
        check_name(&bounds.types, &bounds.name)?;
        blobs.begin(bounds).await
    }

    /// Keeps what has arrived, as a file of the asker. The same id again is the same file.
    pub async fn finish_upload(
        &self,
        actor: &Actor,
        incoming: Incoming,
        id: FileId,
    ) -> Result<File, Failure> {
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        if let Some(there) = self.find_file(actor.workspace, id).await? {
            // A retry whose first answer was lost.
            return match there.message {
                None if there.uploader == actor.member => Ok(there.file),
                _ => Err(Refusal::IdTaken.into()),
            };
        }
        let arrived = blobs.inspect(incoming).await?;
        self.keep_arrived(actor, arrived, id).await
    }

    /// Keeps bytes that came from elsewhere as a file of the actor, if they are a picture that can
    /// be shown.
    pub(crate) async fn keep_picture(
        &self,
        actor: &Actor,
        id: FileId,
        bytes: &[u8],
    ) -> Result<Option<File>, Failure> {
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        if let Some(there) = self.find_file(actor.workspace, id).await? {
            return Ok(Some(there.file));
        }
        // The server's own: what members may upload is not asked.
        let bounds = Bounds {
            bytes_max: self.file_bytes_max(),
            name: "preview".to_owned(),
            ..Bounds::default()
        };
        let mut incoming = blobs.begin(bounds).await?;
        incoming.write(bytes).await?;
        let arrived = blobs.inspect(incoming).await?;
        if arrived.pixels.is_none() {
            return Ok(None);
        }
        self.keep_arrived(actor, arrived, id).await.map(Some)
    }

    async fn keep_arrived(
        &self,
        actor: &Actor,
        arrived: Arrived,
        id: FileId,
    ) -> Result<File, Failure> {
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        let file = File {
            id,
            name: arrived.name.clone(),
            media_type: arrived.media_type.to_owned(),
            size: i64::try_from(arrived.size).unwrap_or(i64::MAX),
            width: arrived.pixels.map(|(width, _)| width),
            height: arrived.pixels.map(|(_, height)| height),
        };
        // No sweep between the bytes and the row that keeps them.
        let shared = blobs.sweeping.read().await;
        let hash = blobs.keep(arrived).await?;
        let (workspace, uploader, at) = (actor.workspace, actor.member, now());
        let (row, key) = (file.clone(), hash.clone());
        let bytes_max = self.policy(workspace).await?.storage_bytes_max;
        let kept = self.inner.store.private(move |private| {
            async move {
                let (_, used) = private.get_file_usage(workspace).await?;
                if !has_room(bytes_max, used, row.size) {
                    return Ok(false);
                }
                private.insert_file(workspace, uploader, &key, at, &row)?;
                Ok(true)
            }
            .boxed()
        });
        let kept = kept.await?;
        drop(shared);
        if !kept {
            self.drop_unused(hash).await?;
            return Err(Refusal::StorageFull.into());
        }
        if file.width.is_some() {
            let (blobs, hash, size) = (blobs.clone(), hash, bytes_of(&file));
            tokio::spawn(async move { blobs.thumbnail(&hash, size).await.map(drop) });
        }
        Ok(file)
    }

    /// Removes bytes that no file has.
    async fn drop_unused(&self, hash: String) -> Result<(), Failure> {
        let Some(blobs) = self.inner.files.as_ref() else {
            return Ok(());
        };
        // Nobody may be between these bytes and a row of their own.
        let _alone = blobs.sweeping.write().await;
        let key = hash.clone();
        let used = self
            .inner
            .store
            .read_private(move |private| async move { private.has_hash(&key).await }.boxed());
        if !used.await? {
            blobs.remove(&[hash]).await;
        }
        Ok(())
    }

    async fn find_file(
        &self,
        workspace: WorkspaceId,
        id: FileId,
    ) -> Result<Option<Stored>, Failure> {
        self.read(workspace, move |reader| {
            async move { Ok(Ok(file::get(reader, id).await?)) }.boxed()
        })
        .await
    }

    /// A file that the asker may have, and where its bytes are.
    pub async fn get_file(&self, actor: &Actor, id: FileId) -> Result<(File, Held), Failure> {
        let (file, hash) = self.readable_file(actor, id).await?;
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        let held = blobs.held(&hash, bytes_of(&file));
        Ok((file, held))
    }

    /// The thumbnail of such a file: its media type and where it is. It is made now if it was not
    /// yet. Refusal: it has none.
    pub async fn get_thumbnail(
        &self,
        actor: &Actor,
        id: FileId,
    ) -> Result<(&'static str, Held), Failure> {
        let (file, hash) = self.readable_file(actor, id).await?;
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        let none = || Failure::from(Refusal::UnknownFile { field: None });
        if file.width.is_none() {
            return Err(none());
        }
        let made = blobs.thumbnail(&hash, bytes_of(&file)).await?;
        made.ok_or_else(none)
    }

    async fn readable_file(&self, actor: &Actor, id: FileId) -> Result<(File, String), Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let Some(stored) = file::get(reader, id).await? else {
                    return Ok(Err(Refusal::UnknownFile { field: None }.into()));
                };
                let message = match stored.message {
                    Some(id) => message::readable_message(reader, &asker, id).await?.ok(),
                    None => None,
                };
                let hash = stored.hash.clone();
                let upload = upload_of(stored);
                let upload = access::readable_file(&me, Some(&upload), message.as_ref());
                Ok(Ok((allowed!(upload).file.clone(), hash)))
            }
            .boxed()
        })
        .await
    }

    /// Files of a channel, the newest first. `after` is the `next` of the page before.
    pub async fn list_channel_files(
        &self,
        actor: &Actor,
        id: ChannelId,
        limit: u32,
        after: Option<&str>,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        let before = match after {
            None => (i64::MAX, i64::MAX),
            // A cursor that is none shows nothing, as after the last page.
            Some(text) => parse_cursor(text).unwrap_or((0, 0)),
        };
        let limit = crate::queries::page::limit(limit);
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(channel::readable(reader, &asker, id).await?);
                let mut found = file::list_of_channel(reader, id, before, limit + 1).await?;
                let more = found.len() as i64 > limit;
                found.truncate(limit as usize);
                let last = found.last().filter(|_| more);
                let next = last.map(|(seq, place, _)| format!("{seq}.{place}"));
                let items = found.into_iter().map(|(_, _, body)| Raw::from(body));
                Ok(Ok(RawPage {
                    items: items.collect(),
                    next,
                }))
            }
            .boxed()
        })
        .await
    }

    /// Removes files that nobody carried for `age`, those of deleted messages, and bytes that no
    /// file has any more. Answers with how many files went.
    pub async fn sweep_files(&self, age: Duration) -> Result<usize, Failure> {
        let Some(blobs) = self.inner.files.clone() else {
            return Ok(0);
        };
        let oldest = before(now(), age);
        let (mut after, mut count) = ((WorkspaceId(Uuid::nil()), FileId(Uuid::nil())), 0);
        loop {
            let _alone = blobs.sweeping.write().await;
            let swept = self.inner.store.private(move |private| {
                async move {
                    let page = private.list_files_after(after, SWEEP_PAGE).await?;
                    let last = page.last().map(|file| (file.workspace, file.id));
                    let (mut gone, mut unused) = (0, Vec::new());
                    for file in page {
                        if !is_swept(&file, oldest) {
                            continue;
                        }
                        gone += usize::from(private.delete_file(&file).await?);
                        if !private.has_hash(&file.hash).await? {
                            unused.push(file.hash);
                        }
                    }
                    Ok((last, gone, unused))
                }
                .boxed()
            });
            let (last, gone, unused) = swept.await?;
            count += gone;
            blobs.remove(&unused).await;
            match last {
                Some(last) => after = last,
                None => return Ok(count),
            }
        }
    }
}

/// Whether nobody carries it: not for a day since it came, or since a message that was to be sent
/// later let go of it.
fn is_swept(file: &Swept, oldest: Timestamp) -> bool {
    if file.carried {
        return file.deleted;
    }
    let waits = file.kept && file.released.is_none();
    let since = file
        .released
        .map_or(file.created_at, |at| at.max(file.created_at));
    !waits && since <= oldest
}

fn bytes_of(file: &File) -> u64 {
    u64::try_from(file.size).unwrap_or_default()
}

/// Whether so many more bytes fit, where there is a limit.
fn has_room(bytes_max: Option<u64>, used: i64, more: i64) -> bool {
    let whole = u64::try_from(used.saturating_add(more)).unwrap_or(0);
    bytes_max.is_none_or(|max| whole <= max)
}

/// A row as decisions see it.
pub(crate) fn upload_of(stored: Stored) -> Upload {
    Upload {
        file: stored.file,
        uploader: stored.uploader,
        message: stored.message,
        detached: stored.detached,
        scheduled: stored.scheduled,
    }
}

fn parse_cursor(text: &str) -> Option<(i64, i64)> {
    let (seq, place) = text.split_once('.')?;
    Some((seq.parse().ok()?, place.parse().ok()?))
}

fn before(now: Timestamp, age: Duration) -> Timestamp {
    now.checked_sub(age).unwrap_or(now)
}

/// Sweeps at start and every hour, while the engine lives.
pub(crate) async fn sweep(inner: Weak<Inner>) {
    let mut ticks = tokio::time::interval(SWEEP_INTERVAL);
    loop {
        ticks.tick().await;
        let Some(inner) = inner.upgrade() else { return };
        match (Engine { inner }).sweep_files(UNCARRIED_AGE).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "files that nobody carries are gone"),
            Err(failure) => {
                tracing::warn!(reason = %failure.message(), "files could not be swept")
            }
        }
    }
}

/// The folder of files, made ready.
pub(crate) fn open(options: Option<FileOptions>) -> Result<Option<Arc<Blobs>>, Failure> {
    let open = |options| Blobs::open(options).map(Arc::new);
    let unusable = |error| Failure::Bug(format!("the directory of files cannot be used: {error}"));
    options.map(open).transpose().map_err(unusable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_swept_when_nobody_needs_it_for_long() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let file = Swept {
            workspace: WorkspaceId(Uuid::nil()),
            id: FileId(Uuid::nil()),
            hash: String::new(),
            created_at: at(10),
            size: 1,
            carried: false,
            deleted: false,
            kept: false,
            released: None,
        };
        assert!(is_swept(&file, at(10)) && !is_swept(&file, at(9)));
        let kept = Swept {
            kept: true,
            ..file.clone()
        };
        assert!(!is_swept(&kept, at(99)));
        let released = Swept {
            released: Some(at(20)),
            ..kept
        };
        assert!(is_swept(&released, at(20)) && !is_swept(&released, at(19)));
        let carried = Swept {
            carried: true,
            ..released
        };
        assert!(!is_swept(&carried, at(99)));
        let deleted = Swept {
            deleted: true,
            ..carried
        };
        assert!(is_swept(&deleted, at(0)));
    }
}

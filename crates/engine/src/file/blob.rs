//! Bytes of files on disk, named by their BLAKE3 hash: the same bytes are there once. Called by
//! `file.rs` alone; knows neither members nor messages.
//!
//! Invariant: what lies under its hash is whole and on the disk.

use super::picture;
use crate::Failure;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tenon_domain::refusal::Refusal;
use tokio::{
    fs,
    io::AsyncWriteExt,
    sync::{OwnedSemaphorePermit, RwLock, Semaphore},
};
use uuid::Uuid;

/// Limit: files that arrive at the same time; more wait.
const INCOMING_MAX: usize = 32;
/// Limit: pictures read into memory at the same time.
const PICTURES_MAX: usize = 1;
/// Bytes at the beginning that tell what a file is.
const HEAD_BYTES: usize = 8 * 1024;

/// Where files lie and how large they may be.
#[derive(Clone, Debug)]
pub struct Options {
    pub directory: PathBuf,
    /// Limit: bytes of one file.
    pub bytes_max: u64,
}

/// The folder of files.
pub(crate) struct Blobs {
    options: Options,
    incoming: Arc<Semaphore>,
    pictures: Arc<Semaphore>,
    /// Held for reading from the bytes to their row; a sweep holds it alone.
    pub sweeping: RwLock<()>,
}

/// A file that is arriving. Dropped before it is kept, it leaves nothing.
pub struct Incoming {
    file: fs::File,
    path: Temporary,
    hasher: blake3::Hasher,
    head: Vec<u8>,
    size: u64,
    bytes_max: u64,
    _seat: OwnedSemaphorePermit,
}

/// A file that has arrived and was looked at.
pub(crate) struct Arrived {
    path: Temporary,
    hash: blake3::Hash,
    pub size: u64,
    pub media_type: &'static str,
    /// Width and height, of a picture that can have a thumbnail.
    pub pixels: Option<(u32, u32)>,
}

/// A path that is removed with it.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // Kept files have moved away; what cannot be removed goes at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    /// Takes the next bytes. Refusal: too large.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.size += bytes.len() as u64;
        if self.size > self.bytes_max {
            return Err(Refusal::TooLarge {
                field: "file",
                bytes_max: usize::try_from(self.bytes_max).unwrap_or(usize::MAX),
            }
            .into());
        }
        let room = HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        self.hasher.update(bytes);
        self.file.write_all(bytes).await.map_err(unable)
    }
}

impl Blobs {
    /// Makes the folder ready; what was arriving when the server stopped is thrown away.
    pub fn open(options: Options) -> io::Result<Self> {
        let arriving = options.directory.join("incoming");
        if arriving.exists() {
            std::fs::remove_dir_all(&arriving)?;
        }
        std::fs::create_dir_all(&arriving)?;
        std::fs::create_dir_all(options.directory.join("thumbnails"))?;
        Ok(Self {
            options,
            incoming: Arc::new(Semaphore::new(INCOMING_MAX)),
            pictures: Arc::new(Semaphore::new(PICTURES_MAX)),
            sweeping: RwLock::default(),
        })
    }

    pub fn bytes_max(&self) -> u64 {
        self.options.bytes_max
    }

    /// Where the bytes with this hash lie.
    pub fn path(&self, hash: &str) -> PathBuf {
        let folder = hash.get(..2).unwrap_or("00");
        self.options.directory.join(folder).join(hash)
    }

    fn thumbnail_path(&self, hash: &str, extension: &str) -> PathBuf {
        let folder = self.options.directory.join("thumbnails");
        folder.join(format!("{hash}.{extension}"))
    }

    pub async fn begin(&self) -> Result<Incoming, Failure> {
        let seat = seat(&self.incoming).await?;
        let name = Uuid::new_v4().simple().to_string();
        let path = Temporary(self.options.directory.join("incoming").join(name));
        let file = fs::File::create(&path.0).await.map_err(unable)?;
        Ok(Incoming {
            file,
            path,
            hasher: blake3::Hasher::new(),
            head: Vec::new(),
            size: 0,
            bytes_max: self.options.bytes_max,
            _seat: seat,
        })
    }

    /// Looks at what has arrived. Of a picture everything goes that tells where it was taken.
    pub async fn inspect(&self, mut incoming: Incoming) -> Result<Arrived, Failure> {
        if incoming.size == 0 {
            return Err(Refusal::Empty { field: "file" }.into());
        }
        // Only this tells whether the last piece was written; syncing alone says nothing of it.
        incoming.file.flush().await.map_err(unable)?;
        incoming.file.sync_all().await.map_err(unable)?;
        let mut arrived = Arrived {
            path: incoming.path,
            hash: incoming.hasher.finalize(),
            size: incoming.size,
            media_type: picture::sniff(&incoming.head),
            pixels: None,
        };
        if picture::is_picture(arrived.media_type) && arrived.size <= picture::BYTES_MAX {
            let _seat = seat(&self.pictures).await?;
            arrived = blocking(move || clean(arrived)).await?.map_err(unable)?;
        } else if picture::is_picture(arrived.media_type) {
            // Too large to be cleaned, so it is not shown as a picture either.
            arrived.media_type = picture::UNKNOWN;
        }
        Ok(arrived)
    }

    /// Moves the bytes to where their hash says; answers with the hash.
    pub async fn keep(&self, arrived: Arrived) -> Result<String, Failure> {
        let hash = arrived.hash.to_hex().to_string();
        let target = self.path(&hash);
        blocking(move || {
            let folder = target.parent().unwrap_or(&target);
            std::fs::create_dir_all(folder)?;
            std::fs::rename(&arrived.path.0, &target)?;
            // The name is on the disk only when its folder is.
            std::fs::File::open(folder)?.sync_all()
        })
        .await?
        .map_err(unable)?;
        Ok(hash)
    }

    /// The thumbnail of a picture: media type and path; made if it is not there. None if the bytes
    /// are no picture that can be decoded within its limits.
    pub async fn thumbnail(&self, hash: &str) -> Result<Option<(&'static str, PathBuf)>, Failure> {
        let kinds = [("png", "image/png"), ("jpg", "image/jpeg")];
        let paths = kinds.map(|(extension, kind)| (kind, self.thumbnail_path(hash, extension)));
        let find = async |paths: &[(&'static str, PathBuf)]| {
            for (kind, path) in paths {
                if fs::try_exists(path).await.unwrap_or(false) {
                    return Some((*kind, path.clone()));
                }
            }
            None
        };
        if let Some(found) = find(&paths).await {
            return Ok(Some(found));
        }
        let _seat = seat(&self.pictures).await?;
        // Somebody else may have made it meanwhile.
        if let Some(found) = find(&paths).await {
            return Ok(Some(found));
        }
        let (source, scratch) = (self.path(hash), self.scratch());
        blocking(move || {
            let Some(made) = picture::thumbnail(&source) else {
                return Ok(None);
            };
            let (kind, path) = paths[usize::from(!made.is_png)].clone();
            std::fs::write(&scratch.0, &made.bytes)?;
            std::fs::rename(&scratch.0, &path)?;
            Ok(Some((kind, path)))
        })
        .await?
        .map_err(unable)
    }

    fn scratch(&self) -> Temporary {
        let name = Uuid::new_v4().simple().to_string();
        Temporary(self.options.directory.join("incoming").join(name))
    }

    /// Removes the bytes with these hashes.
    pub async fn remove(&self, hashes: &[String]) {
        for hash in hashes {
            let thumbnails = ["png", "jpg"].map(|kind| self.thumbnail_path(hash, kind));
            for path in thumbnails.iter().chain([&self.path(hash)]) {
                match fs::remove_file(path).await {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => tracing::warn!(%error, "a file could not be removed"),
                }
            }
        }
    }
}

/// Rewrites a picture without what it says about where and by whom it was taken.
fn clean(mut arrived: Arrived) -> io::Result<Arrived> {
    let bytes = std::fs::read(&arrived.path.0)?;
    let Some(cleaned) = picture::clean(arrived.media_type, &bytes) else {
        // It begins like a picture and is none.
        arrived.media_type = picture::UNKNOWN;
        return Ok(arrived);
    };
    arrived.pixels = picture::measure(&cleaned);
    if cleaned != bytes {
        write_synced(&arrived.path.0, &cleaned)?;
        arrived.hash = blake3::hash(&cleaned);
        arrived.size = cleaned.len() as u64;
    }
    Ok(arrived)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

async fn seat(seats: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
    let seat = seats.clone().acquire_owned().await;
    seat.map_err(|_| Failure::Unavailable)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::Bug(format!("work on a file ended: {error}")))
}

/// The disk is full or away: nothing was kept, and it may go well later.
fn unable(error: io::Error) -> Failure {
    tracing::warn!(%error, "a file could not be written");
    Failure::Unavailable
}

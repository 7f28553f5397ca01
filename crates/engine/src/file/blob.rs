//! Bytes of files, named by their BLAKE3 hash: the same bytes are there once, in the data directory
//! or in a [`Bucket`]. Called by `file.rs` alone; knows neither members nor messages. What arrives
//! is always written to the disk first, where it is looked at.
//!
//! Invariant: what lies under its hash is whole, and on the disk or confirmed by the bucket.

use super::{
    bucket::{Bucket, Trouble},
    location, picture,
};
use crate::Failure;
use futures::StreamExt;
use std::{
    io::{self, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};
use tenon_domain::{file_type::check_file, refusal::Refusal};
use tenon_protocol::policy::FileTypes;
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

/// Limit: files that go to a bucket at the same time; more wait.
const PUTS_MAX: usize = 4;

/// Where files lie and how large they may be.
#[derive(Clone)]
pub struct Options {
    /// Of what arrives, and of everything without a bucket.
    pub directory: PathBuf,
    pub bucket: Option<Arc<dyn Bucket>>,
    /// Limit: bytes of one file.
    pub bytes_max: u64,
}

/// Where the bytes of a file are.
pub enum Held {
    OnDisk(PathBuf),
    InBucket {
        bucket: Arc<dyn Bucket>,
        name: String,
        size: u64,
    },
}

/// The kinds of thumbnails: how their names end, and their media types.
const THUMBNAILS: [(&str, &str); 2] = [("png", "image/png"), ("jpg", "image/jpeg")];

/// The files.
pub(crate) struct Blobs {
    options: Options,
    incoming: Arc<Semaphore>,
    pictures: Arc<Semaphore>,
    puts: Arc<Semaphore>,
    /// Held for reading from the bytes to their row; a sweep holds it alone.
    pub sweeping: RwLock<()>,
}

/// What may arrive.
#[derive(Default)]
pub(crate) struct Bounds {
    pub bytes_max: u64,
    pub types: FileTypes,
    /// As it will be kept.
    pub name: String,
}

/// A file that is arriving. Dropped before it is kept, it leaves nothing.
pub struct Incoming {
    file: fs::File,
    path: Temporary,
    hasher: blake3::Hasher,
    head: Vec<u8>,
    size: u64,
    bounds: Bounds,
    _seat: OwnedSemaphorePermit,
}

/// A file that has arrived and was looked at.
pub(crate) struct Arrived {
    path: Temporary,
    hash: blake3::Hash,
    pub size: u64,
    pub name: String,
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
    /// Takes the next bytes. Refusals: too large; of a type that is not taken, as soon as the
    /// bytes tell.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.size += bytes.len() as u64;
        if self.size > self.bounds.bytes_max {
            return Err(Refusal::TooLarge {
                field: "file",
                bytes_max: usize::try_from(self.bounds.bytes_max).unwrap_or(usize::MAX),
            }
            .into());
        }
        let room = HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        if room > 0 && self.head.len() == HEAD_BYTES {
            self.bounds.check(picture::sniff(&self.head))?;
        }
        self.hasher.update(bytes);
        self.file.write_all(bytes).await.map_err(unable)
    }
}

impl Bounds {
    fn check(&self, media_type: &str) -> Result<(), Refusal> {
        check_file(&self.types, &self.name, media_type)
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
            puts: Arc::new(Semaphore::new(PUTS_MAX)),
            sweeping: RwLock::default(),
        })
    }

    pub fn bytes_max(&self) -> u64 {
        self.options.bytes_max
    }

    /// Where the bytes with this hash lie, so many of them.
    pub fn held(&self, hash: &str, size: u64) -> Held {
        self.place(name(hash), size)
    }

    fn place(&self, name: String, size: u64) -> Held {
        match &self.options.bucket {
            None => Held::OnDisk(self.options.directory.join(name)),
            Some(bucket) => Held::InBucket {
                bucket: bucket.clone(),
                name,
                size,
            },
        }
    }

    pub async fn begin(&self, bounds: Bounds) -> Result<Incoming, Failure> {
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
            bounds,
            _seat: seat,
        })
    }

    /// Looks at what has arrived. Of a picture everything goes that tells where it was taken.
    pub async fn inspect(&self, mut incoming: Incoming) -> Result<Arrived, Failure> {
        if incoming.size == 0 {
            return Err(Refusal::Empty { field: "file" }.into());
        }
        let media_type = picture::sniff(&incoming.head);
        incoming.bounds.check(media_type)?;
        // Only this tells whether the last piece was written; syncing alone says nothing of it.
        incoming.file.flush().await.map_err(unable)?;
        incoming.file.sync_all().await.map_err(unable)?;
        let mut arrived = Arrived {
            path: incoming.path,
            hash: incoming.hasher.finalize(),
            size: incoming.size,
            media_type,
            name: incoming.bounds.name,
            pixels: None,
        };
        let is_image = arrived.media_type.starts_with("image/");
        if picture::is_picture(arrived.media_type) && arrived.size <= picture::BYTES_MAX {
            let _seat = seat(&self.pictures).await?;
            arrived = blocking(move || clean(arrived)).await?.map_err(unable)?;
        } else if picture::is_picture(arrived.media_type) {
            // Too large to be cleaned, so it is not shown as a picture either.
            arrived.media_type = picture::UNKNOWN;
        }
        if is_image && arrived.pixels.is_none() {
            let _seat = seat(&self.pictures).await?;
            arrived = blocking(move || forget_location(arrived))
                .await?
                .map_err(unable)?;
        }
        Ok(arrived)
    }

    /// Moves the bytes to where their hash says; answers with the hash.
    pub async fn keep(&self, arrived: Arrived) -> Result<String, Failure> {
        let hash = arrived.hash.to_hex().to_string();
        if let Some(bucket) = &self.options.bucket {
            self.put(bucket, name(&hash), &arrived.path, arrived.size)
                .await?;
            return Ok(hash);
        }
        let target = self.options.directory.join(name(&hash));
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

    /// Puts it into the bucket, unless it is there.
    async fn put(
        &self,
        bucket: &Arc<dyn Bucket>,
        name: String,
        from: &Temporary,
        size: u64,
    ) -> Result<(), Failure> {
        let _seat = seat(&self.puts).await?;
        if bucket.size(name.clone()).await.map_err(troubled)? == Some(size) {
            return Ok(());
        }
        bucket.put(name, from.0.clone()).await.map_err(troubled)
    }

    /// The thumbnail of a picture: media type and place; made if it is not there. None if the bytes
    /// are no picture that can be decoded within its limits.
    pub async fn thumbnail(
        &self,
        hash: &str,
        size: u64,
    ) -> Result<Option<(&'static str, Held)>, Failure> {
        if let Some(found) = self.find_thumbnail(hash).await? {
            return Ok(Some(found));
        }
        let _seat = seat(&self.pictures).await?;
        // Somebody else may have made it meanwhile.
        if let Some(found) = self.find_thumbnail(hash).await? {
            return Ok(Some(found));
        }
        let (source, fetched) = match self.held(hash, size) {
            Held::OnDisk(path) => (path, None),
            Held::InBucket { bucket, name, size } => {
                let scratch = self.scratch();
                fetch(&bucket, name, size, &scratch.0).await?;
                (scratch.0.clone(), Some(scratch))
            }
        };
        let scratch = self.scratch();
        let made = blocking(move || {
            let Some(made) = picture::thumbnail(&source) else {
                return Ok(None);
            };
            drop(fetched);
            std::fs::write(&scratch.0, &made.bytes)?;
            Ok(Some((made.is_png, made.bytes.len() as u64, scratch)))
        });
        let Some((is_png, size, scratch)) = made.await?.map_err(unable)? else {
            return Ok(None);
        };
        let (extension, kind) = THUMBNAILS[usize::from(!is_png)];
        let name = thumbnail_name(hash, extension);
        match &self.options.bucket {
            Some(bucket) => self.put(bucket, name.clone(), &scratch, size).await?,
            None => {
                let target = self.options.directory.join(&name);
                fs::rename(&scratch.0, target).await.map_err(unable)?;
            }
        }
        Ok(Some((kind, self.place(name, size))))
    }

    async fn find_thumbnail(&self, hash: &str) -> Result<Option<(&'static str, Held)>, Failure> {
        for (extension, kind) in THUMBNAILS {
            let name = thumbnail_name(hash, extension);
            let size = match &self.options.bucket {
                Some(bucket) => bucket.size(name.clone()).await.map_err(troubled)?,
                None => {
                    let found = fs::metadata(self.options.directory.join(&name)).await;
                    found.ok().map(|found| found.len())
                }
            };
            if let Some(size) = size {
                return Ok(Some((kind, self.place(name, size))));
            }
        }
        Ok(None)
    }

    /// The picture as a square PNG of so many pixels, with clear margins; none if it is none.
    pub async fn square(&self, bytes: Vec<u8>, pixels: u32) -> Result<Option<Vec<u8>>, Failure> {
        let _seat = seat(&self.pictures).await?;
        blocking(move || picture::square(&bytes, pixels)).await
    }

    fn scratch(&self) -> Temporary {
        let name = Uuid::new_v4().simple().to_string();
        Temporary(self.options.directory.join("incoming").join(name))
    }

    /// Removes the bytes with these hashes.
    pub async fn remove(&self, hashes: &[String]) {
        for hash in hashes {
            let thumbnails = THUMBNAILS.map(|(extension, _)| thumbnail_name(hash, extension));
            for name in thumbnails.into_iter().chain([name(hash)]) {
                let gone = match &self.options.bucket {
                    Some(bucket) => bucket.remove(name).await.map_err(|trouble| trouble.0),
                    None => match fs::remove_file(self.options.directory.join(name)).await {
                        Err(error) if error.kind() != io::ErrorKind::NotFound => {
                            Err(error.to_string())
                        }
                        _ => Ok(()),
                    },
                };
                if let Err(reason) = gone {
                    tracing::warn!(%reason, "a file could not be removed");
                }
            }
        }
    }
}

/// What the bytes with this hash are called, in the data directory and in a bucket.
fn name(hash: &str) -> String {
    format!("{}/{hash}", hash.get(..2).unwrap_or("00"))
}

fn thumbnail_name(hash: &str, extension: &str) -> String {
    format!("thumbnails/{hash}.{extension}")
}

/// Writes what the bucket holds to the disk.
async fn fetch(
    bucket: &Arc<dyn Bucket>,
    name: String,
    size: u64,
    to: &Path,
) -> Result<(), Failure> {
    let pieces = bucket.get(name, 0..size).await.map_err(troubled)?;
    let mut pieces = pieces.ok_or(Failure::Bug("the bytes of a file are missing".into()))?;
    let mut file = fs::File::create(to).await.map_err(unable)?;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| troubled(Trouble(error.to_string())))?;
        file.write_all(&piece).await.map_err(unable)?;
    }
    file.flush().await.map_err(unable)
}

/// The bucket is away or slow: nothing was kept, and it may go well later.
fn troubled(Trouble(reason): Trouble) -> Failure {
    tracing::warn!(%reason, "the bucket of files does not serve");
    Failure::Unavailable
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

/// Overwrites where it was taken, in a picture that is not rewritten.
fn forget_location(mut arrived: Arrived) -> io::Result<Arrived> {
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.read(true).write(true).open(&arrived.path.0)?;
    if location::forget(&mut file)? {
        file.sync_all()?;
        file.seek(SeekFrom::Start(0))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(&mut file)?;
        arrived.hash = hasher.finalize();
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

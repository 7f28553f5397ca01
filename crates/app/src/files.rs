//! Where uploaded files lie: in the data directory, or in an S3 bucket that the operator names.

use anyhow::{Context, bail};
use clap::Args;
use futures::StreamExt;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use tenon_engine::{Bucket, Trouble};
use tenon_integrations::{S3, S3Options};

/// Regions matter to AWS; other servers take what they are set to, often this.
const REGION_DEFAULT: &str = "us-east-1";

/// The settings.
#[derive(Args, Clone, Default)]
pub struct FileArgs {
    /// Keep uploaded files in this S3 bucket instead of the data directory: s3://bucket/prefix
    #[arg(long, env = "TENON_FILES", value_name = "URL")]
    pub files: Option<String>,
    /// Address of the S3 server, if it is not AWS: https://minio.example.com
    #[arg(long, env = "TENON_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,
    /// Region of the bucket [default: us-east-1]
    #[arg(long, env = "TENON_S3_REGION")]
    pub s3_region: Option<String>,
    /// Address the bucket by the host's name (https://bucket.host), as some servers want it
    #[arg(long, env = "TENON_S3_VIRTUAL_HOST")]
    pub s3_virtual_host: bool,
    /// Access key of the bucket
    #[arg(
        long,
        env = "TENON_S3_ACCESS_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub s3_access_key: Option<String>,
    /// Secret key of the bucket
    #[arg(
        long,
        env = "TENON_S3_SECRET_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub s3_secret_key: Option<String>,
    /// File that holds the access key
    #[arg(long, env = "TENON_S3_ACCESS_KEY_FILE", value_name = "FILE")]
    pub s3_access_key_file: Option<PathBuf>,
    /// File that holds the secret key
    #[arg(long, env = "TENON_S3_SECRET_KEY_FILE", value_name = "FILE")]
    pub s3_secret_key_file: Option<PathBuf>,
}

/// Keys are left out.
impl std::fmt::Debug for FileArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileArgs")
            .field("files", &self.files)
            .field("s3_endpoint", &self.s3_endpoint)
            .finish_non_exhaustive()
    }
}

impl FileArgs {
    /// Fills in what flags and environment left open.
    pub fn or(self, file: Self) -> Self {
        Self {
            files: self.files.or(file.files),
            s3_endpoint: self.s3_endpoint.or(file.s3_endpoint),
            s3_region: self.s3_region.or(file.s3_region),
            s3_virtual_host: self.s3_virtual_host || file.s3_virtual_host,
            s3_access_key: self.s3_access_key.or(file.s3_access_key),
            s3_secret_key: self.s3_secret_key.or(file.s3_secret_key),
            s3_access_key_file: self.s3_access_key_file.or(file.s3_access_key_file),
            s3_secret_key_file: self.s3_secret_key_file.or(file.s3_secret_key_file),
        }
    }

    /// The bucket; none if files lie in the data directory.
    pub fn bucket(&self) -> anyhow::Result<Option<Arc<dyn Bucket>>> {
        let Some(files) = &self.files else {
            return Ok(None);
        };
        let Some(place) = files.strip_prefix("s3://") else {
            bail!("--files wants s3://bucket/prefix, or nothing for the data directory");
        };
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            bail!("--files names no bucket: s3://bucket/prefix");
        }
        let options = S3Options {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: self.s3_endpoint.clone(),
            region: self
                .s3_region
                .clone()
                .unwrap_or_else(|| REGION_DEFAULT.into()),
            virtual_host: self.s3_virtual_host,
            access_key: key("access", &self.s3_access_key, &self.s3_access_key_file)?,
            secret_key: key("secret", &self.s3_secret_key, &self.s3_secret_key_file)?,
        };
        let bucket = S3::new(options);
        let bucket = bucket.map_err(|Trouble(reason)| anyhow::anyhow!("--files: {reason}"))?;
        Ok(Some(Arc::new(bucket)))
    }
}

fn key(name: &str, value: &Option<String>, file: &Option<PathBuf>) -> anyhow::Result<String> {
    match (value, file) {
        (Some(value), _) => Ok(value.clone()),
        (None, Some(path)) => {
            let text = fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            Ok(text.trim().to_owned())
        }
        (None, None) => bail!(
            "--files needs keys: set --s3-{name}-key or --s3-{name}-key-file, \
             or the same in the environment (TENON_S3_…)"
        ),
    }
}

/// Bytes of files by name, for the tools that copy them.
pub enum Shelf {
    Folder(PathBuf),
    Bucket(Arc<dyn Bucket>),
}

impl Shelf {
    /// Copies what is under the name. False if there is nothing. Between two buckets there is no
    /// way: a backup is a folder.
    pub async fn copy(&self, name: &str, to: &Shelf) -> anyhow::Result<bool> {
        match (self, to) {
            (Shelf::Folder(from), _) if !from.join(name).exists() => Ok(false),
            (Shelf::Folder(from), Shelf::Folder(to)) => {
                let (source, target) = (from.join(name), to.join(name));
                make_parent(&target)?;
                let draft = target.with_extension("part");
                let copied = fs::copy(&source, &draft).and_then(|_| settle(&draft, &target));
                copied.with_context(|| format!("{} cannot be copied", source.display()))?;
                Ok(true)
            }
            (Shelf::Folder(from), Shelf::Bucket(to)) => {
                let put = to.put(name.to_owned(), from.join(name)).await;
                put.map_err(failed).map(|()| true)
            }
            (Shelf::Bucket(from), Shelf::Folder(to)) => fetch(from, name, &to.join(name)).await,
            (Shelf::Bucket(_), Shelf::Bucket(_)) => bail!("a backup is a folder, not a bucket"),
        }
    }
}

async fn fetch(from: &Arc<dyn Bucket>, name: &str, target: &Path) -> anyhow::Result<bool> {
    let Some(size) = from.size(name.to_owned()).await.map_err(failed)? else {
        return Ok(false);
    };
    let pieces = from.get(name.to_owned(), 0..size).await;
    let Some(mut pieces) = pieces.map_err(failed)? else {
        return Ok(false);
    };
    make_parent(target)?;
    let draft = target.with_extension("part");
    let mut file = File::create(&draft)?;
    while let Some(piece) = pieces.next().await {
        let piece = piece.with_context(|| format!("{name} broke off"))?;
        file.write_all(&piece)?;
    }
    drop(file);
    settle(&draft, target)?;
    Ok(true)
}

/// Gives what was written its name: a name never stands for half of it.
pub fn settle(draft: &Path, target: &Path) -> std::io::Result<()> {
    File::open(draft)?.sync_all()?;
    fs::rename(draft, target)
}

fn make_parent(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))
}

fn failed(Trouble(reason): Trouble) -> anyhow::Error {
    anyhow::anyhow!("the bucket of files does not serve: {reason}")
}

/// Writes, finds and removes something there.
pub async fn probe(bucket: &Arc<dyn Bucket>, scratch: &Path) -> Result<(), String> {
    let name = "tenon.probe".to_owned();
    fs::write(scratch, b"probe").map_err(|error| error.to_string())?;
    let put = bucket.put(name.clone(), scratch.to_owned()).await;
    // What cannot be removed is overwritten by the next probe.
    let _ = fs::remove_file(scratch);
    put.map_err(|trouble| trouble.0)?;
    let size = bucket
        .size(name.clone())
        .await
        .map_err(|trouble| trouble.0)?;
    if size != Some(5) {
        return Err("what was written is not there".into());
    }
    bucket.remove(name).await.map_err(|trouble| trouble.0)
}

//! Files in a bucket of any server that speaks S3. The operator named it, so it may be an inner
//! address; what people type never leads here ([decision 0030] says more).
//!
//! Memory is bounded: a file goes up in parts, one after the other, and comes down in pieces.
//!
//! [decision 0030]: ../../../docs/decisions/0030-files-in-a-bucket.md

use crate::net::OperatorsDoor;
use bytes::{Bytes, BytesMut};
use futures::{FutureExt, StreamExt, TryFutureExt, future::BoxFuture};
use object_store::{
    BackoffConfig, Error, GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt,
    RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use std::{io, ops::Range, path::PathBuf, sync::Arc, time::Duration};
use tenon_engine::{Bucket, Pieces, Trouble};
use tokio::{fs::File, io::AsyncReadExt};
use url::Url;

/// Bytes of a part; small files are one. S3 wants 5 MiB at least, of all but the last.
const PART_BYTES: u64 = 8 * 1024 * 1024;
/// Limit of S3: parts of one object.
const PARTS_MAX: u64 = 10_000;
/// Limit: how often and how long one request is tried.
const RETRIES_MAX: usize = 3;
const RETRY_TIME_MAX: Duration = Duration::from_secs(10);

/// Where the bucket is and how to sign for it.
#[derive(Clone)]
pub struct S3Options {
    pub bucket: String,
    /// Of all names in the bucket; empty for none.
    pub prefix: String,
    /// `https://s3.eu-central-1.amazonaws.com`, `http://127.0.0.1:9000`
    pub endpoint: Option<String>,
    pub region: String,
    /// The bucket is part of the host's name rather than of the path.
    pub virtual_host: bool,
    pub access_key: String,
    pub secret_key: String,
}

/// See the file's head.
pub struct S3 {
    store: Arc<AmazonS3>,
    prefix: String,
}

impl S3 {
    /// Asks for nothing yet.
    pub fn new(options: S3Options) -> Result<Self, Trouble> {
        let region = options.region;
        let endpoint = options
            .endpoint
            .unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let mut url = Url::parse(&endpoint).map_err(|_| Trouble("no web address".into()))?;
        if options.virtual_host {
            let host = format!("{}.{}", options.bucket, url.host_str().unwrap_or_default());
            url.set_host(Some(&host))
                .map_err(|_| Trouble("the bucket's name is no part of a host's".into()))?;
        }
        let door = OperatorsDoor::new().map_err(|shut| Trouble(shut.to_string()))?;
        let store = AmazonS3Builder::new()
            .with_http_connector(door)
            .with_endpoint(url.as_str().trim_end_matches('/'))
            .with_allow_http(url.scheme() == "http")
            .with_virtual_hosted_style_request(options.virtual_host)
            .with_region(region)
            .with_bucket_name(options.bucket)
            .with_disable_bulk_delete(true)
            .with_access_key_id(options.access_key)
            .with_secret_access_key(options.secret_key)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: RETRIES_MAX,
                retry_timeout: RETRY_TIME_MAX,
            })
            .build()
            .map_err(trouble)?;
        Ok(Self {
            store: Arc::new(store),
            prefix: options.prefix,
        })
    }

    fn path(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.prefix))
    }
}

impl Bucket for S3 {
    fn put(&self, name: String, path: PathBuf) -> BoxFuture<'static, Result<(), Trouble>> {
        let (store, to) = (self.store.clone(), self.path(&name));
        async move {
            let mut file = File::open(path).await.map_err(unreadable)?;
            let size = file.metadata().await.map_err(unreadable)?.len();
            if size <= PART_BYTES {
                let bytes = read_part(&mut file, PART_BYTES).await?;
                store.put(&to, bytes.into()).await.map_err(trouble)?;
                return Ok(());
            }
            put_in_parts(&store, &to, &mut file, size).await
        }
        .boxed()
    }

    fn size(&self, name: String) -> BoxFuture<'static, Result<Option<u64>, Trouble>> {
        let (store, path) = (self.store.clone(), self.path(&name));
        async move {
            match store.head(&path).await {
                Ok(found) => Ok(Some(found.size)),
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(trouble(error)),
            }
        }
        .boxed()
    }

    fn get(
        &self,
        name: String,
        range: Range<u64>,
    ) -> BoxFuture<'static, Result<Option<Pieces>, Trouble>> {
        let (store, path) = (self.store.clone(), self.path(&name));
        async move {
            let options = GetOptions {
                range: Some(GetRange::Bounded(range)),
                ..GetOptions::default()
            };
            match store.get_opts(&path, options).await {
                Ok(found) => Ok(Some(pieces(found))),
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(trouble(error)),
            }
        }
        .boxed()
    }

    fn remove(&self, name: String) -> BoxFuture<'static, Result<(), Trouble>> {
        let (store, path) = (self.store.clone(), self.path(&name));
        async move {
            match store.delete(&path).await {
                Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(trouble(error)),
            }
        }
        .boxed()
    }
}

/// Nothing is under the name before the last step.
async fn put_in_parts(
    store: &AmazonS3,
    to: &Path,
    file: &mut File,
    size: u64,
) -> Result<(), Trouble> {
    let part_bytes = PART_BYTES.max(size.div_ceil(PARTS_MAX));
    let mut upload = store.put_multipart(to).await.map_err(trouble)?;
    let sent = async {
        loop {
            let bytes = read_part(file, part_bytes).await?;
            if bytes.is_empty() {
                break;
            }
            upload.put_part(bytes.into()).await.map_err(trouble)?;
        }
        upload.complete().await.map_err(trouble)
    };
    let Err(failed) = sent.await else {
        return Ok(());
    };
    // What went up already takes room there until it is given up.
    let given_up = upload.abort().map_err(trouble).await;
    if let Err(Trouble(reason)) = given_up {
        tracing::warn!(%reason, "parts of a file stay in the bucket");
    }
    Err(failed)
}

async fn read_part(file: &mut File, bytes_max: u64) -> Result<Bytes, Trouble> {
    let mut part = BytesMut::new();
    let mut limited = file.take(bytes_max);
    while limited.read_buf(&mut part).await.map_err(unreadable)? > 0 {}
    Ok(part.freeze())
}

fn pieces(found: GetResult) -> Pieces {
    let pieces = found.into_stream();
    pieces.map(|piece| piece.map_err(io::Error::other)).boxed()
}

fn unreadable(error: io::Error) -> Trouble {
    Trouble(error.to_string())
}

/// With its causes. None of them holds a key.
fn trouble(error: Error) -> Trouble {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        let more = next.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = next.source();
    }
    Trouble(text)
}

//! A database of one story, and the directory beside it; both are gone afterwards.

use super::{postgres, s3::S3};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tenon_store::{Store, store::Place};
use uuid::Uuid;

pub struct Database {
    folder: TempDir,
    /// Of PostgreSQL; SQLite has none.
    pub url: Option<String>,
    /// More for all tools of the program.
    more: Vec<String>,
    /// More for the program when it serves.
    pub serving: Vec<String>,
    /// Hours by which the program's clock is ahead when it serves.
    pub hours_ahead: i64,
}

impl Database {
    pub fn sqlite() -> Self {
        Self {
            folder: folder(),
            url: None,
            more: Vec::new(),
            serving: vec![],
            hours_ahead: 0,
        }
    }

    /// A fresh database in the cluster of this run.
    pub async fn postgres() -> Self {
        let base = tokio::task::spawn_blocking(postgres::base_url)
            .await
            .unwrap();
        let name = format!("tenon_{}", Uuid::now_v7().simple());
        let first = format!("{base}/postgres");
        let (client, connection) = tokio_postgres::connect(&first, tokio_postgres::NoTls)
            .await
            .unwrap();
        let connection = tokio::spawn(connection);
        client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
        Self {
            folder: folder(),
            url: Some(format!("{base}/{name}")),
            more: Vec::new(),
            serving: vec![],
            hours_ahead: 0,
        }
    }

    /// The same with uploaded files in this bucket.
    pub fn with_files_in(mut self, s3: &S3) -> Self {
        self.more = s3.args();
        self
    }

    /// Directory of the embedded database; the program's log and other files lie here too.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the program finds it.
    pub fn args(&self) -> Vec<String> {
        let folder = self.folder().display().to_string();
        let mut args = vec!["--data".to_owned(), folder];
        if let Some(url) = &self.url {
            args.extend(["--database-url".to_owned(), url.clone()]);
        }
        args.extend(self.more.iter().cloned());
        args
    }

    /// Opened from the outside, beside the program.
    pub async fn open(&self) -> Store {
        Store::open(&self.place()).await.unwrap()
    }

    /// Changes it behind the program's back.
    pub async fn execute(&self, text: &str) {
        let Some(url) = &self.url else {
            let file = rusqlite::Connection::open(self.file()).unwrap();
            return file.execute_batch(text).unwrap();
        };
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
            .await
            .unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(text).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    }

    /// Another empty one of the same kind.
    pub async fn another(&self) -> Self {
        match self.url {
            None => Self::sqlite(),
            Some(_) => Self::postgres().await,
        }
    }

    fn place(&self) -> Place {
        match &self.url {
            Some(url) => Place::Url(url.clone()),
            None => Place::File(self.file()),
        }
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        self.folder().join("tenon.db")
    }
}

fn folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("tenon-story-")
        .tempdir()
        .unwrap()
}

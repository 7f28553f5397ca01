//! What stories stand on: a database of their own, the program as a child process, members with
//! real sockets and a replica each.

pub mod clock;
pub mod database;
pub mod http;
pub mod mail_server;
pub mod member;
pub mod postgres;
pub mod program;
pub mod push_service;
pub mod replica;
pub mod s3;
pub mod stage;

pub use database::Database;
pub use member::Member;
pub use program::Server;
pub use stage::Stage;

use std::{future::Future, time::Duration};

/// Limit: time for one story. A story that waits for what never comes must fail some day.
const STORY_TIME_MAX: Duration = Duration::from_secs(400);

/// Runs a story on a new SQLite file.
pub fn play_on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Database) -> F) {
    play(async { story(Database::sqlite()).await });
}

/// Runs a story on a new PostgreSQL database.
pub fn play_on_postgres<F: Future<Output = ()>>(story: impl FnOnce(Database) -> F) {
    play(async { story(Database::postgres().await).await });
}

fn play(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        tokio::time::timeout(STORY_TIME_MAX, story)
            .await
            .expect("the story waits in vain");
    });
    runtime.shutdown_background();
}

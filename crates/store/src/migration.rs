//! Brings a database to this binary's schema: forward only, numbered, embedded, at start.

use crate::{Result, Unable, conn::Conn, replay, sql::params, sql::statements};

statements! {
    DONE = "SELECT number FROM migration ORDER BY number";
    RECORD = "INSERT INTO migration (number) VALUES ($1)";
}

/// All migrations in order: the place here is the number. Once released, a text never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_spine.sql"),
    include_str!("../migrations/0002_inbox.sql"),
    include_str!("../migrations/0003_shelf.sql"),
    include_str!("../migrations/0004_saved.sql"),
    include_str!("../migrations/0005_file.sql"),
    include_str!("../migrations/0006_acknowledgement.sql"),
    include_str!("../migrations/0007_side_bar.sql"),
    include_str!("../migrations/0008_thread.sql"),
    include_str!("../migrations/0009_group.sql"),
    include_str!("../migrations/0010_default_channel.sql"),
    include_str!("../migrations/0011_draft.sql"),
    include_str!("../migrations/0012_status.sql"),
    include_str!("../migrations/0013_push.sql"),
    include_str!("../migrations/0014_scheduled.sql"),
    include_str!("../migrations/0015_space.sql"),
    include_str!("../migrations/0016_thread.sql"),
    include_str!("../migrations/0017_thread_follower.sql"),
    include_str!("../migrations/0018_emoji.sql"),
    include_str!("../migrations/0019_poll.sql"),
    include_str!("../migrations/0020_roster.sql"),
    include_str!("../migrations/0021_mail.sql"),
    include_str!("../migrations/0022_query.sql"),
    include_str!("../migrations/0023_query_rows.sql"),
    include_str!("../migrations/0024_administration.sql"),
    include_str!("../migrations/0025_letter.sql"),
    include_str!("../migrations/0026_query_leaner.sql"),
    include_str!("../migrations/0027_query_past.sql"),
    include_str!("../migrations/0028_task_model.sql"),
    include_str!("../migrations/0029_task_model_rows.sql"),
    include_str!("../migrations/0030_retention.sql"),
    include_str!("../migrations/0031_retention_rows.sql"),
    include_str!("../migrations/0032_credential.sql"),
    include_str!("../migrations/0033_scheduled_file.sql"),
    include_str!("../migrations/0034_trash.sql"),
    include_str!("../migrations/0035_trash_rows.sql"),
    include_str!("../migrations/0036_field.sql"),
    include_str!("../migrations/0037_trash_erased.sql"),
    include_str!("../migrations/0038_template.sql"),
];

/// Number of the newest migration this binary knows.
pub fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

pub(crate) async fn run(conn: &mut Conn) -> Result<()> {
    if let Conn::Pg(_) = conn {
        // Nodes that start together take turns. One that waits for longer than for any lock ends
        // with a line that says so, and may be started again.
        conn.batch("SELECT pg_advisory_lock(84, 1)").await?;
    }
    let result = run_all(conn).await;
    if let Conn::Pg(_) = conn {
        conn.batch("SELECT pg_advisory_unlock(84, 1)").await?;
    }
    result
}

async fn run_all(conn: &mut Conn) -> Result<()> {
    conn.batch("CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY)")
        .await?;
    let done = conn.rows(&DONE, params![], |row| row.int(0)).await?;
    if done.last().is_some_and(|number| *number > newest()) {
        return Err(Unable::Unfit(
            "the database was made by a newer version of Tenon: install that version".into(),
        ));
    }
    let left = (1..).zip(MIGRATIONS);
    let left = left.filter(|(number, _)| !done.contains(number));
    // The log is applied with today's schema, so what it makes anew comes last.
    let (last, first): (Vec<_>, Vec<_>) = left.partition(|(_, text)| tables_anew(text).is_some());
    for (number, text) in first.into_iter().chain(last) {
        conn.begin().await?;
        let result = async {
            match tables_anew(text) {
                Some(tables) => replay::make_anew(conn, tables).await?,
                None => {
                    let text = translate(text, matches!(conn, Conn::Pg(_)));
                    conn.batch(&text).await?;
                }
            }
            conn.exec(&RECORD, params![number])?;
            conn.commit().await
        };
        if let Err(error) = result.await {
            conn.rollback().await;
            return Err(error);
        }
    }
    Ok(())
}

/// The tables that a migration makes anew from the log, `{anew TABLE TABLE}`, where SQL cannot say
/// what follows from the log. Such a migration does nothing else.
fn tables_anew(text: &'static str) -> Option<&'static str> {
    let (_, rest) = text.split_once("{anew ")?;
    rest.split_once('}').map(|(tables, _)| tables)
}

/// Fills in what the two databases call their types.
fn translate(text: &str, is_pg: bool) -> String {
    let words: [(&str, &str); 6] = if is_pg {
        [
            ("{id}", "UUID"),
            ("{bytes}", "BYTEA"),
            ("{text}", "TEXT COLLATE \"C\""),
            ("{json}", "::jsonb"),
            ("{table}", ""),
            ("{rows}", ""),
        ]
    } else {
        [
            ("{id}", "BLOB"),
            ("{bytes}", "BLOB"),
            ("{text}", "TEXT"),
            ("{json}", ""),
            ("{table}", " STRICT, WITHOUT ROWID"),
            ("{rows}", " STRICT"),
        ]
    };
    let text = words
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    if is_pg {
        text
    } else {
        text.replace("BIGINT", "INTEGER")
    }
}

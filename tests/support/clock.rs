//! Time that passes without being waited for: what the server keeps about mail is told to be that
//! much older.

use super::Database;
use std::time::Duration;

const COLUMNS: [(&str, &str); 10] = [
    ("mail", "due"),
    ("mail", "held_until"),
    ("mail", "mailed_at"),
    ("mail", "tested_at"),
    ("mail", "fault_at"),
    ("missed", "told_at"),
    ("letter", "due"),
    ("letter", "created_at"),
    ("letter", "expires_at"),
    ("password_reset", "expires_at"),
];

/// So much time has passed for all mail that waits.
pub async fn pass(database: &Database, time: Duration) {
    let micros = time.as_micros();
    let text: String = COLUMNS
        .iter()
        .map(|(table, column)| format!("UPDATE {table} SET {column} = {column} - {micros};"))
        .collect();
    let Some(url) = &database.url else {
        let file = database.file();
        let run = move || {
            let conn = rusqlite::Connection::open(file).unwrap();
            conn.busy_timeout(Duration::from_secs(30)).unwrap();
            conn.execute_batch(&format!("BEGIN IMMEDIATE;{text}COMMIT;"))
                .unwrap();
        };
        return tokio::task::spawn_blocking(run).await.unwrap();
    };
    let connected = tokio_postgres::connect(url, tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    let connection = tokio::spawn(connection);
    // In the order in which the server writes to them.
    let lock = "LOCK TABLE missed, mail, password_reset, letter IN EXCLUSIVE MODE;";
    let all = format!("BEGIN;{lock}{text}COMMIT;");
    client.batch_execute(&all).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

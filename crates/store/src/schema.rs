//! Compares the list of tables that backups and proofs go by (`backup.rs`) with the tables that
//! the database has. A column that is not in the list would be lost by a restore.

use crate::{
    Result,
    backup::TABLES,
    conn::Conn,
    sql::{Row, params, statements},
};
use std::collections::{BTreeMap, BTreeSet};

statements! {
    COLUMNS = "SELECT m.name, c.name, c.type, c.pk
        FROM sqlite_schema m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid"
        | "SELECT c.relname::text, a.attname::text, t.typname::text,
            coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::int8
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY 1, a.attnum";
}

/// A column as the database or the list has it: its type, and its place in the key from 1 on.
#[derive(Debug, PartialEq)]
struct Column {
    kind: &'static str,
    key: i64,
}

type Columns = BTreeMap<(String, String), Column>;

/// One sentence for each column in which list and database differ; none if all is well.
pub(crate) async fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    // An id is 16 bytes to SQLite.
    let id = if matches!(conn, Conn::Pg(_)) {
        "id"
    } else {
        "bytes"
    };
    let listed: Columns = TABLES
        .iter()
        .flat_map(|table| {
            (1..)
                .zip(table.columns())
                .map(move |(place, (name, kind))| {
                    let kind = if kind == "id" { id } else { kind };
                    let key = if place <= table.keys { place as i64 } else { 0 };
                    let names = (table.name.to_owned(), name.to_owned());
                    (names, Column { kind, key })
                })
        })
        .collect();
    let read = |row: &Row<'_>| {
        let column = Column {
            kind: kind_of(&row.text(2)?),
            key: row.int(3)?,
        };
        Ok(((row.text(0)?, row.text(1)?), column))
    };
    let stored = conn.rows(&COLUMNS, params![], read).await?;
    let is_ours = |(names, _): &((String, String), Column)| names.0 != "migration";
    let stored: Columns = stored.into_iter().filter(is_ours).collect();
    let names: BTreeSet<_> = listed.keys().chain(stored.keys()).collect();
    let differs = |(table, column): &&(String, String)| {
        let names = (table.clone(), column.clone());
        listed.get(&names) != stored.get(&names)
    };
    let describe = |names: &(String, String)| {
        let (one, other) = (listed.get(names), stored.get(names));
        let (one, other) = (word(one), word(other));
        format!(
            "{}.{}: {one} is listed, the database has {other}",
            names.0, names.1
        )
    };
    Ok(names.into_iter().filter(differs).map(describe).collect())
}

fn word(column: Option<&Column>) -> String {
    match column {
        None => "nothing".into(),
        Some(Column { kind, key: 0 }) => (*kind).into(),
        Some(Column { kind, key }) => format!("{kind} (key {key})"),
    }
}

/// What the list calls a type.
fn kind_of(name: &str) -> &'static str {
    match name {
        "INTEGER" | "int8" => "int",
        "TEXT" | "text" => "text",
        "BLOB" | "bytea" => "bytes",
        "uuid" => "id",
        _ => "another type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite;
    use futures::FutureExt;

    /// A migrated database, changed by this text, and what is then found.
    fn faults_after(change: &'static str) -> Vec<String> {
        let found = async {
            let mut conn = Conn::Lite(sqlite::temporary()?);
            crate::migration::run(&mut conn).await?;
            conn.batch(change).await?;
            faults(&mut conn).await
        };
        found.now_or_never().unwrap().unwrap()
    }

    #[test]
    fn the_list_of_tables_is_the_schema() {
        assert_eq!(faults_after(""), Vec::<String>::new());
    }

    #[test]
    fn a_column_that_is_not_listed_is_found() {
        let found = faults_after("ALTER TABLE member ADD COLUMN shoe_size INTEGER");
        let due = "member.shoe_size: nothing is listed, the database has int";
        assert_eq!(found, [due]);
        let found = faults_after("ALTER TABLE pin DROP COLUMN seq");
        assert_eq!(found, ["pin.seq: int is listed, the database has nothing"]);
        let found = faults_after("CREATE TABLE other (id TEXT NOT NULL PRIMARY KEY)");
        let due = "other.id: nothing is listed, the database has text (key 1)";
        assert_eq!(found, [due]);
    }
}

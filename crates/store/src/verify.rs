//! Proves a workspace's log: the chain, the gaplessness, and that the tables equal the log applied
//! from nothing.

use crate::{
    Result, Store, Unable,
    backup::{self, TABLES, Table},
    log::{hash_body, hash_entry},
    sql::{Row, params, statements},
    store::Place,
    tx::Tx,
};
use std::collections::HashMap;
use tenon_protocol::{Entry, Event, MemberId, Scope, Timestamp, WorkspaceId};

statements! {
    LIST = "SELECT seq, scope, scope_seq, at, actor, kind, body, salt, body_hash, hash FROM entry
        WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3";
}

const PAGE: i64 = 1_000;

/// What was found. Sound if `faults` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub entries: i64,
    /// One sentence each, the first few.
    pub faults: Vec<String>,
}

/// Limit: faults named in a report.
const FAULTS_MAX: usize = 20;

struct Stored {
    entry: Entry,
    hash: [u8; 32],
}

/// Verifies one workspace. `progress` hears the seq reached. Works in a temporary database beside
/// `scratch`.
pub async fn verify(
    store: &Store,
    workspace: WorkspaceId,
    scratch: &std::path::Path,
    mut progress: impl FnMut(i64),
) -> Result<Report> {
    let mut report = Report::default();
    let replayed = Store::open(&Place::File(scratch.to_owned())).await?;
    let mut writer = replayed.writer(workspace);
    let (mut before, mut after) = ([0; 32], 0);
    let mut scopes: HashMap<Scope, i64> = HashMap::new();
    loop {
        let page = read_page(store, workspace, after, before).await?;
        let Page {
            entries,
            mut faults,
        } = page;
        let Some(last) = entries.last() else {
            report.faults.append(&mut faults);
            break;
        };
        for Stored { entry, .. } in &entries {
            let expected = scopes.entry(entry.scope).or_default();
            *expected += 1;
            if entry.scope_seq != *expected {
                let text = format!(
                    "entry {}: scope_seq {} where {expected} was due",
                    entry.seq, entry.scope_seq
                );
                faults.push(text);
            }
        }
        (before, after) = (last.hash, last.entry.seq);
        report.entries += entries.len() as i64;
        report.faults.append(&mut faults);
        if report.faults.len() >= FAULTS_MAX {
            report.faults.truncate(FAULTS_MAX);
            return Ok(report);
        }
        let entries: Vec<Entry> = entries.into_iter().map(|stored| stored.entry).collect();
        writer
            .write(move |tx| Box::pin(replay(tx, entries)))
            .await?;
        progress(after);
    }
    compare(store, &replayed, workspace, &mut report).await?;
    report.faults.truncate(FAULTS_MAX);
    Ok(report)
}

async fn replay(tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
    for entry in entries {
        tx.append(
            entry.at,
            entry.actor,
            tenon_protocol::event::Fact {
                scope: entry.scope,
                event: entry.event,
            },
        )
        .await?;
    }
    Ok(())
}

struct Page {
    entries: Vec<Stored>,
    faults: Vec<String>,
}

async fn read_page(
    store: &Store,
    workspace: WorkspaceId,
    after: i64,
    before: [u8; 32],
) -> Result<Page> {
    store
        .read(workspace, move |reader| {
            Box::pin(async move {
                let (mut before, mut expected) = (before, after);
                let mut faults = Vec::new();
                let read = |row: &Row<'_>| check_row(row, &mut before, &mut expected, &mut faults);
                let values = params![workspace, after, PAGE];
                let entries = reader.conn.rows(&LIST, values, read).await?;
                Ok(Page { entries, faults })
            })
        })
        .await
}

fn check_row(
    row: &Row<'_>,
    before: &mut [u8; 32],
    expected: &mut i64,
    faults: &mut Vec<String>,
) -> Result<Stored> {
    let (seq, scope_text) = (row.int(0)?, row.text(1)?);
    let (scope_seq, at, actor) = (row.int(2)?, row.time(3)?, MemberId(row.id(4)?));
    let (kind, body, salt) = (row.text(5)?, row.text(6)?, row.bytes(7)?);
    let (body_hash, hash) = (row.hash(8)?, row.hash(9)?);
    *expected += 1;
    if seq != *expected {
        faults.push(format!("entry {seq}: seq {expected} was due"));
        *expected = seq;
    }
    if hash_body(&salt, body.as_bytes()) != body_hash {
        faults.push(format!("entry {seq}: its body was altered"));
    }
    let due = hash_entry(
        before,
        seq,
        &scope_text,
        scope_seq,
        at,
        actor,
        &kind,
        &body_hash,
    );
    if due != hash {
        faults.push(format!("entry {seq}: the chain of hashes breaks here"));
    }
    *before = hash;
    let entry = parse(seq, &scope_text, scope_seq, at, actor, &body)?;
    Ok(Stored { entry, hash })
}

fn parse(
    seq: i64,
    scope: &str,
    scope_seq: i64,
    at: Timestamp,
    actor: MemberId,
    body: &str,
) -> Result<Entry> {
    let scope = scope
        .parse()
        .map_err(|_| Unable::Broken(format!("unknown scope {scope}")))?;
    let event: Event = serde_json::from_str(body)?;
    Ok(Entry {
        seq,
        scope,
        scope_seq,
        at,
        actor,
        event,
    })
}

/// Compares every table that the log determines, row by row.
async fn compare(
    store: &Store,
    replayed: &Store,
    workspace: WorkspaceId,
    report: &mut Report,
) -> Result<()> {
    for table in TABLES.iter().filter(|table| table.from_log) {
        let mut cursor = 0;
        loop {
            let one = page_of(store, table, workspace, cursor).await?;
            let other = page_of(replayed, table, workspace, cursor).await?;
            if one != other {
                report.faults.push(difference(table, &one, &other));
                break;
            }
            if one.is_empty() {
                break;
            }
            cursor += one.len() as i64;
        }
    }
    Ok(())
}

fn difference(table: &Table, one: &[Vec<backup::Cell>], other: &[Vec<backup::Cell>]) -> String {
    let row = one
        .iter()
        .zip(other)
        .find(|(one, other)| one != other)
        .map(|(one, _)| one);
    let row = row
        .or_else(|| one.get(other.len()))
        .or_else(|| other.get(one.len()));
    let row = row.map(|row| format!("{:?}", row)).unwrap_or_default();
    let row: String = row.chars().take(300).collect();
    format!(
        "table {}: differs from the log applied from nothing at {row}",
        table.name
    )
}

async fn page_of(
    store: &Store,
    table: &'static Table,
    workspace: WorkspaceId,
    cursor: i64,
) -> Result<Vec<Vec<backup::Cell>>> {
    store
        .on_read_conn(move |conn| {
            Box::pin(async move { backup::page(conn, table, workspace, cursor, PAGE).await })
        })
        .await
}

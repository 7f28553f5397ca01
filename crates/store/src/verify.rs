//! Proves a workspace's log as of one moment, also beside a server that writes: the chain, the
//! gaplessness, and that the tables equal the log applied from nothing.

use crate::{
    Reader, Result, Store, Unable,
    backup::{self, Cell, TABLES, Table},
    cache::Head,
    conn::Conn,
    erasure,
    log::{hash_body, hash_entry},
    replay::Replay,
    sql::{Row, params, statements, time},
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
};
use tenon_protocol::{Entry, Event, MemberId, Scope, Timestamp, WorkspaceId, retention::Rule};
use uuid::Uuid;

statements! {
    LIST = "SELECT seq, scope, scope_seq, at, actor, kind, about, body, salt, body_hash, hash,
        erased FROM entry WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    WITH_ENTRIES = "SELECT workspace FROM entry WHERE workspace > $1 ORDER BY workspace LIMIT 1";
    FIRST_WITH_ENTRIES = "SELECT workspace FROM entry ORDER BY workspace LIMIT 1";
    NAMED = "SELECT id FROM workspace UNION SELECT workspace FROM log_head ORDER BY 1";
}

/// Rows looked at together.
const PAGE: i64 = 1_000;

/// What was found. Sound if `faults` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub entries: i64,
    /// What rules of retention blanked, by rule.
    pub erased: Vec<Erased>,
    /// One sentence each, the first few.
    pub faults: Vec<String>,
}

/// Entries that one rule has blanked. The chain still holds, and covers what is left of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    pub rule: Rule,
    pub entries: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// Limit: faults named in a report.
const FAULTS_MAX: usize = 20;

/// Every workspace that has a row, a log or a head of one.
pub async fn list_workspaces(store: &Store) -> Result<Vec<WorkspaceId>> {
    store
        .on_read_conn(|conn| {
            Box::pin(async move {
                let mut all = conn.rows(&NAMED, params![], |row| row.id(0)).await?;
                let read = |row: &Row<'_>| row.id(0);
                let mut next = conn.row(&FIRST_WITH_ENTRIES, params![], read).await?;
                while let Some(workspace) = next {
                    all.push(workspace);
                    next = conn.row(&WITH_ENTRIES, params![workspace], read).await?;
                }
                all.sort_unstable();
                all.dedup();
                Ok(all.into_iter().map(WorkspaceId).collect())
            })
        })
        .await
}

/// Verifies one workspace as it is at one moment. `progress` hears the seq reached. The log is
/// applied in a temporary database, in the directory for such.
pub async fn verify(
    store: &Store,
    workspace: WorkspaceId,
    progress: impl FnMut(i64) + Send + 'static,
) -> Result<Report> {
    store
        .on_read_conn(move |conn| {
            Box::pin(async move {
                conn.begin_reading().await?;
                let report = verify_moment(conn, workspace, progress).await;
                conn.rollback().await;
                report
            })
        })
        .await
}

async fn verify_moment(
    conn: &mut Conn,
    workspace: WorkspaceId,
    mut progress: impl FnMut(i64) + Send,
) -> Result<Report> {
    let mut replay = Replay::begin(workspace).await?;
    let mut walk = Walk::default();
    let mut report = Report::default();
    loop {
        let values = params![workspace, walk.seq, PAGE];
        let rows = conn.rows(&LIST, values, read_raw).await?;
        let Some((last, _)) = rows.last() else { break };
        progress(*last);
        report.entries += rows.len() as i64;
        let entries: Vec<Entry> = rows.into_iter().filter_map(|row| walk.check(row)).collect();
        walk.check_scopes(&entries);
        if !walk.has_unreadable
            && let Some(fault) = replay.apply(entries).await?
        {
            walk.faults.push(fault);
            walk.has_unreadable = true;
        }
        if walk.faults.len() >= FAULTS_MAX {
            break;
        }
    }
    walk.check_erasures_left();
    let mut faults = std::mem::take(&mut walk.faults);
    if faults.len() < FAULTS_MAX {
        faults.extend(check_head(conn, workspace, &walk).await?);
        if walk.has_unreadable {
            faults.push("the tables were not compared: the log cannot be applied whole".into());
        } else {
            compare(conn, &mut replay.conn, workspace, &mut faults).await?;
        }
    }
    report.erased = walk.erased.into_values().collect();
    faults.truncate(FAULTS_MAX);
    report.faults = faults;
    Ok(report)
}

/// An entry as it lies there, believed in nothing.
struct Raw {
    scope: String,
    scope_seq: i64,
    at: i64,
    actor: MemberId,
    kind: String,
    about: Option<Uuid>,
    body: String,
    salt: Vec<u8>,
    body_hash: [u8; 32],
    hash: [u8; 32],
    erased: Option<String>,
}

/// A row's seq, and the rest or why it cannot be read.
type Found = (i64, std::result::Result<Raw, String>);

fn read_raw(row: &Row<'_>) -> Result<Found> {
    let read = || {
        Ok(Raw {
            scope: row.text(1)?,
            scope_seq: row.int(2)?,
            at: row.int(3)?,
            actor: MemberId(row.id(4)?),
            kind: row.text(5)?,
            about: row.optional_id(6)?,
            body: row.text(7)?,
            salt: row.bytes(8)?,
            body_hash: row.hash(9)?,
            hash: row.hash(10)?,
            erased: row.optional_text(11)?,
        })
    };
    let raw = match read() {
        Ok(raw) => Ok(raw),
        Err(Unable::Broken(text)) => Err(text),
        Err(other) => return Err(other),
    };
    Ok((row.int(0)?, raw))
}

/// How far the walk along the log has come.
#[derive(Default)]
struct Walk {
    seq: i64,
    /// Of the entry before; none if that could not be read.
    hash: Option<[u8; 32]>,
    scopes: HashMap<Scope, i64>,
    faults: Vec<String>,
    /// Then the rest of the log does not tell what the tables should hold.
    has_unreadable: bool,
    /// What entries further on must have erased: by their seq, the digest and how many.
    husks: HashMap<i64, (blake3::Hasher, i64)>,
    erased: BTreeMap<Rule, Erased>,
}

impl Walk {
    /// Checks an entry for itself and against the one before. Gives it if it can be applied.
    fn check(&mut self, (seq, raw): Found) -> Option<Entry> {
        let due = self.seq + 1;
        if seq != due {
            self.fault(seq, format_args!("seq {due} was due"));
        }
        let before = if self.seq == 0 {
            Some([0; 32])
        } else {
            self.hash
        };
        self.seq = seq;
        self.hash = raw.as_ref().ok().map(|raw| raw.hash);
        let parsed = match &raw {
            Ok(raw) => {
                self.check_hashes(seq, before, raw);
                parse(seq, raw)
            }
            Err(error) => Err(error.clone()),
        };
        match (parsed, raw) {
            (Ok(entry), Ok(raw)) => {
                self.check_columns(&entry, &raw);
                self.check_erasure(&entry);
                Some(entry)
            }
            (Err(error), _) | (_, Err(error)) => {
                self.fault(seq, format_args!("it cannot be read: {error}"));
                self.has_unreadable = true;
                None
            }
        }
    }

    fn check_hashes(&mut self, seq: i64, before: Option<[u8; 32]>, raw: &Raw) {
        let left = hash_body(&raw.salt, raw.body.as_bytes());
        match &raw.erased {
            None if left != raw.body_hash => {
                self.fault(seq, format_args!("its body was altered"));
            }
            None => {}
            Some(erased) => self.check_husk(seq, &left, erased),
        }
        let (Some(before), Ok(at)) = (before, time(raw.at)) else {
            return;
        };
        let due = hash_entry(
            &before,
            seq,
            &raw.scope,
            raw.scope_seq,
            at,
            raw.actor,
            &raw.kind,
            &raw.body_hash,
        );
        if due != raw.hash {
            self.fault(seq, format_args!("the chain of hashes breaks here"));
        }
    }

    /// What is left of a body is what the newest erasure left; each is asked further on.
    fn check_husk(&mut self, seq: i64, left: &[u8; 32], erased: &str) {
        let Ok(husks) = erasure::parse(erased) else {
            return self.fault(seq, format_args!("it does not say what erased it"));
        };
        if husks.last().is_none_or(|(_, hash)| hash != left) {
            self.fault(seq, format_args!("what is left of its body was altered"));
        }
        for (by, hash) in husks {
            let (digest, count) = self.husks.entry(by).or_default();
            erasure::add(digest, seq, &hash);
            *count += 1;
        }
    }

    /// An erasure left what lies there, and nothing else.
    fn check_erasure(&mut self, entry: &Entry) {
        let (rule, digest) = match &entry.event {
            Event::MessagesErased { rule, digest, .. }
            | Event::FilesErased { rule, digest, .. } => (Some(rule), digest),
            // Of the trash, by no rule.
            Event::TaskErased { digest, .. } => (None, digest),
            _ => return,
        };
        let (found, count) = self.husks.remove(&entry.seq).unwrap_or_default();
        if erasure::hex(found.finalize().as_bytes()) != *digest {
            let text = "what is left of the entries that it erased was altered";
            self.fault(entry.seq, format_args!("{text}"));
        }
        let Some(rule) = rule else { return };
        let sum = self.erased.entry(*rule).or_insert(Erased {
            rule: *rule,
            entries: 0,
            first_at: entry.at,
            last_at: entry.at,
        });
        sum.entries += count;
        sum.last_at = entry.at;
    }

    /// Erased by an entry that is no erasure.
    fn check_erasures_left(&mut self) {
        let mut left: Vec<i64> = self.husks.keys().copied().collect();
        left.sort_unstable();
        for seq in left {
            self.fault(
                seq,
                format_args!("others say that it erased them, and it did not"),
            );
        }
    }

    /// What stands beside the body says the same as the body. The chain does not cover `about`.
    fn check_columns(&mut self, entry: &Entry, raw: &Raw) {
        if entry.event.kind() != raw.kind {
            self.fault(entry.seq, format_args!("its kind is not its body's"));
        }
        if entry.event.about().map(|task| task.0) != raw.about {
            self.fault(
                entry.seq,
                format_args!("its task (about) is not its body's"),
            );
        }
    }

    fn check_scopes(&mut self, entries: &[Entry]) {
        for entry in entries {
            let due = self.scopes.entry(entry.scope).or_default();
            *due += 1;
            if entry.scope_seq != *due {
                let text = format!("scope_seq {} where {due} was due", entry.scope_seq);
                // Named once; what follows is counted from here.
                *due = entry.scope_seq;
                self.fault(entry.seq, format_args!("{text}"));
            }
        }
    }

    fn fault(&mut self, seq: i64, text: std::fmt::Arguments<'_>) {
        self.faults.push(format!("entry {seq}: {text}"));
    }
}

fn parse(seq: i64, raw: &Raw) -> std::result::Result<Entry, String> {
    let scope = raw.scope.parse();
    let scope = scope.map_err(|_| format!("unknown scope {}", raw.scope))?;
    let at = time(raw.at).map_err(|error| error.to_string())?;
    let event: Event = serde_json::from_str(&raw.body).map_err(|error| error.to_string())?;
    Ok(Entry {
        seq,
        scope,
        scope_seq: raw.scope_seq,
        at,
        actor: raw.actor,
        event,
    })
}

/// The head that writers go on from is the newest entry.
async fn check_head(
    conn: &mut Conn,
    workspace: WorkspaceId,
    walk: &Walk,
) -> Result<Option<String>> {
    let found = match (Reader { conn, workspace }).head().await {
        Ok(head) => head,
        Err(Unable::Broken(text)) => return Ok(Some(format!("log_head: {text}"))),
        Err(other) => return Err(other),
    };
    let newest = Head {
        seq: walk.seq,
        hash: walk.hash.unwrap_or_default(),
    };
    Ok((found != newest).then(|| {
        let (found, newest) = (found.seq, newest.seq);
        format!("log_head: it says {found}, and is not the newest entry, which is {newest}")
    }))
}

/// Compares every table that the log determines, row by row.
async fn compare(
    conn: &mut Conn,
    replayed: &mut Conn,
    workspace: WorkspaceId,
    faults: &mut Vec<String>,
) -> Result<()> {
    for table in TABLES.iter().filter(|table| table.from_log) {
        let mut last: Option<Vec<Cell>> = None;
        loop {
            let stored = backup::page(conn, table, workspace, last.as_deref(), PAGE).await?;
            let due = backup::page(replayed, table, workspace, last.as_deref(), PAGE).await?;
            if stored != due {
                faults.push(difference(table, &stored, &due));
                break;
            }
            last = stored.into_iter().next_back();
            if last.is_none() {
                break;
            }
        }
    }
    Ok(())
}

/// The first row that is not as the log has it.
fn difference(table: &Table, stored: &[Vec<Cell>], due: &[Vec<Cell>]) -> String {
    let at = stored
        .iter()
        .zip(due)
        .take_while(|(one, other)| one == other);
    let at = at.count();
    let key = |row: &Vec<Cell>| row[..table.keys].to_vec();
    let (one, other) = (stored.get(at), due.get(at));
    let name = table.name;
    match (one.map(key), other.map(key)) {
        (Some(key), Some(same)) if key == same => {
            let pairs = one.into_iter().flatten().zip(other.into_iter().flatten());
            let columns = table.columns().zip(pairs);
            let differing = columns.filter(|(_, (one, other))| one != other);
            let names: Vec<&str> = differing.map(|((name, _), _)| name).collect();
            let (key, names) = (words(&key), names.join(", "));
            format!("table {name}: row {key} differs from the log applied from nothing in {names}")
        }
        (Some(key), due) if due.as_ref().is_none_or(|due| key < *due) => {
            format!(
                "table {name}: row {} does not follow from the log",
                words(&key)
            )
        }
        (_, due) => {
            let key = due.as_deref().map(words).unwrap_or_default();
            format!("table {name}: row {key} is missing")
        }
    }
}

/// A key as one would look for it.
fn words(key: &[Cell]) -> String {
    let mut text = String::new();
    // The workspace is known.
    let own = if key.len() > 1 { &key[1..] } else { key };
    for cell in own {
        let space = if text.is_empty() { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = match cell {
            Cell::Null => write!(text, "{space}-"),
            Cell::Int(value) => write!(text, "{space}{value}"),
            Cell::Text(value) => write!(text, "{space}{value}"),
            Cell::Bytes(value) => write!(text, "{space}{value:02x?}"),
            Cell::Id(value) => write!(text, "{space}{value}"),
        };
    }
    text
}

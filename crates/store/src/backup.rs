//! Every table as backups and proofs see it, read and filled generically: for `backup_file.rs`,
//! `verify.rs` and `replay.rs`.

use crate::{
    Result, Unable,
    conn::Conn,
    sql::{Row, Sql, Val, statements},
};
use std::{collections::HashMap, sync::LazyLock};
use tenon_protocol::WorkspaceId;
use uuid::Uuid;

statements! {
    WITH_LOG = "SELECT workspace FROM log_head ORDER BY workspace";
}

/// Rows moved at a time.
const PAGE: i64 = 500;

/// One table as backup and verification see it.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// `name:type` of every column, those of the key first.
    columns: &'static str,
    pub(crate) keys: usize,
    /// Whether the log determines its rows.
    pub(crate) from_log: bool,
}

/// Every table but `migration`. A new table is added here; `schema.rs` compares with the database.
pub(crate) static TABLES: &[Table] = &[
    table("workspace", "id:id slug:text body:text", 1, true),
    table("log_head", "workspace:id seq:int hash:bytes", 1, false),
    table("scope_head", "workspace:id scope:text seq:int", 2, true),
    table(
        "entry",
        "workspace:id seq:int scope:text scope_seq:int at:int actor:id kind:text about:id \
         body:text salt:bytes body_hash:bytes hash:bytes erased:text",
        2,
        false,
    ),
    table(
        "request",
        "workspace:id id:id member:id digest:int seq:int outcome:text",
        2,
        false,
    ),
    table(
        "member",
        "workspace:id id:id handle:text body:text status_until:int",
        2,
        true,
    ),
    table(
        "member_group",
        "workspace:id id:id handle:text body:text",
        2,
        true,
    ),
    table(
        "group_member",
        "workspace:id group_id:id member:id",
        3,
        true,
    ),
    table("space", "workspace:id id:id body:text", 2, true),
    table(
        "space_member",
        "workspace:id space:id member:id since:int named:int",
        3,
        true,
    ),
    table(
        "roster_group",
        "workspace:id roster:id group_id:id kind:text",
        3,
        true,
    ),
    table(
        "channel",
        "workspace:id id:id kind:text name_key:text direct_key:text messages:int last:int \
         body:text is_default:int space:id",
        2,
        true,
    ),
    table(
        "channel_member",
        "workspace:id channel:id member:id since:int read:int read_ordinal:int own_after:int \
         named:int",
        3,
        true,
    ),
    table(
        "message",
        "workspace:id id:id seq:int channel:id task:id thread:id stream:id ordinal:int author:id \
         deleted:int body:text resolved:int erasable:int",
        2,
        true,
    ),
    table("message_entry", "workspace:id message:id seq:int", 3, true),
    table(
        "erasure",
        "workspace:id hour:int kind:text days:int messages:int files:int",
        4,
        true,
    ),
    table(
        "mention",
        "workspace:id channel:id member:id seq:int author:id",
        4,
        true,
    ),
    table(
        "poll",
        "workspace:id message:id anonymous:int closed:int closes_at:int",
        2,
        true,
    ),
    table("emoji", "workspace:id id:id body:text", 2, true),
    table("emoji_name", "workspace:id name:text emoji:id", 2, true),
    table(
        "project",
        "workspace:id id:id key:text visibility:text tasks:int body:text space:id",
        2,
        true,
    ),
    table(
        "project_member",
        "workspace:id project:id member:id since:int",
        3,
        true,
    ),
    table(
        "task",
        "workspace:id id:id project:id number:int state:text rank:text parent:id title_key:text \
         closed:int deleted:int seq:int body:text",
        2,
        true,
    ),
    table("task_assignee", "workspace:id member:id task:id", 3, true),
    table(
        "task_index",
        "workspace:id task:id project:id project_key:text number:int state:text rank:text \
         priority:int estimate:int due_day:int due_at:int due:int created:int updated:int \
         closed:int creator:id parent:id channel:id assignees:int followers:int labels:int \
         described:int title:text title_words:text type:text responsible:id start:int \
         checklist:int links:int archived:int",
        2,
        true,
    ),
    table(
        "task_link",
        "workspace:id task:id kind:text other:id",
        4,
        true,
    ),
    table(
        "task_trash",
        "workspace:id task:id project:id creator:id seq:int at:int by_member:id \
         erased:int",
        2,
        true,
    ),
    table(
        "task_field",
        "workspace:id task:id field:text value:text project:id number:int words:text",
        4,
        true,
    ),
    table(
        "project_template",
        "workspace:id project:id id:text body:text",
        3,
        true,
    ),
    table("task_text", "workspace:id task:id words:text", 2, true),
    table("task_label", "workspace:id label:text task:id", 3, true),
    table("task_follower", "workspace:id member:id task:id", 3, true),
    table(
        "task_past",
        "workspace:id field:text value:text task:id began_seq:int began:int began_by:id first:int \
         ended:int ended_seq:int ended_by:id",
        5,
        true,
    ),
    table(
        "feed",
        "workspace:id channel:id project:id body:text",
        3,
        true,
    ),
    table(
        "acknowledgement",
        "workspace:id channel:id member:id message:id",
        4,
        true,
    ),
    table("pin", "workspace:id channel:id message:id seq:int", 3, true),
    table(
        "bookmark",
        "workspace:id id:id channel:id body:text",
        2,
        true,
    ),
    table(
        "card",
        "workspace:id channel:id task:id message:id",
        3,
        true,
    ),
    table(
        "notification",
        "workspace:id member:id id:id seq:int cause:int channel:id conversation:id project:id \
         task:id message:id is_read:int done:int snoozed_until:int excerpt:text body:text",
        3,
        true,
    ),
    table(
        "thread_follower",
        "workspace:id thread:id member:id since:int follows:int",
        3,
        true,
    ),
    table(
        "saved",
        "workspace:id member:id message:id channel:id project:id task:id due:int excerpt:text \
         body:text",
        3,
        true,
    ),
    table(
        "scheduled",
        "workspace:id member:id message:id due:int body:text",
        3,
        true,
    ),
    table(
        "scheduled_file",
        "workspace:id file:id member:id message:id released:int",
        2,
        true,
    ),
    table("preference", "workspace:id member:id body:text", 2, true),
    table("side_bar", "workspace:id member:id body:text", 2, true),
    table(
        "channel_setting",
        "workspace:id channel:id member:id hears_all:int body:text",
        3,
        true,
    ),
    table(
        "draft",
        "workspace:id member:id home:text body:text",
        3,
        false,
    ),
    table(
        "account",
        "workspace:id member:id email:text password_hash:text",
        2,
        false,
    ),
    table(
        "session",
        "secret_hash:bytes workspace:id id:id member:id created_at:int last_seen_at:int \
         expires_at:int user_agent:text",
        1,
        false,
    ),
    table(
        "token",
        "secret_hash:bytes workspace:id id:id member:id scopes:int expires_at:int \
         last_used_at:int body:text",
        1,
        false,
    ),
    table(
        "invitation",
        "secret_hash:bytes workspace:id id:id uses_left:int expires_at:int body:text",
        1,
        false,
    ),
    table(
        "hook",
        "secret_hash:bytes workspace:id id:id body:text",
        1,
        false,
    ),
    table(
        "avatar",
        "workspace:id hash:text media_type:text bytes:bytes",
        2,
        false,
    ),
    table(
        "ballot",
        "workspace:id message:id voter:bytes choices:int changed:int",
        3,
        false,
    ),
    table(
        "emoji_picture",
        "workspace:id emoji:id media_type:text bytes:bytes still:bytes",
        2,
        false,
    ),
    table(
        "file",
        "workspace:id id:id uploader:id hash:text created_at:int body:text",
        2,
        false,
    ),
    table("file_usage", "workspace:id files:int bytes:int", 1, false),
    table(
        "message_file",
        "workspace:id file:id message:id channel:id seq:int place:int deleted:int body:text",
        2,
        true,
    ),
    table("follower", "workspace:id name:text seq:int", 2, false),
    table("secret", "name:text sealed:bytes", 1, false),
    table(
        "push_subscription",
        "workspace:id session:id member:id endpoint_hash:bytes sealed:bytes created_at:int \
         expires_at:int",
        2,
        false,
    ),
    table(
        "push",
        "workspace:id member:id notification:id session:id tag:id message:id state:text \
         told_at:int due:int attempts:int covers:int",
        4,
        false,
    ),
    table(
        "mail",
        "workspace:id member:id id:id due:int held_until:int attempts:int mailed_at:int \
         tested_at:int fault_at:int refused:int fault:text",
        2,
        false,
    ),
    table(
        "missed",
        "workspace:id member:id notification:id state:text told_at:int settled_at:int",
        3,
        false,
    ),
    table(
        "letter",
        "workspace:id id:id sealed:bytes state:text due:int attempts:int created_at:int \
         expires_at:int",
        2,
        false,
    ),
    table(
        "password_reset",
        "secret_hash:bytes workspace:id member:id expires_at:int",
        1,
        false,
    ),
];

/// Not restored: whoever restores elsewhere has not the key that opens them, and devices subscribe
/// anew when they are next used. What waited to be mailed may have been mailed since.
pub(crate) const OF_DEVICES: &[&str] = &[
    "secret",
    "push_subscription",
    "push",
    "mail",
    "missed",
    "letter",
    "password_reset",
];

const fn table(name: &'static str, columns: &'static str, keys: usize, from_log: bool) -> Table {
    Table {
        name,
        columns,
        keys,
        from_log,
    }
}

impl Table {
    /// Names and types of its columns, those of the key first.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let columns = self.columns.split_whitespace();
        columns.filter_map(|column| column.split_once(':'))
    }
}

/// A value of any column. In a page they are in the order in which the databases put them.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

impl Cell {
    fn val(&self) -> Val<'_> {
        match self {
            Cell::Null => Val::Null,
            Cell::Int(value) => Val::Int(*value),
            Cell::Text(value) => Val::Text(value),
            Cell::Bytes(value) => Val::Bytes(value),
            Cell::Id(value) => Val::Id(*value),
        }
    }
}

/// The statements of one table, made once.
struct Statements {
    has_workspace: bool,
    kinds: Vec<&'static str>,
    first: Sql,
    next: Sql,
    first_of_workspace: Sql,
    next_of_workspace: Sql,
    insert: Sql,
    clear: Sql,
}

static OF_TABLES: LazyLock<HashMap<&'static str, Statements>> = LazyLock::new(|| {
    TABLES
        .iter()
        .map(|table| (table.name, statements_of(table)))
        .collect()
});

/// Statements live as long as the program, and there are only a few per table.
fn lasting(text: String) -> Sql {
    let text: &'static str = Box::leak(text.into_boxed_str());
    Sql {
        lite: text,
        pg: text,
        pg_rows: None,
    }
}

fn statements_of(table: &Table) -> Statements {
    let columns: Vec<(&str, &str)> = table.columns().collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let (list, keys) = (names.join(", "), names[..table.keys].join(", "));
    let marks = |first: usize, count: usize| {
        (first..first + count)
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (name, limit) = (table.name, table.keys + 1);
    let (key_marks, later_marks) = (marks(1, table.keys), marks(2, table.keys));
    let later_limit = limit + 1;
    let owner = if name == "workspace" {
        "id"
    } else {
        "workspace"
    };
    Statements {
        has_workspace: name == "workspace" || names.contains(&owner),
        kinds: columns.iter().map(|(_, kind)| *kind).collect(),
        first: lasting(format!(
            "SELECT {list} FROM {name} ORDER BY {keys} LIMIT $1"
        )),
        next: lasting(format!(
            "SELECT {list} FROM {name} WHERE ({keys}) > ({key_marks}) ORDER BY {keys} \
             LIMIT ${limit}"
        )),
        first_of_workspace: lasting(format!(
            "SELECT {list} FROM {name} WHERE {owner} = $1 ORDER BY {keys} LIMIT $2"
        )),
        next_of_workspace: lasting(format!(
            "SELECT {list} FROM {name} WHERE {owner} = $1 AND ({keys}) > ({later_marks}) \
             ORDER BY {keys} LIMIT ${later_limit}"
        )),
        insert: lasting(format!(
            "INSERT INTO {name} ({list}) VALUES ({})",
            marks(1, names.len())
        )),
        clear: lasting(format!("DELETE FROM {name} WHERE {owner} = $1")),
    }
}

/// Every statement of this file, for the check that the database understands them.
pub(crate) fn all_statements() -> Vec<&'static Sql> {
    let of = |table: &'static Statements| {
        let Statements {
            first,
            next,
            first_of_workspace,
            next_of_workspace,
            insert,
            clear,
            ..
        } = table;
        let mut all = vec![first, next, insert];
        // Some tables have no workspace.
        if table.has_workspace {
            all.extend([first_of_workspace, next_of_workspace, clear]);
        }
        all
    };
    OF_TABLES.values().flat_map(of).collect()
}

/// The table of this name.
pub(crate) fn find(name: &str) -> Result<&'static Table> {
    let table = TABLES.iter().find(|table| table.name == name);
    table.ok_or_else(|| Unable::Broken(format!("no such table: {name}")))
}

/// Every workspace with a log.
pub(crate) async fn workspaces(conn: &mut Conn) -> Result<Vec<WorkspaceId>> {
    let read = |row: &Row<'_>| row.id(0).map(WorkspaceId);
    conn.rows(&WITH_LOG, &[], read).await
}

/// Removes a workspace's rows.
pub(crate) fn clear(conn: &mut Conn, table: &Table, workspace: WorkspaceId) -> Result<()> {
    conn.exec(&statements(table)?.clear, &[workspace.into()])
}

/// Adds a row.
pub(crate) fn put(conn: &mut Conn, table: &Table, row: &[Cell]) -> Result<()> {
    let values: Vec<Val<'_>> = row.iter().map(Cell::val).collect();
    conn.exec(&statements(table)?.insert, &values)
}

fn statements(table: &Table) -> Result<&'static Statements> {
    let missing = || Unable::Broken(format!("no such table: {}", table.name));
    OF_TABLES.get(table.name).ok_or_else(missing)
}

fn cells(row: &Row<'_>, kinds: &[&str]) -> Result<Vec<Cell>> {
    let cell = |(column, kind): (usize, &&str)| match *kind {
        "int" => Ok(row.optional_int(column)?.map_or(Cell::Null, Cell::Int)),
        "text" => Ok(row.optional_text(column)?.map_or(Cell::Null, Cell::Text)),
        "bytes" => Ok(row.optional_bytes(column)?.map_or(Cell::Null, Cell::Bytes)),
        _ => Ok(row.optional_id(column)?.map_or(Cell::Null, Cell::Id)),
    };
    kinds.iter().enumerate().map(cell).collect()
}

/// Rows of one workspace by key, those after `last`. Not for tables without a workspace.
pub(crate) async fn page(
    conn: &mut Conn,
    table: &'static Table,
    workspace: WorkspaceId,
    last: Option<&[Cell]>,
    limit: i64,
) -> Result<Vec<Vec<Cell>>> {
    let statements = statements(table)?;
    let mut values = vec![Val::from(workspace)];
    let sql = match last {
        None => &statements.first_of_workspace,
        Some(last) => {
            values.extend(last[..table.keys].iter().map(Cell::val));
            &statements.next_of_workspace
        }
    };
    values.push(limit.into());
    conn.rows(sql, &values, |row| cells(row, &statements.kinds))
        .await
}

/// Rows of all workspaces by key, those after `last`.
pub(crate) async fn page_after(
    conn: &mut Conn,
    table: &Table,
    last: Option<&[Cell]>,
) -> Result<Vec<Vec<Cell>>> {
    let statements = statements(table)?;
    let (sql, mut values) = match last {
        None => (&statements.first, Vec::new()),
        Some(last) => (
            &statements.next,
            last[..table.keys].iter().map(Cell::val).collect(),
        ),
    };
    values.push(PAGE.into());
    conn.rows(sql, &values, |row| cells(row, &statements.kinds))
        .await
}

//! Statements, parameters and rows, the same for both databases.

use crate::{Result, Unable};
use bytes::BytesMut;
use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// One statement. Parameters are `$1`, `$2`… and appear first in that order, because SQLite
/// numbers them by first appearance ([`order_fault`]).
#[derive(Debug)]
pub(crate) struct Sql {
    pub lite: &'static str,
    pub pg: &'static str,
    /// The same for many rows at once on PostgreSQL: each parameter is an array, a value per row.
    pub pg_rows: Option<&'static str>,
}

impl Sql {
    /// The table that it changes; empty if it changes none.
    pub fn target(&self) -> &'static str {
        let words = ["INSERT INTO ", "UPDATE ", "DELETE FROM "];
        let rest = words.iter().find_map(|word| self.pg.strip_prefix(word));
        let rest = rest.unwrap_or_default();
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
    }
}

/// Declares the statements of a file, and lists them as `STATEMENTS` for the test that prepares
/// all of them on both databases. `NAME = "both"`, `NAME = "sqlite" | "postgres"`, or
/// `NAME = "both" rows "many rows on PostgreSQL"`. Invariant: one that changes a table reads no
/// other, so that changes of different tables may be sent in any order.
macro_rules! statements {
    ($($name:ident = $lite:literal $(| $pg:literal)? $(rows $rows:literal)?;)*) => {
        $(static $name: $crate::sql::Sql =
            $crate::sql::statements!(@one $lite $(| $pg)? $(rows $rows)?);)*
        pub(crate) static STATEMENTS: &[&$crate::sql::Sql] = &[$(&$name),*];
    };
    (@one $both:literal) => {
        $crate::sql::Sql { lite: $both, pg: $both, pg_rows: None }
    };
    (@one $lite:literal | $pg:literal) => {
        $crate::sql::Sql { lite: $lite, pg: $pg, pg_rows: None }
    };
    (@one $both:literal rows $rows:literal) => {
        $crate::sql::Sql { lite: $both, pg: $both, pg_rows: Some($rows) }
    };
}
pub(crate) use statements;

/// Every registered statement, by file.
pub(crate) fn all() -> Vec<&'static Sql> {
    [
        crate::tx::STATEMENTS,
        crate::log::STATEMENTS,
        crate::erasure::STATEMENTS,
        crate::retention::STATEMENTS,
        crate::workspace::STATEMENTS,
        crate::letter::STATEMENTS,
        crate::mail::STATEMENTS,
        crate::member::STATEMENTS,
        crate::group::STATEMENTS,
        crate::channel::STATEMENTS,
        crate::membership::STATEMENTS,
        crate::message::STATEMENTS,
        crate::emoji::STATEMENTS,
        crate::poll::STATEMENTS,
        crate::project::STATEMENTS,
        crate::task::STATEMENTS,
        crate::trash::STATEMENTS,
        crate::roll_up::STATEMENTS,
        crate::acknowledgement::STATEMENTS,
        crate::pin::STATEMENTS,
        crate::bookmark::STATEMENTS,
        crate::feed::STATEMENTS,
        crate::field::STATEMENTS,
        crate::template::STATEMENTS,
        crate::file::STATEMENTS,
        crate::push::STATEMENTS,
        crate::query::STATEMENTS,
        crate::query::ask::STATEMENTS,
        crate::query::PAST_STATEMENTS,
        crate::query::PLAN_STATEMENTS,
        crate::notification::STATEMENTS,
        crate::preference::STATEMENTS,
        crate::roster::STATEMENTS,
        crate::saved::STATEMENTS,
        crate::scheduled::STATEMENTS,
        crate::side_bar::STATEMENTS,
        crate::space::STATEMENTS,
        crate::thread::STATEMENTS,
        crate::verify::STATEMENTS,
        crate::schema::STATEMENTS,
        crate::backup::STATEMENTS,
        crate::migration::STATEMENTS,
        crate::request::STATEMENTS,
        crate::credential::STATEMENTS,
        crate::draft::STATEMENTS,
        crate::follower::STATEMENTS,
    ]
    .concat()
    .into_iter()
    .chain(crate::backup::all_statements())
    .collect()
}

/// Why a statement would bind its parameters wrongly on SQLite, if it would.
pub(crate) fn order_fault(sql: &Sql) -> Option<String> {
    let mut newest = 0;
    for part in sql.lite.split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().ok()?;
        if number > newest + 1 {
            return Some(format!(
                "${number} comes before ${}: {}",
                newest + 1,
                sql.lite
            ));
        }
        newest = newest.max(number);
    }
    None
}

/// The other table that a change reads, if it does: then it must not be sent before changes to it.
pub(crate) fn reading_fault(sql: &Sql) -> Option<String> {
    let target = sql.target();
    if target.is_empty() {
        return None;
    }
    let texts = [Some(sql.pg), sql.pg_rows].into_iter().flatten();
    let words = texts.flat_map(str::split_whitespace);
    let words: Vec<&str> = words.map(|word| word.trim_end_matches(')')).collect();
    let is_other = |pair: &&[&str]| {
        matches!(pair[0], "FROM" | "JOIN") && pair[1] != target && !pair[1].starts_with("unnest(")
    };
    let other = words.windows(2).find(is_other)?[1];
    Some(format!(
        "reads {other} while it changes {target}: {}",
        sql.pg
    ))
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Val<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Id(Uuid),
    /// An array on PostgreSQL, a JSON array of texts on SQLite.
    Ids(&'a [Uuid]),
}

/// A parameter that waits to be sent.
#[derive(Clone, Debug)]
pub(crate) enum Owned {
    Null,
    Int(i64),
    Text(Box<str>),
    Bytes(Box<[u8]>),
    Id(Uuid),
    Ids(Box<[Uuid]>),
}

impl Owned {
    pub fn val(&self) -> Val<'_> {
        match self {
            Owned::Null => Val::Null,
            Owned::Int(value) => Val::Int(*value),
            Owned::Text(value) => Val::Text(value),
            Owned::Bytes(value) => Val::Bytes(value),
            Owned::Id(value) => Val::Id(*value),
            Owned::Ids(values) => Val::Ids(values),
        }
    }
}

impl Val<'_> {
    pub fn owned(self) -> Owned {
        match self {
            Val::Null => Owned::Null,
            Val::Int(value) => Owned::Int(value),
            Val::Text(value) => Owned::Text(value.into()),
            Val::Bytes(value) => Owned::Bytes(value.into()),
            Val::Id(value) => Owned::Id(value),
            Val::Ids(values) => Owned::Ids(values.into()),
        }
    }
}

impl From<i64> for Val<'_> {
    fn from(value: i64) -> Self {
        Val::Int(value)
    }
}
impl From<bool> for Val<'_> {
    fn from(value: bool) -> Self {
        Val::Int(value.into())
    }
}
impl From<Timestamp> for Val<'_> {
    fn from(value: Timestamp) -> Self {
        Val::Int(value.as_microsecond())
    }
}
impl From<Uuid> for Val<'_> {
    fn from(value: Uuid) -> Self {
        Val::Id(value)
    }
}
impl<'a> From<&'a [Uuid]> for Val<'a> {
    fn from(values: &'a [Uuid]) -> Self {
        Val::Ids(values)
    }
}
impl<'a> From<&'a str> for Val<'a> {
    fn from(value: &'a str) -> Self {
        Val::Text(value)
    }
}
impl<'a> From<&'a String> for Val<'a> {
    fn from(value: &'a String) -> Self {
        Val::Text(value)
    }
}
impl<'a> From<&'a [u8]> for Val<'a> {
    fn from(value: &'a [u8]) -> Self {
        Val::Bytes(value)
    }
}
impl<'a> From<&'a [u8; 32]> for Val<'a> {
    fn from(value: &'a [u8; 32]) -> Self {
        Val::Bytes(value)
    }
}
impl<'a, T: Into<Val<'a>>> From<Option<T>> for Val<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Val::Null, Into::into)
    }
}

macro_rules! from_id {
    ($($id:ident)*) => {$(
        impl From<tenon_protocol::$id> for Val<'_> {
            fn from(id: tenon_protocol::$id) -> Self {
                Val::Id(id.0)
            }
        }
    )*};
}
from_id!(
    WorkspaceId MemberId ChannelId BookmarkId MessageId ProjectId TaskId FileId GroupId SpaceId
    EmojiId SessionId TokenId InvitationId HookId RequestId NotificationId
);

/// Parameters of one call: `params![workspace, id, "text"]`.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Val::from($value)),*] };
}
pub(crate) use params;

impl rusqlite::ToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Val::Null => ValueRef::Null,
            Val::Int(value) => ValueRef::Integer(*value),
            Val::Text(value) => ValueRef::Text(value.as_bytes()),
            Val::Bytes(value) => ValueRef::Blob(value),
            Val::Id(value) => ValueRef::Blob(value.as_bytes()),
            Val::Ids(values) => return json_text(values),
        }))
    }
}

fn json_text(values: &[Uuid]) -> rusqlite::Result<ToSqlOutput<'static>> {
    match serde_json::to_string(values) {
        Ok(text) => Ok(ToSqlOutput::from(text)),
        Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(error.into())),
    }
}

pub(crate) type ToSqlResult = std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl ToSql for Val<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> ToSqlResult {
        match self {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(value) => value.to_sql(ty, out),
            Val::Text(value) => value.to_sql(ty, out),
            Val::Bytes(value) => value.to_sql(ty, out),
            Val::Id(value) => value.to_sql(ty, out),
            Val::Ids(values) => values.to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::TEXT | Type::BYTEA | Type::UUID | Type::UUID_ARRAY
        )
    }
    to_sql_checked!();
}

impl ToSql for Owned {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> ToSqlResult {
        match self {
            Owned::Null => Ok(IsNull::Yes),
            Owned::Int(value) => value.to_sql(ty, out),
            Owned::Text(value) => value.as_ref().to_sql(ty, out),
            Owned::Bytes(value) => value.as_ref().to_sql(ty, out),
            Owned::Id(value) => value.to_sql(ty, out),
            Owned::Ids(values) => values.as_ref().to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        <Val as ToSql>::accepts(ty)
    }
    to_sql_checked!();
}

/// One row of an answer; columns by position.
pub(crate) enum Row<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r tokio_postgres::Row),
}

macro_rules! getters {
    ($($name:ident $optional:ident $type:ty;)*) => {$(
        pub fn $name(&self, column: usize) -> Result<$type> {
            match self {
                Row::Lite(row) => row.get(column).map_err(crate::sqlite::unable),
                Row::Pg(row) => row.try_get(column).map_err(crate::postgres::unable),
            }
        }
        #[allow(dead_code)]
        pub fn $optional(&self, column: usize) -> Result<Option<$type>> {
            match self {
                Row::Lite(row) => row.get(column).map_err(crate::sqlite::unable),
                Row::Pg(row) => row.try_get(column).map_err(crate::postgres::unable),
            }
        }
    )*};
}

impl Row<'_> {
    getters! {
        int optional_int i64;
        text optional_text String;
        bytes optional_bytes Vec<u8>;
    }

    /// A UUID, whatever it identifies.
    pub fn id(&self, column: usize) -> Result<Uuid> {
        match self {
            Row::Lite(row) => {
                let bytes = row.get_ref(column).map_err(crate::sqlite::unable)?;
                let bytes = bytes
                    .as_blob()
                    .map_err(|error| Unable::Broken(error.to_string()))?;
                Uuid::from_slice(bytes).map_err(|error| Unable::Broken(error.to_string()))
            }
            Row::Pg(row) => row.try_get(column).map_err(crate::postgres::unable),
        }
    }

    /// A UUID, or nothing.
    pub fn optional_id(&self, column: usize) -> Result<Option<Uuid>> {
        match self {
            Row::Lite(row) => {
                let value = row.get_ref(column).map_err(crate::sqlite::unable)?;
                if matches!(value, ValueRef::Null) {
                    Ok(None)
                } else {
                    self.id(column).map(Some)
                }
            }
            Row::Pg(row) => row.try_get(column).map_err(crate::postgres::unable),
        }
    }

    /// A hash.
    pub fn hash(&self, column: usize) -> Result<[u8; 32]> {
        let bytes = self.bytes(column)?;
        bytes
            .try_into()
            .map_err(|_| Unable::Broken("a stored hash is not 32 bytes".into()))
    }

    /// A point in time, kept as microseconds.
    pub fn time(&self, column: usize) -> Result<Timestamp> {
        time(self.int(column)?)
    }

    /// An entity, kept as JSON; parsed from where it lies.
    pub fn body<T: serde::de::DeserializeOwned>(&self, column: usize) -> Result<T> {
        match self {
            Row::Lite(row) => {
                let text = row.get_ref(column).map_err(crate::sqlite::unable)?;
                let text = text
                    .as_str()
                    .map_err(|error| Unable::Broken(error.to_string()))?;
                Ok(serde_json::from_str(text)?)
            }
            Row::Pg(row) => {
                let text: &str = row.try_get(column).map_err(crate::postgres::unable)?;
                Ok(serde_json::from_str(text)?)
            }
        }
    }
}

/// A stored point in time.
pub(crate) fn time(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| Unable::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_reads_another_table_is_found() {
        let sql = |pg| Sql {
            lite: pg,
            pg,
            pg_rows: None,
        };
        let moved = sql("DELETE FROM card WHERE task IN (SELECT id FROM task)");
        assert!(reading_fault(&moved).is_some_and(|fault| fault.starts_with("reads task")));
        let own = sql("DELETE FROM card WHERE task IN (SELECT task FROM card)");
        assert_eq!(reading_fault(&own), None);
        assert_eq!(
            reading_fault(&sql("SELECT 1 FROM card JOIN task ON TRUE")),
            None
        );
    }
}

//! The index on disk: opened or begun anew, and written by one [`Writer`].

use crate::{Document, Fault, Result, flag, tokenizer::Words};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};
use uuid::Uuid;

/// Raised when documents are made differently: older indexes are then built anew.
const VERSION: u32 = 4;
/// Limit: memory of the one that writes, bytes.
const WRITER_BYTES_MAX: usize = 24 * 1024 * 1024;
const TOKENIZER: &str = "words";

/// How far the index has followed the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub seq: i64,
    /// Hash of that entry: another log has another one there.
    pub hash: String,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    #[serde(flatten)]
    position: Position,
}

/// An index that can be searched. Cheap to clone.
#[derive(Clone)]
pub struct Index {
    pub(crate) index: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
}

#[derive(Clone, Copy)]
pub(crate) struct Fields {
    /// Kind and id: what is replaced or removed.
    key: Field,
    /// What goes when a task goes, and what is searched within one.
    pub task: Field,
    /// Terms of what a search may be narrowed to; the columns of the same say it of each hit.
    pub scope_key: Field,
    pub author_key: Field,
    pub title: Field,
    pub text: Field,
    scope: [Field; 2],
    author: [Field; 2],
    id: [Field; 2],
    task_id: [Field; 2],
    part: Field,
    at: Field,
    flags: Field,
}

/// Names of the columns that a search reads; those of ids are halves.
pub(crate) mod column {
    pub const SCOPE: [&str; 2] = ["scope_high", "scope_low"];
    pub const AUTHOR: [&str; 2] = ["author_high", "author_low"];
    pub const ID: [&str; 2] = ["id_high", "id_low"];
    pub const TASK_ID: [&str; 2] = ["task_high", "task_low"];
    pub const PART: &str = "part";
    pub const AT: &str = "at";
    pub const FLAGS: &str = "flags";
}

impl Index {
    /// Opens the index in this directory, and says how far it is. One that is missing, of another
    /// version or broken is begun anew, at position 0.
    pub fn open(directory: &Path) -> Result<(Self, Position)> {
        match Self::open_existing(directory) {
            Ok(Some(opened)) => Ok(opened),
            Ok(None) | Err(_) => Ok((Self::begin(directory)?, Position::default())),
        }
    }

    /// Forgets what there is in this directory, and begins an empty index.
    pub fn begin(directory: &Path) -> Result<Self> {
        match fs::remove_dir_all(directory) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        fs::create_dir_all(directory)?;
        let (schema, fields) = schema();
        Self::of(tantivy::Index::create_in_dir(directory, schema)?, fields)
    }

    fn open_existing(directory: &Path) -> Result<Option<(Self, Position)>> {
        if !directory.join("meta.json").exists() {
            return Ok(None);
        }
        let index = tantivy::Index::open_in_dir(directory)?;
        let (schema, fields) = schema();
        let payload = index.load_metas()?.payload;
        let payload = payload.and_then(|text| serde_json::from_str::<Payload>(&text).ok());
        let payload = payload.filter(|it| it.version == VERSION && index.schema() == schema);
        match payload {
            Some(payload) => Ok(Some((Self::of(index, fields)?, payload.position))),
            None => Ok(None),
        }
    }

    fn of(index: tantivy::Index, fields: Fields) -> Result<Self> {
        index.tokenizers().register(TOKENIZER, Words);
        let reader = index.reader_builder();
        let reader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
        })
    }

    /// The one that changes it. There can be one at a time.
    pub fn writer(&self) -> Result<Writer> {
        Ok(Writer {
            writer: self.index.writer_with_num_threads(1, WRITER_BYTES_MAX)?,
            index: self.clone(),
        })
    }

    /// How many messages, tasks and files can be found.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }
}

/// Writes an [`Index`]. Nothing is found before [`Writer::commit`].
pub struct Writer {
    writer: IndexWriter,
    index: Index,
}

impl Writer {
    /// Adds a document that is not in the index.
    pub fn add(&mut self, document: &Document) -> Result<()> {
        let fields = &self.index.fields;
        let mut row = TantivyDocument::default();
        row.add_bytes(fields.key, &key(document.flags, document.id));
        if let Some(task) = document.task {
            row.add_bytes(fields.task, task.as_bytes());
            add_id(&mut row, fields.task_id, task);
        }
        row.add_bytes(fields.scope_key, document.scope.as_bytes());
        row.add_bytes(fields.author_key, document.author.as_bytes());
        add_id(&mut row, fields.scope, document.scope);
        add_id(&mut row, fields.author, document.author);
        add_id(&mut row, fields.id, document.id);
        row.add_u64(fields.part, document.part);
        row.add_i64(fields.at, document.at);
        row.add_u64(fields.flags, document.flags);
        if !document.title.is_empty() {
            row.add_text(fields.title, &document.title);
        }
        row.add_text(fields.text, &document.text);
        self.writer.add_document(row)?;
        Ok(())
    }

    /// Removes a message and its files.
    pub fn remove_message(&mut self, id: Uuid) {
        self.remove_key(&key(0, id));
        self.remove_key(&key(flag::FILE, id));
    }

    /// Removes what a task says itself.
    pub fn remove_task(&mut self, id: Uuid) {
        self.remove_key(&key(flag::TASK, id));
    }

    /// Removes a task and its conversation.
    pub fn remove_with_conversation(&mut self, id: Uuid) {
        let term = Term::from_field_bytes(self.index.fields.task, id.as_bytes());
        self.writer.delete_term(term);
    }

    fn remove_key(&mut self, key: &[u8]) {
        let term = Term::from_field_bytes(self.index.fields.key, key);
        self.writer.delete_term(term);
    }

    /// Makes what was written durable and findable.
    pub fn commit(&mut self, position: &Position) -> Result<()> {
        let payload = Payload {
            version: VERSION,
            position: position.clone(),
        };
        let text = serde_json::to_string(&payload).map_err(|error| Fault(error.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&text);
        commit.commit()?;
        self.index.reader.reload()?;
        Ok(())
    }

    /// Writes those parts anew in which something was removed, so that its words leave the disk.
    pub fn purge(&mut self) -> Result<()> {
        let parts = self.index.index.searchable_segment_metas()?;
        let parts = parts.iter().filter(|it| it.num_deleted_docs() > 0);
        let parts: Vec<_> = parts.map(|it| it.id()).collect();
        if !parts.is_empty() {
            self.writer.merge(&parts).wait()?;
            self.index.reader.reload()?;
        }
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }
}

/// A message and a task may have the same id; all files of a message have the same key.
fn key(flags: u64, id: Uuid) -> [u8; 17] {
    let mut key = [0; 17];
    key[0] = match flags & (flag::TASK | flag::FILE) {
        flag::TASK => 1,
        flag::FILE => 2,
        _ => 0,
    };
    key[1..].copy_from_slice(id.as_bytes());
    key
}

fn add_id(row: &mut TantivyDocument, fields: [Field; 2], id: Uuid) {
    let (high, low) = id.as_u64_pair();
    row.add_u64(fields[0], high);
    row.add_u64(fields[1], low);
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        key: schema.add_bytes_field("key", INDEXED),
        task: schema.add_bytes_field("task", INDEXED),
        scope_key: schema.add_bytes_field("scope", INDEXED),
        author_key: schema.add_bytes_field("author", INDEXED),
        title: schema.add_text_field("title", text.clone()),
        text: schema.add_text_field("text", text),
        scope: column::SCOPE.map(|name| schema.add_u64_field(name, FAST)),
        author: column::AUTHOR.map(|name| schema.add_u64_field(name, FAST)),
        id: column::ID.map(|name| schema.add_u64_field(name, FAST)),
        task_id: column::TASK_ID.map(|name| schema.add_u64_field(name, FAST)),
        part: schema.add_u64_field(column::PART, FAST),
        at: schema.add_i64_field(column::AT, FAST),
        flags: schema.add_u64_field(column::FLAGS, FAST),
    };
    (schema.build(), fields)
}

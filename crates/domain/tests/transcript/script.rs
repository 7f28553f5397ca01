//! Reads and prints transcripts. A line is `WHO> COMMAND key=value …`; WHO may hold a token
//! (`alice[read,chat]`) or be the server in a member's name (`server:bot`).
//!
//! Ids are written by sigil and name: `@alice` `#general` `!hello` `~link` `$eng` `%t1`
//! `§section` `+design` `&space` `^emoji`. Other values are JSON, or a bare word for a text. Every
//! id is invented when it is first named.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tenon_domain::{actor::Grants, decide::Decision, refusal::Refusal};
use tenon_protocol::{Command, credential::TokenScope};
use uuid::Uuid;

/// Names of ids, both ways.
#[derive(Default)]
pub struct Symbols {
    ids: BTreeMap<String, Uuid>,
    names: BTreeMap<Uuid, String>,
}

impl Symbols {
    pub fn id(&mut self, name: &str) -> Uuid {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = Uuid::from_u128(self.ids.len() as u128 + 1);
        self.name(id, name.to_owned());
        id
    }

    pub fn name(&mut self, id: Uuid, name: String) {
        self.ids.insert(name.clone(), id);
        self.names.insert(id, name);
    }

    fn print(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (id, name)| {
            text.replace(&format!("\"{id}\""), name)
                .replace(&id.to_string(), name)
        })
    }
}

pub struct Line {
    pub who: String,
    pub grants: Grants,
    pub internal: bool,
    pub command: Command,
}

/// Reads a line. Panics on what it does not understand: a test is wrong then.
pub fn read(line: &str, symbols: &mut Symbols) -> Line {
    let (who, rest) = line.split_once('>').expect("WHO> COMMAND");
    let mut words = words(rest.trim()).into_iter();
    let mut body = Map::new();
    body.insert("type".into(), words.next().expect("a command").into());
    for word in words {
        let (key, value) = word
            .split_once('=')
            .unwrap_or_else(|| panic!("key=value: {word}"));
        body.insert(key.into(), read_value(value, symbols));
    }
    let command = serde_json::from_value(Value::Object(body.clone()))
        .unwrap_or_else(|error| panic!("{line}: {error}: {body:?}"));
    let (who, internal) = match who.strip_prefix("server:") {
        Some(who) => (who, true),
        None => (who, false),
    };
    let (who, grants) = match who.split_once('[') {
        Some((who, scopes)) => (who, read_grants(scopes.trim_end_matches(']'))),
        None => (who, Grants::all()),
    };
    Line {
        who: who.to_owned(),
        grants,
        internal,
        command,
    }
}

/// The facts of a decision, one a line, or the refusal.
pub fn print(result: &Result<Decision, Refusal>, symbols: &Symbols) -> String {
    match result {
        Err(refusal) => {
            let field = refusal
                .field()
                .map(|field| format!(" [{field}]"))
                .unwrap_or_default();
            symbols.print(&format!("  ! {}{field}: {refusal}\n", refusal.code()))
        }
        Ok(decision) if decision.facts.is_empty() => "  (nothing)\n".to_owned(),
        Ok(decision) => decision
            .facts
            .iter()
            .map(|fact| {
                let mut event = serde_json::to_value(&fact.event).unwrap();
                quieten(&mut event);
                let kind = event.as_object_mut().unwrap().remove("type").unwrap();
                let kind = kind.as_str().unwrap();
                symbols.print(&format!("  {} {kind} {event}\n", fact.scope))
            })
            .collect(),
    }
}

/// Leaves out what no transcript is about.
fn quieten(value: &mut Value) {
    const QUIET: [&str; 12] = [
        "at",
        "created_at",
        "updated_at",
        "joined_at",
        "since",
        "seq",
        "time_zone",
        "language",
        "kind",
        "active",
        "message_count",
        "changed_at",
    ];
    match value {
        Value::Object(map) => {
            // What one task is to another is what a link is about.
            let is_link = map.contains_key("task") && !map.contains_key("id");
            let is_quiet = |key: &str| QUIET.contains(&key) && !(is_link && key == "kind");
            map.retain(|key, value| !is_quiet(key) && !value.is_null());
            map.values_mut().for_each(quieten);
        }
        Value::Array(items) => items.iter_mut().for_each(quieten),
        _ => {}
    }
}

/// Splits at spaces outside quotes.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut quoted, mut escaped) = (vec![String::new()], false, false);
    for c in text.chars() {
        if c == ' ' && !quoted {
            words.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        words.last_mut().unwrap().push(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn read_value(text: &str, symbols: &mut Symbols) -> Value {
    let mut json = String::new();
    let mut rest = text;
    let mut quoted = false;
    while let Some(c) = rest.chars().next() {
        quoted ^= c == '"';
        if "@#!$%~§+&^".contains(c) && !quoted {
            let end = rest[c.len_utf8()..]
                .find(|c: char| !c.is_alphanumeric() && c != '-')
                .map_or(rest.len(), |end| end + c.len_utf8());
            json.push_str(&format!("\"{}\"", symbols.id(&rest[..end])));
            rest = &rest[end..];
        } else {
            json.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    serde_json::from_str(&json).unwrap_or_else(|_| Value::String(text.to_owned()))
}

fn read_grants(scopes: &str) -> Grants {
    let scope = |scope: &str| match scope {
        "read" => TokenScope::Read,
        "chat" => TokenScope::Chat,
        "work" => TokenScope::Work,
        "admin" => TokenScope::Admin,
        other => panic!("no such scope: {other}"),
    };
    scopes
        .split(',')
        .filter(|scope| !scope.is_empty())
        .map(scope)
        .collect()
}

//! Shapes that many answers share: a list, a page of ready-made JSON, a created thing, nothing.

use crate::{
    api::{PageQuery, bounded},
    errors::{Answer, Problem},
    request::{Json, json_response},
};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use tenon_engine::{Done, EventPage, Raw, RawPage};
use tenon_protocol::{Event, message::Message, snapshot::Page};
use uuid::Uuid;

/// Header of an answer to a write: the `seq` that it is in the log under.
pub const SEQ_HEADER: HeaderName = HeaderName::from_static("x-tenon-seq");

/// All there are, as a page without a next one.
pub fn list<T>(items: Vec<T>) -> Json<Page<T>> {
    Json(Page { items, next: None })
}

/// A page of a list that is given whole, in its order. The next page begins after the last item of
/// this one, and where that was, should it be gone by then.
pub fn page_of<T>(
    mut all: Vec<T>,
    page: &PageQuery,
    id: impl Fn(&T) -> Uuid,
) -> Answer<Json<Page<T>>> {
    let start = match page.after.as_deref() {
        None => 0,
        Some(cursor) => {
            let (index, last) = read_cursor(cursor).ok_or_else(|| {
                Problem::malformed("`after` must be the `next` of a page of this list.")
            })?;
            let found = all.iter().position(|item| id(item) == last);
            found.map_or(index, |found| found + 1).min(all.len())
        }
    };
    let end = all.len().min(start + bounded(page.limit) as usize);
    let has_more = end < all.len();
    all.truncate(end);
    let items = all.split_off(start);
    let last = items.last().filter(|_| has_more);
    let next = last.map(|item| format!("{end}.{}", id(item)));
    Ok(Json(Page { items, next }))
}

fn read_cursor(cursor: &str) -> Option<(usize, Uuid)> {
    let (index, last) = cursor.split_once('.')?;
    Some((index.parse().ok()?, last.parse().ok()?))
}

/// A page whose items are JSON already: they are joined, not parsed.
pub fn raw_page(page: &RawPage) -> Response {
    json_response(join(&page.items, page.next.as_deref(), None))
}

/// A page of the log, with the head of the log.
pub fn event_page(page: &EventPage) -> Response {
    json_response(join(&page.items, page.next.as_deref(), Some(page.seq)))
}

fn join(items: &[Raw], next: Option<&str>, seq: Option<i64>) -> Bytes {
    let size: usize = items.iter().map(|item| item.get().len() + 1).sum();
    let mut text = String::with_capacity(size + 96);
    text.push_str("{\"items\":[");
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            text.push(',');
        }
        text.push_str(item.get());
    }
    text.push_str("],\"next\":");
    text.push_str(&serde_json::to_string(&next).unwrap_or_else(|_| "null".into()));
    if let Some(seq) = seq {
        text.push_str(",\"seq\":");
        text.push_str(&seq.to_string());
    }
    text.push('}');
    text.into()
}

/// 201 with the whole thing.
pub fn created<T: Serialize>(thing: T) -> Response {
    (StatusCode::CREATED, Json(thing)).into_response()
}

/// 204: done, and nothing to show but where it is in the log.
pub fn done(done: &Done) -> Response {
    (
        StatusCode::NO_CONTENT,
        [(SEQ_HEADER, HeaderValue::from(done.seq))],
    )
        .into_response()
}

/// 204.
pub fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// The thing that a command wrote, as the log has it; absent when this was a retry.
pub fn find_written<T>(done: &Done, pick: impl Fn(&Event) -> Option<T>) -> Option<T> {
    done.events.iter().find_map(|event| pick(event))
}

/// The message that a command posted, at its place in the log; absent when this was a retry.
pub fn find_posted(done: &Done) -> Option<Message> {
    find_written(done, |event| match event {
        Event::MessagePosted { message } => Some(message.clone()),
        _ => None,
    })
}

/// The id of what a command made or touched.
pub fn outcome_id(done: &Done) -> Answer<Uuid> {
    done.outcome
        .id
        .ok_or_else(|| Problem::bug("a command that creates had no id as its outcome"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon_protocol::snapshot::Page;

    fn raw(text: &str) -> Raw {
        Raw::from(text.to_owned())
    }

    #[test]
    fn joined_items_read_as_a_page() {
        let items = [raw("{\"a\":1}"), raw("{\"a\":\"，\"}")];
        let text = join(&items, Some("c\"7"), None);
        let page: Page<serde_json::Value> = serde_json::from_slice(&text).unwrap();
        assert_eq!(page.items[1]["a"], "，");
        assert_eq!(page.next.as_deref(), Some("c\"7"));
    }

    #[test]
    fn a_list_is_gone_through_in_pages_though_it_changes() {
        let id = |n: &u128| Uuid::from_u128(*n);
        let after = |next: &Option<String>| PageQuery {
            limit: Some(2),
            after: next.clone(),
        };
        let first = page_of(vec![5, 3, 8, 1, 9], &after(&None), id).unwrap().0;
        assert_eq!(first.items, [5, 3]);
        let grown = page_of(vec![7, 5, 3, 8, 1, 9], &after(&first.next), id)
            .unwrap()
            .0;
        assert_eq!(grown.items, [8, 1]);
        // The last item of the page before is gone.
        let shrunk = page_of(vec![5, 8, 1, 9], &after(&first.next), id)
            .unwrap()
            .0;
        assert_eq!((shrunk.items, shrunk.next), (vec![1, 9], None));
        let none = page_of(vec![5], &after(&Some("9.0".into())), id);
        assert!(none.is_err());
        let beyond = format!("7.{}", Uuid::from_u128(4));
        assert!(
            page_of(vec![5], &after(&Some(beyond)), id)
                .unwrap()
                .0
                .items
                .is_empty()
        );
    }

    #[test]
    fn an_empty_page_ends() {
        assert_eq!(
            &join(&[], None, Some(9))[..],
            br#"{"items":[],"next":null,"seq":9}"#
        );
    }
}

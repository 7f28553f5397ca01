//! Leaks of custom fields: their names, their options, and what tasks have of them.

use super::WORD;
use crate::support::Member;
use serde_json::json;
use tenon_protocol::{ErrorCode, TaskId};

/// A field and an option with the word in them, and a task that has it.
pub async fn fill(owner: &Member, task: TaskId) {
    let option = json!({"id": "a", "name": WORD, "colour": "red"});
    let fields = json!([
        {"id": "note", "name": format!("{WORD} note"), "kind": "text"},
        {"id": "kind", "name": "Sort", "kind": "select", "options": [option]},
    ]);
    owner.put("/projects/HUSH/fields", fields).await.ok();
    let values = json!({"fields": {"note": WORD, "kind": "a"}});
    owner.patch(&format!("/tasks/{task}"), values).await.ok();
}

/// Whoever may not see the project learns of none: not by the door to them, not by asking for what
/// has their names, which is refused as what is not there, and tells no names.
pub async fn ask_as(stranger: &Member, task: TaskId) {
    let path = "/projects/HUSH/fields";
    stranger.get(path).await.refused(ErrorCode::NotFound);
    let put = stranger.put(path, json!([])).await;
    put.refused(ErrorCode::NotFound);
    let values = json!({"fields": {"note": "x"}});
    let path = format!("/tasks/{task}");
    let patch = stranger.patch(&path, values).await;
    patch.refused(ErrorCode::NotFound);
    let mut told = Vec::new();
    for field in ["note", "Sort", "nothing_at_all"] {
        let path = format!("/tasks?query={field}%20%3D%20a");
        let refused = stranger.get(&path).await;
        assert!(!refused.text().contains(WORD), "{}", refused.text());
        let refused = refused.json();
        assert_eq!(refused["error"]["code"], "bad_query");
        told.push(refused["error"]["fault"]["expected"].clone());
    }
    assert!(told[0] == told[2] && told[1] == told[2], "{told:?}");
}

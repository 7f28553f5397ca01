//! Leaks of templates: their names and what is in them.

use super::WORD;
use crate::support::Member;
use serde_json::json;
use tenon_protocol::ErrorCode;

const PATH: &str = "/projects/HUSH/templates";

/// A template with the word in its name and in it.
pub async fn fill(owner: &Member) {
    let templates = json!([{"id": "hush", "name": WORD, "title": WORD, "description": WORD,
        "checklist": [WORD]}]);
    owner.put(PATH, templates).await.ok();
}

/// Whoever may not see the project learns of none, and makes nothing of one.
pub async fn ask_as(stranger: &Member) {
    stranger.get(PATH).await.refused(ErrorCode::NotFound);
    let put = stranger.put(PATH, json!([])).await;
    put.refused(ErrorCode::NotFound);
    let there = json!({"project": "HUSH", "template": "hush"});
    let made = stranger.post("/tasks", there).await;
    made.refused(ErrorCode::NotFound);
}

/// In a project of their own it is as unknown as one that is not there.
pub async fn use_as(stranger: &Member, own: &str) {
    let mut told = Vec::new();
    for id in ["hush", "none"] {
        let body = json!({"project": own, "template": id});
        let refused = stranger.post("/tasks", body).await;
        let refused = refused.refused(ErrorCode::Invalid).json();
        let words = refused["error"]["message"].as_str().unwrap();
        told.push(words.replace(id, "ID"));
    }
    assert_eq!(told[0], told[1]);
}

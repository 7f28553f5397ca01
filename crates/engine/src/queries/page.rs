//! Pages of lists, with items as the JSON they are stored as.

use tenon_protocol::limit::PAGE_ITEMS_MAX;

/// An entity as JSON, ready to be printed.
#[derive(Clone, Debug)]
pub struct Raw(String);

impl Raw {
    /// The JSON.
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl From<String> for Raw {
    /// Takes text that is JSON already.
    fn from(json: String) -> Self {
        Self(json)
    }
}

/// One page; `next` is the cursor of the page after it.
#[derive(Clone, Debug, Default)]
pub struct RawPage {
    pub items: Vec<Raw>,
    pub next: Option<String>,
}

/// Which part of a conversation: before, after or around a seq; the newest without any.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window {
    pub before: Option<i64>,
    pub after: Option<i64>,
    pub around: Option<i64>,
    /// At most [`PAGE_ITEMS_MAX`].
    pub limit: u32,
}

impl Window {
    pub(crate) fn limit(&self) -> i64 {
        limit(self.limit)
    }
}

/// A page's size within its bounds.
pub(crate) fn limit(limit: u32) -> i64 {
    limit.clamp(1, PAGE_ITEMS_MAX).into()
}

//! `/channels/{id}/bookmarks`: addresses that a channel keeps above its talk.

use crate::{
    answer::{created, done, find_written, list},
    errors::{Answer, Problem},
    identity::Asker,
    request::{Creation, Json, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    BookmarkId, ChannelId, Command, Event,
    bookmark::{AddBookmark, Bookmark, RemoveBookmark, UpdateBookmark},
    command::nullable,
    snapshot::Page,
};
use utoipa::ToSchema;

/// All of the channel, in their order.
#[utoipa::path(get, path = "/channels/{id}/bookmarks", tag = "channel",
    responses((status = 200, body = Page<Bookmark>)))]
pub async fn index(asker: Asker, Segment(id): Segment<ChannelId>) -> Answer<Json<Page<Bookmark>>> {
    Ok(list(
        asker.engine().list_bookmarks(asker.actor(), id).await?,
    ))
}

#[derive(Deserialize, ToSchema)]
pub struct NewBookmark {
    /// Empty: the address without its scheme.
    #[serde(default)]
    pub title: String,
    pub url: String,
}

#[utoipa::path(post, path = "/channels/{id}/bookmarks", tag = "channel",
    request_body = NewBookmark, responses((status = 201, body = Bookmark)))]
pub async fn create(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Json(Creation { id, wish }): Json<Creation<NewBookmark>>,
) -> Answer<Response> {
    let id = BookmarkId(asker.created_id(id));
    let NewBookmark { title, url } = wish;
    let wish = AddBookmark {
        id,
        channel,
        title,
        url,
    };
    let done = asker.execute(Command::AddBookmark(wish)).await?;
    let pick = |event: &Event| match event {
        Event::BookmarkAdded { bookmark } => Some(bookmark.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(bookmark) => Ok(created(bookmark)),
        None => Ok(created(find(&asker, channel, id).await?)),
    }
}

/// Absent fields stay. `after` moves it behind another, `null` to the front.
#[derive(Deserialize, ToSchema)]
pub struct BookmarkPatch {
    pub title: Option<String>,
    pub url: Option<String>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<BookmarkId>)]
    pub after: Option<Option<BookmarkId>>,
}

#[utoipa::path(patch, path = "/channels/{id}/bookmarks/{bookmark}", tag = "channel",
    responses((status = 200, body = Bookmark)))]
pub async fn update(
    asker: Asker,
    Segment((channel, bookmark)): Segment<(ChannelId, BookmarkId)>,
    Json(BookmarkPatch { title, url, after }): Json<BookmarkPatch>,
) -> Answer<Json<Bookmark>> {
    let wish = UpdateBookmark {
        channel,
        bookmark,
        title,
        url,
        after,
    };
    asker.execute(Command::UpdateBookmark(wish)).await?;
    Ok(Json(find(&asker, channel, bookmark).await?))
}

#[utoipa::path(delete, path = "/channels/{id}/bookmarks/{bookmark}", tag = "channel",
    responses((status = 204)))]
pub async fn delete(
    asker: Asker,
    Segment((channel, bookmark)): Segment<(ChannelId, BookmarkId)>,
) -> Answer<Response> {
    let wish = RemoveBookmark { channel, bookmark };
    Ok(done(&asker.execute(Command::RemoveBookmark(wish)).await?))
}

async fn find(asker: &Asker, channel: ChannelId, id: BookmarkId) -> Answer<Bookmark> {
    let all = asker
        .engine()
        .list_bookmarks(asker.actor(), channel)
        .await?;
    let found = all.into_iter().find(|bookmark| bookmark.id == id);
    found.ok_or_else(Problem::not_found)
}

//! `/emoji`: custom emoji and their pictures.

use crate::{
    answer::{created, done, raw_page},
    errors::Answer,
    identity::Asker,
    request::{Json, Query, Segment, read_body},
};
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::header;
use serde::Deserialize;
use tenon_engine::RawPage;
use tenon_protocol::{
    Command, EmojiId,
    emoji::{AddEmoji, ChangeEmoji, Emoji, RemoveEmoji, RestrictEmoji},
    limit::EMOJI_BYTES_MAX,
    snapshot::Page,
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// All of them; guests see them too.
#[utoipa::path(get, path = "/emoji", tag = "emoji",
    responses((status = 200, body = Page<Emoji>)))]
pub async fn index(asker: Asker) -> Answer<Response> {
    let items = asker.engine().list_emoji(asker.actor()).await?;
    Ok(raw_page(&RawPage { items, next: None }))
}

/// What to add; the body is the picture.
#[derive(Deserialize, IntoParams)]
pub struct NewEmoji {
    /// UUIDv7 of the client's choice.
    pub id: Option<Uuid>,
    /// Without colons.
    pub name: String,
    /// Other names for it, with commas between.
    #[serde(default)]
    pub aliases: String,
}

/// Adds one: the body is a PNG, JPEG, GIF or WebP of at most 256 KB. Its type is what its bytes
/// say. It is made square and small; one that moves stays as it is.
#[utoipa::path(post, path = "/emoji", tag = "emoji", params(NewEmoji),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses((status = 201, body = Emoji)))]
pub async fn create(
    asker: Asker,
    Query(new): Query<NewEmoji>,
    request: Request,
) -> Answer<Response> {
    let bytes = read_body(request, EMOJI_BYTES_MAX).await?;
    let aliases = new.aliases.split(',').map(str::trim);
    let wish = AddEmoji {
        id: EmojiId(asker.created_id(new.id)),
        name: new.name,
        aliases: aliases
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        animated: false,
    };
    let engine = asker.engine();
    let emoji = engine.add_emoji(asker.actor(), asker.request(), wish, bytes);
    Ok(created(emoji.await?))
}

#[derive(Deserialize, ToSchema)]
pub struct EmojiPatch {
    /// All other names for it.
    pub aliases: Vec<String>,
}

/// Changes what else it is called. Who added it, and administrators.
#[utoipa::path(patch, path = "/emoji/{id}", tag = "emoji",
    responses((status = 200, body = Emoji)))]
pub async fn update(
    asker: Asker,
    Segment(emoji): Segment<EmojiId>,
    Json(EmojiPatch { aliases }): Json<EmojiPatch>,
) -> Answer<Json<Emoji>> {
    let wish = Command::ChangeEmoji(ChangeEmoji { emoji, aliases });
    asker.execute(wish).await?;
    Ok(Json(asker.engine().get_emoji(asker.actor(), emoji).await?))
}

/// Takes it away: where it was used stands `:name:`. Who added it, and administrators.
#[utoipa::path(delete, path = "/emoji/{id}", tag = "emoji", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(emoji): Segment<EmojiId>) -> Answer<Response> {
    let wish = Command::RemoveEmoji(RemoveEmoji { emoji });
    Ok(done(&asker.execute(wish).await?))
}

/// Which picture.
#[derive(Deserialize, IntoParams)]
pub struct PictureQuery {
    /// Of one that moves, its first picture.
    #[serde(default)]
    pub still: bool,
}

/// Its picture. It never changes: another picture is another emoji.
#[utoipa::path(get, path = "/emoji/{id}/picture", tag = "emoji", params(PictureQuery),
    responses((status = 200, body = Vec<u8>, content_type = "image/*")))]
pub async fn picture(
    asker: Asker,
    Segment(id): Segment<EmojiId>,
    Query(PictureQuery { still }): Query<PictureQuery>,
) -> Answer<Response> {
    let engine = asker.engine();
    let picture = engine.get_emoji_picture(asker.actor(), id, still);
    let (media_type, bytes) = picture.await?;
    let headers = [
        (header::CONTENT_TYPE, media_type.as_str()),
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, bytes).into_response())
}

/// Whether administrators alone add emoji.
#[utoipa::path(put, path = "/workspace/emoji", tag = "emoji", responses((status = 204)))]
pub async fn restrict(asker: Asker, Json(wish): Json<RestrictEmoji>) -> Answer<Response> {
    Ok(done(&asker.execute(Command::RestrictEmoji(wish)).await?))
}

//! Custom emoji: adding one with its picture, listing them, handing pictures out.

use crate::{
    Actor, Engine, Failure, bot,
    commands::{Who, emoji as context},
    execute::Rider,
    file::picture,
    queries::{allowed, me, page::Raw},
};
use bytes::Bytes;
use futures::FutureExt;
use parking_lot::Mutex;
use std::sync::Arc;
use tenon_domain::{access, emoji::check_add, refusal::Refusal};
use tenon_protocol::{
    Command, EmojiId, RequestId, WorkspaceId,
    credential::TokenScope,
    emoji::{AddEmoji, Emoji},
    limit::EMOJI_BYTES_MAX,
};
use tenon_store::{
    emoji::{self, Picture},
    workspace,
};
use tokio::sync::Semaphore;

/// Limit: pictures that are looked at at the same time; the others wait.
static LOOKING: Semaphore = Semaphore::const_new(2);

impl Engine {
    /// Adds an emoji with its picture, whose type is what its bytes say. The same id again with the
    /// same request is answered the same.
    pub async fn add_emoji(
        &self,
        actor: &Actor,
        request: RequestId,
        mut wish: AddEmoji,
        bytes: Bytes,
    ) -> Result<Emoji, Failure> {
        if bytes.len() > EMOJI_BYTES_MAX {
            return Err(Refusal::TooLarge {
                field: "picture",
                bytes_max: EMOJI_BYTES_MAX,
            }
            .into());
        }
        let (asker, checked) = (*actor, wish.clone());
        let first = self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(access::check_grant(&asker, TokenScope::Chat));
                let names = context::names_of(&checked);
                let found = context::load(reader, checked.id, &names).await?;
                let Some(workspace) = workspace::get(reader).await? else {
                    return Ok(Err(Refusal::Unauthenticated.into()));
                };
                let who = Who {
                    actor: &asker,
                    me: &me,
                };
                match check_add(&found.context(who, &workspace), &checked) {
                    // A retry whose first answer was lost is the writer's to know.
                    Ok(()) | Err(Refusal::IdTaken | Refusal::EmojiNameTaken(_)) => Ok(Ok(())),
                    Err(refusal) => Ok(Err(refusal.into())),
                }
            }
            .boxed()
        });
        first.await?;
        let seat = LOOKING.acquire().await.map_err(|_| Failure::Unavailable)?;
        let look = tokio::task::spawn_blocking(move || picture::emoji(&bytes));
        let looked = look.await;
        drop(seat);
        let looked = looked.map_err(|error| Failure::Bug(format!("a picture ended: {error}")))?;
        let picture = looked.ok_or(Refusal::BadEmojiPicture)?;
        wish.animated = picture.still.is_some();
        let (workspace, id) = (actor.workspace, wish.id);
        let rider = picture_rider(workspace, id, picture);
        // In the asker's name and with their rights; only the server says what a picture is.
        let server = Actor {
            grants: actor.grants,
            ..bot::internal(workspace, actor.member)
        };
        let command = Command::AddEmoji(wish);
        self.execute_with(&server, request, command, Some(rider))
            .await?;
        let read = self.inner.store.read(workspace, move |reader| {
            async move { emoji::get(reader, id).await }.boxed()
        });
        Ok(read.await?.ok_or(Refusal::UnknownEmoji)?)
    }

    /// All of them.
    pub async fn list_emoji(&self, actor: &Actor) -> Result<Vec<Raw>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(me(reader, &asker).await?);
                let items = emoji::list(reader).await?;
                Ok(Ok(items.into_iter().map(Raw::from).collect()))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_emoji(&self, actor: &Actor, id: EmojiId) -> Result<Emoji, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(me(reader, &asker).await?);
                let found = emoji::get(reader, id).await?;
                Ok(found.ok_or(Refusal::UnknownEmoji.into()))
            }
            .boxed()
        })
        .await
    }

    /// Media type and picture; with `still`, of one that moves its first picture.
    pub async fn get_emoji_picture(
        &self,
        actor: &Actor,
        id: EmojiId,
        still: bool,
    ) -> Result<(String, Bytes), Failure> {
        self.get_emoji(actor, id).await?;
        let workspace = actor.workspace;
        let read = self.inner.store.read_private(move |private| {
            let picture = private.get_emoji_picture(workspace, id, still);
            picture.boxed()
        });
        let (media_type, bytes) = read.await?.ok_or(Refusal::UnknownEmoji)?;
        Ok((media_type, bytes.into()))
    }
}

/// Writes the picture with its emoji. Those of emoji that are gone go then, too: looked for
/// before, removed with what is written.
fn picture_rider(workspace: WorkspaceId, id: EmojiId, picture: Picture) -> Rider {
    let unused = Arc::new(Mutex::new(Vec::new()));
    let found = unused.clone();
    Rider {
        join: None,
        check: Box::new(move |tx| {
            let found = found.clone();
            async move {
                *found.lock() = tx.private().list_unused_pictures(workspace).await?;
                Ok(Ok(()))
            }
            .boxed()
        }),
        write: Box::new(move |tx| {
            let mut private = tx.private();
            private.delete_emoji_pictures(workspace, &unused.lock())?;
            private.insert_emoji_picture(workspace, id, &picture)
        }),
    }
}

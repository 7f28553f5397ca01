//! Commands about custom emoji.

use super::{Decided, Desk, Who};
use tenon_domain::emoji::{EmojiContext, add_emoji, change_emoji, remove_emoji};
use tenon_protocol::{
    EmojiId,
    emoji::{AddEmoji, ChangeEmoji, Emoji, RemoveEmoji},
};
use tenon_store::{Reader, emoji, workspace};

pub(super) async fn add(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &AddEmoji) -> Decided {
    let names = names_of(command);
    let found = load(desk.tx, command.id, &names).await?;
    let workspace = workspace::load(desk.tx).await?;
    Ok(add_emoji(
        &found.context(who, &workspace),
        command,
        desk.now,
    ))
}

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &ChangeEmoji,
) -> Decided {
    let found = load(desk.tx, command.emoji, &command.aliases).await?;
    let workspace = workspace::load(desk.tx).await?;
    Ok(change_emoji(
        &found.context(who, &workspace),
        command,
        desk.now,
    ))
}

pub(super) async fn remove(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RemoveEmoji,
) -> Decided {
    let found = load(desk.tx, command.emoji, &[]).await?;
    let workspace = workspace::load(desk.tx).await?;
    Ok(remove_emoji(
        &found.context(who, &workspace),
        command,
        desk.now,
    ))
}

/// All that it is to be called.
pub(crate) fn names_of(command: &AddEmoji) -> Vec<String> {
    let names = std::iter::once(&command.name).chain(&command.aliases);
    names.cloned().collect()
}

/// What decisions about one emoji ask for.
pub(crate) struct Found {
    emoji: Option<Emoji>,
    others: Vec<Emoji>,
    count: i64,
}

/// Of each of these names, at most as many as a command may give.
pub(crate) async fn load(
    reader: &mut Reader<'_>,
    id: EmojiId,
    names: &[String],
) -> tenon_store::Result<Found> {
    let mut others = Vec::new();
    let most = tenon_protocol::limit::EMOJI_ALIASES_MAX + 1;
    for name in names.iter().take(most) {
        let found = emoji::find(reader, name).await?;
        others.extend(found.filter(|it| it.id != id));
    }
    Ok(Found {
        emoji: emoji::get(reader, id).await?,
        others,
        count: emoji::count(reader).await?,
    })
}

impl Found {
    pub fn context<'a>(
        &'a self,
        Who { actor, me }: Who<'a>,
        workspace: &'a tenon_protocol::workspace::Workspace,
    ) -> EmojiContext<'a> {
        EmojiContext {
            actor,
            me,
            workspace,
            emoji: self.emoji.as_ref(),
            others: &self.others,
            count: self.count,
        }
    }
}

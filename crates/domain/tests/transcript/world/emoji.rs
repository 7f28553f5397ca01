//! Commands about custom emoji: their contexts, loaded from memory.

use super::World;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    emoji::{EmojiContext, add_emoji, change_emoji, name_in_colons, remove_emoji},
    refusal::Refusal,
};
use tenon_protocol::{Command, Timestamp, emoji::Emoji, member::Member};

impl World {
    pub(super) fn decide_emoji(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let id = match command {
            Command::AddEmoji(command) => command.id,
            Command::ChangeEmoji(command) => command.emoji,
            Command::RemoveEmoji(command) => command.emoji,
            _ => unreachable!("of another noun"),
        };
        let others = self.emoji.values().filter(|it| it.id != id).cloned();
        let others: Vec<Emoji> = others.collect();
        let context = EmojiContext {
            actor,
            me,
            workspace: &self.workspace,
            emoji: self.emoji.get(&id),
            others: &others,
            count: self.emoji.len() as i64,
        };
        match command {
            Command::AddEmoji(command) => add_emoji(&context, command, now),
            Command::ChangeEmoji(command) => change_emoji(&context, command, now),
            Command::RemoveEmoji(command) => remove_emoji(&context, command, now),
            _ => unreachable!("of another noun"),
        }
    }

    /// The one that a reaction names.
    pub(super) fn emoji_named(&self, text: &str) -> Option<&Emoji> {
        let name = name_in_colons(text)?;
        let mut all = self.emoji.values();
        all.find(|it| it.names().any(|it| it == name))
    }
}

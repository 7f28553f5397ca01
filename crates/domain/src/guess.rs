//! What a task made of a message is filled in with: a title, who, when, how pressing. Called by
//! the decision about `MakeTask` and by the preview of it; a person sees and corrects the result.
//!
//! The rules are written where they are applied: `guess/due.rs`, `guess/day.rs` (weeks,
//! months), `guess/clock.rs` (hours), `guess/priority.rs`, `guess/task_type.rs`,
//! `guess/title.rs`. Quotations and code are not the writer's own words and count only where
//! there is nothing else.

mod chinese;
mod clock;
mod cursor;
mod day;
mod due;
mod english;
mod number;
mod priority;
mod task_type;
mod title;

use crate::{markup, names::Names};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use tenon_protocol::{
    ProjectId, Timestamp,
    limit::ASSIGNEES_MAX,
    member::{Language, Member, MemberKind},
    task::Guess,
    task_type::BUG,
};

/// Limit: characters of a message that are looked at.
pub const GUESS_CHARS_MAX: usize = 4_000;

/// What is known where a message becomes a task.
#[derive(Clone, Debug)]
pub struct GuessInput<'a> {
    /// The message, Markdown as typed.
    pub text: &'a str,
    /// The active members it mentions, in its order.
    pub mentions: &'a [&'a Member],
    /// The project of its channel.
    pub channel_project: Option<ProjectId>,
    /// Who wrote the message. A text without words gets a title in their language.
    pub author: &'a Member,
    pub now: Timestamp,
    /// IANA name, of whoever makes the task: "tomorrow" is theirs. UTC if there is no such zone.
    pub time_zone: &'a str,
}

/// Fills in what the words say. The title is never empty: without a sentence that says anything
/// it is the text itself, without any text "Untitled task" (`未命名任务`).
pub fn guess(input: &GuessInput) -> Guess {
    let text = own_words(input.text);
    let names: Names = input.mentions.iter().copied().collect();
    let due = due::find(&text, &today(input.now, input.time_zone));
    let bug = task_type::find_bug(&text);
    let taken = title::Taken {
        mentions: markup::mentions(&text, &names),
        due: due
            .as_ref()
            .filter(|due| !due.needed)
            .map(|due| due.place.clone()),
    };
    let people = input
        .mentions
        .iter()
        .filter(|member| member.kind == MemberKind::Person);
    Guess {
        title: title::find(&text, &taken).unwrap_or_else(|| untitled(input.author.language)),
        project: input.channel_project,
        task_type: bug.as_ref().map(|_| BUG.to_owned()),
        type_words: bug.map(|place| text[place].to_owned()),
        assignees: people.map(|member| member.id).take(ASSIGNEES_MAX).collect(),
        due: due.as_ref().map(|due| due.due),
        due_words: due.map(|due| text[due.place].trim().to_owned()),
        priority: priority::find(&text),
    }
}

/// The lines of the text that are neither quotation nor code; all lines if there are no others.
fn own_words(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(GUESS_CHARS_MAX)
        .map_or(text.len(), |(end, _)| end);
    let lines = markup::lines(&text[..end]);
    let all = lines.iter().all(|line| line.aside);
    let mut words = String::with_capacity(text.len());
    for line in lines.iter().filter(|line| all || !line.aside) {
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(line.text.trim());
    }
    words
}

/// The zone of that IANA name; UTC if there is none.
pub(crate) fn zone(time_zone: &str) -> TimeZone {
    // Compiled in, so that the answer does not depend on the machine.
    let zone = TimeZoneDatabase::bundled().get(time_zone);
    zone.unwrap_or(TimeZone::UTC)
}

fn today(now: Timestamp, time_zone: &str) -> day::Today {
    let zone = zone(time_zone);
    day::Today {
        now,
        date: zone.to_datetime(now).date(),
        zone,
    }
}

fn untitled(language: Language) -> String {
    match language {
        Language::English => "Untitled task".to_owned(),
        Language::Chinese => "未命名任务".to_owned(),
    }
}

#[cfg(test)]
mod tests;

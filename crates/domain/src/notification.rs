//! Notifications: whom an entry of the log concerns, who of them is told or not, and why. The
//! notifier (`engine/notifier.rs`) asks `concerned_by_…` and sends what it hears as `Notify`.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    mail::next_at,
    refusal::Refusal,
};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};
use tenon_protocol::{
    MemberId, MessageId, NotificationId, ProjectId, Scope, Timestamp,
    channel::{Channel, ChannelKind},
    checklist::ChecklistItem,
    event::{Event, Fact},
    group::GroupMention,
    limit,
    member::{Member, MemberKind},
    message::Message,
    notification::{
        Because, Concern, FollowThread, Notification, Notify, Reason, Suppression,
        UpdateNotifications, excerpt,
    },
    preference::{ChannelSetting, Level, Preferences},
    project::Project,
    task::{Task, TaskChange},
};
use uuid::Uuid;

// --- whom it concerns ---

/// What the notifier knows of the place of a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Members of the channel, if it is a direct one.
    pub direct: &'a [MemberId],
    /// Members of the channel if the message mentions all of them, and they are not too many.
    pub everyone: &'a [MemberId],
    /// Names of the groups that the message mentions, in its order.
    pub groups: &'a [String],
    /// Who follows the thread, or the task.
    pub followers: &'a [MemberId],
    /// Who wants to hear of every message.
    pub listeners: &'a [MemberId],
    /// Whose keyword it holds.
    pub keywords: &'a [(MemberId, String)],
}

/// Whom a new message concerns, each once, never its author.
pub fn concerned_by_message(message: &Message, place: &Place<'_>) -> Vec<Concern> {
    let mut concerned = Concerned::except(message.author);
    if message.card.is_some() || message.context.is_some() || message.deleted {
        return vec![];
    }
    let follows = match message.task {
        Some(_) => Reason::TaskMessage,
        None => Reason::ThreadReply,
    };
    if let Some(acknowledgement) = &message.acknowledgement {
        concerned.add(&acknowledgement.waiting, Reason::Acknowledgement);
    }
    concerned.add(&message.mentions, Reason::Mention);
    concerned.add_groups(&message.mentions_groups, place.groups);
    if let Some(quote) = message
        .quote
        .iter()
        .find(|it| Some(it.channel) == message.channel)
    {
        let authors: Vec<MemberId> = quote.quotes.iter().map(|it| it.author).collect();
        concerned.add(&authors, Reason::Quote);
    }
    concerned.add(place.everyone, Reason::ChannelMention);
    concerned.add(place.direct, Reason::DirectMessage);
    concerned.add(place.followers, follows);
    for (member, keyword) in place.keywords {
        if let Some(concern) = concerned.add_one(*member, Reason::Keyword) {
            concern.keyword = Some(keyword.clone());
        }
    }
    if message.in_stream() {
        concerned.add(place.listeners, Reason::ChannelMessage);
    }
    concerned.list
}

/// Whom a request for acknowledgements concerns, or a reminder of one.
pub fn concerned_by_acknowledgement(actor: MemberId, waiting: &[MemberId]) -> Vec<Concern> {
    let mut concerned = Concerned::except(actor);
    concerned.add(waiting, Reason::Acknowledgement);
    concerned.list
}

/// Whom the end of a poll concerns: its author, unless they ended it.
pub fn concerned_by_poll(actor: MemberId, author: MemberId) -> Vec<Concern> {
    let mut concerned = Concerned::except(actor);
    concerned.add(&[author], Reason::PollClosed);
    concerned.list
}

/// Whom an edit concerns: those whom the message names only now. `groups`: named now, and their
/// names.
pub fn concerned_by_edit(
    author: MemberId,
    before: &[MemberId],
    after: &[MemberId],
    groups: (&[GroupMention], &[String]),
) -> Vec<Concern> {
    let mut concerned = Concerned::except(author);
    concerned.add(after, Reason::Mention);
    concerned.add_groups(groups.0, groups.1);
    let before: HashSet<&MemberId> = before.iter().collect();
    let mut list = concerned.list;
    list.retain(|concern| !before.contains(&concern.member));
    list
}

/// Whom a new task concerns.
pub fn concerned_by_task(actor: MemberId, task: &Task) -> Vec<Concern> {
    let mut concerned = Concerned::except(actor);
    concerned.add(&task.assignees, Reason::TaskAssigned);
    concerned.list
}

/// Whom changes of a task concern; `task` is as it is now.
pub fn concerned_by_changes(actor: MemberId, task: &Task, changes: &[TaskChange]) -> Vec<Concern> {
    let mut concerned = Concerned::except(actor);
    for change in changes {
        if let TaskChange::Assignees { from, to } = change {
            for member in to.iter().filter(|member| !from.contains(member)) {
                concerned.add_one(*member, Reason::TaskAssigned);
            }
        }
        if let TaskChange::Item { from, to, .. } = change {
            let person = |item: &Option<ChecklistItem>| item.as_ref().and_then(|it| it.assignee);
            let new = person(to).filter(|member| person(from) != Some(*member));
            if let Some(member) = new {
                concerned.add_one(member, Reason::TaskAssigned);
            }
        }
        if let TaskChange::State { .. } = change {
            concerned.add(&task.assignees, Reason::TaskState);
            concerned.add(&task.followers, Reason::TaskState);
        }
    }
    concerned.list
}

struct Concerned {
    except: MemberId,
    places: HashMap<MemberId, usize>,
    list: Vec<Concern>,
}

impl Concerned {
    fn except(except: MemberId) -> Self {
        Self {
            except,
            places: HashMap::new(),
            list: vec![],
        }
    }

    fn add(&mut self, members: &[MemberId], reason: Reason) {
        for member in members {
            self.add_one(*member, reason);
        }
    }

    fn add_groups(&mut self, groups: &[GroupMention], names: &[String]) {
        for (index, group) in groups.iter().enumerate() {
            for member in &group.members {
                if let Some(concern) = self.add_one(*member, Reason::GroupMention) {
                    concern.group = names.get(index).cloned().filter(|name| !name.is_empty());
                }
            }
        }
    }

    fn add_one(&mut self, member: MemberId, reason: Reason) -> Option<&mut Concern> {
        if member == self.except {
            return None;
        }
        let at = match self.places.get(&member) {
            Some(at) => *at,
            None if self.list.len() >= limit::CONCERNED_MEMBERS_MAX => return None,
            None => {
                self.places.insert(member, self.list.len());
                self.list.push(Concern {
                    member,
                    reasons: vec![],
                    keyword: None,
                    group: None,
                });
                self.list.len() - 1
            }
        };
        let concern = &mut self.list[at];
        if !concern.reasons.contains(&reason) {
            concern.reasons.push(reason);
        }
        Some(concern)
    }
}

// --- who is told ---

/// What is known of one member whom it concerns.
pub struct Known<'a> {
    pub member: &'a Member,
    /// In the channel since before it was said, or sees the project.
    pub sees: bool,
    /// Of the channel.
    pub setting: Option<&'a ChannelSetting>,
    /// None: as they are at first.
    pub preferences: Option<&'a Preferences>,
    /// Read position in the channel.
    pub read: i64,
    /// The notification in their inbox that stands for the same conversation.
    pub existing: Option<&'a Notification>,
    /// Their oldest ones, to be done so that there is room for one more.
    pub overdue: &'a [NotificationId],
}

pub struct NotifyContext<'a> {
    pub actor: &'a Actor,
    /// As it is now.
    pub message: Option<&'a Message>,
    /// Of the message.
    pub channel: Option<&'a Channel>,
    /// That of the message, or of the command.
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub known: &'a dyn Fn(MemberId) -> Option<Known<'a>>,
}

/// The server itself. Nothing is told of what is gone, to whoever may not see it, or to bots.
pub fn notify(
    context: &NotifyContext<'_>,
    command: &Notify,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let none = Ok(Decision::of(Uuid::nil(), vec![]));
    if command.concerned.len() > limit::NOTIFY_MEMBERS_MAX {
        return Err(Refusal::TooMany {
            field: "concerned",
            max: limit::NOTIFY_MEMBERS_MAX,
        });
    }
    let gone = |message: &Message| message.deleted;
    if command.message.is_some() && context.message.is_none_or(gone) {
        return none;
    }
    let Some(about) = About::of(context, command) else {
        return none;
    };
    let zones = TimeZoneDatabase::bundled();
    let mut facts = Vec::with_capacity(command.concerned.len());
    for concern in &command.concerned {
        let Some(concern) = standing(concern, context.message) else {
            continue;
        };
        let known = (context.known)(concern.member);
        let known = known.filter(|known| known.sees && known.member.active);
        if let Some(known) = known.filter(|known| known.member.kind == MemberKind::Person) {
            facts.push(about.told(command, &concern, &known, &zones, now));
        }
    }
    Ok(Decision::of(Uuid::nil(), facts))
}

/// Without a request that was answered or withdrawn meanwhile; none if nothing else is left.
fn standing<'a>(concern: &'a Concern, message: Option<&Message>) -> Option<Cow<'a, Concern>> {
    let asks = message.and_then(|it| it.acknowledgement.as_ref());
    let waits = asks.is_some_and(|it| it.waiting.contains(&concern.member));
    if waits || !concern.reasons.contains(&Reason::Acknowledgement) {
        return Some(Cow::Borrowed(concern));
    }
    let mut concern = concern.clone();
    concern.reasons.retain(|it| *it != Reason::Acknowledgement);
    (!concern.reasons.is_empty()).then_some(Cow::Owned(concern))
}

/// Where it is and what it says.
struct About<'a> {
    channel: Option<&'a Channel>,
    thread: Option<MessageId>,
    task: Option<&'a Task>,
    project: Option<ProjectId>,
    state: Option<&'a str>,
    excerpt: String,
}

impl<'a> About<'a> {
    /// None if the task or channel is gone.
    fn of(context: &NotifyContext<'a>, command: &Notify) -> Option<Self> {
        let task = context.task.filter(|task| !task.deleted);
        let project = context.project.map(|project| project.id);
        let Some(message) = context.message else {
            let task = task?;
            let states = &context.project?.workflow.states;
            let state = states.iter().find(|state| state.id == task.state);
            return command.task.map(|_| Self {
                channel: None,
                thread: None,
                task: Some(task),
                project,
                state: state.map(|state| state.name.as_str()),
                excerpt: excerpt(&task.title),
            });
        };
        if message.task.is_some() {
            task?;
        } else {
            context.channel?;
        }
        Some(Self {
            channel: context.channel.filter(|_| message.channel.is_some()),
            thread: message.thread,
            task: task.filter(|_| message.task.is_some()),
            project: project.filter(|_| message.task.is_some()),
            state: None,
            excerpt: excerpt(&message.text),
        })
    }

    fn told(
        &self,
        command: &Notify,
        concern: &Concern,
        known: &Known<'_>,
        zones: &TimeZoneDatabase,
        now: Timestamp,
    ) -> Fact {
        let verdict = judge(&concern.reasons, self.channel, known.setting);
        let (reason, suppressed) = match verdict {
            Ok(reason) => (reason, None),
            Err((reason, suppression)) => (reason, Some(suppression)),
        };
        let detail = match reason {
            Reason::Keyword => concern.keyword.clone(),
            Reason::GroupMention => concern.group.clone(),
            Reason::TaskState => self.state.map(str::to_owned),
            _ => None,
        };
        let zone = zones.get(&known.member.time_zone);
        let quiet = known.preferences.is_some_and(|preferences| {
            is_quiet(preferences, zone.as_ref().unwrap_or(&TimeZone::UTC), now)
        });
        let mut notification = Notification {
            id: notification_id(command.cause, concern.member),
            seq: 0,
            cause: command.cause,
            at: command.at,
            reason,
            actor: command.actor,
            channel: self.channel.map(|channel| channel.id),
            thread: self.thread,
            task: self.task.map(|task| task.id),
            project: self.project,
            message: command.message,
            key: self.task.map(|task| task.key.clone()),
            detail,
            excerpt: self.excerpt.clone(),
            count: 1,
            quiet,
            suppressed,
            read: None,
            done: suppressed.is_some(),
            snoozed_until: None,
        };
        let same = notification.conversation();
        let existing = known
            .existing
            .filter(|existing| suppressed.is_none() && same == existing.conversation());
        if let Some(existing) = existing.filter(|existing| is_unread(existing, known.read)) {
            notification.count = existing.count + 1;
        }
        let replaces = existing.map(|existing| existing.id);
        let done = match (suppressed, replaces) {
            (None, None) => known.overdue.to_vec(),
            _ => vec![],
        };
        let event = Event::NotificationAdded {
            notification,
            replaces,
            done,
        };
        fact(Scope::Inbox(concern.member), event)
    }
}

/// Told as it is, with the oldest ones done to make room for it.
pub(crate) fn room_for(
    scope: Scope,
    notification: Notification,
    overdue: &[NotificationId],
) -> Fact {
    let event = Event::NotificationAdded {
        notification,
        replaces: None,
        done: overdue.to_vec(),
    };
    fact(scope, event)
}

/// As the database keeps it: a finer time would differ between rows and replicas.
pub(crate) fn whole_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// The first reason that the member's setting lets through, or why none is.
fn judge(
    reasons: &[Reason],
    channel: Option<&Channel>,
    setting: Option<&ChannelSetting>,
) -> Result<Reason, (Reason, Suppression)> {
    let first = reasons.first().copied().unwrap_or(Reason::ChannelMessage);
    let Some(channel) = channel else {
        return Ok(first);
    };
    let (level, muted) = level_of(channel.kind, setting);
    let mut why = None;
    for reason in reasons {
        match suppression(*reason, level, muted) {
            None => return Ok(*reason),
            Some(suppression) => why = why.or(Some((*reason, suppression))),
        }
    }
    Err(why.unwrap_or((first, Suppression::LevelMentions)))
}

/// What the member wants to hear of a channel, and whether it is muted.
pub fn level_of(kind: ChannelKind, setting: Option<&ChannelSetting>) -> (Level, bool) {
    let usual = match kind {
        ChannelKind::Direct => Level::All,
        ChannelKind::Public | ChannelKind::Private => Level::Mentions,
    };
    let level = setting.and_then(|setting| setting.level).unwrap_or(usual);
    (level, setting.is_some_and(|setting| setting.muted))
}

fn suppression(reason: Reason, level: Level, muted: bool) -> Option<Suppression> {
    // Somebody waits for an answer.
    if reason == Reason::Acknowledgement {
        return None;
    }
    if level == Level::Nothing {
        return Some(Suppression::LevelNothing);
    }
    match reason {
        Reason::Acknowledgement
        | Reason::Mention
        | Reason::Quote
        | Reason::GroupMention
        | Reason::Reminder
        | Reason::PollClosed
        | Reason::NotSent
        | Reason::ThreadReply
        | Reason::TaskAssigned
        | Reason::TaskMessage
        | Reason::TaskState => None,
        Reason::ChannelMention | Reason::Keyword => muted.then_some(Suppression::Muted),
        Reason::DirectMessage | Reason::ChannelMessage => {
            if muted {
                Some(Suppression::Muted)
            } else {
                (level == Level::Mentions).then_some(Suppression::LevelMentions)
            }
        }
    }
}

/// Whether the member has not seen it, given their read position in its channel.
pub fn is_unread(notification: &Notification, read: i64) -> bool {
    let in_stream = notification.channel.is_some() && notification.thread.is_none();
    match notification.read {
        Some(is_read) => !is_read,
        None => !(in_stream && notification.cause <= read),
    }
}

/// Whether it must make no sound now.
pub fn is_quiet(preferences: &Preferences, zone: &TimeZone, now: Timestamp) -> bool {
    if preferences
        .do_not_disturb_until
        .is_some_and(|end| now < end)
    {
        return true;
    }
    let Some(hours) = preferences.quiet_hours else {
        return false;
    };
    let time = zone.to_datetime(now).time();
    let minute = time.hour() as u16 * 60 + time.minute() as u16;
    let (from, until) = (hours.from_minutes, hours.until_minutes);
    if from < until {
        (from..until).contains(&minute)
    } else {
        minute >= from || minute < until
    }
}

/// When quiet that holds now ends: quiet hours and do not disturb may follow on each other.
pub fn quiet_until(preferences: &Preferences, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let paused = preferences.do_not_disturb_until.filter(|end| *end > now);
    let end = paused.unwrap_or(now);
    let silent = Preferences {
        do_not_disturb_until: None,
        ..preferences.clone()
    };
    match preferences.quiet_hours {
        Some(hours) if is_quiet(&silent, zone, end) => next_at(end, hours.until_minutes, zone),
        _ => end,
    }
}

/// One entry tells one member once, so its id follows from both.
pub(crate) fn notification_id(cause: i64, member: MemberId) -> NotificationId {
    let mut bytes = *member.0.as_bytes();
    // A seq of 48 bits is never reached; the second half of a member's id is random.
    bytes[..6].copy_from_slice(&cause.to_be_bytes()[2..]);
    NotificationId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

// --- what a member does with them ---

pub struct UpdateNotificationsContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// Those of the command that exist in this member's inbox or are done.
    pub found: &'a [Notification],
    /// How many are in the inbox.
    pub active: usize,
}

/// One's own inbox.
pub fn update_notifications(
    context: &UpdateNotificationsContext<'_>,
    command: &UpdateNotifications,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    if command.notifications.len() > limit::INBOX_ITEMS_MAX {
        return Err(Refusal::TooMany {
            field: "notifications",
            max: limit::INBOX_ITEMS_MAX,
        });
    }
    if command.snoozed_until.flatten().is_some_and(|at| at <= now) {
        return Err(Refusal::InThePast {
            field: "snoozed_until",
        });
    }
    let scope = Scope::Inbox(context.me.id);
    let mut facts = vec![];
    let brings_back = command.done == Some(false);
    let back = |it: &&Notification| brings_back && it.done && it.suppressed.is_none();
    let restored = context.found.iter().filter(back).map(|it| Notification {
        done: false,
        ..it.clone()
    });
    let restored: Vec<Notification> = restored.collect();
    if context.active + restored.len() > limit::INBOX_ITEMS_MAX {
        return Err(Refusal::TooMany {
            field: "notifications",
            max: limit::INBOX_ITEMS_MAX,
        });
    }
    let back: HashSet<NotificationId> = restored.iter().map(|it| it.id).collect();
    if !restored.is_empty() {
        let event = Event::NotificationsRestored {
            notifications: restored,
        };
        facts.push(fact(scope, event));
    }
    let done = command.done == Some(true);
    let snoozed_until = command.snoozed_until.map(|until| until.map(whole_micros));
    let changes = |it: &&Notification| {
        done || command.read.is_some_and(|read| it.read != Some(read))
            || snoozed_until.is_some_and(|until| it.snoozed_until != until)
    };
    let is_in = |it: &&Notification| !it.done || back.contains(&it.id);
    let changed = context.found.iter().filter(is_in).filter(changes);
    let changed: Vec<NotificationId> = changed.map(|it| it.id).collect();
    if !changed.is_empty() {
        let event = Event::NotificationsChanged {
            notifications: changed,
            read: command.read,
            done,
            snoozed_until,
        };
        facts.push(fact(scope, event));
    }
    Ok(Decision::of(context.me.id.0, facts))
}

pub struct FollowThreadContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// The message, and where it lies.
    pub message: Option<&'a Message>,
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    pub follows: bool,
}

/// A thread of a channel that one is in.
pub fn follow_thread(
    context: &FollowThreadContext<'_>,
    command: &FollowThread,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let place = context.channel.map(|it| (it, context.standing));
    let message = access::readable_message(me, context.message, place, None)?;
    access::joined_channel(me, context.channel, context.standing)?;
    let thread = message.thread.unwrap_or(message.id);
    let facts = if context.follows == command.follow {
        vec![]
    } else {
        let event = Event::ThreadFollowed {
            thread,
            follow: command.follow,
        };
        vec![fact(Scope::Inbox(me.id), event)]
    };
    Ok(Decision::of(thread.0, facts))
}

// --- why ---

/// The stable name of a reason.
pub fn because(notification: &Notification) -> Because {
    match (notification.suppressed, notification.reason) {
        (Some(Suppression::Muted), _) => Because::Muted,
        (Some(Suppression::LevelNothing), _) => Because::LevelNothing,
        (Some(Suppression::LevelMentions), _) => Because::LevelMentions,
        (None, Reason::Acknowledgement) => Because::Acknowledgement,
        (None, Reason::Mention) => Because::Mention,
        (None, Reason::Quote) => Because::Quote,
        (None, Reason::GroupMention) => Because::GroupMention,
        (None, Reason::TaskAssigned) => Because::TaskAssigned,
        (None, Reason::ChannelMention) => Because::ChannelMention,
        (None, Reason::DirectMessage) => Because::DirectMessage,
        (None, Reason::ThreadReply) => Because::ThreadReply,
        (None, Reason::TaskMessage) => Because::TaskMessage,
        (None, Reason::TaskState) => Because::TaskState,
        (None, Reason::Keyword) => Because::Keyword,
        (None, Reason::ChannelMessage) => Because::ChannelMessage,
        (None, Reason::Reminder) => Because::Reminder,
        (None, Reason::PollClosed) => Because::PollClosed,
        (None, Reason::NotSent) => Because::NotSent,
    }
}

/// One sentence for people who ask over the interface; the web UI has its own in both languages.
pub fn sentence(because: Because) -> &'static str {
    match because {
        Because::Acknowledgement => {
            "You were notified because you are asked to acknowledge the message."
        }
        Because::Mention => "You were notified because it mentions you.",
        Because::Quote => "You were notified because it answers a message of yours.",
        Because::GroupMention => "You were notified because it mentions a group that you are in.",
        Because::TaskAssigned => "You were notified because the task was assigned to you.",
        Because::ChannelMention => "You were notified because it mentions everyone in the channel.",
        Because::DirectMessage => "You were notified because it is a direct message.",
        Because::ThreadReply => "You were notified because you follow the thread.",
        Because::TaskMessage => "You were notified because you follow the task.",
        Because::TaskState => "You were notified because a task that you follow changed state.",
        Because::Keyword => "You were notified because it holds one of your keywords.",
        Because::ChannelMessage => {
            "You were notified because you want to hear of every message in the channel."
        }
        Because::Reminder => "You were notified because you asked to be reminded of it.",
        Because::PollClosed => "You were notified because a poll of yours is closed.",
        Because::NotSent => "You were notified because it could not be sent when you wanted.",
        Because::Muted => "You were not notified because you muted the channel.",
        Because::LevelNothing => {
            "You were not notified because you want to hear nothing of the channel."
        }
        Because::LevelMentions => {
            "You were not notified because you want to hear only of mentions in the channel."
        }
        Because::Own => "You were not notified because it is your own.",
        Because::Ordinary => {
            "You were not notified because nothing in it was addressed to you; the channel counts it."
        }
        Because::NotThere => {
            "You were not notified because you were not in the channel when it was said."
        }
        Because::ChannelTooLarge => {
            "You were not notified because the channel is too large for that; the channel counts it."
        }
        Because::GroupTooLarge => {
            "You were not notified because the group is too large for its author to tell at once."
        }
        Because::Pending => "Nobody has been notified of it yet; ask again in a moment.",
    }
}

/// Folds a keyword or a text, so that case and width do not matter.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(|letter| crate::names::half_width(letter).to_lowercase())
        .collect()
}

/// Whether a match at `start..end` of a folded text is a whole word; Chinese has no gaps.
pub fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let first = text[start..end].chars().next();
    let glued = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(crate::names::is_word) && outside.is_some_and(crate::names::is_word)
    };
    !glued(first, text[..start].chars().next_back())
        && !glued(
            text[start..end].chars().next_back(),
            text[end..].chars().next(),
        )
}

/// Whether a channel is small enough for `@channel` to notify everyone.
pub fn notifies_everyone(members: usize) -> bool {
    members <= limit::CHANNEL_MENTION_MEMBERS_MAX
}

//! Everything that can grow has a limit, and the limit has a name. Clients read the ones that
//! concern them from `welcome.limits`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Limit: text of one message, bytes of UTF-8.
pub const MESSAGE_TEXT_BYTES_MAX: usize = 64 * 1024;
/// Limit: description of a task, bytes of UTF-8.
pub const TASK_DESCRIPTION_BYTES_MAX: usize = 64 * 1024;
/// Limit: title of a task, characters.
pub const TASK_TITLE_CHARS_MAX: usize = 250;
/// Limit: names of channels, projects, members, states; characters.
pub const NAME_CHARS_MAX: usize = 80;
/// Limit: text of a status, characters.
pub const STATUS_CHARS_MAX: usize = 100;
/// Limit: topic or project description, characters.
pub const TOPIC_CHARS_MAX: usize = 500;
/// Limit: description of a channel, characters.
pub const DESCRIPTION_CHARS_MAX: usize = 2_000;
/// Limit: pinned messages of one channel.
pub const PINS_PER_CHANNEL_MAX: usize = 100;
/// Limit: bookmarks of one channel.
pub const BOOKMARKS_PER_CHANNEL_MAX: usize = 50;
/// Limit: address of a bookmark, bytes of UTF-8.
pub const URL_BYTES_MAX: usize = 2_000;
/// Limit: one request body or one socket frame from a client, bytes.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Limit: members of one direct channel, the creator included.
pub const DIRECT_MEMBERS_MAX: usize = 9;
/// Limit: managers of one channel, besides its creator.
pub const MANAGERS_MAX: usize = 20;
/// Limit: channels that new members of the workspace, or of one space, join by themselves.
pub const DEFAULT_CHANNELS_MAX: usize = 20;
/// Limit: different emoji on one message.
pub const REACTIONS_PER_MESSAGE_MAX: usize = 20;
/// Limit: assignees of one task.
pub const ASSIGNEES_MAX: usize = 20;
/// Limit: types of one project.
pub const TYPES_MAX: usize = 30;
/// Limit: types that were removed from one project.
pub const TYPES_REPLACED_MAX: usize = 200;
/// Limit: custom fields of one project, the archived too.
pub const FIELDS_MAX: usize = 100;
/// Limit: options of one field, the archived too.
pub const FIELD_OPTIONS_MAX: usize = 100;
/// Limit: options of all fields of one project.
pub const PROJECT_OPTIONS_MAX: usize = 1_000;
/// Limit: characters of the text that a task has of a field.
pub const FIELD_TEXT_CHARS_MAX: usize = 500;
/// Limit: options of one field that a task has.
pub const FIELD_CHOICES_MAX: usize = 20;
/// Limit: the greatest number that a task has of a field; its opposite is the least.
pub const FIELD_NUMBER_MAX: f64 = 1e12;
/// Limit: digits behind the point of such a number; it has 15 in all.
pub const FIELD_DECIMALS_MAX: usize = 6;
/// Limit: templates of tasks of one project.
pub const TEMPLATES_MAX: usize = 50;
/// Limit: bytes of all templates of one project, as JSON; half of what fits into one request.
pub const TEMPLATES_BYTES_MAX: usize = 512 * 1024;
/// Limit: days from the making of a task to the dates that a template gives it.
pub const TEMPLATE_DAYS_MAX: u32 = 3_650;
/// Limit: links of one task.
pub const LINKS_MAX: usize = 50;
/// Limit: days between two tasks of which one blocks the other.
pub const LAG_DAYS_MAX: u16 = 365;
/// Limit: tasks gone through to find whether a link would make a circle.
pub const LINKED_TASKS_MAX: usize = 2_000;
/// Limit: items of one checklist.
pub const CHECKLIST_ITEMS_MAX: usize = 100;
/// Limit: labels of one task.
pub const LABELS_MAX: usize = 30;
/// Limit: characters of one label.
pub const LABEL_CHARS_MAX: usize = 40;
/// Limit: states of one workflow.
pub const STATES_MAX: usize = 40;
/// Limit: messages one task can be made from, and quotes kept with it.
pub const QUOTES_MAX: usize = 50;
/// Limit: projects that one channel follows.
pub const FEEDS_PER_CHANNEL_MAX: usize = 20;
/// Limit: depth of sub-tasks.
pub const TASK_DEPTH_MAX: usize = 50;
/// Limit: tasks whose roll-ups are asked for at once.
pub const ROLL_UPS_MAX: usize = 100;
/// Limit: groups of one workspace.
pub const GROUPS_MAX: usize = 2_000;
/// Limit: members put into one group itself.
pub const GROUP_MEMBERS_MAX: usize = 10_000;
/// Limit: members of all groups of a workspace together.
pub const GROUP_PLACES_MAX: usize = 500_000;
/// Limit: members put into a group, or taken out, at once.
pub const GROUP_CHANGE_MEMBERS_MAX: usize = 1_000;
/// Limit: managers of one group.
pub const GROUP_MANAGERS_MAX: usize = 20;
/// Limit: depth of departments.
pub const GROUP_DEPTH_MAX: usize = 10;
/// Limit: different groups that one message mentions; further ones are not told.
pub const GROUP_MENTIONS_MAX: usize = 20;
/// Limit: members whom anybody tells by mentioning a group.
pub const GROUP_MENTION_MEMBERS_MAX: usize = 100;
/// Limit: members whom administrators and the group's managers tell by mentioning it.
pub const LARGE_GROUP_MENTION_MEMBERS_MAX: usize = 1_000;
/// Limit: groups that one space or channel follows.
pub const ROSTER_GROUPS_MAX: usize = 20;
/// Limit: spaces and channels that follow one group.
pub const GROUP_FOLLOWERS_MAX: usize = 500;
/// Limit: members whom the server takes into a space or channel, or out, at once, for the sake of
/// what it follows.
pub const ROSTER_BITE_MEMBERS_MAX: usize = 100;
/// Limit: spaces of one workspace.
pub const SPACES_MAX: usize = 500;
/// Limit: members of one space.
pub const SPACE_MEMBERS_MAX: i64 = 10_000;
/// Limit: members put into a space, or taken out, at once.
pub const SPACE_CHANGE_MEMBERS_MAX: usize = 100;
/// Limit: members put into a closed space or taken out at once, times the channels and projects in
/// it: each of them is told of each.
pub const SPACE_CHANGE_PLACES_MAX: usize = 2_000;
/// Limit: managers of one space, besides its creator.
pub const SPACE_MANAGERS_MAX: usize = 20;
/// Limit: channels in one space.
pub const SPACE_CHANNELS_MAX: i64 = 200;
/// Limit: projects in one space.
pub const SPACE_PROJECTS_MAX: i64 = 100;
/// Limit: entries a reconnecting client is sent before it is told to reset.
pub const DELTA_ENTRIES_MAX: i64 = 5_000;
/// Limit: items in one page of a list.
pub const PAGE_ITEMS_MAX: u32 = 200;
/// Items in one page of a list when the client does not say.
pub const PAGE_ITEMS_DEFAULT: u32 = 50;
/// Limit: an avatar picture, bytes.
pub const AVATAR_BYTES_MAX: usize = 128 * 1024;
/// Limit: custom emoji of one workspace.
pub const EMOJI_MAX: i64 = 5_000;
/// Limit: the picture of a custom emoji as it is sent, bytes.
pub const EMOJI_BYTES_MAX: usize = 256 * 1024;
/// Limit: name of a custom emoji, characters.
pub const EMOJI_NAME_CHARS_MAX: usize = 32;
/// Limit: other names of one custom emoji.
pub const EMOJI_ALIASES_MAX: usize = 10;
/// Limit: options of one poll.
pub const POLL_OPTIONS_MAX: usize = 20;
/// Limit: text of one option, characters.
pub const POLL_OPTION_CHARS_MAX: usize = 200;
/// In an anonymous poll that is open, counts are told once so many ballots are new.
pub const ANONYMOUS_BALLOTS_MIN: i64 = 3;
/// Limit: prior edits that a message keeps visible.
pub const MESSAGE_EDITS_MAX: usize = 50;
/// Limit: a search as typed, bytes of UTF-8.
pub const SEARCH_BYTES_MAX: usize = 1_024;
/// Limit: words and filters of one search.
pub const SEARCH_WORDS_MAX: usize = 32;
/// Limit: results of one search, over all its pages.
pub const SEARCH_RESULTS_MAX: usize = 1_000;
/// Limit: files that one message carries.
pub const MESSAGE_FILES_MAX: usize = 10;
/// Limit: bytes of one file, where the operator says nothing else.
pub const FILE_BYTES_MAX_DEFAULT: u64 = 100 * 1024 * 1024;
/// Limit: bytes of a file's name; more is cut, its extension kept.
pub const FILE_NAME_BYTES_MAX: usize = 200;
/// Limit: files that one member uploads within an hour.
pub const FILES_PER_HOUR_MAX: i64 = 1_000;

/// Limit: linked pages of one message that are previewed.
pub const PREVIEWS_PER_MESSAGE_MAX: usize = 3;
/// Limit: characters of the title that a preview shows.
pub const PREVIEW_TITLE_CHARS_MAX: usize = 200;
/// Limit: characters of the description that a preview shows.
pub const PREVIEW_DESCRIPTION_CHARS_MAX: usize = 400;

/// Limit: notifications in one inbox; the oldest are done when more come.
pub const INBOX_ITEMS_MAX: usize = 300;
/// Limit: notifications of one member that are done, the newest ones.
pub const DONE_ITEMS_MAX: i64 = 1_000;
/// Limit: characters of a message that a notification shows.
pub const EXCERPT_CHARS_MAX: usize = 200;
/// Limit: members told by one command.
pub const NOTIFY_MEMBERS_MAX: usize = 100;
/// Limit: members of a channel in which `@channel` notifies; in larger ones it is counted alone.
pub const CHANNEL_MENTION_MEMBERS_MAX: usize = 1_000;
/// Limit: members told of one entry for other reasons, such as a thread that many follow.
pub const CONCERNED_MEMBERS_MAX: usize = 1_000;
/// Limit: members of a channel in which authors see who has read.
pub const READERS_MAX: i64 = 200;
/// Limit: members whom one message asks to acknowledge it.
pub const ACKNOWLEDGEMENT_MEMBERS_MAX: usize = 200;
/// Limit: messages of one channel that wait for acknowledgements.
pub const ACKNOWLEDGEMENTS_PER_CHANNEL_MAX: usize = 100;
/// Limit: minutes between two reminders of one acknowledgement, at least.
pub const ACKNOWLEDGEMENT_REMINDER_MINUTES: i64 = 60;
/// Limit: devices of one member that are pushed to; the oldest makes room for the newest.
pub const PUSH_DEVICES_MAX: usize = 20;
/// Limit: pushes that wait for one device; further ones are not sent.
pub const PUSHES_WAITING_MAX: i64 = 100;
/// Limit: bytes of the address at a push service.
pub const PUSH_ENDPOINT_BYTES_MAX: usize = 2_000;
/// Limit: notifications of one member that wait to be mailed; further ones are not mailed.
pub const MISSED_MAX: i64 = 300;
/// Limit: notifications that one mail shows; of more it says how many.
pub const MAIL_ITEMS_MAX: usize = 20;
/// Limit: what went wrong with mail that administrators are shown, members.
pub const MAIL_FAULTS_MAX: i64 = 20;
/// Limit: characters that are kept of what a mail server says.
pub const MAIL_FAULT_CHARS_MAX: usize = 300;
/// Limit: pause between two mails that a member asks for to see whether they come, seconds.
pub const TEST_MAIL_PAUSE_S: i64 = 30;
/// Limit: threads that a member's list of threads is made of, those last followed.
pub const THREADS_MAX: i64 = 1_000;
/// Limit: messages that one member keeps for later.
pub const SAVED_MAX: usize = 300;
/// Limit: how long a client holds a message back before it is sent, seconds.
pub const UNDO_SEND_S_MAX: u8 = 10;
/// Limit: messages that one member has scheduled.
pub const SCHEDULED_MAX: usize = 100;
/// Limit: drafts of one member; further ones stay on their device.
pub const DRAFTS_MAX: usize = 200;
/// Limit: texts that one draft sets aside; the oldest goes.
pub const SET_ASIDE_MAX: usize = 5;
/// Limit: keywords of one member.
pub const KEYWORDS_MAX: usize = 30;
/// Limit: sections of one side bar, besides those that everyone has.
pub const SECTIONS_MAX: usize = 30;
/// Limit: rows of one side bar that were put into a section.
pub const SIDE_BAR_ROWS_MAX: usize = 500;
/// Limit: channels that one command marks as read; the rest stays unread.
pub const MARKED_CHANNELS_MAX: usize = 2_000;
/// Limit: channels of one member with a setting of their own.
pub const CHANNEL_SETTINGS_MAX: usize = 2_000;
/// Limit: bytes of a query for tasks.
pub const QUERY_BYTES_MAX: usize = 20_000;
/// Limit: conditions of one query.
pub const QUERY_TERMS_MAX: usize = 200;
/// Limit: parentheses and NOTs within one another.
pub const QUERY_DEPTH_MAX: usize = 30;
/// Limit: values that one query names in all.
pub const QUERY_VALUES_MAX: usize = 1_000;
/// Limit: parts of an order.
pub const QUERY_SORTS_MAX: usize = 5;

/// Limit: domains with whose addresses new members come in.
pub const MAIL_DOMAINS_MAX: usize = 50;
/// Limit: API tokens of one member. Those past their end make room.
pub const TOKENS_PER_MEMBER_MAX: usize = 100;
/// Limit: incoming webhooks of one workspace; each has a bot of its own.
pub const HOOKS_MAX: usize = 500;
/// Limit: invitations of one workspace that are not used up.
pub const INVITATIONS_MAX: usize = 1_000;
/// Limit: the shortest password that a policy may ask for at most, characters.
pub const PASSWORD_CHARS_MIN_MAX: u32 = 64;
/// Limit: days that a policy lets a session last.
pub const SESSION_DAYS_MAX: u32 = 365;
/// Limit: hours that a policy lets a session rest.
pub const SESSION_IDLE_HOURS_MAX: u32 = 90 * 24;
/// Limit: minutes within which a policy lets authors change messages.
pub const CHANGE_MINUTES_MAX: u32 = 365 * 24 * 60;
/// Limit: types of files that a policy names.
pub const FILE_TYPES_MAX: usize = 100;
/// Limit: characters of such a type.
pub const FILE_TYPE_CHARS_MAX: usize = 100;
/// Limit: minutes that a link to a file opens for.
pub const FILE_LINK_MINUTES_MAX: u32 = 24 * 60;
/// Minutes that a link to a file opens for if its maker does not say.
pub const FILE_LINK_MINUTES: u32 = 60;
/// The smallest limit that a policy sets for files, bytes.
pub const POLICY_BYTES_MIN: u64 = 1024 * 1024;
/// Limit: days that a rule of retention keeps something.
pub const RETENTION_DAYS_MAX: u32 = 36_500;
/// Limit: messages erased together.
pub const ERASURE_MESSAGES_MAX: usize = 100;
/// Limit: entries that tell of one task and are erased together.
pub const ERASURE_ENTRIES_MAX: usize = 100;
/// Days for which a deleted task can be restored.
pub const TRASH_DAYS: i64 = 30;
/// How long the preview of a rule can be confirmed, minutes.
pub const RETENTION_PREVIEW_MINUTES: i64 = 15;
/// Limit: a logo as it is uploaded, bytes.
pub const LOGO_BYTES_MAX: usize = 1024 * 1024;
/// Width and height of a logo as it is kept, pixels.
pub const LOGO_PIXELS: u32 = 512;

/// The limits a client must know to refuse early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Limits {
    pub message_text_bytes_max: usize,
    pub task_description_bytes_max: usize,
    pub task_title_chars_max: usize,
    pub name_chars_max: usize,
    pub body_bytes_max: usize,
    pub direct_members_max: usize,
    pub message_files_max: usize,
    pub group_mention_members_max: usize,
    pub large_group_mention_members_max: usize,
    /// Chosen by the operator.
    pub file_bytes_max: u64,
}

impl Limits {
    /// The limits of this build.
    pub fn current() -> Self {
        Self {
            message_text_bytes_max: MESSAGE_TEXT_BYTES_MAX,
            task_description_bytes_max: TASK_DESCRIPTION_BYTES_MAX,
            task_title_chars_max: TASK_TITLE_CHARS_MAX,
            name_chars_max: NAME_CHARS_MAX,
            body_bytes_max: BODY_BYTES_MAX,
            direct_members_max: DIRECT_MEMBERS_MAX,
            message_files_max: MESSAGE_FILES_MAX,
            group_mention_members_max: GROUP_MENTION_MEMBERS_MAX,
            large_group_mention_members_max: LARGE_GROUP_MENTION_MEMBERS_MAX,
            file_bytes_max: FILE_BYTES_MAX_DEFAULT,
        }
    }
}

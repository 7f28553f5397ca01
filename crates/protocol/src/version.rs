//! The version of the protocol, and the hash that tells when it must change.
//!
//! Invariant: a change of anything that crosses the wire changes [`PROTOCOL_HASH`]; the test below
//! then asks for a new version and a line of history.
//!
//! | version | what changed |
//! |---|---|
//! | 1 | the spine: people, channels, messages, projects, tasks, feeds |
//! | 2 | the inbox: notifications, followed threads, preferences, settings of channels |
//! | 3 | search |
//! | 4 | pins and bookmarks of a channel, its description |
//! | 5 | saved messages and reminders |
//! | 6 | files: messages carry them |
//! | 7 | messages that ask to be acknowledged |
//! | 8 | a member's own side bar; all channels marked as read at once |
//! | 9 | who has read; quotes; followed threads, and replies that stand in their channel too |
//! | 10 | groups, and mentions of them |
//! | 11 | managers of a channel, who posts in it, hidden and default channels |
//! | 12 | previews of linked pages |
//! | 13 | drafts on all devices of a member |
//! | 14 | files in search |
//! | 15 | statuses and working hours of members |
//! | 16 | push to devices |
//! | 17 | scheduled messages; a time to take back what one sends |
//! | 18 | spaces |
//! | 19 | threads that are settled |
//! | 20 | custom emoji; polls |
//! | 21 | what follows a group: members of spaces and channels; default channels of a space |
//! | 22 | mail of what was missed |
//! | 23 | kept messages follow edits in channels that one does not hear |
//! | 24 | the query language: what is wrong with a query, and where |
//! | 25 | the policy of a workspace, its logo, sessions and invitations in administration |
//! | 26 | types of tasks, a day to start on, checklists; links between tasks |
//! | 27 | retention: rules, their preview, and what they erase |
//! | 28 | types and links of files; files of scheduled messages, to be taken off; code `unseen` |
//! | 29 | tasks are archived, lie in a trash, and come back |
//! | 30 | roll-ups of sub-tasks |
//! | 31 | custom fields of projects, and what tasks have of them |
//! | 32 | templates of tasks |

/// Sent in `welcome`. A client of another version asks its user to reload.
pub const PROTOCOL_VERSION: u32 = 32;

/// BLAKE3 of the wire types as OpenAPI, 16 hexadecimal digits.
pub const PROTOCOL_HASH: &str = "aa29103617cb5ab5";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Wire;
    use utoipa::OpenApi;

    #[test]
    fn a_change_of_the_wire_is_a_new_version() {
        let document = Wire::openapi().to_json().unwrap();
        let hash = blake3::hash(document.as_bytes()).to_hex()[..16].to_owned();
        assert_eq!(
            hash, PROTOCOL_HASH,
            "the wire types changed: raise PROTOCOL_VERSION if released clients would \
             misunderstand, write a line of history, then set PROTOCOL_HASH"
        );
    }

    /// It writes the number down by itself; with another one it would never be confirmed.
    #[test]
    fn the_web_ui_speaks_this_version() {
        let web = include_str!("../../../web/src/protocol/index.ts");
        let line = format!("export const PROTOCOL_VERSION = {PROTOCOL_VERSION}\n");
        assert!(web.contains(&line), "set it in web/src/protocol/index.ts");
    }
}

//! Tokens: no command without its scope, whoever holds the token; and nobody deactivated.

use crate::{
    script::{self, Symbols},
    world::World,
};
use tenon_domain::{
    access,
    audience::{Audience, Breadth, audience},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MemberId, ProjectId, Scope, SpaceId, member::Role,
};

/// Every command, with its token scope and the lines that send it.
/// Invariant: a new command does not compile without a line.
macro_rules! commands {
    ($($scope:ident { $($command:ident: $($line:literal),+;)+ })+) => {
        /// (scope, line, whether a command is the one that the line is for)
        const COMMANDS: &[(&str, &str, fn(&Command) -> bool)] = &[$($($((
            stringify!($scope),
            $line,
            |command| matches!(command, Command::$command(_)),
        ),)+)+)+];

        fn scope_of(command: &Command) -> &'static str {
            match command { $($(Command::$command(_) => stringify!($scope),)+)+ }
        }
    };
}

commands! {
    admin {
        RenameWorkspace: "rename_workspace name=X";
        HideReaders: "hide_readers hidden=true";
        HideMailContent: "hide_mail_content hidden=true";
        RestrictEmoji: "restrict_emoji restricted=true";
        ChangePolicy: "change_policy password_chars_min=12";
        ChangeMailDomains: "change_mail_domains domains=[\"x.example\"]";
        ChangeLogo: "change_logo";
        ChangeRetention: "change_retention retention={}";
        ChangeChannelRetention: "change_channel_retention channel=#a retention={}";
        EraseTask: "erase_task task=%t messages=[]";
        EraseMessages: "erase_messages channel=#a messages=[]";
        EraseFiles: "erase_files channel=#a messages=[]";
        SignOutEveryone: "sign_out_everyone";
        AddMember: "add_member id=@new name=New role=member";
        UpdateMember: "update_member member=@alice name=X";
        ChangeRole: "change_role member=@bob role=member";
        DeactivateMember: "deactivate_member member=@bob";
        ReactivateMember: "reactivate_member member=@bob";
        ClearStatus: "clear_status member=@bob until=2025-11-22T09:00:00Z";
        CreateGroup: "create_group id=+new kind=free name=new";
        UpdateGroup: "update_group group=+g name=X";
        ChangeGroupMembers: "change_group_members group=+g add=[@bob]";
        DeleteGroup: "delete_group group=+g";
    }
    chat {
        CreateSpace: "create_space id=&new name=new";
        UpdateSpace: "update_space space=&s name=X";
        ChangeSpaceMembers: "change_space_members space=&s add=[@bob]";
        FollowGroup: "follow_group roster={\"space\":&s} group=+g follow=true",
            "follow_group roster={\"channel\":#a} group=+g follow=true";
        SettleMembers: "settle_members roster={\"space\":&s} add=[@bob]";
        CreateChannel: "create_channel id=#new name=new kind=public",
            "create_channel id=#new name=new kind=public space=&s",
            "create_channel id=#new name=new kind=public project=$p";
        OpenDirect: "open_direct id=#new members=[@bob]";
        UpdateChannel: "update_channel channel=#a topic=X",
            "update_channel channel=#a space=&s",
            "update_channel channel=#a project=$p";
        ChangeChannelRole: "change_channel_role channel=#a member=@bob role=manager";
        AddChannelMember: "add_channel_member channel=#a member=@bob";
        RemoveChannelMember: "remove_channel_member channel=#a member=@bob";
        MarkRead: "mark_read channel=#a seq=0";
        MarkAllRead: "mark_all_read seq=0";
        PostMessage: "post_message id=!new channel=#a text=X",
            "post_message id=!new channel=#a thread=!m text=X",
            "post_message id=!new task=%t text=X";
        EditMessage: "edit_message message=!m text=X";
        DeleteMessage: "delete_message message=!m";
        AddReaction: "add_reaction message=!m emoji=👍";
        RemoveReaction: "remove_reaction message=!m emoji=👍";
        PinMessage: "pin_message message=!m";
        UnpinMessage: "unpin_message message=!m";
        RequestAcknowledgement: "request_acknowledgement message=!m of=members";
        WithdrawAcknowledgement: "withdraw_acknowledgement message=!m";
        AcknowledgeMessage: "acknowledge_message message=!m";
        RemindOfAcknowledgement: "remind_of_acknowledgement message=!m";
        AddPollOption: "add_poll_option message=!m text=X";
        ClosePoll: "close_poll message=!m";
        CountPoll: "count_poll message=!m";
        ShowPreviews: "show_previews message=!m previews=[]";
        RemovePreview: "remove_preview message=!m url=https://a.example";
        AddBookmark: "add_bookmark id=~new channel=#a title=X url=https://a.example";
        UpdateBookmark: "update_bookmark channel=#a bookmark=~b title=X";
        RemoveBookmark: "remove_bookmark channel=#a bookmark=~b";
        AddFeed: "add_feed channel=#a project=$p";
        RemoveFeed: "remove_feed channel=#a project=$p";
        ShowCard: "show_card id=!card channel=#a task=%t \
            changed_by=@alice changed_at=2025-11-22T09:00:00Z";
        AddEmoji: "add_emoji id=^new name=new_one";
        ChangeEmoji: "change_emoji emoji=^e aliases=[]";
        RemoveEmoji: "remove_emoji emoji=^e";
        Notify: "notify cause=1 at=2025-11-22T09:00:00Z actor=@bob message=!m concerned=[]";
        UpdateNotifications: "update_notifications notifications=[] read=true";
        ResolveThread: "resolve_thread message=!m";
        ReopenThread: "reopen_thread message=!m";
        FollowThread: "follow_thread message=!m follow=true";
        ChangePreferences: "change_preferences preferences={}";
        ChangeChannelSetting: "change_channel_setting channel=#a muted=true";
        AddSection: "add_section id=§s name=S";
        UpdateSection: "update_section section=§s name=S";
        RemoveSection: "remove_section section=§s";
        PlaceRow: "place_row row={\"channel\":#a} section=7e700000-0000-4000-8000-000000000001";
        FoldSpace: "fold_space space=&s folded=true";
        SaveMessage: "save_message message=!m";
        UnsaveMessage: "unsave_message message=!m";
        FireReminder: "fire_reminder member=@bob message=!m at=2025-11-22T09:00:00Z";
        ScheduleMessage: "schedule_message id=!new channel=#a text=X at=2025-11-22T09:00:00Z";
        ChangeScheduled: "change_scheduled message=!m text=X";
        CancelScheduled: "cancel_scheduled message=!m";
        SettleScheduled: "settle_scheduled member=@bob message=!m at=2025-11-22T09:00:00Z";
    }
    work {
        CreateProject: "create_project id=$new key=NEW name=New",
            "create_project id=$new key=NEW name=New space=&s";
        UpdateProject: "update_project project=$p name=X",
            "update_project project=$p space=&s";
        ChangeWorkflow: "change_workflow project=$p states=[]";
        ChangeTypes: "change_types project=$p types=[]";
        ChangeFields: "change_fields project=$p fields=[]";
        ChangeTemplates: "change_templates project=$p templates=[]";
        AddProjectMember: "add_project_member project=$p member=@bob";
        RemoveProjectMember: "remove_project_member project=$p member=@bob";
        CreateTask: "create_task id=%new project=$p title=X";
        UpdateTask: "update_task task=%t title=X";
        MoveTask: "move_task task=%t state=done";
        ArchiveTask: "archive_task task=%t";
        DeleteTask: "delete_task task=%t";
        RestoreTask: "restore_task task=%t";
        FollowTask: "follow_task task=%t follow=false";
        MakeTask: "make_task id=%new message=!m project=$p";
        AddChecklistItems: "add_checklist_items task=%t items=[]";
        UpdateChecklistItem: "update_checklist_item task=%t item=%i done=true";
        RemoveChecklistItem: "remove_checklist_item task=%t item=%i";
        MakeSubtask: "make_subtask task=%t item=%i id=%new";
        LinkTasks: "link_tasks task=%t kind=relates other=%t";
        UnlinkTasks: "unlink_tasks task=%t kind=relates other=%t";
    }
}

/// What the server does by itself; nobody else may, whatever they hold.
const INTERNAL: &[&str] = &[
    "clear_status",
    "add_emoji",
    "change_retention",
    "change_channel_retention",
    "erase_messages",
    "erase_task",
    "erase_files",
    "count_poll",
    "show_previews",
    "settle_members",
    "show_card",
    "notify",
    "fire_reminder",
    "settle_scheduled",
];

fn is_internal(line: &str) -> bool {
    INTERNAL.iter().any(|kind| line.starts_with(kind))
}

fn world() -> World {
    let mut world = World::new();
    world.given(
        "alice> create_space id=&s name=S
         alice> create_channel id=#a name=a kind=public
         alice> create_project id=$p key=PP name=P
         alice> create_task id=%t project=$p title=T
         alice> post_message id=!m channel=#a text=m
         server:alice> add_emoji id=^e name=e_one
         alice> create_group id=+g kind=free name=G
         alice> add_bookmark id=~b channel=#a title=B url=https://b.example",
    );
    world
}

#[test]
fn a_token_does_only_what_it_was_made_for() {
    for (scope, line, _) in COMMANDS.iter().filter(|(_, line, _)| !is_internal(line)) {
        let others = ["read", "chat", "work", "admin"]
            .into_iter()
            .filter(|other| other != scope);
        let others = others.collect::<Vec<_>>().join(",");
        let refused = world().run(&format!("alice[{others}]> {line}"));
        let code = refused.as_ref().map_err(Refusal::code);
        assert_eq!(code.err(), Some(ErrorCode::Forbidden), "{line}");
        assert!(
            matches!(refused, Err(Refusal::MissingGrant(_))),
            "{line}: {refused:?}"
        );
        let allowed = world().run(&format!("alice[{scope}]> {line}"));
        assert!(
            !matches!(allowed, Err(Refusal::MissingGrant(_))),
            "{line}: {allowed:?}"
        );
    }
}

#[test]
fn what_the_server_does_by_itself_nobody_else_does() {
    let all = COMMANDS.iter().map(|(_, line, _)| line);
    let internal: Vec<_> = all.filter(|line| is_internal(line)).collect();
    assert_eq!(internal.len(), INTERNAL.len());
    for line in internal {
        let refused = world().run(&format!("alice> {line}"));
        assert_eq!(refused, Err(Refusal::InternalOnly), "{line}");
    }
}

#[test]
fn whoever_was_deactivated_does_nothing() {
    for (_, line, _) in COMMANDS.iter().filter(|(_, line, _)| !is_internal(line)) {
        let mut world = world();
        world.given(
            "alice> change_role member=@bob role=owner
             bob> deactivate_member member=@alice",
        );
        assert_eq!(
            world.run(&format!("alice> {line}")),
            Err(Refusal::Unauthenticated),
            "{line}"
        );
    }
}

/// Whatever the command, a thing that one may not know of is refused like one that is not there.
#[test]
fn hidden_things_and_missing_things_are_refused_alike() {
    let hidden = "alice> create_space id=&h name=H kind=closed
         alice> create_channel id=#h name=h kind=private
         alice> create_project id=$h key=HH name=H visibility=private
         alice> create_task id=%h project=$h title=H
         alice> post_message id=!h channel=#h text=h
         alice> post_message id=!k task=%h text=h";
    for (_, line, _) in COMMANDS.iter().filter(|(scope, ..)| *scope != "admin") {
        for who in ["bob", "carol", "gina", "robot"] {
            let pairs = [
                ("#a", "#h"),
                ("$p", "$h"),
                ("%t", "%h"),
                ("!m", "!h"),
                ("!m", "!k"),
                ("&s", "&h"),
            ];
            for (visible, hidden_name) in pairs.iter().filter(|(it, _)| line.contains(it)) {
                let mut world = world();
                world.given(hidden);
                let line = format!("{who}> {}", line.replace(visible, hidden_name));
                let gone = line
                    .replace(hidden_name, "§")
                    .replace('§', &format!("{}gone", &visible[..1]));
                let of_hidden = world.run(&line).map(|done| done.facts);
                let of_missing = world.run(&gone).map(|done| done.facts);
                // Refused, or passed over.
                assert_eq!(of_hidden.as_ref().map_or(0, Vec::len), 0, "{line}");
                assert_eq!(of_hidden, of_missing, "{line}");
            }
        }
    }
}

#[test]
fn every_command_has_its_scope() {
    for (scope, line, is_it) in COMMANDS {
        let command = script::read(&format!("alice> {line}"), &mut Symbols::default()).command;
        assert!(is_it(&command), "{line}");
        let told = serde_json::to_value(access::required_grant(&command)).unwrap();
        assert_eq!((told.as_str(), scope_of(&command)), (Some(*scope), *scope));
    }
}

#[test]
fn an_audience_follows_from_the_scope() {
    let (channel, project) = (ChannelId(uuid::Uuid::nil()), ProjectId(uuid::Uuid::nil()));
    let space = SpaceId(uuid::Uuid::nil());
    let (me, other) = (MemberId(uuid::Uuid::nil()), MemberId(uuid::Uuid::max()));
    let sees = |scope, breadth, role, is_in: bool| {
        audience(scope, breadth).includes(me, role, |asked| is_in && asked == scope)
    };
    let breadth = |non_guests, space| Some(Breadth { non_guests, space });
    let (wide, narrow) = (breadth(true, None), breadth(false, None));
    let near = breadth(false, Some(space));
    // (scope, breadth, guest outside, guest inside, member outside, member inside)
    let table = [
        (Scope::Workspace, None, true, true, true, true),
        (Scope::Members, None, false, false, true, true),
        (Scope::Space(space), wide, false, true, true, true),
        (Scope::Space(space), narrow, false, true, false, true),
        (Scope::Space(space), None, false, true, false, true),
        (Scope::Channel(channel), None, false, true, false, true),
        (Scope::Channel(channel), wide, false, true, false, true),
        (Scope::Project(project), wide, false, true, true, true),
        (Scope::Project(project), narrow, false, true, false, true),
        (Scope::Project(project), near, false, true, false, true),
        (Scope::Project(project), None, false, true, false, true),
        (Scope::Inbox(me), None, true, true, true, true),
        (Scope::Inbox(other), None, false, false, false, false),
    ];
    let in_space = |scope| scope == Scope::Space(space);
    let audience_near = audience(Scope::Project(project), near);
    assert!(audience_near.includes(me, Role::Guest, in_space));
    assert!(!audience(Scope::Project(project), wide).includes(me, Role::Guest, in_space));
    for (scope, breadth, guest_out, guest_in, member_out, member_in) in table {
        assert_eq!(
            sees(scope, breadth, Role::Guest, false),
            guest_out,
            "{scope}"
        );
        assert_eq!(sees(scope, breadth, Role::Guest, true), guest_in, "{scope}");
        // An administrator sees no more than a member.
        for role in [Role::Member, Role::Admin, Role::Owner] {
            assert_eq!(sees(scope, breadth, role, false), member_out, "{scope}");
            assert_eq!(sees(scope, breadth, role, true), member_in, "{scope}");
        }
    }
    assert_eq!(audience(Scope::Inbox(other), None), Audience::One(other));
}

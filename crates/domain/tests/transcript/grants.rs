//! Tokens: no command without its scope, whoever holds the token; and nobody deactivated.

use crate::world::World;
use tenon_domain::{
    access,
    audience::{Audience, Breadth, audience},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MemberId, ProjectId, Scope, SpaceId, credential::TokenScope,
    member::Role,
};

/// One line for every command that an outsider can send.
const COMMANDS: &[(&str, &str)] = &[
    ("admin", "rename_workspace name=X"),
    ("admin", "hide_mail_content hidden=true"),
    ("admin", "add_member id=@new name=New role=member"),
    ("admin", "update_member member=@alice name=X"),
    ("admin", "change_role member=@bob role=member"),
    ("admin", "deactivate_member member=@bob"),
    ("admin", "reactivate_member member=@bob"),
    ("chat", "create_space id=&new name=new"),
    ("chat", "update_space space=&s name=X"),
    ("chat", "change_space_members space=&s add=[@bob]"),
    (
        "chat",
        "follow_group roster={\"space\":&s} group=+g follow=true",
    ),
    (
        "chat",
        "follow_group roster={\"channel\":#a} group=+g follow=true",
    ),
    ("chat", "create_channel id=#new name=new kind=public"),
    (
        "chat",
        "create_channel id=#new name=new kind=public space=&s",
    ),
    ("chat", "update_channel channel=#a space=&s"),
    ("work", "update_project project=$p space=&s"),
    ("chat", "open_direct id=#new members=[@bob]"),
    ("chat", "update_channel channel=#a topic=X"),
    (
        "chat",
        "change_channel_role channel=#a member=@bob role=manager",
    ),
    ("chat", "add_channel_member channel=#a member=@bob"),
    ("chat", "remove_channel_member channel=#a member=@bob"),
    ("chat", "mark_read channel=#a seq=0"),
    ("chat", "mark_all_read seq=0"),
    ("chat", "add_section id=§s name=S"),
    ("chat", "update_section section=§s name=S"),
    ("chat", "remove_section section=§s"),
    ("chat", "fold_space space=&s folded=true"),
    (
        "chat",
        "place_row row={\"channel\":#a} section=7e700000-0000-4000-8000-000000000001",
    ),
    ("chat", "post_message id=!new channel=#a text=X"),
    ("chat", "edit_message message=!m text=X"),
    ("chat", "delete_message message=!m"),
    ("chat", "add_reaction message=!m emoji=👍"),
    ("chat", "remove_reaction message=!m emoji=👍"),
    ("chat", "add_feed channel=#a project=$p"),
    ("chat", "remove_feed channel=#a project=$p"),
    ("work", "create_project id=$new key=NEW name=New"),
    ("work", "update_project project=$p name=X"),
    ("work", "change_workflow project=$p states=[]"),
    ("work", "add_project_member project=$p member=@bob"),
    ("work", "remove_project_member project=$p member=@bob"),
    ("work", "create_task id=%new project=$p title=X"),
    ("work", "update_task task=%t title=X"),
    ("work", "move_task task=%t state=done"),
    ("work", "delete_task task=%t"),
    ("work", "follow_task task=%t follow=false"),
    ("work", "make_task id=%new message=!m project=$p"),
];

fn world() -> World {
    let mut world = World::new();
    world.given(
        "alice> create_space id=&s name=S
         alice> create_channel id=#a name=a kind=public
         alice> create_project id=$p key=PP name=P
         alice> create_task id=%t project=$p title=T
         alice> post_message id=!m channel=#a text=m",
    );
    world
}

#[test]
fn a_token_does_only_what_it_was_made_for() {
    for (scope, line) in COMMANDS {
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
fn whoever_was_deactivated_does_nothing() {
    for (_, line) in COMMANDS {
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
    for (_, line) in COMMANDS.iter().filter(|(scope, _)| *scope != "admin") {
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
                let of_hidden = world.run(&line);
                let of_missing = world.run(
                    &line
                        .replace(hidden_name, "§")
                        .replace('§', &format!("{}gone", &visible[..1])),
                );
                assert!(of_hidden.is_err(), "{line}");
                assert_eq!(of_hidden, of_missing, "{line}");
            }
        }
    }
}

#[test]
fn every_command_has_its_scope() {
    let command = Command::RenameWorkspace(tenon_protocol::workspace::RenameWorkspace {
        name: String::new(),
    });
    assert_eq!(access::required_grant(&command), TokenScope::Admin);
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

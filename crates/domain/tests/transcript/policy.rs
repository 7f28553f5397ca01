//! What administrators decide for the workspace, and what follows from it for everyone.

use crate::world::World;
use expect_test::expect;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    member::Role,
    policy::{Inviters, Policy},
};

#[test]
fn administrators_decide_and_everyone_is_told() {
    World::new().check(
        r#"
        carol> change_policy password_chars_min=12
        bob> change_policy password_chars_min=12 session_idle_hours=8 inviters=members
        bob> change_policy password_chars_min=12
        bob> change_policy session_idle_hours=null edit_minutes=0
        bob> change_policy password_chars_min=7
        bob> change_policy session_days=0
        bob> change_policy session_days=366
        bob> change_policy session_idle_hours=0
        bob> change_policy file_bytes_max=1000
        bob> change_policy storage_bytes_max=9007199254740992
        bob> change_policy delete_minutes=525601
        "#,
        expect![[r#"
            carol> change_policy password_chars_min=12
              ! forbidden: Only administrators can do this; ask one.
            bob> change_policy password_chars_min=12 session_idle_hours=8 inviters=members
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"everyone_mentioners":"everyone","inviters":"members","password_chars_min":12,"session_days":30,"session_idle_hours":8}}
            bob> change_policy password_chars_min=12
              (nothing)
            bob> change_policy session_idle_hours=null edit_minutes=0
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"members","password_chars_min":12,"session_days":30,"session_idle_hours":8},"to":{"edit_minutes":0,"everyone_mentioners":"everyone","inviters":"members","password_chars_min":12,"session_days":30}}
            bob> change_policy password_chars_min=7
              ! invalid [password_chars_min]: password_chars_min must be from 8 to 64.
            bob> change_policy session_days=0
              ! invalid [session_days]: session_days must be from 1 to 365.
            bob> change_policy session_days=366
              ! invalid [session_days]: session_days must be from 1 to 365.
            bob> change_policy session_idle_hours=0
              ! invalid [session_idle_hours]: session_idle_hours must be from 1 to 2160.
            bob> change_policy file_bytes_max=1000
              ! invalid [file_bytes_max]: file_bytes_max must be from 1048576 to 9007199254740991.
            bob> change_policy storage_bytes_max=9007199254740992
              ! invalid [storage_bytes_max]: storage_bytes_max must be from 1048576 to 9007199254740991.
            bob> change_policy delete_minutes=525601
              ! invalid [delete_minutes]: delete_minutes must be from 0 to 525600.
        "#]],
    );
}

#[test]
fn types_of_files_are_kept_in_one_spelling() {
    World::new().check(
        r#"
        carol> change_policy file_types={"rule":"only","types":["pdf"]}
        bob> change_policy file_types={"rule":"except","types":["*.EXE",".bat","video/*","exe"]}
        bob> change_policy file_types={"rule":"except","types":["exe","bat","Video/*"]}
        bob> change_policy file_types={"rule":"only","types":[]}
        bob> change_policy file_types={"rule":"except","types":["*/*"]}
        bob> change_policy file_types={"rule":"except","types":[]}
        carol> change_policy file_links=false
        bob> change_policy file_links=false
        bob> change_policy file_links=false
        "#,
        expect![[r#"
            carol> change_policy file_types={"rule":"only","types":["pdf"]}
              ! forbidden: Only administrators can do this; ask one.
            bob> change_policy file_types={"rule":"except","types":["*.EXE",".bat","video/*","exe"]}
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"everyone_mentioners":"everyone","file_types":{"rule":"except","types":["bat","exe","video/*"]},"inviters":"administrators","password_chars_min":8,"session_days":30}}
            bob> change_policy file_types={"rule":"except","types":["exe","bat","Video/*"]}
              (nothing)
            bob> change_policy file_types={"rule":"only","types":[]}
              ! invalid [file_types]: file_types is empty; fill it in.
            bob> change_policy file_types={"rule":"except","types":["*/*"]}
              ! invalid [file_types]: A type of files is an ending like exe, or a media type like application/pdf or video/*.
            bob> change_policy file_types={"rule":"except","types":[]}
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","file_types":{"rule":"except","types":["bat","exe","video/*"]},"inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30}}
            carol> change_policy file_links=false
              ! forbidden: Only administrators can do this; ask one.
            bob> change_policy file_links=false
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"everyone_mentioners":"everyone","file_links":false,"inviters":"administrators","password_chars_min":8,"session_days":30}}
            bob> change_policy file_links=false
              (nothing)
        "#]],
    );
}

#[test]
fn domains_are_told_to_everyone_but_guests() {
    World::new().check(
        r#"
        carol> change_mail_domains domains=["example.com"]
        bob> change_mail_domains domains=["@Example.com","acme.example","example.com"]
        bob> change_mail_domains domains=["acme.example","example.com"]
        bob> change_mail_domains domains=["example.com/x"]
        bob> change_mail_domains domains=[]
        "#,
        expect![[r#"
            carol> change_mail_domains domains=["example.com"]
              ! forbidden: Only administrators can do this; ask one.
            bob> change_mail_domains domains=["@Example.com","acme.example","example.com"]
              members mail_domains_changed {"from":[],"to":["acme.example","example.com"]}
            bob> change_mail_domains domains=["acme.example","example.com"]
              (nothing)
            bob> change_mail_domains domains=["example.com/x"]
              ! invalid [domains]: A domain is like example.com; write each one by itself.
            bob> change_mail_domains domains=[]
              members mail_domains_changed {"from":["acme.example","example.com"],"to":[]}
        "#]],
    );
}

#[test]
fn the_server_alone_keeps_logos_and_ends_sessions() {
    World::new().check(
        r#"
        bob> change_logo logo="abc"
        server:bob> change_logo logo="abc"
        server:bob> change_logo logo="abc"
        server:carol> change_logo
        server:bob> change_logo
        bob> sign_out_everyone
        server:carol> sign_out_everyone
        server:bob> sign_out_everyone
        "#,
        expect![[r#"
            bob> change_logo logo="abc"
              ! forbidden: Only the server itself does this.
            server:bob> change_logo logo="abc"
              workspace logo_changed {"logo":"abc"}
            server:bob> change_logo logo="abc"
              (nothing)
            server:carol> change_logo
              ! forbidden: Only administrators can do this; ask one.
            server:bob> change_logo
              workspace logo_changed {}
            bob> sign_out_everyone
              ! forbidden: Only the server itself does this.
            server:carol> sign_out_everyone
              ! forbidden: Only administrators can do this; ask one.
            server:bob> sign_out_everyone
              workspace everyone_signed_out {}
        "#]],
    );
}

#[test]
fn a_whole_channel_is_mentioned_by_whom_the_policy_says() {
    let mut world = World::new();
    world.given(
        r#"carol> create_channel id=#general name=general kind=public members=[@gina,@lilei]
           gina> open_direct id=#two members=[@lilei]
           lilei> post_message id=!old channel=#general text="hi @channel"
           bob> change_policy everyone_mentioners=managers"#,
    );
    world.check(
        r#"
        lilei> post_message id=!a channel=#general text="hello @channel"
        lilei> post_message id=!a channel=#general text="`@channel` in code"
        lilei> post_message id=!b channel=#two text="both of us @channel"
        carol> post_message id=!c channel=#general text="hello @channel"
        lilei> edit_message message=!a text="hello @channel"
        lilei> edit_message message=!old text="once more @channel"
        "#,
        expect![[r#"
            lilei> post_message id=!a channel=#general text="hello @channel"
              ! mention_restricted [text]: Only those who manage the channel mention all of it; name the people instead.
            lilei> post_message id=!a channel=#general text="`@channel` in code"
              channel:#general message_posted {"message":{"author":@lilei,"channel":#general,"id":!a,"text":"`@channel` in code"}}
            lilei> post_message id=!b channel=#two text="both of us @channel"
              channel:#two message_posted {"message":{"author":@lilei,"channel":#two,"id":!b,"mentions_channel":true,"text":"both of us @channel"}}
            carol> post_message id=!c channel=#general text="hello @channel"
              channel:#general message_posted {"message":{"author":@carol,"channel":#general,"id":!c,"mentions_channel":true,"text":"hello @channel"}}
            lilei> edit_message message=!a text="hello @channel"
              ! mention_restricted [text]: Only those who manage the channel mention all of it; name the people instead.
            lilei> edit_message message=!old text="once more @channel"
              channel:#general message_edited {"channel":#general,"mentions_channel":true,"mentions_channel_before":true,"message":!old,"message_seq":20,"text":"once more @channel"}
        "#]],
    );
}

#[test]
fn messages_are_changed_in_time() {
    let mut world = World::new();
    world.given(
        r#"carol> create_channel id=#general name=general kind=public members=[@lilei,@bob]
           lilei> post_message id=!a channel=#general text=one
           bob> post_message id=!b channel=#general text=two
           bob> change_policy edit_minutes=0 delete_minutes=0"#,
    );
    world.check(
        r#"
        lilei> edit_message message=!a text=other
        lilei> delete_message message=!a
        bob> edit_message message=!b text=other
        bob> delete_message message=!a
        lilei> delete_message message=!a
        bob> change_policy edit_minutes=60
        bob> edit_message message=!b text=other
        "#,
        expect![[r#"
            lilei> edit_message message=!a text=other
              ! too_late: The time to edit this message is over; write another one.
            lilei> delete_message message=!a
              ! too_late: The time to delete this message is over; ask an administrator.
            bob> edit_message message=!b text=other
              ! too_late: The time to edit this message is over; write another one.
            bob> delete_message message=!a
              channel:#general message_deleted {"author":@lilei,"channel":#general,"message":!a,"message_seq":15}
            lilei> delete_message message=!a
              (nothing)
            bob> change_policy edit_minutes=60
              workspace policy_changed {"from":{"delete_minutes":0,"edit_minutes":0,"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"delete_minutes":0,"edit_minutes":60,"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30}}
            bob> edit_message message=!b text=other
              channel:#general message_edited {"channel":#general,"message":!b,"message_seq":16,"text":"other"}
        "#]],
    );
}

#[test]
fn the_time_to_edit_ends_to_the_minute() {
    let mut world = World::new();
    world.given(
        r#"carol> create_channel id=#general name=general kind=public
           carol> post_message id=!a channel=#general text=one
           bob> change_policy edit_minutes=5"#,
    );
    // The clock went on by the second in which the policy was changed.
    let edit = "carol> edit_message message=!a text=two";
    assert!(world.later(4).run(edit).is_ok());
    let edit = "carol> edit_message message=!a text=three";
    assert_eq!(world.later(1).run(edit), Err(Refusal::EditTooLate));
}

#[test]
fn members_let_in_members_where_they_may() {
    let mut world = World::new();
    let mut by = |name: &str, policy: &Policy, role| {
        access::check_invite(&world.get_member(name), policy, role)
    };
    let closed = Policy::default();
    let open = Policy {
        inviters: Inviters::Members,
        ..Policy::default()
    };
    assert_eq!(
        by("carol", &closed, Role::Member),
        Err(Refusal::NotAnAdministrator)
    );
    assert_eq!(by("carol", &open, Role::Member), Ok(()));
    for role in [Role::Guest, Role::Admin, Role::Owner] {
        assert_eq!(by("carol", &open, role), Err(Refusal::NotAnAdministrator));
    }
    assert_eq!(by("bob", &closed, Role::Guest), Ok(()));
    assert_eq!(by("bob", &open, Role::Owner), Err(Refusal::NotAnOwner));
    assert_eq!(
        by("gina", &open, Role::Member),
        Err(Refusal::NotAnAdministrator)
    );
}

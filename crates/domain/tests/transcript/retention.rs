//! Rules of retention: who sets them, what must be confirmed, and what they erase.

use crate::world::World;
use expect_test::expect;

const ROOMS: &str = "
    carol> create_channel id=#open name=open kind=public members=[@bob]
    carol> create_channel id=#team name=team kind=private members=[@lilei]
    carol> open_direct id=#two members=[@lilei]";

#[test]
fn administrators_confirm_what_a_rule_erases() {
    World::new().given(ROOMS).check(
        r#"
        bob> change_retention retention={"public_days":30}
        server:carol> change_retention retention={"public_days":30}
        server:bob> change_retention retention={"public_days":30}
        server:bob> change_retention retention={"public_days":0}
        server:bob> change_retention retention={"file_days":36501}
        "#,
        expect![[r#"
            bob> change_retention retention={"public_days":30}
              ! forbidden: Only the server itself does this.
            server:carol> change_retention retention={"public_days":30}
              ! forbidden: Only administrators can do this; ask one.
            server:bob> change_retention retention={"public_days":30}
              ! preview_required [confirmation]: This rule erases more than before: look at its preview, and confirm what it says.
            server:bob> change_retention retention={"public_days":0}
              ! invalid [public_days]: public_days must be from 1 to 36500.
            server:bob> change_retention retention={"file_days":36501}
              ! invalid [file_days]: file_days must be from 1 to 36500.
        "#]],
    );
}

#[test]
fn confirmations_grow_old_and_longer_rules_need_none() {
    let fresh = r#"erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}"#;
    let old = r#"erases={"messages":3,"files":0,"counted_at":"2025-11-22T08:00:00Z"}"#;
    World::new().given(ROOMS).check(
        &format!(
            r#"
        server:bob> change_retention retention={{"public_days":30,"file_days":7}} {old}
        server:bob> change_retention retention={{"public_days":30,"file_days":7}} {fresh}
        server:bob> change_retention retention={{"public_days":30,"file_days":7}}
        server:bob> change_retention retention={{"public_days":29,"file_days":7}}
        server:bob> change_retention retention={{"public_days":60}}
        server:bob> change_retention retention={{}}
        "#
        ),
        expect![[r#"
            server:bob> change_retention retention={"public_days":30,"file_days":7} erases={"messages":3,"files":0,"counted_at":"2025-11-22T08:00:00Z"}
              ! preview_required [confirmation]: This rule erases more than before: look at its preview, and confirm what it says.
            server:bob> change_retention retention={"public_days":30,"file_days":7} erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30},"to":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"retention":{"file_days":7,"public_days":30},"session_days":30}}
            server:bob> change_retention retention={"public_days":30,"file_days":7}
              (nothing)
            server:bob> change_retention retention={"public_days":29,"file_days":7}
              ! preview_required [confirmation]: This rule erases more than before: look at its preview, and confirm what it says.
            server:bob> change_retention retention={"public_days":60}
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"retention":{"file_days":7,"public_days":30},"session_days":30},"to":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"retention":{"public_days":60},"session_days":30}}
            server:bob> change_retention retention={}
              workspace policy_changed {"from":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"retention":{"public_days":60},"session_days":30},"to":{"everyone_mentioners":"everyone","inviters":"administrators","password_chars_min":8,"session_days":30}}
        "#]],
    );
}

#[test]
fn a_channel_has_a_rule_of_its_own() {
    let fresh = r#"erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}"#;
    World::new()
        .given(ROOMS)
        .given(&format!(
            r#"server:bob> change_retention retention={{"public_days":30,"file_days":7}} {fresh}"#
        ))
        .check(
            &format!(
                r#"
        bob> change_channel_retention channel=#open retention={{}}
        server:carol> change_channel_retention channel=#open retention={{}}
        server:bob> change_channel_retention channel=#team retention={{}}
        server:bob> change_channel_retention channel=#open retention={{"days":0}}
        server:bob> change_channel_retention channel=#open retention={{}}
        server:bob> change_channel_retention channel=#open retention={{"days":10}}
        server:bob> change_channel_retention channel=#open retention={{"days":10}} {fresh}
        server:bob> change_channel_retention channel=#open retention={{"days":30}}
        server:bob> change_channel_retention channel=#open
        server:bob> change_channel_retention channel=#open {fresh}
        server:alice> open_direct id=#own members=[@bob]
        server:alice> change_channel_retention channel=#own retention={{"days":10}} {fresh}
        "#
            ),
            expect![[r#"
                bob> change_channel_retention channel=#open retention={}
                  ! forbidden: Only the server itself does this.
                server:carol> change_channel_retention channel=#open retention={}
                  ! forbidden: Only administrators can do this; ask one.
                server:bob> change_channel_retention channel=#team retention={}
                  ! not_found: There is no such channel.
                server:bob> change_channel_retention channel=#open retention={"days":0}
                  ! invalid [days]: days must be from 1 to 36500.
                server:bob> change_channel_retention channel=#open retention={}
                  members channel_changed {"channel":{"created_by":@carol,"id":#open,"name":"open","retention":{}}}
                server:bob> change_channel_retention channel=#open retention={"days":10}
                  ! preview_required [confirmation]: This rule erases more than before: look at its preview, and confirm what it says.
                server:bob> change_channel_retention channel=#open retention={"days":10} erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}
                  members channel_changed {"channel":{"created_by":@carol,"id":#open,"name":"open","retention":{"days":10}}}
                server:bob> change_channel_retention channel=#open retention={"days":30}
                  members channel_changed {"channel":{"created_by":@carol,"id":#open,"name":"open","retention":{"days":30}}}
                server:bob> change_channel_retention channel=#open
                  ! preview_required [confirmation]: This rule erases more than before: look at its preview, and confirm what it says.
                server:bob> change_channel_retention channel=#open erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}
                  members channel_changed {"channel":{"created_by":@carol,"id":#open,"name":"open"}}
                server:alice> open_direct id=#own members=[@bob]
                  channel:#own channel_created {"channel":{"created_by":@alice,"id":#own,"members":[@alice,@bob],"name":""}}
                  channel:#own channel_member_added {"channel":#own,"member":@alice}
                  inbox:@alice channel_gained {"channel":{"created_by":@alice,"id":#own,"members":[@alice,@bob],"name":""},"feeds":[],"membership":{"channel":#own,"last":0,"mentions":0,"read":0,"unread":0}}
                  channel:#own channel_member_added {"channel":#own,"member":@bob}
                  inbox:@bob channel_gained {"channel":{"created_by":@alice,"id":#own,"members":[@alice,@bob],"name":""},"feeds":[],"membership":{"channel":#own,"last":0,"mentions":0,"read":0,"unread":0}}
                server:alice> change_channel_retention channel=#own retention={"days":10} erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}
                  ! forbidden: A direct channel cannot be changed; open another with the people you want.
            "#]],
        );
}

#[test]
fn what_is_older_than_its_rule_is_erased() {
    let fresh = r#"erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}"#;
    let mut world = World::new();
    world.given(ROOMS).given(
        "bob> post_message id=!old channel=#open text=\"old @carol\"
         carol> post_message id=!reply channel=#open thread=!old text=reply
         carol> post_message id=!pinned channel=#open text=pinned
         carol> pin_message message=!pinned
         bob> post_message id=!gone channel=#open text=gone
         bob> delete_message message=!gone
         carol> post_message id=!secret channel=#team text=secret
         lilei> post_message id=!quote channel=#team text=see quote=!secret
         alice> save_message message=!old",
    );
    world
        .given(&format!(
            r#"server:bob> change_retention retention={{"public_days":1}} {fresh}"#
        ))
        .check(
            r#"
            robot> erase_messages channel=#open messages=[!old]
            server:robot> erase_messages channel=#open messages=[!old,!reply]
            "#,
            expect![[r#"
                robot> erase_messages channel=#open messages=[!old]
                  ! forbidden: Only the server itself does this.
                server:robot> erase_messages channel=#open messages=[!old,!reply]
                  (nothing)
            "#]],
        )
        .later(25 * 60)
        .check(
            r#"
            carol> post_message id=!new channel=#open text=new
            server:robot> erase_messages channel=#team messages=[!secret]
            server:robot> erase_messages channel=#open messages=[!old,!pinned,!gone,!new,!secret]
            server:robot> erase_messages channel=#open messages=[!old]
            carol> post_message id=!more channel=#open thread=!old text=more
            server:robot> erase_messages channel=#open messages=[!reply]
            carol> delete_message message=!more
            carol> post_message id=!late channel=#open thread=!old text=late
            carol> edit_message message=!reply text=no
            "#,
            expect![[r#"
                carol> post_message id=!new channel=#open text=new
                  channel:#open message_posted {"message":{"author":@carol,"channel":#open,"id":!new,"text":"new"}}
                server:robot> erase_messages channel=#team messages=[!secret]
                  (nothing)
                server:robot> erase_messages channel=#open messages=[!old,!pinned,!gone,!new,!secret]
                  channel:#open messages_erased {"channel":#open,"messages":[{"author":@bob,"id":!old,"mentions":[@carol]},{"author":@bob,"deleted":true,"id":!gone}],"rule":{"days":1}}
                  inbox:@alice kept_message_changed {"message":!old}
                server:robot> erase_messages channel=#open messages=[!old]
                  (nothing)
                carol> post_message id=!more channel=#open thread=!old text=more
                  channel:#open message_posted {"message":{"author":@carol,"channel":#open,"id":!more,"text":"more","thread":!old}}
                server:robot> erase_messages channel=#open messages=[!reply]
                  channel:#open messages_erased {"channel":#open,"messages":[{"author":@carol,"id":!reply,"thread":!old}],"rule":{"days":1}}
                carol> delete_message message=!more
                  channel:#open message_deleted {"author":@carol,"channel":#open,"message":!more,"message_seq":36,"thread":!old}
                carol> post_message id=!late channel=#open thread=!old text=late
                  ! not_found [thread]: There is no such message.
                carol> edit_message message=!reply text=no
                  ! conflict: The message was deleted.
            "#]],
        );
}

#[test]
fn quotes_lose_the_words_of_what_is_erased() {
    let fresh = r#"erases={"messages":3,"files":0,"counted_at":"2025-11-22T09:00:00Z"}"#;
    World::new()
        .given(ROOMS)
        .given(
            "carol> post_message id=!secret channel=#team text=secret
             lilei> post_message id=!quote channel=#team text=see quote=!secret
             carol> post_message id=!on channel=#open text= quote=!secret",
        )
        .given(&format!(
            r#"server:bob> change_retention retention={{"private_days":1}} {fresh}"#
        ))
        .later(25 * 60)
        .check(
            "server:robot> erase_messages channel=#team messages=[!secret]
             server:robot> erase_messages channel=#team messages=[!quote]",
            expect![[r#"
                server:robot> erase_messages channel=#team messages=[!secret]
                  channel:#team messages_erased {"channel":#team,"messages":[{"author":@carol,"id":!secret}],"rule":{"days":1}}
                  channel:#open quotes_erased {"channel":#open,"messages":[!on]}
                  channel:#team quotes_erased {"channel":#team,"messages":[!quote]}
                server:robot> erase_messages channel=#team messages=[!quote]
                  channel:#team messages_erased {"channel":#team,"messages":[{"author":@lilei,"id":!quote}],"rule":{"days":1}}
            "#]],
        );
}

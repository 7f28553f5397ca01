//! Notifications: who is told, who is not and why; what a member does with them.

use crate::world::World;
use expect_test::expect;

fn team() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#general name=general kind=public members=[@gina,@lilei,@robot]
         lilei> open_direct id=#direct members=[@carol]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$hush title=One
         carol> post_message id=!hello channel=#general text=hello
         carol> post_message id=!private channel=#direct text=psst",
    );
    world
}

#[test]
fn whoever_sees_it_is_told() {
    team().check(
        r#"
        carol> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[]
        server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]},{"member":@bob,"reasons":["mention"]},{"member":@robot,"reasons":["mention"]}]
        server:robot> notify cause=3 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]}]
        server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol task=%t1 concerned=[{"member":@lilei,"reasons":["task_assigned"]},{"member":@carol,"reasons":["task_state"]}]
        carol> delete_message message=!hello
        server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]}]
        carol> delete_task task=%t1
        server:robot> notify cause=101 at=2026-11-28T00:00:00Z actor=@carol task=%t1 concerned=[{"member":@carol,"reasons":["task_state"]}]
        "#,
        expect![[r#"
            carol> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[]
              ! forbidden: Only the server itself does this.
            server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]},{"member":@bob,"reasons":["mention"]},{"member":@robot,"reasons":["mention"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":100,"channel":#general,"excerpt":"hello","id":"00000000-0064-8000-8000-000000000004","message":!hello,"reason":"mention"}}
            server:robot> notify cause=3 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]}]
              (nothing)
            server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol task=%t1 concerned=[{"member":@lilei,"reasons":["task_assigned"]},{"member":@carol,"reasons":["task_state"]}]
              inbox:@carol notification_added {"notification":{"actor":@carol,"cause":100,"detail":"To do","excerpt":"One","id":"00000000-0064-8000-8000-000000000003","key":"HUSH-1","project":$hush,"reason":"task_state","task":%t1}}
            carol> delete_message message=!hello
              channel:#general message_deleted {"author":@carol,"channel":#general,"message":!hello,"message_seq":26}
            server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention"]}]
              (nothing)
            carol> delete_task task=%t1
              project:$hush task_deleted {"task":%t1}
            server:robot> notify cause=101 at=2026-11-28T00:00:00Z actor=@carol task=%t1 concerned=[{"member":@carol,"reasons":["task_state"]}]
              (nothing)
        "#]],
    );
}

#[test]
fn settings_decide_and_say_why() {
    team().check(
        r#"
        bob> change_channel_setting channel=#general muted=true
        gina> change_channel_setting channel=#direct muted=true
        lilei> change_channel_setting channel=#general muted=true
        lilei> change_channel_setting channel=#general muted=true
        gina> change_channel_setting channel=#general level=nothing
        server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["channel_mention","keyword"],"keyword":"hello"},{"member":@gina,"reasons":["mention"]}]
        server:robot> notify cause=101 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention","channel_mention"]}]
        lilei> change_channel_setting channel=#direct level=mentions
        server:robot> notify cause=102 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
        lilei> change_channel_setting channel=#direct
        server:robot> notify cause=103 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
        server:robot> notify cause=104 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
        "#,
        expect![[r#"
            bob> change_channel_setting channel=#general muted=true
              ! not_a_member: Join the channel first.
            gina> change_channel_setting channel=#direct muted=true
              ! not_found: There is no such channel.
            lilei> change_channel_setting channel=#general muted=true
              inbox:@lilei channel_setting_changed {"setting":{"channel":#general,"muted":true}}
            lilei> change_channel_setting channel=#general muted=true
              (nothing)
            gina> change_channel_setting channel=#general level=nothing
              inbox:@gina channel_setting_changed {"setting":{"channel":#general,"level":"nothing"}}
            server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["channel_mention","keyword"],"keyword":"hello"},{"member":@gina,"reasons":["mention"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":100,"channel":#general,"done":true,"excerpt":"hello","id":"00000000-0064-8000-8000-000000000004","message":!hello,"reason":"channel_mention","suppressed":"muted"}}
              inbox:@gina notification_added {"notification":{"actor":@carol,"cause":100,"channel":#general,"done":true,"excerpt":"hello","id":"00000000-0064-8000-8000-000000000005","message":!hello,"reason":"mention","suppressed":"level_nothing"}}
            server:robot> notify cause=101 at=2026-11-28T00:00:00Z actor=@carol message=!hello concerned=[{"member":@lilei,"reasons":["mention","channel_mention"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":101,"channel":#general,"excerpt":"hello","id":"00000000-0065-8000-8000-000000000004","message":!hello,"reason":"mention"}}
            lilei> change_channel_setting channel=#direct level=mentions
              inbox:@lilei channel_setting_changed {"setting":{"channel":#direct,"level":"mentions"}}
            server:robot> notify cause=102 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":102,"channel":#direct,"done":true,"excerpt":"psst","id":"00000000-0066-8000-8000-000000000004","message":!private,"reason":"direct_message","suppressed":"level_mentions"}}
            lilei> change_channel_setting channel=#direct
              inbox:@lilei channel_setting_changed {"setting":{"channel":#direct}}
            server:robot> notify cause=103 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":103,"channel":#direct,"excerpt":"psst","id":"00000000-0067-8000-8000-000000000004","message":!private,"reason":"direct_message"}}
            server:robot> notify cause=104 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":104,"channel":#direct,"count":2,"excerpt":"psst","id":"00000000-0068-8000-8000-000000000004","message":!private,"reason":"direct_message"},"replaces":"00000000-0067-8000-8000-000000000004"}
        "#]],
    );
}

#[test]
fn preferences_are_checked() {
    team().check(
        r#"
        lilei> change_preferences preferences={"keywords":["上海"," 上海 ","deploy"],"quiet_hours":{"from_minutes":1320,"until_minutes":480},"sound":false}
        lilei> change_preferences preferences={"keywords":["上海","deploy"],"quiet_hours":{"from_minutes":1320,"until_minutes":480},"sound":false}
        lilei> change_preferences preferences={"keywords":[""]}
        lilei> change_preferences preferences={"undo_send_s":11}
        lilei> change_preferences preferences={"quiet_hours":{"from_minutes":1440,"until_minutes":0}}
        lilei> change_preferences preferences={"mail":"daily","mail_minutes":1440}
        lilei> change_preferences preferences={"mail":"daily","mail_minutes":1110}
        lilei> change_preferences preferences={"do_not_disturb_until":"2999-01-01T00:00:00Z"}
        server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
        "#,
        expect![[r#"
            lilei> change_preferences preferences={"keywords":["上海"," 上海 ","deploy"],"quiet_hours":{"from_minutes":1320,"until_minutes":480},"sound":false}
              inbox:@lilei preferences_changed {"preferences":{"browser":true,"keywords":["上海","deploy"],"quiet_hours":{"from_minutes":1320,"until_minutes":480},"sound":false}}
            lilei> change_preferences preferences={"keywords":["上海","deploy"],"quiet_hours":{"from_minutes":1320,"until_minutes":480},"sound":false}
              (nothing)
            lilei> change_preferences preferences={"keywords":[""]}
              ! invalid [keywords]: keywords is empty; fill it in.
            lilei> change_preferences preferences={"undo_send_s":11}
              ! invalid [undo_send_s]: undo_send_s must be from 0 to 10.
            lilei> change_preferences preferences={"quiet_hours":{"from_minutes":1440,"until_minutes":0}}
              ! invalid [quiet_hours]: quiet_hours must be from 0 to 1439.
            lilei> change_preferences preferences={"mail":"daily","mail_minutes":1440}
              ! invalid [mail_minutes]: mail_minutes must be from 0 to 1439.
            lilei> change_preferences preferences={"mail":"daily","mail_minutes":1110}
              inbox:@lilei preferences_changed {"preferences":{"browser":true,"mail":"daily","mail_minutes":1110,"sound":true}}
            lilei> change_preferences preferences={"do_not_disturb_until":"2999-01-01T00:00:00Z"}
              inbox:@lilei preferences_changed {"preferences":{"browser":true,"do_not_disturb_until":"2999-01-01T00:00:00Z","sound":true}}
            server:robot> notify cause=100 at=2026-11-28T00:00:00Z actor=@carol message=!private concerned=[{"member":@lilei,"reasons":["direct_message"]}]
              inbox:@lilei notification_added {"notification":{"actor":@carol,"cause":100,"channel":#direct,"excerpt":"psst","id":"00000000-0064-8000-8000-000000000004","message":!private,"quiet":true,"reason":"direct_message"}}
        "#]],
    );
}

#[test]
fn threads_are_followed_and_left() {
    team().check(
        "
        bob> follow_thread message=!hello follow=true
        lilei> follow_thread message=!hello follow=true
        lilei> follow_thread message=!hello follow=true
        lilei> follow_thread message=!hello follow=false
        gina> follow_thread message=!private follow=true
        ",
        expect![[r#"
            bob> follow_thread message=!hello follow=true
              ! not_a_member: Join the channel first.
            lilei> follow_thread message=!hello follow=true
              inbox:@lilei thread_followed {"follow":true,"thread":!hello}
            lilei> follow_thread message=!hello follow=true
              (nothing)
            lilei> follow_thread message=!hello follow=false
              inbox:@lilei thread_followed {"follow":false,"thread":!hello}
            gina> follow_thread message=!private follow=true
              ! not_found: There is no such message.
        "#]],
    );
}

#[test]
fn what_is_kept_and_when_it_comes_back() {
    team().check(
        r#"
        bob> save_message message=!private
        lilei> save_message message=!hello remind_at=2001-01-01T00:00:00Z
        lilei> save_message message=!hello remind_at=2999-01-01T00:00:00Z
        lilei> save_message message=!hello remind_at=2999-01-01T00:00:00Z
        lilei> fire_reminder member=@lilei message=!hello at=2999-01-01T00:00:00Z
        server:robot> fire_reminder member=@lilei message=!hello at=2001-01-01T00:00:00Z
        server:robot> fire_reminder member=@lilei message=!hello at=2999-01-01T00:00:00Z
        lilei> unsave_message message=!hello
        lilei> unsave_message message=!hello
        "#,
        expect![[r#"
            bob> save_message message=!private
              ! not_found: There is no such message.
            lilei> save_message message=!hello remind_at=2001-01-01T00:00:00Z
              ! invalid [remind_at]: remind_at is in the past; choose a later time.
            lilei> save_message message=!hello remind_at=2999-01-01T00:00:00Z
              inbox:@lilei message_saved {"saved":{"author":@carol,"channel":#general,"excerpt":"hello","message":!hello,"remind_at":"2999-01-01T00:00:00Z","saved_at":"2025-11-22T08:27:07Z"}}
            lilei> save_message message=!hello remind_at=2999-01-01T00:00:00Z
              (nothing)
            lilei> fire_reminder member=@lilei message=!hello at=2999-01-01T00:00:00Z
              ! forbidden: Only the server itself does this.
            server:robot> fire_reminder member=@lilei message=!hello at=2001-01-01T00:00:00Z
              (nothing)
            server:robot> fire_reminder member=@lilei message=!hello at=2999-01-01T00:00:00Z
              (nothing)
            lilei> unsave_message message=!hello
              inbox:@lilei message_unsaved {"message":!hello}
            lilei> unsave_message message=!hello
              (nothing)
        "#]],
    );
}

#[test]
fn what_is_kept_from_outside_follows_the_message() {
    team().check(
        r#"
        bob> save_message message=!hello
        carol> edit_message message=!hello text=again
        carol> delete_message message=!hello
        "#,
        expect![[r#"
            bob> save_message message=!hello
              inbox:@bob message_saved {"saved":{"author":@carol,"channel":#general,"excerpt":"hello","message":!hello,"saved_at":"2025-11-22T08:27:07Z"}}
            carol> edit_message message=!hello text=again
              channel:#general message_edited {"channel":#general,"message":!hello,"message_seq":26,"text":"again"}
              inbox:@bob kept_message_changed {"excerpt":"again","message":!hello}
            carol> delete_message message=!hello
              channel:#general message_deleted {"author":@carol,"channel":#general,"message":!hello,"message_seq":26}
              inbox:@bob kept_message_changed {"message":!hello}
        "#]],
    );
}

//! Feeds and their live cards.

use crate::world::World;
use expect_test::expect;

fn followed() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#general name=general kind=public members=[@gina]
         carol> create_channel id=#secret name=secret kind=private
         carol> create_project id=$eng key=ENG name=Eng template=simple
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One
         carol> create_task id=%t2 project=$eng title=Two
         lilei> open_direct id=#direct members=[@carol]",
    );
    world
}

#[test]
fn channels_follow_projects() {
    followed().check(
        "
        carol> add_feed channel=#general project=$eng
        carol> add_feed channel=#general project=$eng
        lilei> add_feed channel=#general project=$eng
        lilei> add_feed channel=#secret project=$eng
        gina> add_feed channel=#general project=$eng
        lilei> add_feed channel=#direct project=$hush
        lilei> add_feed channel=#direct project=$eng
        bob> add_channel_member channel=#general member=@bob
        gina> remove_feed channel=#general project=$eng
        gina> remove_feed channel=#general project=$eng
        lilei> remove_feed channel=#general project=$eng
        lilei> remove_feed channel=#secret project=$eng
        ",
        expect![[r#"
            carol> add_feed channel=#general project=$eng
              channel:#general feed_added {"feed":{"channel":#general,"created_by":@carol,"project":$eng}}
            carol> add_feed channel=#general project=$eng
              (nothing)
            lilei> add_feed channel=#general project=$eng
              ! not_a_member: Join the channel first.
            lilei> add_feed channel=#secret project=$eng
              ! not_found: There is no such channel.
            gina> add_feed channel=#general project=$eng
              ! not_found: There is no such project.
            lilei> add_feed channel=#direct project=$hush
              ! not_found: There is no such project.
            lilei> add_feed channel=#direct project=$eng
              channel:#direct feed_added {"feed":{"channel":#direct,"created_by":@lilei,"project":$eng}}
            bob> add_channel_member channel=#general member=@bob
              channel:#general channel_member_added {"channel":#general,"member":@bob}
              inbox:@bob channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"general"},"feeds":[{"channel":#general,"created_by":@carol,"project":$eng}],"membership":{"channel":#general,"last":0,"mentions":0,"read":0,"unread":0}}
            gina> remove_feed channel=#general project=$eng
              channel:#general feed_removed {"channel":#general,"project":$eng}
            gina> remove_feed channel=#general project=$eng
              (nothing)
            lilei> remove_feed channel=#general project=$eng
              ! not_a_member: Join the channel first.
            lilei> remove_feed channel=#secret project=$eng
              ! not_found: There is no such channel.
        "#]],
    );
}

#[test]
fn each_task_has_one_live_card() {
    let card = |id: &str, task: &str, by: &str, hour: u8| {
        format!(
            "server:robot> show_card id={id} channel=#general task={task} \
             changed_by={by} changed_at=2026-11-22T{hour}:00:00Z"
        )
    };
    let show = &card("!card", "%t1", "@carol", 10);
    let later = &card("!other", "%t1", "@bob", 11);
    let second = &card("!second", "%t2", "@bob", 11);
    let lines: &[&str] = &[
        show,
        "carol> add_feed channel=#general project=$eng",
        show,
        later,
        "carol> update_task task=%t1 description=Unseen",
        later,
        "carol> update_task task=%t1 state=doing assignees=[@lilei]",
        later,
        "carol> delete_task task=%t1",
        later,
        "carol> delete_task task=%t2",
        second,
        &show.replace("server:", ""),
        &show.replace("%t1", "%nothing"),
        "robot> edit_message message=!card text=mine",
        "bob> delete_message message=!card",
        later,
    ];
    followed().check(&lines.join("\n"), expect![[r#"
        server:robot> show_card id=!card channel=#general task=%t1 changed_by=@carol changed_at=2026-11-22T10:00:00Z
          (nothing)
        carol> add_feed channel=#general project=$eng
          channel:#general feed_added {"feed":{"channel":#general,"created_by":@carol,"project":$eng}}
        server:robot> show_card id=!card channel=#general task=%t1 changed_by=@carol changed_at=2026-11-22T10:00:00Z
          channel:#general message_posted {"message":{"author":@robot,"card":{"category":"todo","changed_by":@carol,"key":"ENG-1","priority":"none","project":$eng,"state":"todo","state_name":"To do","task":%t1,"title":"One"},"channel":#general,"id":!card,"text":""}}
        server:robot> show_card id=!other channel=#general task=%t1 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          (nothing)
        carol> update_task task=%t1 description=Unseen
          project:$eng task_changed {"changes":[{"field":"description","from":"","to":"Unseen"}],"task":%t1}
        server:robot> show_card id=!other channel=#general task=%t1 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          (nothing)
        carol> update_task task=%t1 state=doing assignees=[@lilei]
          project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"doing"},{"field":"assignees","from":[],"to":[@lilei]},{"field":"followers","from":[@carol],"to":[@carol,@lilei]}],"task":%t1}
        server:robot> show_card id=!other channel=#general task=%t1 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          channel:#general card_changed {"card":{"assignees":[@lilei],"category":"doing","changed_by":@bob,"key":"ENG-1","priority":"none","project":$eng,"state":"doing","state_name":"Doing","task":%t1,"title":"One"},"channel":#general,"message":!card}
        carol> delete_task task=%t1
          project:$eng task_deleted {"task":%t1}
        server:robot> show_card id=!other channel=#general task=%t1 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          channel:#general card_changed {"card":{"category":"doing","changed_by":@bob,"deleted":true,"key":"ENG-1","priority":"none","project":$eng,"state":"doing","state_name":"Doing","task":%t1,"title":""},"channel":#general,"message":!card}
        carol> delete_task task=%t2
          project:$eng task_deleted {"task":%t2}
        server:robot> show_card id=!second channel=#general task=%t2 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          (nothing)
        robot> show_card id=!card channel=#general task=%t1 changed_by=@carol changed_at=2026-11-22T10:00:00Z
          ! forbidden: Only the server itself does this.
        server:robot> show_card id=!card channel=#general task=%nothing changed_by=@carol changed_at=2026-11-22T10:00:00Z
          ! not_found: There is no such task.
        robot> edit_message message=!card text=mine
          ! forbidden: This message is kept by the server and cannot be changed.
        bob> delete_message message=!card
          channel:#general message_deleted {"author":@robot,"channel":#general,"message":!card,"message_seq":0}
        server:robot> show_card id=!other channel=#general task=%t1 changed_by=@bob changed_at=2026-11-22T11:00:00Z
          (nothing)
    "#]]);
}

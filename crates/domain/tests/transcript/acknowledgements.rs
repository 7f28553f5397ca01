//! Messages that ask to be acknowledged.

use crate::world::World;
use expect_test::expect;

#[test]
fn people_are_asked() {
    World::new()
        .given(
            "carol> create_channel id=#team name=team kind=private members=[@bob,@lilei,@robot]
             carol> create_channel id=#alone name=alone kind=private
             carol> post_message id=!plan channel=#team text=plan
             carol> post_message id=!gone channel=#team text=gone
             carol> delete_message message=!gone
             carol> post_message id=!note channel=#alone text=note
             carol> create_project id=$eng key=ENG name=Eng
             carol> create_task id=%t project=$eng title=Task
             carol> post_message id=!talk task=%t text=talk",
        )
        .check(
            "
            bob> request_acknowledgement message=!plan of=members
            carol> request_acknowledgement message=!plan of=mentioned
            carol[read]> request_acknowledgement message=!plan of=members
            carol> request_acknowledgement message=!plan of=members
            carol> request_acknowledgement message=!plan of=members
            carol> request_acknowledgement message=!gone of=members
            carol> request_acknowledgement message=!note of=members
            carol> request_acknowledgement message=!talk of=members
            alice> request_acknowledgement message=!plan of=members
            carol> post_message id=!ask channel=#team text=\"@lilei look\" acknowledgement=mentioned
            carol> post_message id=!all channel=#team text=\"@all look\" acknowledgement=mentioned
            carol> post_message task=%t text=x acknowledgement=members
            ",
            expect![[r#"
                bob> request_acknowledgement message=!plan of=members
                  ! forbidden: Only the author can do this with a message.
                carol> request_acknowledgement message=!plan of=mentioned
                  ! nobody_to_ask [acknowledgement]: There is nobody to ask; add people to the channel, or mention somebody in it.
                carol[read]> request_acknowledgement message=!plan of=members
                  ! forbidden: This token lacks the scope `chat`; create one that has it.
                carol> request_acknowledgement message=!plan of=members
                  channel:#team acknowledgement_requested {"acknowledgement":{"by":@carol,"waiting":[@bob,@lilei]},"channel":#team,"message":!plan}
                carol> request_acknowledgement message=!plan of=members
                  (nothing)
                carol> request_acknowledgement message=!gone of=members
                  ! conflict: The message was deleted.
                carol> request_acknowledgement message=!note of=members
                  ! nobody_to_ask [acknowledgement]: There is nobody to ask; add people to the channel, or mention somebody in it.
                carol> request_acknowledgement message=!talk of=members
                  ! invalid [message]: Messages of a channel ask for acknowledgement; choose one of those.
                alice> request_acknowledgement message=!plan of=members
                  ! not_found: There is no such message.
                carol> post_message id=!ask channel=#team text="@lilei look" acknowledgement=mentioned
                  channel:#team message_posted {"message":{"acknowledgement":{"by":@carol,"waiting":[@lilei]},"author":@carol,"channel":#team,"id":!ask,"mentions":[@lilei],"text":"@lilei look"}}
                carol> post_message id=!all channel=#team text="@all look" acknowledgement=mentioned
                  channel:#team message_posted {"message":{"acknowledgement":{"by":@carol,"waiting":[@bob,@lilei]},"author":@carol,"channel":#team,"id":!all,"mentions_channel":true,"text":"@all look"}}
                carol> post_message task=%t text=x acknowledgement=members
                  ! invalid [message]: Messages of a channel ask for acknowledgement; choose one of those.
            "#]],
        );
}

/// Bob's inbox says that he is asked.
const TOLD: &str = concat!(
    r#"server:robot> notify cause=22 at="2025-11-22T10:00:00Z" actor=@carol message=!p "#,
    r#"concerned=[{"member":@bob,"reasons":["acknowledgement","mention"]}]"#,
);

#[test]
fn people_acknowledge() {
    World::new()
        .given(
            "carol> create_channel id=#t name=team kind=private members=[@bob,@lilei,@alice]
             carol> post_message id=!p channel=#t text=\"@bob @lilei\" acknowledgement=mentioned",
        )
        .given(TOLD)
        .check(
            "
            bob> acknowledge_message message=!p
            bob> acknowledge_message message=!p
            alice> acknowledge_message message=!p
            gina> acknowledge_message message=!p
            bob> remind_of_acknowledgement message=!p
            carol> remind_of_acknowledgement message=!p
            ",
            expect![[r#"
                bob> acknowledge_message message=!p
                  channel:#t message_acknowledged {"channel":#t,"message":!p}
                  inbox:@bob notifications_changed {"done":true,"notifications":["00000000-0016-8000-8000-000000000002"],"read":true}
                bob> acknowledge_message message=!p
                  (nothing)
                alice> acknowledge_message message=!p
                  ! forbidden: You were not asked to acknowledge this message.
                gina> acknowledge_message message=!p
                  ! not_found: There is no such message.
                bob> remind_of_acknowledgement message=!p
                  ! forbidden: Only the author can do this with a message.
                carol> remind_of_acknowledgement message=!p
                  ! reminded_lately: They were asked a short while ago; wait 60 minutes between reminders.
            "#]],
        )
        .later(60)
        .check(
            "
            carol> remind_of_acknowledgement message=!p
            lilei> acknowledge_message message=!p
            ",
            expect![[r#"
                carol> remind_of_acknowledgement message=!p
                  channel:#t acknowledgement_reminded {"channel":#t,"message":!p,"waiting":[@lilei]}
                lilei> acknowledge_message message=!p
                  channel:#t message_acknowledged {"channel":#t,"message":!p}
            "#]],
        )
        .later(60)
        .check(
            "
            carol> remind_of_acknowledgement message=!p
            lilei> withdraw_acknowledgement message=!p
            bob> withdraw_acknowledgement message=!p
            carol> withdraw_acknowledgement message=!p
            alice> acknowledge_message message=!p
            ",
            expect![[r#"
                carol> remind_of_acknowledgement message=!p
                  (nothing)
                lilei> withdraw_acknowledgement message=!p
                  ! forbidden: Only the author or an administrator can do this with a message.
                bob> withdraw_acknowledgement message=!p
                  channel:#t acknowledgement_withdrawn {"channel":#t,"message":!p}
                carol> withdraw_acknowledgement message=!p
                  (nothing)
                alice> acknowledge_message message=!p
                  ! forbidden: You were not asked to acknowledge this message.
            "#]],
        );
}

#[test]
fn only_so_many_are_asked() {
    let mut world = World::new();
    let names: Vec<String> = (0..=200).map(|n| format!("@m{n}")).collect();
    for name in &names {
        let bare = &name[1..];
        world.given(&format!(
            "alice> add_member id={name} name={bare} role=member"
        ));
    }
    let all = names.join(",");
    world.given(&format!(
        "alice> create_channel id=#all name=all kind=private members=[{all}]"
    ));
    world.check(
        "
        alice> post_message id=!one channel=#all text=x acknowledgement=members
        m0> remove_channel_member channel=#all member=@m0
        alice> post_message id=!two channel=#all text=\"@m1 x\" acknowledgement=mentioned
        ",
        expect![[r#"
            alice> post_message id=!one channel=#all text=x acknowledgement=members
              ! limit_reached [acknowledgement]: acknowledgement has more than 200 entries; take some away.
            m0> remove_channel_member channel=#all member=@m0
              channel:#all channel_member_removed {"channel":#all,"member":@m0}
              inbox:@m0 channel_lost {"channel":#all}
            alice> post_message id=!two channel=#all text="@m1 x" acknowledgement=mentioned
              channel:#all message_posted {"message":{"acknowledgement":{"by":@alice,"waiting":[@m1]},"author":@alice,"channel":#all,"id":!two,"mentions":[@m1],"text":"@m1 x"}}
        "#]],
    );
    assert!(
        world
            .run("alice> post_message id=!three channel=#all text=x acknowledgement=members")
            .is_ok()
    );
}

//! Messages that answer others, and messages that are passed on.

use crate::world::World;
use expect_test::expect;

#[test]
fn messages_are_quoted_and_passed_on() {
    World::new()
        .given(
            "carol> create_channel id=#team name=team kind=private members=[@bob]
             carol> create_channel id=#open name=open kind=public members=[@lilei]
             carol> post_message id=!plan channel=#team text=plan
             carol> post_message id=!gone channel=#team text=gone
             carol> delete_message message=!gone
             lilei> post_message id=!hello channel=#open text=hello
             carol> create_project id=$eng key=ENG name=Eng
             carol> create_task id=%t project=$eng title=Task
             carol> post_message id=!talk task=%t text=talk",
        )
        .check(
            "
            bob> post_message id=!yes channel=#team text=yes quote=!plan
            bob> post_message id=!no channel=#team text= quote=!plan
            bob> post_message id=!no channel=#team text=no quote=!gone
            carol> post_message id=!on channel=#open text= quote=!plan
            carol> post_message id=!again channel=#team text=see quote=!on
            lilei> post_message id=!no channel=#open text=no quote=!plan
            bob> post_message id=!no channel=#open text=no quote=!plan
            alice> post_message id=!no channel=#open text=no quote=!hello
            bob> post_message id=!in channel=#team text= quote=!hello
            carol> post_message id=!no channel=#team text=no quote=!talk
            carol> post_message id=!no task=%t text=no quote=!plan
            carol> edit_message message=!on text=look
            bob> delete_message message=!in
            ",
            expect![[r#"
                bob> post_message id=!yes channel=#team text=yes quote=!plan
                  channel:#team message_posted {"message":{"author":@bob,"channel":#team,"id":!yes,"quote":{"channel":#team,"message":!plan,"quotes":[{"author":@carol,"message":!plan,"text":"plan"}]},"text":"yes"}}
                bob> post_message id=!no channel=#team text= quote=!plan
                  ! invalid [text]: text is empty; fill it in.
                bob> post_message id=!no channel=#team text=no quote=!gone
                  ! conflict: The message was deleted.
                carol> post_message id=!on channel=#open text= quote=!plan
                  channel:#open message_posted {"message":{"author":@carol,"channel":#open,"id":!on,"quote":{"channel":#team,"message":!plan,"quotes":[{"author":@carol,"message":!plan,"text":"plan"}]},"text":""}}
                carol> post_message id=!again channel=#team text=see quote=!on
                  channel:#team message_posted {"message":{"author":@carol,"channel":#team,"id":!again,"quote":{"channel":#team,"message":!plan,"quotes":[{"author":@carol,"message":!plan,"text":"plan"}]},"text":"see"}}
                lilei> post_message id=!no channel=#open text=no quote=!plan
                  ! not_found [quote]: There is no such message.
                bob> post_message id=!no channel=#open text=no quote=!plan
                  ! not_a_member: Join the channel first.
                alice> post_message id=!no channel=#open text=no quote=!hello
                  ! not_a_member: Join the channel first.
                bob> post_message id=!in channel=#team text= quote=!hello
                  channel:#team message_posted {"message":{"author":@bob,"channel":#team,"id":!in,"quote":{"channel":#open,"message":!hello,"quotes":[{"author":@lilei,"message":!hello,"text":"hello"}]},"text":""}}
                carol> post_message id=!no channel=#team text=no quote=!talk
                  ! not_found [quote]: There is no such message.
                carol> post_message id=!no task=%t text=no quote=!plan
                  ! invalid [quote]: Messages of channels are quoted, in channels; choose one of those.
                carol> edit_message message=!on text=look
                  channel:#open message_edited {"channel":#open,"message":!on,"message_seq":27,"text":"look"}
                bob> delete_message message=!in
                  channel:#team message_deleted {"author":@bob,"channel":#team,"message":!in,"message_seq":29}
            "#]],
        );
}

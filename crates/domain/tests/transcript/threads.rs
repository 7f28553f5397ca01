//! Threads that are settled, and opened again.

use crate::world::World;
use expect_test::expect;

fn with_threads() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#team name=team kind=private members=[@bob,@gina,@robot]
             carol> create_channel id=#open name=open kind=public
             carol> post_message id=!plan channel=#team text=plan
             carol> post_message id=!reply channel=#team thread=!plan text=reply
             carol> post_message id=!alone channel=#team text=alone
             carol> post_message id=!hello channel=#open text=hello
             carol> post_message id=!answer channel=#open thread=!hello text=answer
             carol> create_project id=$eng key=ENG name=Eng
             carol> create_task id=%t project=$eng title=Task
             carol> post_message id=!talk task=%t text=talk
             carol> post_message id=!comment task=%t thread=!talk text=comment
             carol> post_message id=!made channel=#team text=made
             carol> post_message id=!asked channel=#team thread=!made text=asked
             carol> make_task id=%made message=!made project=$eng",
    );
    world
}

#[test]
fn a_thread_is_settled_by_whoever_may_reply() {
    with_threads().check(
            "
            gina> resolve_thread message=!plan
            bob> resolve_thread message=!plan
            bob> post_message id=!later channel=#team thread=!plan text=later
            bob> reopen_thread message=!plan
            bob> reopen_thread message=!plan
            robot> resolve_thread message=!plan
            carol> resolve_thread message=!reply
            carol> resolve_thread message=!alone
            carol> resolve_thread message=!talk
            carol> reopen_thread message=!talk
            carol> resolve_thread message=!made
            ",
            expect![[r#"
                gina> resolve_thread message=!plan
                  channel:#team thread_resolved {"channel":#team,"message":!plan,"resolved":{"by":@gina}}
                bob> resolve_thread message=!plan
                  (nothing)
                bob> post_message id=!later channel=#team thread=!plan text=later
                  channel:#team message_posted {"message":{"author":@bob,"channel":#team,"id":!later,"text":"later","thread":!plan}}
                bob> reopen_thread message=!plan
                  channel:#team thread_reopened {"channel":#team,"message":!plan}
                bob> reopen_thread message=!plan
                  (nothing)
                robot> resolve_thread message=!plan
                  channel:#team thread_resolved {"channel":#team,"message":!plan,"resolved":{"by":@robot}}
                carol> resolve_thread message=!reply
                  ! invalid [thread]: Reply to the message that began the thread.
                carol> resolve_thread message=!alone
                  ! invalid [message]: Nobody has replied yet; reply first, then resolve the thread.
                carol> resolve_thread message=!talk
                  ! invalid [message]: Threads of channels are resolved; move the task to a closed state instead.
                carol> reopen_thread message=!talk
                  ! invalid [message]: Threads of channels are resolved; move the task to a closed state instead.
                carol> resolve_thread message=!made
                  ! invalid [message]: Threads of channels are resolved; move the task to a closed state instead.
            "#]],
        );
}

#[test]
fn nobody_else_settles_a_thread() {
    with_threads()
        .given("robot> resolve_thread message=!plan")
        .check(
            "
            lilei> resolve_thread message=!plan
            lilei> reopen_thread message=!plan
            lilei> resolve_thread message=!hello
            carol[read]> resolve_thread message=!hello
            carol> update_channel channel=#team replying=managers
            bob> reopen_thread message=!plan
            gina> reopen_thread message=!plan
            carol> resolve_thread message=!hello
            carol> delete_message message=!hello
            carol> reopen_thread message=!hello
            carol> update_channel channel=#open archived=true
            carol> resolve_thread message=!hello
            ",
            expect![[r#"
                lilei> resolve_thread message=!plan
                  ! not_found: There is no such message.
                lilei> reopen_thread message=!plan
                  ! not_found: There is no such message.
                lilei> resolve_thread message=!hello
                  ! not_a_member: Join the channel first.
                carol[read]> resolve_thread message=!hello
                  ! forbidden: This token lacks the scope `chat`; create one that has it.
                carol> update_channel channel=#team replying=managers
                  channel:#team channel_changed {"channel":{"created_by":@carol,"id":#team,"name":"team","replying":"managers"}}
                bob> reopen_thread message=!plan
                  channel:#team thread_reopened {"channel":#team,"message":!plan}
                gina> reopen_thread message=!plan
                  ! posting_restricted: Only those who manage this channel post here; ask one of them.
                carol> resolve_thread message=!hello
                  channel:#open thread_resolved {"channel":#open,"message":!hello,"resolved":{"by":@carol}}
                carol> delete_message message=!hello
                  channel:#open message_deleted {"author":@carol,"channel":#open,"message":!hello,"message_seq":23}
                carol> reopen_thread message=!hello
                  channel:#open thread_reopened {"channel":#open,"message":!hello}
                carol> update_channel channel=#open archived=true
                  members channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#open,"name":"open"}}
                carol> resolve_thread message=!hello
                  ! archived: The channel is archived; restore it first.
            "#]],
        );
}

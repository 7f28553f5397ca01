//! Polls: asked, added to, counted, closed.

use crate::world::World;
use expect_test::expect;

fn with_channels() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#team name=team kind=private members=[@bob,@gina,@lilei]
         carol> create_project id=$eng key=ENG name=Eng
         carol> create_task id=%t project=$eng title=Task",
    );
    world
}

#[test]
fn a_poll_is_asked() {
    with_channels().check(
        r#"
        carol> post_message id=!a channel=#team text=Lunch? poll={"options":["Rice"," Noodles "]}
        carol> post_message id=!b task=%t text=When? poll={"options":["A","B"],"multiple":true,"anonymous":true,"extensible":true,"closes_at":"2026-01-01T00:00:00Z"}
        gina> post_message id=!c channel=#team thread=!a text=Where? poll={"options":["A","B"]}
        carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice"]}
        carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice","Rice"]}
        carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice",""]}
        carol> post_message id=!d channel=#team text="" poll={"options":["A","B"]}
        carol> post_message id=!d channel=#team text=Lunch? poll={"options":["A","B"],"closes_at":"2020-01-01T00:00:00Z"}
        carol> post_message id=!d channel=#team text=Lunch? poll={"options":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18","19","20","21"]}
        carol> edit_message message=!a text=Dinner?
        "#,
        expect![[r#"
            carol> post_message id=!a channel=#team text=Lunch? poll={"options":["Rice"," Noodles "]}
              channel:#team message_posted {"message":{"author":@carol,"channel":#team,"id":!a,"poll":{"options":[{"text":"Rice"},{"text":"Noodles"}]},"text":"Lunch?"}}
            carol> post_message id=!b task=%t text=When? poll={"options":["A","B"],"multiple":true,"anonymous":true,"extensible":true,"closes_at":"2026-01-01T00:00:00Z"}
              project:$eng message_posted {"message":{"author":@carol,"id":!b,"poll":{"anonymous":true,"closes_at":"2026-01-01T00:00:00Z","extensible":true,"multiple":true,"options":[{"text":"A"},{"text":"B"}]},"task":%t,"text":"When?"}}
            gina> post_message id=!c channel=#team thread=!a text=Where? poll={"options":["A","B"]}
              channel:#team message_posted {"message":{"author":@gina,"channel":#team,"id":!c,"poll":{"options":[{"text":"A"},{"text":"B"}]},"text":"Where?","thread":!a}}
            carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice"]}
              ! invalid [options]: A poll has two options at least; add one.
            carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice","Rice"]}
              ! invalid [options]: Two options say Rice; make them differ.
            carol> post_message id=!d channel=#team text=Lunch? poll={"options":["Rice",""]}
              ! invalid [options]: options is empty; fill it in.
            carol> post_message id=!d channel=#team text="" poll={"options":["A","B"]}
              ! invalid [text]: text is empty; fill it in.
            carol> post_message id=!d channel=#team text=Lunch? poll={"options":["A","B"],"closes_at":"2020-01-01T00:00:00Z"}
              ! invalid [closes_at]: closes_at is in the past; choose a later time.
            carol> post_message id=!d channel=#team text=Lunch? poll={"options":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18","19","20","21"]}
              ! limit_reached [options]: options has more than 20 entries; take some away.
            carol> edit_message message=!a text=Dinner?
              ! conflict: A poll keeps its question; close it and ask anew.
        "#]],
    );
}

#[test]
fn a_poll_is_added_to_and_closed() {
    with_channels()
        .given(
            r#"carol> post_message id=!a channel=#team text=Lunch? poll={"options":["A","B"]}
               carol> post_message id=!b channel=#team text=When? poll={"options":["A","B"],"extensible":true}
               carol> post_message id=!m channel=#team text=hello"#,
        )
        .check(
            "
            gina> add_poll_option message=!b text=C
            gina> add_poll_option message=!b text=A
            gina> add_poll_option message=!a text=C
            carol> add_poll_option message=!a text=C
            carol> add_poll_option message=!m text=C
            robot> add_poll_option message=!b text=D
            lilei> close_poll message=!a
            carol> close_poll message=!a
            carol> close_poll message=!a
            bob> close_poll message=!b
            carol> close_poll message=!m
            carol> add_poll_option message=!a text=D
            server:robot> close_poll message=!m
            ",
            expect![[r#"
                gina> add_poll_option message=!b text=C
                  channel:#team poll_option_added {"message":!b,"option":{"added_by":@gina,"text":"C"},"place":2}
                gina> add_poll_option message=!b text=A
                  ! invalid [options]: Two options say A; make them differ.
                gina> add_poll_option message=!a text=C
                  ! forbidden: Only the author can do this with a message.
                carol> add_poll_option message=!a text=C
                  channel:#team poll_option_added {"message":!a,"option":{"added_by":@carol,"text":"C"},"place":2}
                carol> add_poll_option message=!m text=C
                  ! invalid [message]: This message asks nothing; choose one with a poll.
                robot> add_poll_option message=!b text=D
                  ! not_found: There is no such message.
                lilei> close_poll message=!a
                  ! forbidden: Only the author or an administrator can do this with a message.
                carol> close_poll message=!a
                  channel:#team poll_closed {"author":@carol,"closed":{"by":@carol},"message":!a}
                carol> close_poll message=!a
                  (nothing)
                bob> close_poll message=!b
                  channel:#team poll_closed {"author":@carol,"closed":{"by":@bob},"message":!b}
                carol> close_poll message=!m
                  ! invalid [message]: This message asks nothing; choose one with a poll.
                carol> add_poll_option message=!a text=D
                  ! conflict: The poll is closed: its result stays as it is.
                server:robot> close_poll message=!m
                  ! not_found: There is no such message.
            "#]],
        );
}

#[test]
fn counts_are_told_by_the_server() {
    with_channels()
        .given(
            &[
                r#"carol> post_message id=!a channel=#team text=Lunch? poll={"options":"#,
                r#"["A","B","C"],"multiple":true,"closes_at":"2025-11-22T09:00:00Z"}"#,
            ]
            .concat(),
        )
        .ballots("!a", &[(0, 4), (1, 2), (3, 1), (4, 5)])
        .check(
            "
            carol> count_poll message=!a
            server:robot> count_poll message=!a
            server:robot> count_poll message=!a
            server:robot> close_poll message=!a
            ",
            expect![[r#"
                carol> count_poll message=!a
                  ! forbidden: Only the server itself does this.
                server:robot> count_poll message=!a
                  channel:#team poll_counted {"message":!a,"voters":8,"votes":[3,1,5]}
                server:robot> count_poll message=!a
                  (nothing)
                server:robot> close_poll message=!a
                  ! not_found: There is no such message.
            "#]],
        )
        .ballots("!a", &[(1, 3), (3, 1), (4, 5)])
        .later(60 * 24)
        .check(
            "
            server:robot> close_poll message=!a
            server:robot> count_poll message=!a
            server:robot> close_poll message=!a
            carol> delete_message message=!a
            server:robot> count_poll message=!a
            ",
            expect![[r#"
                server:robot> close_poll message=!a
                  channel:#team poll_closed {"author":@carol,"closed":{},"message":!a}
                server:robot> count_poll message=!a
                  channel:#team poll_counted {"message":!a,"voters":9,"votes":[4,1,5]}
                server:robot> close_poll message=!a
                  (nothing)
                carol> delete_message message=!a
                  channel:#team message_deleted {"author":@carol,"channel":#team,"message":!a,"message_seq":20}
                server:robot> count_poll message=!a
                  ! not_found: There is no such message.
            "#]],
        );
}

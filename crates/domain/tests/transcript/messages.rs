//! Messages: posted, edited, deleted, reacted to.

use crate::world::World;
use expect_test::expect;
use tenon_domain::refusal::Refusal;
use tenon_protocol::limit;

fn talk() -> World {
    let mut world = World::new();
    world.given(
        r#"carol> create_channel id=#general name=general kind=public members=[@gina,@bob]
           carol> create_channel id=#secret name=secret kind=private
           carol> create_project id=$eng key=ENG name=Engineering
           carol> create_project id=$hush key=HUSH name=Hush visibility=private
           carol> create_task id=%t1 project=$eng title="Fix it"
           carol> create_task id=%h1 project=$hush title="Hide it"
           carol> post_message id=!root channel=#general text="shall we?"
           gina> post_message id=!reply channel=#general thread=!root text=yes
           carol> post_message id=!secret channel=#secret text=psst
           carol> post_message id=!task task=%t1 text=begun
           carol> post_message id=!hush task=%h1 text=hush"#,
    );
    world
}

#[test]
fn messages_are_posted() {
    talk().check(
        r#"
        gina> post_message id=!a channel=#general text="请@李雷看下 @bob @channel"
        gina> post_message id=!b channel=#general thread=!root text=me
        gina> post_message id=!a channel=#general text=again
        gina> post_message id=!c channel=#general text=" \n "
        gina> post_message id=!c channel=#general text="bell\u0007"
        gina> post_message id=!c channel=#general thread=!reply text=nested
        carol> post_message id=!c channel=#general thread=!secret text=elsewhere
        carol> post_message id=!c channel=#general thread=!nothing text=nowhere
        carol> post_message id=!c channel=#general task=%t1 text=both
        carol> post_message id=!c text=neither
        lilei> post_message id=!c channel=#general text=outside
        lilei> post_message id=!c channel=#secret text=outside
        lilei> post_message id=!c channel=#nothing text=outside
        carol> post_message id=!c channel=#general text=hi alias={"name":"Boss"}
        "#,
        expect![[r#"
            gina> post_message id=!a channel=#general text="请@李雷看下 @bob @channel"
              channel:#general message_posted {"message":{"author":@gina,"channel":#general,"id":!a,"mentions":[@lilei,@bob],"mentions_channel":true,"text":"请@李雷看下 @bob @channel"}}
            gina> post_message id=!b channel=#general thread=!root text=me
              channel:#general message_posted {"message":{"author":@gina,"channel":#general,"id":!b,"text":"me","thread":!root}}
            gina> post_message id=!a channel=#general text=again
              ! already_exists [id]: This id is taken; choose a new one.
            gina> post_message id=!c channel=#general text=" \n "
              ! invalid [text]: text is empty; fill it in.
            gina> post_message id=!c channel=#general text="bell\u0007"
              ! invalid [text]: text contains a control character or line break; take it out.
            gina> post_message id=!c channel=#general thread=!reply text=nested
              ! invalid [thread]: Reply to the message that began the thread.
            carol> post_message id=!c channel=#general thread=!secret text=elsewhere
              ! not_found [thread]: There is no such message.
            carol> post_message id=!c channel=#general thread=!nothing text=nowhere
              ! not_found [thread]: There is no such message.
            carol> post_message id=!c channel=#general task=%t1 text=both
              ! invalid [channel]: Say where: either a channel or a task.
            carol> post_message id=!c text=neither
              ! invalid [channel]: Say where: either a channel or a task.
            lilei> post_message id=!c channel=#general text=outside
              ! not_a_member: Join the channel first.
            lilei> post_message id=!c channel=#secret text=outside
              ! not_found: There is no such channel.
            lilei> post_message id=!c channel=#nothing text=outside
              ! not_found: There is no such channel.
            carol> post_message id=!c channel=#general text=hi alias={"name":"Boss"}
              channel:#general message_posted {"message":{"author":@carol,"channel":#general,"id":!c,"text":"hi"}}
        "#]],
    );
}

#[test]
fn bots_sign_as_they_like() {
    talk().given("carol> add_channel_member channel=#general member=@robot").check(
        r#"
        robot> post_message id=!c channel=#general text=hi alias={"name":"Alerts","emoji":":fire:"}
        robot> post_message id=!d channel=#general text=hi alias={"name":"two\nlines"}
        "#,
        expect![[r#"
            robot> post_message id=!c channel=#general text=hi alias={"name":"Alerts","emoji":":fire:"}
              channel:#general message_posted {"message":{"alias":{"emoji":":fire:","name":"Alerts"},"author":@robot,"channel":#general,"id":!c,"text":"hi"}}
            robot> post_message id=!d channel=#general text=hi alias={"name":"two\nlines"}
              ! invalid [alias]: alias contains a control character or line break; take it out.
        "#]],
    );
}

#[test]
fn a_message_has_a_size() {
    let mut world = talk();
    let mut post = |bytes: usize| {
        let text = "x".repeat(bytes);
        world.run(&format!(
            "carol> post_message id=!x{bytes} channel=#general text={text}"
        ))
    };
    let max = limit::MESSAGE_TEXT_BYTES_MAX;
    assert!(post(max).is_ok());
    assert_eq!(
        post(max + 1),
        Err(Refusal::TooLarge {
            field: "text",
            bytes_max: max
        })
    );
}

#[test]
fn a_tasks_conversation_is_told_to_its_project() {
    talk().check(
        r#"
        lilei> post_message id=!a task=%t1 text="@bob @gina look @channel"
        lilei> post_message id=!b task=%t1 text=again
        lilei> post_message id=!c task=%t1 thread=!task text=reply
        lilei> post_message id=!d task=%t1 thread=!root text=reply
        gina> post_message id=!d task=%t1 text=guest
        lilei> post_message id=!d task=%h1 text=outside
        lilei> post_message id=!d task=%nothing text=outside
        lilei> edit_message message=!b text="@robot again"
        "#,
        expect![[r#"
            lilei> post_message id=!a task=%t1 text="@bob @gina look @channel"
              project:$eng message_posted {"message":{"author":@lilei,"id":!a,"mentions":[@bob,@gina],"task":%t1,"text":"@bob @gina look @channel"}}
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol],"to":[@carol,@lilei,@bob]}],"task":%t1}
            lilei> post_message id=!b task=%t1 text=again
              project:$eng message_posted {"message":{"author":@lilei,"id":!b,"task":%t1,"text":"again"}}
            lilei> post_message id=!c task=%t1 thread=!task text=reply
              project:$eng message_posted {"message":{"author":@lilei,"id":!c,"task":%t1,"text":"reply","thread":!task}}
            lilei> post_message id=!d task=%t1 thread=!root text=reply
              ! not_found [thread]: There is no such message.
            gina> post_message id=!d task=%t1 text=guest
              ! not_found: There is no such task.
            lilei> post_message id=!d task=%h1 text=outside
              ! not_found: There is no such task.
            lilei> post_message id=!d task=%nothing text=outside
              ! not_found: There is no such task.
            lilei> edit_message message=!b text="@robot again"
              project:$eng message_edited {"mentions":[@robot],"message":!b,"message_seq":32,"task":%t1,"text":"@robot again"}
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol,@lilei,@bob],"to":[@carol,@lilei,@bob,@robot]}],"task":%t1}
        "#]],
    );
}

#[test]
fn messages_are_edited() {
    talk().check(
        r#"
        carol> edit_message message=!root text="shall we, @bob?"
        carol> edit_message message=!root text="shall we, @bob?"
        carol> edit_message message=!root text="shall we, @channel?"
        carol> edit_message message=!root text=""
        bob> edit_message message=!root text=no
        lilei> edit_message message=!root text=no
        lilei> edit_message message=!secret text=no
        lilei> edit_message message=!hush text=no
        lilei> edit_message message=!nothing text=no
        carol> delete_message message=!root
        carol> edit_message message=!root text=back
        "#,
        expect![[r#"
            carol> edit_message message=!root text="shall we, @bob?"
              channel:#general message_edited {"channel":#general,"mentions":[@bob],"message":!root,"message_seq":25,"text":"shall we, @bob?"}
            carol> edit_message message=!root text="shall we, @bob?"
              (nothing)
            carol> edit_message message=!root text="shall we, @channel?"
              channel:#general message_edited {"channel":#general,"mentions_before":[@bob],"mentions_channel":true,"message":!root,"message_seq":25,"text":"shall we, @channel?"}
            carol> edit_message message=!root text=""
              ! invalid [text]: text is empty; fill it in.
            bob> edit_message message=!root text=no
              ! forbidden: Only the author can do this with a message.
            lilei> edit_message message=!root text=no
              ! forbidden: Only the author can do this with a message.
            lilei> edit_message message=!secret text=no
              ! not_found: There is no such message.
            lilei> edit_message message=!hush text=no
              ! not_found: There is no such message.
            lilei> edit_message message=!nothing text=no
              ! not_found: There is no such message.
            carol> delete_message message=!root
              channel:#general message_deleted {"author":@carol,"channel":#general,"mentions_channel":true,"message":!root,"message_seq":25}
            carol> edit_message message=!root text=back
              ! conflict: The message was deleted.
        "#]],
    );
}

#[test]
fn messages_are_deleted() {
    talk().check(
        r#"
        gina> delete_message message=!root
        lilei> delete_message message=!secret
        bob> delete_message message=!secret
        bob> delete_message message=!reply
        bob> delete_message message=!reply
        carol> delete_message message=!task
        gina> delete_message message=!task
        "#,
        expect![[r#"
            gina> delete_message message=!root
              ! forbidden: Only the author or an administrator can do this with a message.
            lilei> delete_message message=!secret
              ! not_found: There is no such message.
            bob> delete_message message=!secret
              ! not_found: There is no such message.
            bob> delete_message message=!reply
              channel:#general message_deleted {"author":@gina,"channel":#general,"message":!reply,"message_seq":26,"thread":!root}
            bob> delete_message message=!reply
              (nothing)
            carol> delete_message message=!task
              project:$eng message_deleted {"author":@carol,"message":!task,"message_seq":28,"task":%t1}
            gina> delete_message message=!task
              ! not_found: There is no such message.
        "#]],
    );
}

#[test]
fn messages_are_reacted_to() {
    talk().check(
        r#"
        gina> add_reaction message=!root emoji=👍
        gina> add_reaction message=!root emoji=👍
        bob> add_reaction message=!root emoji=❤
        bob> add_reaction message=!root emoji="❤️"
        gina> add_reaction message=!root emoji=:party:
        gina> add_reaction message=!root emoji=ok
        gina> add_reaction message=!root emoji="👍👍"
        gina> remove_reaction message=!root emoji=👍
        gina> remove_reaction message=!root emoji=👍
        lilei> add_reaction message=!root emoji=👍
        lilei> add_reaction message=!secret emoji=👍
        lilei> add_reaction message=!task emoji=🎉
        bob> delete_message message=!root
        gina> add_reaction message=!root emoji=👍
        "#,
        expect![[r#"
            gina> add_reaction message=!root emoji=👍
              channel:#general reaction_added {"emoji":"👍","message":!root}
            gina> add_reaction message=!root emoji=👍
              (nothing)
            bob> add_reaction message=!root emoji=❤
              channel:#general reaction_added {"emoji":"❤️","message":!root}
            bob> add_reaction message=!root emoji="❤️"
              (nothing)
            gina> add_reaction message=!root emoji=:party:
              ! invalid [emoji]: Choose one emoji.
            gina> add_reaction message=!root emoji=ok
              ! invalid [emoji]: Choose one emoji.
            gina> add_reaction message=!root emoji="👍👍"
              ! invalid [emoji]: Choose one emoji.
            gina> remove_reaction message=!root emoji=👍
              channel:#general reaction_removed {"emoji":"👍","message":!root}
            gina> remove_reaction message=!root emoji=👍
              (nothing)
            lilei> add_reaction message=!root emoji=👍
              ! not_a_member: Join the channel first.
            lilei> add_reaction message=!secret emoji=👍
              ! not_found: There is no such message.
            lilei> add_reaction message=!task emoji=🎉
              project:$eng reaction_added {"emoji":"🎉","message":!task}
            bob> delete_message message=!root
              channel:#general message_deleted {"author":@carol,"channel":#general,"message":!root,"message_seq":25}
            gina> add_reaction message=!root emoji=👍
              ! conflict: The message was deleted.
        "#]],
    );
}

#[test]
fn reactions_have_a_limit() {
    let mut world = talk();
    let emoji = [
        "😀", "😁", "😂", "😃", "😄", "😅", "😆", "😇", "😈", "😉", "😊",
    ];
    let more = ["😋", "😌", "😍", "😎", "😏", "😐", "😑", "😒", "😓"];
    for emoji in emoji.iter().chain(&more) {
        world.given(&format!("gina> add_reaction message=!root emoji={emoji}"));
    }
    world.check(
        "
        gina> add_reaction message=!root emoji=👍
        bob> add_reaction message=!root emoji=😀
        ",
        expect![[r#"
            gina> add_reaction message=!root emoji=👍
              ! limit_reached [emoji]: emoji has more than 20 entries; take some away.
            bob> add_reaction message=!root emoji=😀
              channel:#general reaction_added {"emoji":"😀","message":!root}
        "#]],
    );
}

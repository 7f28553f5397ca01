//! The joint: a message becomes a task.

use crate::world::World;
use expect_test::expect;

fn talk() -> World {
    let mut world = World::new();
    world.given(
        r#"carol> create_project id=$eng key=ENG name=Eng template=simple
           carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
           carol> create_channel id=#general name=general kind=public project=$eng members=[@gina,@lilei]
           carol> create_channel id=#secret name=secret kind=private
           carol> create_channel id=#random name=random kind=public members=[@gina]
           gina> post_message id=!root channel=#general text="The login is broken"
           bob> add_channel_member channel=#general member=@bob
           bob> post_message id=!reply channel=#general thread=!root text="Since monday"
           lilei> post_message id=!more channel=#general text="Also on phones"
           carol> post_message id=!secret channel=#secret text=psst
           carol> post_message id=!random channel=#random text="Tell @lilei"
           carol> create_task id=%t1 project=$eng title=One
           carol> post_message id=!task task=%t1 text=begun"#,
    );
    world
}

#[test]
fn talk_becomes_work() {
    talk().check(
        r#"
        carol> make_task id=%new message=!root messages=[!more] assignees=[@lilei] due="2026-11-25" priority=high labels=["bug"] title="Mend the login"
        carol> make_task id=%again message=!root
        carol> make_task id=%again message=!more
        lilei> make_task id=%again message=!reply messages=[!more] due=null
        "#,
        expect![[r#"
            carol> make_task id=%new message=!root messages=[!more] assignees=[@lilei] due="2026-11-25" priority=high labels=["bug"] title="Mend the login"
              project:$eng task_created {"task":{"assignees":[@lilei],"created_by":@carol,"due":"2026-11-25","followers":[@carol,@bob,@lilei],"id":%new,"key":"ENG-2","labels":["bug"],"number":2,"priority":"high","project":$eng,"rank":"X","source":{"channel":#general,"message":!root},"state":"todo","title":"Mend the login"}}
              project:$eng message_posted {"message":{"author":@carol,"context":{"channel":#general,"message":!root,"quotes":[{"author":@gina,"message":!root,"text":"The login is broken"},{"author":@bob,"message":!reply,"text":"Since monday"},{"author":@lilei,"message":!more,"text":"Also on phones"}]},"id":"00000000-0000-0000-0000-0000000f4264","task":%new,"text":""}}
              channel:#general message_linked {"channel":#general,"link":{"key":"ENG-2","project":$eng,"task":%new},"message":!root}
              channel:#general message_linked {"channel":#general,"link":{"key":"ENG-2","project":$eng,"task":%new},"message":!more}
            carol> make_task id=%again message=!root
              ! already_a_task: This message is a task already; open that one.
            carol> make_task id=%again message=!more
              ! already_a_task: This message is a task already; open that one.
            lilei> make_task id=%again message=!reply messages=[!more] due=null
              project:$eng task_created {"task":{"created_by":@lilei,"followers":[@lilei,@bob],"id":%again,"key":"ENG-3","number":3,"priority":"none","project":$eng,"rank":"Y","source":{"channel":#general,"message":!reply},"state":"todo","title":"Since monday"}}
              project:$eng message_posted {"message":{"author":@lilei,"context":{"channel":#general,"message":!reply,"quotes":[{"author":@gina,"message":!root,"text":"The login is broken"},{"author":@bob,"message":!reply,"text":"Since monday"},{"author":@lilei,"message":!more,"text":"Also on phones"}]},"id":"00000000-0000-0000-0000-0000000f4268","task":%again,"text":""}}
              channel:#general message_linked {"channel":#general,"link":{"key":"ENG-3","project":$eng,"task":%again},"message":!reply}
        "#]],
    );
}

#[test]
fn what_is_left_open_is_guessed() {
    talk()
        .given(r#"carol> post_message id=!ask channel=#general text="@李雷 明天下午三点前修好登录" "#)
        .check("carol> make_task id=%new message=!ask", expect![[r#"
            carol> make_task id=%new message=!ask
              project:$eng task_created {"task":{"assignees":[@lilei],"created_by":@carol,"due":"2025-11-23T07:00:00Z","followers":[@carol,@lilei],"id":%new,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","source":{"channel":#general,"message":!ask},"state":"todo","title":"修好登录"}}
              project:$eng message_posted {"message":{"author":@carol,"context":{"channel":#general,"message":!ask,"quotes":[{"author":@carol,"message":!ask,"text":"@李雷 明天下午三点前修好登录"}]},"id":"00000000-0000-0000-0000-0000000f4265","task":%new,"text":""}}
              channel:#general message_linked {"channel":#general,"link":{"key":"ENG-2","project":$eng,"task":%new},"message":!ask}
        "#]]);
}

#[test]
fn a_guess_that_would_be_refused_is_left_out() {
    talk()
        .given(r#"carol> post_message id=!ask channel=#general text="@Gina please look" "#)
        .check(
            "
            carol> make_task id=%new message=!ask project=$hush
            carol> make_task id=%more message=!more project=$hush assignees=[@gina]
            ",
            expect![[r#"
                carol> make_task id=%new message=!ask project=$hush
                  project:$hush task_created {"task":{"created_by":@carol,"followers":[@carol],"id":%new,"key":"HUSH-1","number":1,"priority":"none","project":$hush,"rank":"W","source":{"channel":#general,"message":!ask},"state":"todo","title":"look"}}
                  project:$hush message_posted {"message":{"author":@carol,"context":{"channel":#general,"message":!ask,"quotes":[{"author":@carol,"message":!ask,"text":"@Gina please look"}]},"id":"00000000-0000-0000-0000-0000000f4265","task":%new,"text":""}}
                  channel:#general message_linked {"channel":#general,"link":{"key":"HUSH-1","project":$hush,"task":%new},"message":!ask}
                carol> make_task id=%more message=!more project=$hush assignees=[@gina]
                  ! invalid [assignees]: @gina is not active or cannot see this project; add them to it first.
            "#]],
        );
}

#[test]
fn not_every_message_becomes_a_task() {
    talk()
        .given(
            "carol> add_channel_member channel=#general member=@robot
             carol> add_feed channel=#general project=$eng
             server:robot> show_card id=!card channel=#general task=%t1 changed_by=@carol changed_at=2026-11-22T10:00:00Z
             bob> delete_message message=!reply",
        )
        .check(
            r#"
            lilei> make_task id=%new message=!secret project=$eng
            lilei> make_task id=%new message=!nothing project=$eng
            lilei> make_task id=%new message=!task project=$eng
            lilei> make_task id=%new message=!random
            lilei> make_task id=%new message=!random project=$hush
            gina> make_task id=%new message=!root
            gina> make_task id=%new message=!root project=$eng
            lilei> make_task id=%new message=!reply
            lilei> make_task id=%new message=!card
            lilei> make_task id=%new message=!root messages=[!secret]
            lilei> make_task id=%new message=!root messages=[!random]
            lilei> make_task id=%new message=!root messages=[!reply]
            lilei> make_task id=%t1 message=!root
            lilei> make_task id=%new message=!root title=""
            lilei> make_task id=%new message=!root state=limbo
            bob> make_task id=%new message=!random project=$eng title="A preview is enough"
            "#,
            expect![[r#"
                lilei> make_task id=%new message=!secret project=$eng
                  ! not_found: There is no such message.
                lilei> make_task id=%new message=!nothing project=$eng
                  ! not_found: There is no such message.
                lilei> make_task id=%new message=!task project=$eng
                  ! not_found: There is no such message.
                lilei> make_task id=%new message=!random
                  ! invalid [project]: Choose a project.
                lilei> make_task id=%new message=!random project=$hush
                  ! not_found: There is no such project.
                gina> make_task id=%new message=!root
                  ! invalid [project]: Choose a project.
                gina> make_task id=%new message=!root project=$eng
                  ! not_found: There is no such project.
                lilei> make_task id=%new message=!reply
                  ! conflict: The message was deleted.
                lilei> make_task id=%new message=!card
                  ! invalid [message]: Tasks are made from what people said; choose another message.
                lilei> make_task id=%new message=!root messages=[!secret]
                  ! not_found [messages]: There is no such message.
                lilei> make_task id=%new message=!root messages=[!random]
                  ! not_found [messages]: There is no such message.
                lilei> make_task id=%new message=!root messages=[!reply]
                  ! conflict: The message was deleted.
                lilei> make_task id=%t1 message=!root
                  ! already_exists [id]: This id is taken; choose a new one.
                lilei> make_task id=%new message=!root title=""
                  ! invalid [title]: title is empty; fill it in.
                lilei> make_task id=%new message=!root state=limbo
                  ! invalid [state]: The workflow has no state limbo; choose one of its states.
                bob> make_task id=%new message=!random project=$eng title="A preview is enough"
                  project:$eng task_created {"task":{"assignees":[@lilei],"created_by":@bob,"followers":[@bob,@carol,@lilei],"id":%new,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","source":{"channel":#random,"message":!random},"state":"todo","title":"A preview is enough"}}
                  project:$eng message_posted {"message":{"author":@bob,"context":{"channel":#random,"message":!random,"quotes":[{"author":@carol,"message":!random,"text":"Tell @lilei"}]},"id":"00000000-0000-0000-0000-0000000f4269","task":%new,"text":""}}
                  channel:#random message_linked {"channel":#random,"link":{"key":"ENG-2","project":$eng,"task":%new},"message":!random}
            "#]],
        );
}

#[test]
fn long_threads_keep_their_newest() {
    let mut world = talk();
    for number in 0..60 {
        world.given(&format!(
            "lilei> post_message id=!r{number} channel=#general thread=!root text=n{number}"
        ));
    }
    let made = world
        .run("carol> make_task id=%new message=!root title=Long")
        .unwrap();
    let quotes = made.facts.iter().find_map(|fact| match &fact.event {
        tenon_protocol::Event::MessagePosted { message } => message.context.clone(),
        _ => None,
    });
    let quotes: Vec<String> = quotes
        .unwrap()
        .quotes
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(quotes.len(), 50);
    assert_eq!(
        (quotes[0].as_str(), quotes[1].as_str()),
        ("The login is broken", "n11")
    );
    assert_eq!(quotes[49], "n59");
}

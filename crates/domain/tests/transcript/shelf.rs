//! What a channel keeps at hand: pins and bookmarks; and its description.

use crate::world::World;
use expect_test::expect;

#[test]
fn messages_are_pinned() {
    World::new()
        .given(
            "carol> create_channel id=#team name=team kind=private members=[@bob]
             carol> create_channel id=#open name=open kind=public
             carol> post_message id=!plan channel=#team text=plan
             carol> post_message id=!reply channel=#team thread=!plan text=reply
             carol> post_message id=!gone channel=#team text=gone
             carol> delete_message message=!gone
             carol> post_message id=!hello channel=#open text=hello
             carol> create_project id=$eng key=ENG name=Eng
             carol> create_task id=%t project=$eng title=Task
             carol> post_message id=!talk task=%t text=talk",
        )
        .check(
            "
            bob> pin_message message=!plan
            carol> pin_message message=!plan
            carol> pin_message message=!reply
            carol> pin_message message=!gone
            carol> pin_message message=!talk
            lilei> pin_message message=!plan
            lilei> pin_message message=!hello
            gina> pin_message message=!hello
            carol[read]> pin_message message=!hello
            carol> unpin_message message=!plan
            carol> unpin_message message=!plan
            lilei> unpin_message message=!reply
            carol> delete_message message=!reply
            carol> update_channel channel=#team archived=true
            carol> unpin_message message=!plan
            ",
            expect![[r#"
                bob> pin_message message=!plan
                  channel:#team message_pinned {"channel":#team,"message":!plan,"pin":{"by":@bob}}
                carol> pin_message message=!plan
                  (nothing)
                carol> pin_message message=!reply
                  channel:#team message_pinned {"channel":#team,"message":!reply,"pin":{"by":@carol}}
                carol> pin_message message=!gone
                  ! conflict: The message was deleted.
                carol> pin_message message=!talk
                  ! invalid [message]: Messages of a channel are pinned; choose one of those.
                lilei> pin_message message=!plan
                  ! not_found: There is no such message.
                lilei> pin_message message=!hello
                  ! not_a_member: Join the channel first.
                gina> pin_message message=!hello
                  ! not_found: There is no such message.
                carol[read]> pin_message message=!hello
                  ! forbidden: This token lacks the scope `chat`; create one that has it.
                carol> unpin_message message=!plan
                  channel:#team message_unpinned {"channel":#team,"message":!plan}
                carol> unpin_message message=!plan
                  (nothing)
                lilei> unpin_message message=!reply
                  ! not_found: There is no such message.
                carol> delete_message message=!reply
                  channel:#team message_deleted {"author":@carol,"channel":#team,"message":!reply,"message_seq":17,"thread":!plan}
                carol> update_channel channel=#team archived=true
                  channel:#team channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#team,"name":"team"}}
                carol> unpin_message message=!plan
                  ! archived: The channel is archived; restore it first.
            "#]],
        );
}

#[test]
fn a_channel_has_only_so_many_pins() {
    let mut world = World::new();
    world.given("carol> create_channel id=#team name=team kind=private");
    for n in 0..100 {
        world.given(&format!(
            "carol> post_message id=!m{n} channel=#team text=x
             carol> pin_message message=!m{n}"
        ));
    }
    world.given("carol> post_message id=!more channel=#team text=x");
    let full = "carol> pin_message message=!more";
    assert_eq!(
        world.run(full).unwrap_err().code().to_string(),
        "limit_reached"
    );
    world.given(
        "carol> unpin_message message=!m7
         carol> pin_message message=!more",
    );
}

#[test]
fn bookmarks_have_an_order() {
    World::new()
        .given(
            "carol> create_channel id=#team name=team kind=private members=[@bob]
             carol> create_channel id=#open name=open kind=public",
        )
        .check(
            r#"
            carol> add_bookmark id=~a channel=#team title=" 设计稿 " url="https://figma.example/a"
            bob> add_bookmark id=~b channel=#team url="https://wiki.example/b/"
            bob> add_bookmark id=~c channel=#team title=C url="HTTP://wiki.example/c"
            carol> add_bookmark id=~c channel=#open title=C url="https://wiki.example/c"
            bob> update_bookmark channel=#team bookmark=~c after=null
            bob> update_bookmark channel=#team bookmark=~c after=null
            bob> update_bookmark channel=#team bookmark=~b after=~c
            bob> update_bookmark channel=#team bookmark=~b after=~nothing
            bob> update_bookmark channel=#team bookmark=~nothing title=x
            bob> update_bookmark channel=#team bookmark=~a title=Design url="https://figma.example/b"
            bob> update_bookmark channel=#open bookmark=~a title=Design
            carol> remove_bookmark channel=#team bookmark=~a
            carol> remove_bookmark channel=#team bookmark=~a
            lilei> add_bookmark id=~d channel=#team url="https://x.example"
            lilei> add_bookmark id=~d channel=#open url="https://x.example"
            lilei> update_bookmark channel=#team bookmark=~b title=x
            lilei> remove_bookmark channel=#team bookmark=~b
            "#,
            expect![[r#"
                carol> add_bookmark id=~a channel=#team title=" 设计稿 " url="https://figma.example/a"
                  channel:#team bookmark_added {"bookmark":{"channel":#team,"created_by":@carol,"id":~a,"rank":"V","title":"设计稿","url":"https://figma.example/a"}}
                bob> add_bookmark id=~b channel=#team url="https://wiki.example/b/"
                  channel:#team bookmark_added {"bookmark":{"channel":#team,"created_by":@bob,"id":~b,"rank":"VV","title":"wiki.example/b","url":"https://wiki.example/b/"}}
                bob> add_bookmark id=~c channel=#team title=C url="HTTP://wiki.example/c"
                  channel:#team bookmark_added {"bookmark":{"channel":#team,"created_by":@bob,"id":~c,"rank":"Vd","title":"C","url":"HTTP://wiki.example/c"}}
                carol> add_bookmark id=~c channel=#open title=C url="https://wiki.example/c"
                  ! already_exists [id]: This id is taken; choose a new one.
                bob> update_bookmark channel=#team bookmark=~c after=null
                  channel:#team bookmark_changed {"bookmark":{"channel":#team,"created_by":@bob,"id":~c,"rank":"N","title":"C","url":"HTTP://wiki.example/c"}}
                bob> update_bookmark channel=#team bookmark=~c after=null
                  (nothing)
                bob> update_bookmark channel=#team bookmark=~b after=~c
                  channel:#team bookmark_changed {"bookmark":{"channel":#team,"created_by":@bob,"id":~b,"rank":"NV","title":"wiki.example/b","url":"https://wiki.example/b/"}}
                bob> update_bookmark channel=#team bookmark=~b after=~nothing
                  ! not_found [after]: There is no such bookmark.
                bob> update_bookmark channel=#team bookmark=~nothing title=x
                  ! not_found [bookmark]: There is no such bookmark.
                bob> update_bookmark channel=#team bookmark=~a title=Design url="https://figma.example/b"
                  channel:#team bookmark_changed {"bookmark":{"channel":#team,"created_by":@carol,"id":~a,"rank":"V","title":"Design","url":"https://figma.example/b"}}
                bob> update_bookmark channel=#open bookmark=~a title=Design
                  ! not_a_member: Join the channel first.
                carol> remove_bookmark channel=#team bookmark=~a
                  channel:#team bookmark_removed {"bookmark":~a,"channel":#team}
                carol> remove_bookmark channel=#team bookmark=~a
                  (nothing)
                lilei> add_bookmark id=~d channel=#team url="https://x.example"
                  ! not_found: There is no such channel.
                lilei> add_bookmark id=~d channel=#open url="https://x.example"
                  ! not_a_member: Join the channel first.
                lilei> update_bookmark channel=#team bookmark=~b title=x
                  ! not_found: There is no such channel.
                lilei> remove_bookmark channel=#team bookmark=~b
                  ! not_found: There is no such channel.
            "#]],
        );
}

#[test]
fn bookmarks_are_addresses_of_the_web() {
    let mut world = World::new();
    world.given("carol> create_channel id=#team name=team kind=private");
    for url in [
        "javascript:alert(1)",
        "javascript://x.example/%0Aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user@host.example",
        "https://a b.example",
        "wiki.example",
        "//wiki.example",
    ] {
        let line = format!("carol> add_bookmark id=~a channel=#team title=x url={url:?}");
        let refusal = world.run(&line).unwrap_err();
        assert_eq!(refusal.field(), Some("url"), "{url}");
    }
    let long = format!("https://x.example/{}", "a".repeat(2_000));
    let line = format!("carol> add_bookmark id=~a channel=#team url={long:?}");
    assert_eq!(
        world.run(&line).unwrap_err().code().to_string(),
        "too_large"
    );
    for n in 0..50 {
        let url = "https://x.example";
        world.given(&format!(
            "carol> add_bookmark id=~b{n} channel=#team url={url:?}"
        ));
    }
    let line = "carol> add_bookmark id=~more channel=#team url=\"https://x.example\"";
    assert_eq!(
        world.run(line).unwrap_err().code().to_string(),
        "limit_reached"
    );
}

#[test]
fn a_channel_is_described() {
    World::new()
        .given("carol> create_channel id=#team name=team kind=private")
        .check(
            r#"
            carol> update_channel channel=#team description="\# 发布\nEvery **Friday**"
            carol> update_channel channel=#team description=""
            lilei> update_channel channel=#team description=x
            "#,
            expect![[r#"
                carol> update_channel channel=#team description="\# 发布\nEvery **Friday**"
                  channel:#team channel_changed {"channel":{"created_by":@carol,"description":"\"\\# 发布\\nEvery **Friday**\"","id":#team,"name":"team"}}
                carol> update_channel channel=#team description=""
                  channel:#team channel_changed {"channel":{"created_by":@carol,"id":#team,"name":"team"}}
                lilei> update_channel channel=#team description=x
                  ! not_found: There is no such channel.
            "#]],
        );
}

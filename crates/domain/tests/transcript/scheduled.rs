//! Scheduled messages: who may, when it is too late, and what becomes of what is due. It is
//! 2025-11-22T08:27Z.

use crate::world::World;
use expect_test::expect;
use tenon_protocol::limit;

fn team() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#general name=general kind=public members=[@lilei]
         carol> create_channel id=#secret name=secret kind=private
         carol> post_message id=!root channel=#general text=hello",
    );
    world
}

#[test]
fn what_may_be_posted_now_may_be_posted_later() {
    team().check(
        r#"
        lilei> schedule_message id=!a channel=#general text=Morning at=2025-11-22T08:00:00Z
        lilei> schedule_message id=!a channel=#secret text=Morning at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general text="" at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general text=x files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        lilei[read]> schedule_message id=!a channel=#general text=Morning at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general thread=!root in_channel=true text=Morning at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general thread=!root in_channel=true text=Morning at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general text=Other at=2025-11-22T09:00:00Z
        "#,
        expect![[r#"
            lilei> schedule_message id=!a channel=#general text=Morning at=2025-11-22T08:00:00Z
              ! invalid [at]: at is in the past; choose a later time.
            lilei> schedule_message id=!a channel=#secret text=Morning at=2025-11-22T09:00:00Z
              ! not_found: There is no such channel.
            lilei> schedule_message id=!a channel=#general text="" at=2025-11-22T09:00:00Z
              ! invalid [text]: text is empty; fill it in.
            lilei> schedule_message id=!a channel=#general text=x files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              ! not_found [files]: There is no such file.
            lilei[read]> schedule_message id=!a channel=#general text=Morning at=2025-11-22T09:00:00Z
              ! forbidden: This token lacks the scope `chat`; create one that has it.
            lilei> schedule_message id=!a channel=#general thread=!root in_channel=true text=Morning at=2025-11-22T09:00:00Z
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!a,"in_channel":true,"text":"Morning","thread":!root},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> schedule_message id=!a channel=#general thread=!root in_channel=true text=Morning at=2025-11-22T09:00:00Z
              (nothing)
            lilei> schedule_message id=!a channel=#general text=Other at=2025-11-22T09:00:00Z
              ! already_exists [id]: This id is taken; choose a new one.
        "#]],
    );
}

#[test]
fn a_file_waits_for_its_message_alone() {
    let mut world = team();
    world.upload("lilei", "01890a5d-ac96-774b-bcce-b302099a8057");
    world.check(
        r#"
        carol> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        lilei> schedule_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        lilei> post_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
        lilei> change_scheduled message=!a text=x at=2025-11-22T10:00:00Z
        lilei> change_scheduled message=!a text="" send_now=true
        lilei> post_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
        server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T08:26:58Z
        lilei> schedule_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
        "#,
        expect![[r#"
            carol> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              ! not_found [files]: There is no such file.
            lilei> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              inbox:@lilei message_scheduled {"scheduled":{"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","media_type":"text/plain","name":"a.txt","size":1}],"message":{"channel":#general,"files":["01890a5d-ac96-774b-bcce-b302099a8057"],"id":!a,"text":""},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> schedule_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              (nothing)
            lilei> schedule_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              ! conflict [files]: Another message carries this file already; upload it again.
            lilei> post_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
              ! conflict [files]: Another message carries this file already; upload it again.
            lilei> change_scheduled message=!a text=x at=2025-11-22T10:00:00Z
              inbox:@lilei message_scheduled {"scheduled":{"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","media_type":"text/plain","name":"a.txt","size":1}],"message":{"channel":#general,"files":["01890a5d-ac96-774b-bcce-b302099a8057"],"id":!a,"text":"x"},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> change_scheduled message=!a text="" send_now=true
              inbox:@lilei message_scheduled {"scheduled":{"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","media_type":"text/plain","name":"a.txt","size":1}],"message":{"channel":#general,"files":["01890a5d-ac96-774b-bcce-b302099a8057"],"id":!a,"text":""},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> post_message id=!a channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
              channel:#general message_posted {"message":{"author":@lilei,"channel":#general,"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","media_type":"text/plain","name":"a.txt","size":1}],"id":!a,"text":""}}
            server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T08:26:58Z
              inbox:@lilei scheduled_removed {"message":!a}
            lilei> schedule_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"] at=2025-11-22T09:00:00Z
              ! conflict [files]: Another message carries this file already; upload it again.
        "#]],
    );
}

#[test]
fn a_file_is_free_again_when_its_message_is_cancelled() {
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let with = format!("channel=#general text=\"\" files=[\"{id}\"]");
    let mut world = team();
    world.upload("lilei", id).given(&format!(
        "lilei> schedule_message id=!a {with} at=2025-11-22T09:00:00Z
         lilei> cancel_scheduled message=!a
         lilei> post_message id=!b {with}"
    ));
}

#[test]
fn its_files_are_taken_off_one_by_one() {
    let ids = [
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a8058",
    ];
    let mut world = team();
    world.upload("lilei", ids[0]).upload("lilei", ids[1]);
    let [first, second] = ids.map(|id| format!("[\"{id}\"]"));
    world.given(&format!(
        "lilei> schedule_message id=!a channel=#general text=\"\" \
         files=[\"{}\",\"{}\"] at=2025-11-22T09:00:00Z",
        ids[0], ids[1]
    ));
    world.check(
        &format!(
            r#"
        lilei> change_scheduled message=!a files=["01890a5d-ac96-774b-bcce-b302099a8059"]
        lilei> change_scheduled message=!a files=[]
        lilei> post_message id=!b channel=#general text="" files={first}
        lilei> change_scheduled message=!a files={second}
        lilei> post_message id=!b channel=#general text="" files={first}
        lilei> change_scheduled message=!a text=Later files=[]
        "#
        ),
        expect![[r#"
            lilei> change_scheduled message=!a files=["01890a5d-ac96-774b-bcce-b302099a8059"]
              ! not_found [files]: There is no such file.
            lilei> change_scheduled message=!a files=[]
              ! invalid [text]: text is empty; fill it in.
            lilei> post_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
              ! conflict [files]: Another message carries this file already; upload it again.
            lilei> change_scheduled message=!a files=["01890a5d-ac96-774b-bcce-b302099a8058"]
              inbox:@lilei message_scheduled {"scheduled":{"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8058","media_type":"text/plain","name":"a.txt","size":1}],"message":{"channel":#general,"files":["01890a5d-ac96-774b-bcce-b302099a8058"],"id":!a,"text":""},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> post_message id=!b channel=#general text="" files=["01890a5d-ac96-774b-bcce-b302099a8057"]
              channel:#general message_posted {"message":{"author":@lilei,"channel":#general,"files":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","media_type":"text/plain","name":"a.txt","size":1}],"id":!b,"text":""}}
            lilei> change_scheduled message=!a text=Later files=[]
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!a,"text":"Later"},"scheduled_at":"2025-11-22T08:26:56Z"}}
        "#]],
    );
}

#[test]
fn it_is_changed_sent_now_and_cancelled_by_its_author_alone() {
    let mut world = team();
    world.given(
        "lilei> schedule_message id=!a channel=#general text=Morning at=2025-11-22T09:00:00Z
         lilei> schedule_message id=!b channel=#general text=Noon at=2025-11-22T12:00:00Z",
    );
    world.check(
        r#"
        carol> change_scheduled message=!a text=Forged
        carol> cancel_scheduled message=!a
        lilei> change_scheduled message=!a text=" "
        lilei> change_scheduled message=!a at=2025-11-22T08:00:00Z
        lilei> change_scheduled message=!a text="Good morning"
        lilei> change_scheduled message=!a text="Good morning" at=2025-11-22T09:00:00Z
        lilei> cancel_scheduled message=!b
        lilei> cancel_scheduled message=!b
        lilei> change_scheduled message=!b text=x
        lilei> change_scheduled message=!a send_now=true
        lilei> change_scheduled message=!a text="Too late"
        lilei> cancel_scheduled message=!a
        lilei> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
        "#,
        expect![[r#"
            carol> change_scheduled message=!a text=Forged
              ! not_found: There is no such scheduled message; it was sent or cancelled.
            carol> cancel_scheduled message=!a
              (nothing)
            lilei> change_scheduled message=!a text=" "
              ! invalid [text]: text is empty; fill it in.
            lilei> change_scheduled message=!a at=2025-11-22T08:00:00Z
              ! invalid [at]: at is in the past; choose a later time.
            lilei> change_scheduled message=!a text="Good morning"
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!a,"text":"Good morning"},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> change_scheduled message=!a text="Good morning" at=2025-11-22T09:00:00Z
              (nothing)
            lilei> cancel_scheduled message=!b
              inbox:@lilei scheduled_removed {"message":!b}
            lilei> cancel_scheduled message=!b
              (nothing)
            lilei> change_scheduled message=!b text=x
              ! not_found: There is no such scheduled message; it was sent or cancelled.
            lilei> change_scheduled message=!a send_now=true
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!a,"text":"Good morning"},"scheduled_at":"2025-11-22T08:26:56Z"}}
            lilei> change_scheduled message=!a text="Too late"
              ! conflict: The message is being sent; edit it where it is posted.
            lilei> cancel_scheduled message=!a
              ! conflict: The message is being sent; edit it where it is posted.
            lilei> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
              ! forbidden: Only the server itself does this.
        "#]],
    );
}

#[test]
fn what_is_due_is_settled_once() {
    let mut world = team();
    world.given(
        "lilei> schedule_message id=!a channel=#general text=Morning at=2025-11-22T09:00:00Z
         lilei> schedule_message id=!b channel=#general text=Evening at=2025-11-22T09:00:00Z",
    );
    world.check(
        "server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z",
        expect![[r#"
            server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
              (nothing)
        "#]],
    );
    world.later(60).check(
        r#"
        lilei> cancel_scheduled message=!a
        server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:30:00Z
        server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
        server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
        server:robot> settle_scheduled member=@lilei message=!b at=2025-11-22T09:00:00Z refused=not_a_member
        server:robot> settle_scheduled member=@lilei message=!b at=2025-11-22T09:00:00Z refused=not_a_member
        carol> remove_channel_member channel=#general member=@lilei
        lilei> change_scheduled message=!b text="Late evening"
        lilei> change_scheduled message=!b send_now=true
        carol> add_channel_member channel=#general member=@lilei
        lilei> change_scheduled message=!b at=2025-11-22T12:00:00Z
        "#,
        expect![[r#"
            lilei> cancel_scheduled message=!a
              ! conflict: The message is being sent; edit it where it is posted.
            server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:30:00Z
              (nothing)
            server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
              inbox:@lilei scheduled_removed {"message":!a}
            server:robot> settle_scheduled member=@lilei message=!a at=2025-11-22T09:00:00Z
              (nothing)
            server:robot> settle_scheduled member=@lilei message=!b at=2025-11-22T09:00:00Z refused=not_a_member
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!b,"text":"Evening"},"refused":"not_a_member","scheduled_at":"2025-11-22T08:26:57Z"}}
              inbox:@lilei notification_added {"notification":{"actor":@lilei,"cause":20,"detail":"not_a_member","excerpt":"Evening","id":"00000000-0014-8000-8000-000000000004","read":false,"reason":"not_sent"}}
            server:robot> settle_scheduled member=@lilei message=!b at=2025-11-22T09:00:00Z refused=not_a_member
              (nothing)
            carol> remove_channel_member channel=#general member=@lilei
              channel:#general channel_member_removed {"channel":#general,"member":@lilei}
              inbox:@lilei channel_lost {"channel":#general}
            lilei> change_scheduled message=!b text="Late evening"
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!b,"text":"Late evening"},"refused":"not_a_member","scheduled_at":"2025-11-22T08:26:57Z"}}
            lilei> change_scheduled message=!b send_now=true
              ! not_a_member: Join the channel first.
            carol> add_channel_member channel=#general member=@lilei
              channel:#general channel_member_added {"channel":#general,"member":@lilei}
              inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"general"},"feeds":[],"membership":{"channel":#general,"last":16,"mentions":0,"read":0,"unread":0}}
            lilei> change_scheduled message=!b at=2025-11-22T12:00:00Z
              inbox:@lilei message_scheduled {"scheduled":{"message":{"channel":#general,"id":!b,"text":"Late evening"},"scheduled_at":"2025-11-22T08:26:57Z"}}
        "#]],
    );
}

#[test]
fn no_more_than_the_limit() {
    let mut world = team();
    let line = |n| {
        format!(
            "lilei> schedule_message id=!m{n} channel=#general text=m{n} at=2999-01-01T00:00:00Z"
        )
    };
    for n in 0..limit::SCHEDULED_MAX {
        world.given(&line(n));
    }
    world.check(
        &line(limit::SCHEDULED_MAX),
        expect![[r#"
        lilei> schedule_message id=!m100 channel=#general text=m100 at=2999-01-01T00:00:00Z
          ! limit_reached [message]: message has more than 100 entries; take some away.
    "#]],
    );
}

//! Polls: voted in by many at once, counted for everyone, closed; and anonymous ones, in which
//! nobody can learn who chose what.

use crate::support::{Database, Member, Stage};
use futures::{FutureExt, future::join_all};
use serde_json::{Value, json};
use std::time::Duration;
use tenon_protocol::{
    ChannelId, Command, Entry, ErrorCode, Event, MessageId, Timestamp,
    channel::ChannelKind,
    member::Role,
    message::{DeleteMessage, EditMessage, Message, PostMessage},
    notification::Reason,
    poll::{AddPollOption, Ballot, ClosePoll, NewPoll, Poll, Vote},
    project::Visibility,
    snapshot::Page,
};
use tenon_store::poll;

on_both!(
    the_votes_of_many_are_counted_together,
    a_poll_stays_with_what_was_said_of_it,
    an_anonymous_poll_tells_nobody_who_chose_what,
    a_poll_closes_at_its_time,
);

fn options(words: &[&str]) -> NewPoll {
    NewPoll {
        options: words.iter().map(|it| (*it).to_owned()).collect(),
        ..NewPoll::default()
    }
}

async fn ask(member: &mut Member, channel: ChannelId, text: &str, poll: NewPoll) -> MessageId {
    let post = PostMessage {
        channel: Some(channel),
        text: text.into(),
        poll: Some(poll),
        ..PostMessage::default()
    };
    let done = member.run(Command::PostMessage(post)).await;
    MessageId(done.result.id.unwrap())
}

async fn vote(member: &Member, id: MessageId, choices: &[usize]) -> crate::support::http::Answer {
    let path = format!("/messages/{id}/poll/vote");
    member.put(&path, json!({"choices": choices})).await
}

async fn own(member: &Member, id: MessageId) -> Vec<usize> {
    let path = format!("/messages/{id}/poll/vote");
    let ballot: Ballot = member.get(&path).await.ok().read();
    ballot.choices
}

/// A count of these voters.
fn counted(id: MessageId, count: i64) -> impl Fn(&Entry) -> bool {
    move |entry| {
        matches!(entry.event, Event::PollCounted { message, voters, .. }
            if message == id && voters == count)
    }
}

async fn read(member: &Member, id: MessageId) -> Poll {
    let message: Message = member.get(&format!("/messages/{id}")).await.ok().read();
    message.poll.expect("a poll")
}

fn votes(poll: &Poll) -> Vec<i64> {
    poll.options.iter().map(|it| it.votes).collect()
}

async fn the_votes_of_many_are_counted_together(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut crowd = Vec::new();
    for n in 0..40 {
        crowd.push(
            stage
                .join_quietly(&format!("Voter {n}"), Role::Member)
                .await,
        );
    }
    let members: Vec<&Member> = crowd.iter().collect();
    let room = stage.channel("日常", ChannelKind::Private, &members).await;
    let id = ask(&mut stage.owner, room, "午饭？", options(&["米饭", "面条"])).await;
    let cast = crowd.iter().zip(0..).map(|(member, n)| async move {
        vote(member, id, &[usize::from(n % 4 == 0)]).await.ok();
    });
    join_all(cast).await;
    stage.owner.see(counted(id, 40)).await;
    let poll = read(&crowd[0], id).await;
    assert_eq!((votes(&poll), poll.voters), (vec![30, 10], 40));
    let counts = stage.owner.replica().entries.iter();
    let counts = counts.filter(|it| matches!(it.event, Event::PollCounted { .. }));
    assert!(counts.count() <= 20, "an entry for nearly every vote");
    // One changes their mind, one takes it back; who chose what is there for everyone in it.
    vote(&crowd[1], id, &[1]).await.ok();
    vote(&crowd[2], id, &[]).await.ok();
    stage.owner.see(counted(id, 39)).await;
    assert_eq!(votes(&read(&crowd[3], id).await), [28, 11]);
    assert_eq!(own(&crowd[1], id).await, [1]);
    let mut seen = Vec::new();
    let mut path = format!("/messages/{id}/poll/votes?limit=25");
    loop {
        let page: Page<Vote> = crowd[5].get(&path).await.ok().read();
        seen.extend(page.items);
        let Some(next) = page.next else { break };
        path = format!("/messages/{id}/poll/votes?limit=25&after={next}");
    }
    assert_eq!(seen.len(), 39);
    let voted = |member: &Member| seen.iter().find(|it| it.member == member.id);
    assert_eq!(voted(&crowd[1]).unwrap().choices, [1]);
    assert_eq!(voted(&crowd[2]), None);
    // What is no choice.
    for choices in [&[2][..], &[0, 1]] {
        vote(&crowd[1], id, choices)
            .await
            .refused(ErrorCode::Invalid);
    }
    stage.end(&mut []).await;
}

async fn a_poll_stays_with_what_was_said_of_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &wang])
        .await;
    let other = stage.channel("别处", ChannelKind::Private, &[&li]).await;
    let project = stage.project("ENG", Visibility::Public, &[&li]).await;
    let new = NewPoll {
        multiple: true,
        extensible: true,
        ..options(&["云南", "Reykjavík"])
    };
    let id = ask(&mut li, room, "团建去哪里？", new).await;
    let add = AddPollOption {
        message: id,
        text: "桂林山水".into(),
    };
    wang.run(Command::AddPollOption(add)).await;
    vote(&wang, id, &[0, 2]).await.ok();
    li.see(counted(id, 1)).await;
    crate::search::wait_for(&li, "Reykjavík", 1).await;
    crate::search::wait_for(&li, "桂林", 1).await;
    // Quoted elsewhere, and as the source of a task, it says how it stood.
    let pass = PostMessage {
        channel: Some(other),
        quote: Some(id),
        ..PostMessage::default()
    };
    let passed = li.run(Command::PostMessage(pass)).await.result.id.unwrap();
    let passed: Message = li.get(&format!("/messages/{passed}")).await.read();
    let said = &passed.quote.unwrap().quotes[0].text;
    assert_eq!(
        said,
        "团建去哪里？\n- 云南 (1)\n- Reykjavík (0)\n- 桂林山水 (1)"
    );
    let make = json!({"project": project});
    let task: Value = li.post(&format!("/messages/{id}/task"), make).await.read();
    assert_eq!(task["title"], "团建去哪里？");
    let path = format!("/tasks/{}/messages", task["id"].as_str().unwrap());
    let told = li.get(&path).await.ok().text();
    assert!(told.contains("桂林山水 (1)"), "{told}");
    keeps_its_question_and_ends(&mut stage, &mut li, &mut wang, id).await;
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn keeps_its_question_and_ends(
    stage: &mut Stage,
    li: &mut Member,
    wang: &mut Member,
    id: MessageId,
) {
    let edit = EditMessage {
        message: id,
        text: "另一个问题".into(),
    };
    let refused = li.refused(Command::EditMessage(edit)).await;
    assert_eq!(refused.code, ErrorCode::Conflict);
    let close = Command::ClosePoll(ClosePoll { message: id });
    let refused = wang.refused(close.clone()).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage.owner.run(close).await;
    let told = li.see(|entry| {
        matches!(&entry.event, Event::NotificationAdded { notification, .. }
            if notification.reason == Reason::PollClosed)
    });
    told.await;
    let why: Value = li.get(&format!("/messages/{id}/why")).await.ok().read();
    assert_eq!(why["because"], "poll_closed");
    vote(wang, id, &[1]).await.refused(ErrorCode::Conflict);
    let poll = read(wang, id).await;
    assert_eq!(
        (votes(&poll), poll.closed.unwrap().by),
        (vec![1, 0, 1], Some(stage.owner.id))
    );
    li.run(Command::DeleteMessage(DeleteMessage { message: id }))
        .await;
    vote(wang, id, &[1]).await.refused(ErrorCode::Conflict);
}

async fn an_anonymous_poll_tells_nobody_who_chose_what(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut crowd = Vec::new();
    for n in 0..4 {
        crowd.push(stage.join(&format!("Voter {n}"), Role::Member).await);
    }
    let members: Vec<&Member> = crowd.iter().collect();
    let room = stage.channel("日常", ChannelKind::Private, &members).await;
    let new = NewPoll {
        anonymous: true,
        ..options(&["满意", "不满意"])
    };
    let id = ask(&mut stage.owner, room, "满意吗？", new).await;
    let open = ask(&mut stage.owner, room, "open", options(&["A", "B"])).await;
    for (n, member) in crowd.iter().take(2).enumerate() {
        vote(member, id, &[n]).await.ok();
        vote(member, id, &[n]).await.ok();
    }
    // A count of the other poll was made meanwhile: two ballots are not told yet.
    vote(&crowd[0], open, &[0]).await.ok();
    stage.owner.see(counted(open, 1)).await;
    let told = |member: &Member| {
        let entries = member.replica().entries.iter();
        let about = entries.filter(|it| matches!(it.event, Event::PollCounted { .. }));
        about.cloned().collect::<Vec<Entry>>()
    };
    assert_eq!(told(&stage.owner).len(), 1, "the open one alone");
    vote(&crowd[2], id, &[1]).await.ok();
    stage.owner.see(counted(id, 3)).await;
    assert_eq!(votes(&read(&crowd[0], id).await), [1, 2]);
    // One's own is one's own to see, and nobody else's: not by any answer, entry or row.
    assert_eq!(own(&crowd[0], id).await, [0]);
    assert_eq!(own(&crowd[1], id).await, [1]);
    let path = format!("/messages/{id}/poll/votes");
    for member in [&stage.owner, &crowd[0]] {
        member.get(&path).await.refused(ErrorCode::Forbidden);
    }
    let bot = told(&stage.owner)[0].actor;
    for entry in &stage.owner.replica().entries {
        let text = serde_json::to_string(entry).unwrap();
        assert!(
            !text.contains("choices") && !text.contains("ballot"),
            "{text}"
        );
        if matches!(entry.event, Event::PollCounted { .. }) {
            assert_eq!(entry.actor, bot);
            assert!(crowd.iter().all(|it| it.id != entry.actor));
        }
    }
    rows_name_nobody(&stage, &crowd, id).await;
    // Closed, everything is counted, and then even the server does not know any more.
    vote(&crowd[3], id, &[0]).await.ok();
    stage
        .owner
        .run(Command::ClosePoll(ClosePoll { message: id }))
        .await;
    stage.owner.see(counted(id, 4)).await;
    assert_eq!(votes(&read(&crowd[0], id).await), [2, 2]);
    let workspace = stage.owner.replica().workspace.id;
    let kept = stage.store.read(workspace, move |reader| {
        async move { poll::tally(reader, id).await }.boxed()
    });
    assert_eq!(kept.await.unwrap(), []);
    assert_eq!(own(&crowd[0], id).await, [] as [usize; 0]);
    vote(&crowd[0], id, &[1]).await.refused(ErrorCode::Conflict);
    let mut all: Vec<&mut Member> = crowd.iter_mut().collect();
    stage.end(&mut all).await;
}

async fn rows_name_nobody(stage: &Stage, crowd: &[Member], id: MessageId) {
    let workspace = stage.owner.replica().workspace.id;
    let kept = stage.store.read(workspace, move |reader| {
        async move {
            let nobody = tenon_protocol::MemberId(uuid::Uuid::nil());
            let named = poll::list(reader, id, nobody, 100).await?;
            Ok((named, poll::tally(reader, id).await?))
        }
        .boxed()
    });
    let (named, tally) = kept.await.unwrap();
    assert_eq!(tally.len(), 2);
    let known = |id| crowd.iter().any(|it| it.id == id);
    assert!(named.iter().all(|(voter, _)| !known(*voter)), "{named:?}");
}

async fn a_poll_closes_at_its_time(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let new = NewPoll {
        closes_at: Some(Timestamp::now() + Duration::from_secs(2)),
        ..options(&["A", "B"])
    };
    let id = ask(&mut li, room, "When?", new).await;
    vote(&stage.owner, id, &[1]).await.ok();
    // Also when its time comes while the server is away.
    stage.crash(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    let closed =
        |entry: &Entry| matches!(entry.event, Event::PollClosed { message, .. } if message == id);
    li.see(closed).await;
    let told = li.see(|entry| {
        matches!(&entry.event, Event::NotificationAdded { notification, .. }
            if notification.reason == Reason::PollClosed)
    });
    told.await;
    let poll = read(&li, id).await;
    assert_eq!(poll.closed.unwrap().by, None);
    vote(&stage.owner, id, &[0])
        .await
        .refused(ErrorCode::Conflict);
    stage.end(&mut [&mut li]).await;
}

//! The joint: talk becomes work, with what is missing guessed; the message carries the link, and
//! the channel that follows the project one live card.

use crate::support::{
    Database, Member, Stage,
    stage::{all_pages, post, reply},
};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId, ProjectId, TaskId,
    channel::{ChannelKind, UpdateChannel},
    feed::{AddFeed, RemoveFeed},
    member::Role,
    message::{DeleteMessage, Message, PostMessage},
    project::Visibility,
    task::{CreateTask, Guess, MakeTask, Task, UpdateTask},
};

on_both!(
    a_message_becomes_a_task_once,
    only_those_who_may_see_the_task_are_shown_it,
    a_channel_that_follows_has_one_card,
    a_burst_behind_a_pause_is_one_update,
    a_deleted_card_counts_for_nobody,
    what_was_before_the_channel_followed_stays_unshown,
);

async fn bound(stage: &mut Stage, members: &[&Member]) -> (ChannelId, ProjectId) {
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let channel = stage.channel("研发", ChannelKind::Public, members).await;
    let bind = UpdateChannel {
        channel,
        project: Some(Some(project)),
        ..UpdateChannel::default()
    };
    stage.owner.run(Command::UpdateChannel(bind)).await;
    (channel, project)
}

async fn a_message_becomes_a_task_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    let (channel, project) = bound(&mut stage, &[&zhang]).await;
    let text = "请@张三 明天下午三点前修好登录";
    let source = MessageId(
        stage
            .owner
            .run(post(channel, text))
            .await
            .result
            .id
            .unwrap(),
    );
    zhang
        .run(reply(channel, source, "好的，是验证码的问题"))
        .await;
    let guess: Guess = zhang.get(&format!("/messages/{source}/task")).await.read();
    assert_eq!(
        (guess.project, &guess.assignees[..]),
        (Some(project), &[zhang.id][..])
    );
    assert!(
        guess.due.is_some() && guess.title.contains("修好登录"),
        "{guess:?}"
    );
    let answer = zhang
        .post(&format!("/messages/{source}/task"), json!({}))
        .await;
    assert_eq!(answer.status, 201);
    let task: Task = answer.read();
    assert_eq!((task.key.as_str(), &task.title), ("ENG-1", &guess.title));
    assert_eq!(
        (task.due, task.assignees.as_slice()),
        (guess.due, &[zhang.id][..])
    );
    assert_eq!(task.source.as_ref().map(|it| it.message), Some(source));
    assert!(task.followers.contains(&stage.owner.id) && task.followers.contains(&zhang.id));
    let linked: Message = stage.owner.get(&format!("/messages/{source}")).await.read();
    assert_eq!(linked.link.unwrap().key, "ENG-1");
    let talk = all_pages(&zhang, "/tasks/ENG-1/messages").await;
    let quotes: Vec<&str> = talk[0]
        .context
        .as_ref()
        .unwrap()
        .quotes
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(quotes, [text, "好的，是验证码的问题"]);
    // The conversation goes on in the task, and everyone who sees the project hears it.
    let answer = PostMessage {
        task: Some(task.id),
        text: "修好了".into(),
        ..PostMessage::default()
    };
    zhang.run(Command::PostMessage(answer)).await;
    stage.owner.settle().await;
    assert_eq!(stage.owner.replica().tasks[&task.id].message_count, 2);
    let again = stage
        .owner
        .post(&format!("/messages/{source}/task"), json!({}))
        .await;
    let again = again.refused(ErrorCode::AlreadyATask).json();
    assert_eq!(again["error"]["task"]["key"], "ENG-1");
    stage.end(&mut [&mut zhang]).await;
}

async fn only_those_who_may_see_the_task_are_shown_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("Li", Role::Member).await;
    let channel = stage.channel("sales", ChannelKind::Public, &[&li]).await;
    let project = stage.project("HUSH", Visibility::Private, &[]).await;
    let source = li
        .run(post(channel, "A customer complains"))
        .await
        .result
        .id
        .unwrap();
    let make = MakeTask {
        message: MessageId(source),
        project: Some(project),
        title: Some("Zimtstern".into()),
        ..MakeTask::default()
    };
    stage.owner.run(Command::MakeTask(make.clone())).await;
    let path = format!("/messages/{source}/task");
    let refused = li
        .post(&path, json!({}))
        .await
        .refused(ErrorCode::AlreadyATask);
    assert!(!refused.text().contains("Zimtstern"), "{}", refused.text());
    let again = MakeTask {
        id: TaskId::new(),
        ..make
    };
    let refused = stage.owner.refused(Command::MakeTask(again)).await;
    assert_eq!(refused.task.unwrap().title, "Zimtstern");
    li.settle().await;
    let told = serde_json::to_string(&li.replica().entries).unwrap();
    assert!(told.contains("HUSH-1") && !told.contains("Zimtstern"));
    stage.end(&mut [&mut li]).await;
}

async fn a_channel_that_follows_has_one_card(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    let (channel, project) = bound(&mut stage, &[&zhang]).await;
    stage
        .owner
        .run(Command::AddFeed(AddFeed { channel, project }))
        .await;
    let new = json!({"project": "ENG", "title": "Login"});
    let task: Task = stage.owner.post("/tasks", new).await.read();
    stage.rest().await;
    let card = only_card(&zhang, channel).await;
    assert_eq!(card.card.as_ref().unwrap().title, "Login");
    for state in ["in_progress", "in_review", "done"] {
        let patch = json!({"state": state, "title": format!("Login {state}")});
        stage.owner.patch("/tasks/ENG-1", patch).await.ok();
    }
    stage.rest().await;
    let later = only_card(&zhang, channel).await;
    assert_eq!(
        (later.id, later.seq),
        (card.id, card.seq),
        "updated in its place"
    );
    let shown = later.card.unwrap();
    assert_eq!(
        (shown.title.as_str(), shown.state.as_str()),
        ("Login done", "done")
    );
    // Cards are no news to count.
    zhang.settle().await;
    assert_eq!(zhang.replica().memberships[&channel].unread, 0);
    assert_eq!(
        zhang.replica().messages[&card.id]
            .card
            .as_ref()
            .unwrap()
            .state,
        "done"
    );
    stage.restart(&mut [&mut zhang]).await;
    stage.owner.connect().await;
    zhang.connect().await;
    stage.rest().await;
    only_card(&zhang, channel).await;
    stage
        .owner
        .run(Command::RemoveFeed(RemoveFeed { channel, project }))
        .await;
    let change = UpdateTask {
        task: task.id,
        title: Some("Quiet".into()),
        ..Default::default()
    };
    stage.owner.run(Command::UpdateTask(change)).await;
    stage.rest().await;
    assert_eq!(
        only_card(&zhang, channel).await.card.unwrap().title,
        "Login done"
    );
    stage.end(&mut [&mut zhang]).await;
}

/// The keeper of cards cannot read who follows; it waits, and what came meanwhile is one update.
async fn a_burst_behind_a_pause_is_one_update(database: Database) {
    const BURST: usize = 20;
    let mut stage = Stage::open(database).await;
    let (channel, project) = bound(&mut stage, &[]).await;
    let new = json!({"project": "ENG", "title": "Before"});
    let task: Task = stage.owner.post("/tasks", new).await.read();
    let follow = Command::AddFeed(AddFeed { channel, project });
    stage.owner.run(follow).await;
    let change = |n: usize| {
        Command::UpdateTask(UpdateTask {
            task: task.id,
            title: Some(format!("Change {n}")),
            ..UpdateTask::default()
        })
    };
    stage.owner.run(change(0)).await;
    stage.rest().await;
    let card = only_card(&stage.owner, channel).await;
    // What it knows of who follows is forgotten with any feed.
    let elsewhere = stage.channel("elsewhere", ChannelKind::Public, &[]).await;
    let other = AddFeed {
        channel: elsewhere,
        project,
    };
    stage.owner.run(Command::AddFeed(other)).await;
    stage.rest().await;
    let head = stage.owner.head().await;
    let spoil = "UPDATE feed SET body = '{' || body";
    stage.database.execute(spoil).await;
    for n in 1..=BURST {
        stage.owner.run(change(n)).await;
    }
    let mend = "UPDATE feed SET body = substr(body, 2)";
    stage.database.execute(mend).await;
    stage.rest().await;
    stage.owner.settle().await;
    let entries = stage.owner.replica().entries.iter();
    let entries: Vec<_> = entries.filter(|entry| entry.seq > head).collect();
    let count = |kind| entries.iter().filter(|it| it.event.kind() == kind).count();
    assert_eq!(count("task_changed"), BURST);
    assert_eq!(count("card_changed"), 1, "one update of the one card");
    let shown = all_pages(&stage.owner, &format!("/channels/{elsewhere}/messages")).await;
    assert_eq!(shown.len(), 1, "and one card where there was none");
    let last = format!("Change {BURST}");
    for (id, seq) in [(card.id, card.seq), (shown[0].id, shown[0].seq)] {
        let message: Message = stage.owner.get(&format!("/messages/{id}")).await.read();
        assert_eq!((message.seq, &message.card.unwrap().title), (seq, &last));
    }
    stage.end(&mut []).await;
}

async fn a_deleted_card_counts_for_nobody(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    let (channel, project) = bound(&mut stage, &[&zhang]).await;
    stage
        .owner
        .run(Command::AddFeed(AddFeed { channel, project }))
        .await;
    let new = json!({"project": "ENG", "title": "Login"});
    stage.owner.post("/tasks", new).await.ok();
    stage.rest().await;
    // Nothing tells this replica, which begins now, that the message is a card.
    let mut late = zhang.twin();
    late.connect().await;
    let message = only_card(&zhang, channel).await.id;
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    stage
        .owner
        .patch("/tasks/ENG-1", json!({"title": "Other"}))
        .await
        .ok();
    stage.end(&mut [&mut zhang, &mut late]).await;
}

/// The follower's cursor lies before the task when the server comes back.
async fn what_was_before_the_channel_followed_stays_unshown(database: Database) {
    let mut stage = Stage::open(database).await;
    let (channel, project) = bound(&mut stage, &[]).await;
    stage.rest().await;
    let task = CreateTask {
        project,
        title: "Before".into(),
        ..CreateTask::default()
    };
    stage.owner.run(Command::CreateTask(task)).await;
    let follow = Command::AddFeed(AddFeed { channel, project });
    stage.owner.run(follow).await;
    stage.crash(&mut []).await;
    stage.owner.connect().await;
    let new = json!({"project": "ENG", "title": "After"});
    stage.owner.post("/tasks", new).await.ok();
    stage.rest().await;
    let card = only_card(&stage.owner, channel).await.card;
    assert_eq!(card.unwrap().title, "After");
    stage.end(&mut []).await;
}

pub async fn only_card(member: &Member, channel: ChannelId) -> Message {
    let all = all_pages(member, &format!("/channels/{channel}/messages")).await;
    let mut cards: Vec<Message> = all.into_iter().filter(|it| it.card.is_some()).collect();
    assert_eq!(cards.len(), 1, "exactly one card");
    cards.remove(0)
}

//! Retention: rules are previewed, confirmed and kept; what they erase is nowhere any more, for
//! nobody, by no door, also on disk; and the log still proves itself.

use crate::{
    file::{PNG, upload},
    support::{
        Database, Member, Stage, program,
        stage::{post, reply},
    },
};
use serde_json::{Value, json};
use std::path::Path;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, MessageId, RequestId,
    channel::ChannelKind,
    credential::TokenCreated,
    file::File,
    member::Role,
    message::{DeleteMessage, EditMessage, Message, PostMessage},
    pin::PinMessage,
    poll::NewPoll,
    project::Visibility,
    retention::{
        ErasureCount, ErasurePreview, Retention, RetentionPreview, RetentionReport, RuleKind,
    },
    saved::SaveMessage,
};

on_both!(
    what_is_erased_is_nowhere,
    a_crash_between_bites_loses_nothing,
    files_go_before_their_messages,
    rules_are_confirmed_and_hidden_channels_stay_hidden,
);

/// In everything that must go.
const WORD: &str = "zimtsternquark";
const RETENTION: &str = "/administration/retention";

pub async fn preview(by: &Member, wish: &Value) -> ErasurePreview {
    loop {
        let path = format!("{RETENTION}/preview");
        let answer: RetentionPreview = by.post(&path, wish.clone()).await.ok().read();
        if let Some(preview) = answer.preview {
            return preview;
        }
        assert!(answer.counting);
        tokio::task::yield_now().await;
    }
}

/// Sets a rule as somebody does who has seen what it erases.
pub async fn set(by: &Member, wish: Value) -> ErasurePreview {
    let preview = preview(by, &wish).await;
    let mut whole = wish;
    whole["confirmation"] = json!({"erases": preview.erases, "seal": preview.seal});
    by.put(RETENTION, whole).await.ok();
    preview
}

pub fn workspace(retention: Value) -> Value {
    json!({"of": "workspace", "retention": retention})
}

/// So many hours pass while the server is away; everybody signs in anew, as sessions end too, and
/// comes back from where they were.
pub async fn pass(stage: &mut Stage, hours: i64, members: &mut [&mut Member]) {
    stage.database.hours_ahead += hours;
    stage.restart(members).await;
    let owner = &mut stage.owner;
    for member in std::iter::once(owner).chain(members.iter_mut().map(|it| &mut **it)) {
        member.token = member.sign_in_again().await.token;
        if let Some(seq) = member.cursor() {
            member.connect_after(Some(seq)).await;
        }
    }
}

fn id_of(done: &crate::support::member::Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn says(channel: ChannelId, more: PostMessage) -> Command {
    Command::PostMessage(PostMessage {
        channel: Some(channel),
        ..more
    })
}

fn text(text: &str) -> PostMessage {
    let text = format!("{text} {WORD}");
    PostMessage {
        text,
        ..PostMessage::default()
    }
}

struct Said {
    open: ChannelId,
    team: ChannelId,
    root: MessageId,
    file: File,
    request: RequestId,
    post: Command,
}

/// Says the word in every way in which something is said.
async fn say_everything(stage: &mut Stage, wang: &mut Member, li: &mut Member) -> Said {
    let open = stage.channel("open", ChannelKind::Public, &[wang]).await;
    let team = stage.channel("team", ChannelKind::Private, &[wang]).await;
    let file: File = upload(wang, &format!("{WORD}.png"), PNG).await.read();
    let message = PostMessage {
        files: vec![file.id],
        ..text("@陈晨")
    };
    let root = id_of(&wang.run(says(open, message)).await);
    let edited = format!("@陈晨 edited {WORD}");
    let edit = |message, text| Command::EditMessage(EditMessage { message, text });
    wang.run(edit(root, edited)).await;
    wang.run(edit(root, "harmless".into())).await;
    wang.run(edit(root, format!("@陈晨 again {WORD}"))).await;
    li.put(&format!("/messages/{root}/reactions/👍"), Value::Null)
        .await;
    let save = SaveMessage {
        message: root,
        remind_at: None,
    };
    li.run(Command::SaveMessage(save.clone())).await;
    wang.run(Command::SaveMessage(save)).await;
    let answer = format!("@王芳 reply {WORD}");
    stage.owner.run(reply(open, root, answer)).await;
    let quoting = |text: &str, quote| PostMessage {
        text: text.into(),
        quote: Some(quote),
        ..PostMessage::default()
    };
    stage.owner.run(says(open, quoting("see", root))).await;
    let passed = id_of(&wang.run(says(team, quoting("", root))).await);
    wang.run(says(team, quoting("and see", passed))).await;
    let poll = NewPoll {
        options: vec![format!("{WORD} one"), "two".into()],
        ..NewPoll::default()
    };
    let poll = PostMessage {
        poll: Some(poll),
        ..text("which?")
    };
    wang.run(says(open, poll)).await;
    let gone = id_of(&wang.run(says(open, text("deleted"))).await);
    wang.run(Command::DeleteMessage(DeleteMessage { message: gone }))
        .await;
    let (request, post) = (RequestId::new(), says(open, text("once")));
    wang.retry(request, post.clone()).await.unwrap();
    stage.rest().await;
    Said {
        open,
        team,
        root,
        file,
        request,
        post,
    }
}

async fn what_is_erased_is_nowhere(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut away = stage.join("赵六", Role::Member).await;
    away.settle().await;
    away.disconnect();
    let said = say_everything(&mut stage, &mut wang, &mut li).await;
    let pinned = id_of(&wang.run(post(said.open, "pinned stays")).await);
    wang.run(Command::PinMessage(PinMessage { message: pinned }))
        .await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let task = post(said.open, "work stays");
    let task = id_of(&wang.run(task).await);
    let made = json!({"project": project});
    wang.post(&format!("/messages/{task}/task"), made)
        .await
        .ok();
    let rule = workspace(json!({"public_days": 2}));
    let nothing = set(&stage.owner, rule.clone()).await;
    assert_eq!((nothing.erases.messages, nothing.erases.files), (0, 0));
    pass(&mut stage, 47, &mut [&mut wang, &mut li]).await;
    wang.run(reply(said.open, said.root, "young stays")).await;
    wang.run(post(said.open, "young stays too")).await;
    let longer = workspace(json!({"public_days": 1}));
    let due = preview(&stage.owner, &longer).await;
    pass(&mut stage, 2, &mut [&mut wang, &mut li]).await;
    let erased = wait_erased(&mut stage, due.erases.messages).await;
    assert_eq!(
        erased,
        ErasureCount {
            messages: 6,
            files: 1
        }
    );
    assert_eq!((due.public.messages, due.public.files), (6, 1));
    away.address = stage.owner.address;
    let seq = away.cursor();
    away.connect_after(seq).await;
    check_all(&mut stage, [&mut wang, &mut li, &mut away], &said).await;
    stage.end(&mut [&mut wang, &mut li, &mut away]).await;
}

async fn check_all(stage: &mut Stage, [wang, li, away]: [&mut Member; 3], said: &Said) {
    // A retry is answered as before, and brings nothing back.
    wang.retry(said.request, said.post.clone()).await.unwrap();
    stage.rest().await;
    for member in [&mut stage.owner, &mut *wang, li, away] {
        member.settle().await;
        check_doors(member, said).await;
    }
    let messages = format!("/channels/{}/messages", said.open);
    let left = wang.get(&messages).await.ok().text();
    for word in ["pinned stays", "young stays too"] {
        assert!(left.contains(word), "{word}: {left}");
    }
    // The root of a thread keeps its place while something hangs on it.
    let root = format!("/messages/{}", said.root);
    let now: Message = wang.get(&root).await.ok().read();
    assert!(now.erased && now.deleted && left.contains(&said.root.to_string()));
    assert_eq!(now.reply_count, 1);
    let thread = wang.get(&format!("{root}/thread")).await.ok().text();
    assert!(
        thread.contains("young stays") && !thread.contains("王芳 reply"),
        "{thread}"
    );
    let team = format!("/channels/{}/messages", said.team);
    let team = wang.get(&team).await.ok().text();
    assert!(
        team.contains("and see") && team.contains("\"text\":\"\""),
        "{team}"
    );
    let talk = wang.get("/tasks/ENG-1/messages").await.ok().text();
    assert!(talk.contains("work stays"), "{talk}");
    check_disk(&stage.database).await;
    let told = program::run_well(&stage.database, &["verify"]).await;
    assert!(
        told.contains("erased under the rule Public 2 days"),
        "{told}"
    );
}

/// Waits until so many messages are told to be erased.
async fn wait_erased(stage: &mut Stage, messages: i64) -> ErasureCount {
    loop {
        let report: RetentionReport = stage.owner.get(RETENTION).await.ok().read();
        let mut sum = ErasureCount::default();
        for erasure in &report.erasures {
            sum.messages += erasure.count.messages;
            sum.files += erasure.count.files;
        }
        if sum.messages >= messages {
            return sum;
        }
        tokio::task::yield_now().await;
    }
}

/// Nothing that a member can ask for holds the word.
async fn check_doors(member: &mut Member, said: &Said) {
    let (open, root) = (said.open, said.root);
    let mut paths = vec![
        "/snapshot".to_owned(),
        "/notifications?filter=done".to_owned(),
        "/notifications".to_owned(),
        "/saved".to_owned(),
        "/scheduled".to_owned(),
        format!("/channels/{open}/messages?limit=200"),
        format!("/channels/{open}/files"),
        format!("/messages/{root}"),
        format!("/messages/{root}/thread"),
        format!("/search?q={WORD}"),
        format!("/search?q=edited"),
    ];
    if let Some(team) = member
        .replica()
        .channels
        .values()
        .find(|it| it.name == "team")
    {
        paths.push(format!("/channels/{}/messages?limit=200", team.id));
    }
    for path in paths {
        let text = member.get(&path).await.text();
        assert!(!text.contains(WORD), "{} {path}: {text}", member.name);
    }
    let mut after = 0;
    loop {
        let page = member
            .get(&format!("/events?after={after}&limit=200"))
            .await;
        let page = page.ok().json();
        assert!(!page.to_string().contains(WORD), "{}: {page}", member.name);
        let items = page["items"].as_array().unwrap();
        match items.last() {
            Some(last) => after = last["seq"].as_i64().unwrap(),
            None => break,
        }
    }
    let replica = serde_json::to_string(&member.replica().snapshot()).unwrap();
    assert!(!replica.contains(WORD), "{}: {replica}", member.name);
    for message in member.replica().messages.values() {
        let text = serde_json::to_string(message).unwrap();
        assert!(!text.contains(WORD), "{}: {text}", member.name);
    }
    let file = format!("/files/{}", said.file.id);
    member.get(&file).await.refused(ErrorCode::NotFound);
}

/// Neither the database nor the folder of files holds it.
async fn check_disk(database: &Database) {
    while holds_files(&database.folder().join("files")) {
        tokio::task::yield_now().await;
    }
    match &database.url {
        None => {
            let is_there = |path: &Path| {
                let bytes = std::fs::read(path).unwrap_or_default();
                bytes
                    .windows(WORD.len())
                    .any(|part| part == WORD.as_bytes())
            };
            let file = database.file();
            let log = file.with_extension("db-wal");
            // The log of pages is emptied once nobody reads in it.
            while is_there(&log) {
                tokio::task::yield_now().await;
            }
            assert!(!is_there(&file));
        }
        Some(url) => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                .await
                .unwrap();
            let connection = tokio::spawn(connection);
            let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
            for row in client.query(tables, &[]).await.unwrap() {
                let table: String = row.get(0);
                let query = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{WORD}%'");
                let found: i64 = client.query_one(&query, &[]).await.unwrap().get(0);
                assert_eq!(found, 0, "{table}");
            }
            drop(client);
            connection.await.unwrap().unwrap();
        }
    }
}

fn holds_files(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| match entry.metadata() {
        Ok(it) if it.is_dir() => holds_files(&entry.path()),
        Ok(it) => it.len() > 0,
        Err(_) => false,
    })
}

/// More than one look takes.
const MANY: usize = 1_120;

async fn a_crash_between_bites_loses_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Private, &[&wang]).await;
    set(&stage.owner, workspace(json!({"private_days": 1}))).await;
    let pinned = stage.owner.run(post(room, "stays")).await;
    let message = id_of(&pinned);
    stage
        .owner
        .run(Command::PinMessage(PinMessage { message }))
        .await;
    let texts = (0..MANY).map(|number| format!("{number} {WORD}"));
    wang.post_many(room, texts).await;
    let mut unread = stage.join("李雷", Role::Member).await;
    stage
        .owner
        .put(
            &format!("/channels/{room}/members/{}", unread.id),
            Value::Null,
        )
        .await
        .ok();
    stage.owner.run(post(room, "@李雷 hello")).await;
    unread.settle().await;
    pass(&mut stage, 25, &mut [&mut wang, &mut unread]).await;
    let erased =
        |entry: &tenon_protocol::Entry| matches!(entry.event, Event::MessagesErased { .. });
    wang.see(erased).await;
    stage.crash(&mut [&mut wang, &mut unread]).await;
    wait_erased(&mut stage, MANY as i64 + 1).await;
    for member in [&mut wang, &mut unread] {
        let seq = member.cursor();
        member.connect_after(seq).await;
        member.settle().await;
        let left = member.replica().messages.values();
        assert!(left.clone().all(|it| it.id == message), "{}", member.name);
        let place = &member.replica().memberships[&room];
        assert_eq!((place.unread, place.mentions), (0, 0), "{}", member.name);
    }
    let page = wang.get(&format!("/channels/{room}/messages")).await.ok();
    assert_eq!(page.json()["items"].as_array().unwrap().len(), 1);
    // Reading, marking as unread and speaking go on.
    wang.run(post(room, "still here")).await;
    unread.run(post(room, "here too")).await;
    // One's own that were erased are not unread, whichever way one goes back.
    let read = format!("/channels/{room}/read");
    wang.put(&read, json!({"seq": 1})).await.ok();
    wang.settle().await;
    assert_eq!(wang.replica().memberships[&room].unread, 2);
    wang.put("/read", json!({"seq": pinned.seq})).await.ok();
    stage.prove(&mut [&mut wang]).await;
    unread.put(&read, json!({"seq": 1})).await.ok();
    unread.settle().await;
    assert_eq!(unread.replica().memberships[&room].unread, 2);
    stage.end(&mut [&mut wang, &mut unread]).await;
}

async fn files_go_before_their_messages(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Public, &[&wang]).await;
    let kept = stage.channel("kept", ChannelKind::Public, &[&wang]).await;
    let carry = async |wang: &mut Member, channel, name: &str, text: &str| {
        let file: File = upload(wang, name, PNG).await.read();
        let message = PostMessage {
            text: text.into(),
            files: vec![file.id],
            ..PostMessage::default()
        };
        (file, id_of(&wang.run(says(channel, message)).await))
    };
    let (file, message) = carry(&mut wang, room, &format!("{WORD}.png"), "words stay").await;
    let (other, _) = carry(&mut wang, kept, "kept.png", "").await;
    let (pinned, pin) = carry(&mut wang, room, "pinned.png", "").await;
    wang.run(Command::PinMessage(PinMessage { message: pin }))
        .await;
    let own = json!({"of": "channel", "channel": kept, "retention": {}});
    stage.owner.put(RETENTION, own).await.ok();
    let rule = workspace(json!({"file_days": 1}));
    pass(&mut stage, 25, &mut [&mut wang]).await;
    let due = set(&stage.owner, rule).await;
    assert_eq!((due.erases.messages, due.erases.files), (0, 1));
    let entry = wang
        .see(|it| matches!(it.event, Event::FilesErased { .. }))
        .await;
    let Event::FilesErased { rule, messages, .. } = entry.event else {
        unreachable!()
    };
    assert_eq!((rule.kind, rule.days), (RuleKind::Files, 1));
    assert_eq!((messages[0].message, messages[0].files), (message, 1));
    let now: Message = wang.get(&format!("/messages/{message}")).await.ok().read();
    assert_eq!((now.text.as_str(), now.erased_files), ("words stay", 1));
    assert!(now.files.is_empty());
    wang.get(&format!("/files/{}", file.id))
        .await
        .refused(ErrorCode::NotFound);
    for id in [other.id, pinned.id] {
        wang.get(&format!("/files/{id}")).await.ok();
    }
    let files = wang
        .get(&format!("/channels/{room}/files"))
        .await
        .ok()
        .text();
    assert!(!files.contains(WORD) && files.contains("pinned"), "{files}");
    // Then the message itself.
    set(
        &stage.owner,
        workspace(json!({"file_days": 1, "public_days": 1})),
    )
    .await;
    wang.see(|it| matches!(it.event, Event::MessagesErased { .. }))
        .await;
    stage.end(&mut [&mut wang]).await;
}

async fn rules_are_confirmed_and_hidden_channels_stay_hidden(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let mut admin = stage.join("管理员", Role::Admin).await;
    let open = stage
        .channel("open", ChannelKind::Public, &[&wang, &guest])
        .await;
    let hidden = json!({"name": WORD, "kind": "private"});
    let hidden = wang.post("/channels", hidden).await.ok().json();
    let hidden: ChannelId = serde_json::from_value(hidden["id"].clone()).unwrap();
    wang.run(post(hidden, "one")).await;
    wang.run(post(open, "two")).await;
    wang.run(post(open, "three")).await;
    pass(&mut stage, 25, &mut [&mut wang, &mut guest, &mut admin]).await;
    let rule = workspace(json!({"public_days": 1, "private_days": 1}));
    let own = json!({"of": "channel", "channel": hidden, "retention": {"days": 1}});
    for member in [&wang, &guest] {
        let path = format!("{RETENTION}/preview");
        member
            .post(&path, rule.clone())
            .await
            .refused(ErrorCode::Forbidden);
        member.get(RETENTION).await.refused(ErrorCode::Forbidden);
        member
            .put(RETENTION, rule.clone())
            .await
            .refused(ErrorCode::Forbidden);
    }
    let token = json!({"name": "t", "scopes": ["read", "chat", "work"]});
    let token: TokenCreated = admin.post("/tokens", token).await.ok().read();
    let mut weak = admin.twin();
    weak.token = token.token;
    weak.get(RETENTION).await.refused(ErrorCode::Forbidden);
    let seen = preview(&admin, &rule).await;
    assert_eq!((seen.public.messages, seen.private.messages), (2, 1));
    assert_eq!((seen.erases.messages, seen.other_channels), (3, 1));
    let names: Vec<&str> = seen
        .channels
        .iter()
        .map(|it| it.channel.name.as_str())
        .collect();
    assert_eq!(names, ["open"]);
    assert!(!serde_json::to_string(&seen).unwrap().contains(WORD));
    let path = format!("{RETENTION}/preview");
    admin
        .post(&path, own.clone())
        .await
        .refused(ErrorCode::NotFound);
    admin.put(RETENTION, own).await.refused(ErrorCode::NotFound);
    check_confirmation(&stage.owner, &admin, rule, &seen).await;
    let entry = guest
        .see(|it| matches!(it.event, Event::PolicyChanged { .. }))
        .await;
    assert_eq!(entry.actor, admin.id);
    let retention = guest.replica().workspace.policy.retention.clone();
    let set = Retention {
        public_days: Some(1),
        private_days: Some(1),
        ..Retention::default()
    };
    assert_eq!(retention, set);
    wait_erased(&mut stage, 3).await;
    let report = admin.get(RETENTION).await.ok();
    assert!(!report.text().contains(WORD));
    stage.end(&mut [&mut wang, &mut guest, &mut admin]).await;
}

async fn check_confirmation(owner: &Member, admin: &Member, rule: Value, seen: &ErasurePreview) {
    // Not without the preview, not with another's, not with other numbers, not for another rule.
    let mut whole = rule.clone();
    admin
        .put(RETENTION, whole.clone())
        .await
        .refused(ErrorCode::PreviewRequired);
    whole["confirmation"] = json!({"erases": seen.erases, "seal": seen.seal});
    owner
        .put(RETENTION, whole.clone())
        .await
        .refused(ErrorCode::PreviewRequired);
    let mut fewer = whole.clone();
    fewer["confirmation"]["erases"]["messages"] = json!(2);
    admin
        .put(RETENTION, fewer)
        .await
        .refused(ErrorCode::PreviewRequired);
    let mut other = whole.clone();
    other["retention"]["direct_days"] = json!(1);
    admin
        .put(RETENTION, other)
        .await
        .refused(ErrorCode::PreviewRequired);
    admin.put(RETENTION, whole).await.ok();
}

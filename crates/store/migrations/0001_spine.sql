-- State tables hold the entity as JSON in body, and beside it only the columns that are searched
-- or ordered by. {id} {bytes} {text} {table} stand for what the two databases call these.

CREATE TABLE workspace (
    id {id} NOT NULL PRIMARY KEY,
    slug {text} NOT NULL UNIQUE,
    body {text} NOT NULL
){table};

-- Head of each workspace's log. Writers lock its row first.
CREATE TABLE log_head (
    workspace {id} NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash {bytes} NOT NULL
){table};

CREATE TABLE scope_head (
    workspace {id} NOT NULL,
    scope {text} NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (workspace, scope)
){table};

CREATE TABLE entry (
    workspace {id} NOT NULL,
    seq BIGINT NOT NULL,
    scope {text} NOT NULL,
    scope_seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor {id} NOT NULL,
    kind {text} NOT NULL,
    about {id},
    body {text} NOT NULL,
    salt {bytes} NOT NULL,
    body_hash {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (workspace, seq)
){rows};
CREATE INDEX entry_about ON entry (workspace, about, seq) WHERE about IS NOT NULL;

CREATE TABLE request (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    member {id} NOT NULL,
    digest BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    outcome {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};

CREATE TABLE member (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    handle {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE UNIQUE INDEX member_handle ON member (workspace, handle);

CREATE TABLE channel (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    kind {text} NOT NULL,
    name_key {text},
    direct_key {text},
    messages BIGINT NOT NULL,
    last BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE UNIQUE INDEX channel_name ON channel (workspace, name_key) WHERE name_key IS NOT NULL;
CREATE UNIQUE INDEX channel_direct ON channel (workspace, direct_key) WHERE direct_key IS NOT NULL;

-- since, read: seqs. read_ordinal: the countable messages up to read. own_after: one's own
-- countable messages after read, as they were when read was set.
CREATE TABLE channel_member (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    member {id} NOT NULL,
    since BIGINT NOT NULL,
    read BIGINT NOT NULL,
    read_ordinal BIGINT NOT NULL,
    own_after BIGINT NOT NULL,
    PRIMARY KEY (workspace, channel, member)
){table};
CREATE INDEX channel_member_member ON channel_member (workspace, member);

-- ordinal: the nth countable message of its channel (outside threads, not a card), otherwise 0.
CREATE TABLE message (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    seq BIGINT NOT NULL,
    channel {id},
    task {id},
    thread {id},
    ordinal BIGINT NOT NULL,
    author {id} NOT NULL,
    deleted BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){rows};
CREATE INDEX message_channel ON message (workspace, channel, seq)
    WHERE channel IS NOT NULL AND thread IS NULL;
CREATE INDEX message_thread ON message (workspace, thread, seq) WHERE thread IS NOT NULL;
CREATE INDEX message_task ON message (workspace, task, seq) WHERE task IS NOT NULL;
CREATE INDEX message_deleted ON message (workspace, channel, ordinal)
    WHERE deleted = 1 AND ordinal > 0;

-- The nil member stands for everyone in the channel.
CREATE TABLE mention (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    member {id} NOT NULL,
    seq BIGINT NOT NULL,
    author {id} NOT NULL,
    PRIMARY KEY (workspace, channel, member, seq)
){table};

CREATE TABLE project (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    key {text} NOT NULL,
    visibility {text} NOT NULL,
    tasks BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE UNIQUE INDEX project_key ON project (workspace, key);

CREATE TABLE project_member (
    workspace {id} NOT NULL,
    project {id} NOT NULL,
    member {id} NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (workspace, project, member)
){table};
CREATE INDEX project_member_member ON project_member (workspace, member);

CREATE TABLE task (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    project {id} NOT NULL,
    number BIGINT NOT NULL,
    state {text} NOT NULL,
    rank {text} NOT NULL,
    parent {id},
    title_key {text} NOT NULL,
    closed BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){rows};
CREATE UNIQUE INDEX task_number ON task (workspace, project, number);
CREATE INDEX task_rank ON task (workspace, project, state, rank) WHERE deleted = 0;
CREATE INDEX task_parent ON task (workspace, parent) WHERE parent IS NOT NULL;
CREATE INDEX task_seq ON task (workspace, seq) WHERE deleted = 0;

CREATE TABLE task_assignee (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    task {id} NOT NULL,
    PRIMARY KEY (workspace, member, task)
){table};

CREATE TABLE feed (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    project {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, channel, project)
){table};
CREATE INDEX feed_project ON feed (workspace, project);

-- The card of a task in a channel.
CREATE TABLE card (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    task {id} NOT NULL,
    message {id} NOT NULL,
    PRIMARY KEY (workspace, channel, task)
){table};

-- Private tables: beside the log, never in it.

CREATE TABLE account (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    email {text} NOT NULL,
    password_hash {text} NOT NULL,
    PRIMARY KEY (workspace, member)
){table};
CREATE UNIQUE INDEX account_email ON account (email, workspace);

-- Secrets are kept as BLAKE3 hashes. csrf is not a secret of its own: it is derived.
CREATE TABLE session (
    secret_hash {bytes} NOT NULL PRIMARY KEY,
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    member {id} NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    user_agent {text} NOT NULL
){table};
CREATE INDEX session_member ON session (workspace, member);

CREATE TABLE token (
    secret_hash {bytes} NOT NULL PRIMARY KEY,
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    member {id} NOT NULL,
    scopes BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    body {text} NOT NULL
){table};
CREATE INDEX token_member ON token (workspace, member);

CREATE TABLE invitation (
    secret_hash {bytes} NOT NULL PRIMARY KEY,
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    uses_left BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    body {text} NOT NULL
){table};
CREATE INDEX invitation_workspace ON invitation (workspace);

CREATE TABLE hook (
    secret_hash {bytes} NOT NULL PRIMARY KEY,
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    body {text} NOT NULL
){table};
CREATE INDEX hook_workspace ON hook (workspace);

CREATE TABLE avatar (
    workspace {id} NOT NULL,
    hash {text} NOT NULL,
    media_type {text} NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (workspace, hash)
){rows};

-- How far each durable follower of a log has come.
CREATE TABLE follower (
    workspace {id} NOT NULL,
    name {text} NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
){table};

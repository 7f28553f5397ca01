-- What the query language asks about tasks, in columns: a row for each task that is not deleted.
-- Where a number is missing stands the greatest there is, so that it sorts behind all.

CREATE TABLE task_index (
    workspace {id} NOT NULL,
    task {id} NOT NULL,
    project {id} NOT NULL,
    project_key {text} NOT NULL,
    number BIGINT NOT NULL,
    state {text} NOT NULL,
    rank {text} NOT NULL,
    priority BIGINT NOT NULL,
    estimate BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    creator {id} NOT NULL,
    parent {id},
    channel {id},
    assignees BIGINT NOT NULL,
    followers BIGINT NOT NULL,
    labels BIGINT NOT NULL,
    described BIGINT NOT NULL,
    title {text} NOT NULL,
    title_words {text} NOT NULL,
    PRIMARY KEY (workspace, task)
){table};
CREATE UNIQUE INDEX task_index_number ON task_index (workspace, project, number);
CREATE INDEX task_index_key ON task_index (workspace, project_key, number, task);
CREATE INDEX task_index_rank ON task_index (workspace, project, rank, task);
CREATE INDEX task_index_state ON task_index (workspace, state, project);
CREATE INDEX task_index_created ON task_index (workspace, created, task);
CREATE INDEX task_index_updated ON task_index (workspace, updated, task);
CREATE INDEX task_index_due ON task_index (workspace, due, task);
CREATE INDEX task_index_closed ON task_index (workspace, closed, task);
-- The greatest first, and what has none behind all: as `query/translate.rs` writes it.
CREATE INDEX task_index_due_down ON task_index (workspace, (CASE WHEN due = 9223372036854775807
    THEN (-9223372036854775807 - 1) ELSE due END), task);
CREATE INDEX task_index_closed_down ON task_index (workspace, (CASE
    WHEN closed = 9223372036854775807 THEN (-9223372036854775807 - 1) ELSE closed END), task);
CREATE INDEX task_index_estimate ON task_index (workspace, estimate);
CREATE INDEX task_index_priority ON task_index (workspace, priority, created, task);
CREATE INDEX task_index_creator ON task_index (workspace, creator);
CREATE INDEX task_index_parent ON task_index (workspace, parent) WHERE parent IS NOT NULL;
CREATE INDEX task_index_channel ON task_index (workspace, channel) WHERE channel IS NOT NULL;

-- The words of a description; no row without one.
CREATE TABLE task_text (
    workspace {id} NOT NULL,
    task {id} NOT NULL,
    words {text} NOT NULL,
    PRIMARY KEY (workspace, task)
){rows};

CREATE TABLE task_label (
    workspace {id} NOT NULL,
    label {text} NOT NULL,
    task {id} NOT NULL,
    PRIMARY KEY (workspace, label, task)
){table};

CREATE TABLE task_follower (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    task {id} NOT NULL,
    PRIMARY KEY (workspace, member, task)
){table};

-- Which value a task had from when until when, for the fields with a history. The times are
-- microseconds; until the greatest number: it has it still. first: it was made with it.
CREATE TABLE task_past (
    workspace {id} NOT NULL,
    field {text} NOT NULL,
    value {text} NOT NULL,
    task {id} NOT NULL,
    began BIGINT NOT NULL,
    began_seq BIGINT NOT NULL,
    began_by {id} NOT NULL,
    first BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    ended_seq BIGINT NOT NULL,
    ended_by {id},
    PRIMARY KEY (workspace, field, value, task, began_seq)
){table};
CREATE INDEX task_past_task ON task_past (workspace, task, field);
CREATE INDEX task_past_began ON task_past (workspace, field, began, value, task);
CREATE INDEX task_past_ended ON task_past (workspace, field, ended, value, task);

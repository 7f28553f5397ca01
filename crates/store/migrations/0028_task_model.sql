-- What the query language asks about types, dates, people, checklists and links of tasks. The columns
-- have no indexes: what is asked with them narrows what something else found.

ALTER TABLE task_index ADD COLUMN type {text} NOT NULL DEFAULT 'task';
ALTER TABLE task_index ADD COLUMN responsible {id};
ALTER TABLE task_index ADD COLUMN start BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE task_index ADD COLUMN checklist BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE task_index ADD COLUMN links BIGINT NOT NULL DEFAULT 0;

-- Links of tasks, from the side of each; which kinds a task has are bits of `links`.
CREATE TABLE task_link (
    workspace {id} NOT NULL,
    task {id} NOT NULL,
    kind {text} NOT NULL,
    other {id} NOT NULL,
    PRIMARY KEY (workspace, task, kind, other)
){table};
CREATE INDEX task_link_kind ON task_link (workspace, kind, task);

-- What was put aside. The column `deleted` of a task: 0 there, 1 deleted, 2 archived; so what lists
-- without a question leaves out both.

-- No index: what is asked with it narrows what something else found.
ALTER TABLE task_index ADD COLUMN archived BIGINT NOT NULL DEFAULT 0;

-- Deleted tasks that still have their words.
CREATE TABLE task_trash (
    workspace {id} NOT NULL,
    task {id} NOT NULL,
    project {id} NOT NULL,
    creator {id} NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_member {id} NOT NULL,
    PRIMARY KEY (workspace, task)
){table};
CREATE INDEX task_trash_project ON task_trash (workspace, project, seq);
CREATE INDEX task_trash_seq ON task_trash (workspace, seq);

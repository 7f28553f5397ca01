-- Fewer indexes to write for each task: what has no due date, no estimate, or is not closed, is in
-- no index of these, which serve both directions.

DROP INDEX task_index_due;
DROP INDEX task_index_due_down;
DROP INDEX task_index_closed;
DROP INDEX task_index_closed_down;
DROP INDEX task_index_estimate;
CREATE INDEX task_index_due ON task_index (workspace, due, task)
    WHERE due < 9223372036854775807;
CREATE INDEX task_index_closed ON task_index (workspace, closed, task)
    WHERE closed < 9223372036854775807;
CREATE INDEX task_index_estimate ON task_index (workspace, estimate)
    WHERE estimate < 9223372036854775807;

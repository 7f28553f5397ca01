-- What tasks have of custom fields: a row for a value, or for each choice. A task without any has
-- no row here, and no column elsewhere.

CREATE TABLE task_field (
    workspace {id} NOT NULL,
    task {id} NOT NULL,
    field {text} NOT NULL,
    value {text} NOT NULL,
    project {id} NOT NULL,
    number BIGINT NOT NULL,
    words {text} NOT NULL,
    PRIMARY KEY (workspace, task, field, value)
){table};
CREATE INDEX task_field_value ON task_field (workspace, project, field, value, number);

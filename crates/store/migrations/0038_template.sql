-- Templates of tasks, in whole. Their names and order are in the project.

CREATE TABLE project_template (
    workspace {id} NOT NULL,
    project {id} NOT NULL,
    id {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, project, id)
){table};

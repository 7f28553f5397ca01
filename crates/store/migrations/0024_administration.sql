-- How much the files of each workspace take, changed with every file; and sessions by their id.
CREATE TABLE file_usage (
    workspace {id} NOT NULL PRIMARY KEY,
    files BIGINT NOT NULL,
    bytes BIGINT NOT NULL
){table};
INSERT INTO file_usage (workspace, files, bytes)
    SELECT workspace, COUNT(*), SUM(CAST(body{json} ->> 'size' AS BIGINT)) FROM file
    GROUP BY workspace;

CREATE INDEX session_id ON session (workspace, id);

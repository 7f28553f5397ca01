-- Custom emoji, and what each is called; their pictures lie beside the log.
CREATE TABLE emoji (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};

CREATE TABLE emoji_name (
    workspace {id} NOT NULL,
    name {text} NOT NULL,
    emoji {id} NOT NULL,
    PRIMARY KEY (workspace, name)
){table};
CREATE INDEX emoji_name_emoji ON emoji_name (workspace, emoji);

-- still: of one that moves, its first picture.
CREATE TABLE emoji_picture (
    workspace {id} NOT NULL,
    emoji {id} NOT NULL,
    media_type {text} NOT NULL,
    bytes {bytes} NOT NULL,
    still {bytes},
    PRIMARY KEY (workspace, emoji)
){rows};

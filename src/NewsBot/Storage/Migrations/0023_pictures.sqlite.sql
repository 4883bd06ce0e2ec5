-- The pictures that an entry offers, the best first. They are needed while it is decided which one a story shows, and to
-- see which of them an outlet puts beside everything.
CREATE TABLE entry_picture (
    entry_id BIGINT  NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    url      TEXT    NOT NULL,
    alt      TEXT    NULL,
    worth    INTEGER NOT NULL,
    kept_at  BIGINT  NOT NULL,
    PRIMARY KEY (entry_id, position)
);
CREATE INDEX entry_picture_url ON entry_picture (url);
CREATE INDEX entry_picture_kept_at ON entry_picture (kept_at);

-- Why a picture that was fetched is not shown with stories; NULL for nothing.
ALTER TABLE picture ADD COLUMN flaw TEXT NULL;

-- What a story's picture shows, in its publisher's words; NULL where nothing is said.
ALTER TABLE story ADD COLUMN picture_alt TEXT NULL;

-- How many pictures were tried for it.
ALTER TABLE story ADD COLUMN picture_tries INTEGER NOT NULL DEFAULT 0;

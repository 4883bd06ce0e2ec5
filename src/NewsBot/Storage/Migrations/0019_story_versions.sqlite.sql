-- What a story said before its source changed it: what we show of it, never the article.
CREATE TABLE story_version (
    story_id     BIGINT  NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    -- 1 is the first; numbers stay when versions between the first and the newest are forgotten
    number       INTEGER NOT NULL,
    headline     TEXT    NOT NULL,
    summary_text TEXT    NOT NULL,
    -- since when it said so
    since        BIGINT  NOT NULL,
    PRIMARY KEY (story_id, number)
);

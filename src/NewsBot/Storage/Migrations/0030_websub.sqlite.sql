-- The hub that a feed names and what the hub calls the feed; NULL where it names none. Source: https://www.w3.org/TR/websub/
ALTER TABLE feed ADD COLUMN hub_url TEXT NULL;
ALTER TABLE feed ADD COLUMN topic_url TEXT NULL;
CREATE INDEX feed_hub ON feed (id) WHERE hub_url IS NOT NULL;

-- What is agreed with hubs, or about to be.
CREATE TABLE websub (
    id            INTEGER PRIMARY KEY,
    feed_id       BIGINT  NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    hub_url       TEXT    NOT NULL,
    topic_url     TEXT    NOT NULL,
    -- the public address of this server that the hub was told, and the part of its path that nobody can guess
    origin        TEXT    NOT NULL,
    callback_key  TEXT    NOT NULL UNIQUE,
    -- encrypted with the keys in data_protection_key
    secret        TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('asking', 'live', 'denied', 'leaving')),
    -- when the hub was asked last; NULL for never
    asked_at      BIGINT  NULL,
    lease_ends_at BIGINT  NULL,
    -- when the hub is asked next
    due_at        BIGINT  NOT NULL,
    -- how often it was asked since it last agreed
    attempts      INTEGER NOT NULL DEFAULT 0,
    last_error    TEXT    NULL,
    -- SHA-256 of the last bodies that were taken in, the newest first, with a space between
    seen          TEXT    NOT NULL DEFAULT '',
    UNIQUE (feed_id, hub_url, topic_url)
);
CREATE INDEX websub_due_at ON websub (due_at);

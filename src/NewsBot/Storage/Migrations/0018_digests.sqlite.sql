-- What a channel wants of its digest, and what of the news cannot wait for it.

-- Most stories of one source in a digest.
ALTER TABLE channel ADD COLUMN digest_per_source INTEGER NOT NULL DEFAULT 6;

-- So many outlets within so long make a story breaking.
ALTER TABLE channel ADD COLUMN breaking_outlets INTEGER NOT NULL DEFAULT 3;
ALTER TABLE channel ADD COLUMN breaking_ms BIGINT NOT NULL DEFAULT 10800000;

-- Codes of the languages the channel wants, with spaces between them; NULL for all.
ALTER TABLE channel ADD COLUMN languages TEXT NULL;

-- Why a story stands in a digest, in one sentence.
ALTER TABLE digest_story ADD COLUMN why TEXT NULL;

-- The digest an admin was shown. For a few minutes it is the one that is posted.
CREATE TABLE digest_draft (
    channel_id BIGINT PRIMARY KEY REFERENCES channel (id) ON DELETE CASCADE,
    made_at    BIGINT NOT NULL,
    -- its messages and its stories, in JSON
    body       TEXT   NOT NULL
);

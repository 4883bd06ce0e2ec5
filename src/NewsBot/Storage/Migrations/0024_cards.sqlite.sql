-- Who reacted to a story's card, by a hash that tells nobody and is another for each story. It says what a community cares
-- for, and is forgotten with that. Some databases have this part already, from when it was a script by itself.
CREATE TABLE IF NOT EXISTS card_reaction (
    story_id   BIGINT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    channel_id BIGINT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    emoji      TEXT   NOT NULL,
    user_hash  TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (story_id, channel_id, emoji, user_hash)
);
CREATE INDEX IF NOT EXISTS card_reaction_at ON card_reaction (at);

-- The headline a thread or forum post is named after, so that a name somebody else gave is told from ours.
ALTER TABLE thread ADD COLUMN named_after TEXT NULL;

-- When it is to be renamed, because its story has another headline now; NULL for never.
ALTER TABLE thread ADD COLUMN rename_at BIGINT NULL;

-- When we renamed it last, and how often it was refused since.
ALTER TABLE thread ADD COLUMN renamed_at BIGINT NULL;
ALTER TABLE thread ADD COLUMN rename_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX thread_rename_at ON thread (rename_at) WHERE rename_at IS NOT NULL;

UPDATE thread SET named_after = (SELECT s.headline FROM story s WHERE s.id = thread.story_id);
CREATE TRIGGER thread_named_after AFTER INSERT ON thread WHEN new.named_after IS NULL BEGIN
    UPDATE thread SET named_after = (SELECT s.headline FROM story s WHERE s.id = new.story_id) WHERE id = new.id;
END;

-- Five minutes after the last time at the earliest: Discord allows two in ten minutes, and of several headlines in a row
-- only the last is wanted.
CREATE TRIGGER thread_rename AFTER UPDATE OF headline ON story WHEN new.headline <> old.headline BEGIN
    UPDATE thread SET rename_at = COALESCE(renamed_at + 310000, 0), rename_tries = 0
    WHERE story_id = new.id AND state <> 'gone';
END;

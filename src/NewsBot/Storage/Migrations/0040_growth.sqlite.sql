-- What is asked all the time takes as long in a large database as in a small one.

-- Whether anybody wants a feed: nobody looks through those that are due and unwanted for ever.
ALTER TABLE feed ADD COLUMN wanted BIGINT NOT NULL DEFAULT 0;
UPDATE feed SET wanted = 1 WHERE id IN (SELECT feed_id FROM source WHERE paused_at IS NULL);
DROP INDEX feed_next_poll_at;
CREATE INDEX feed_due ON feed (next_poll_at) WHERE wanted = 1;

CREATE TRIGGER source_wants AFTER INSERT ON source WHEN NEW.paused_at IS NULL
BEGIN
    UPDATE feed SET wanted = 1 WHERE id = NEW.feed_id;
END;

CREATE TRIGGER source_wants_change AFTER UPDATE OF paused_at, feed_id ON source
BEGIN
    UPDATE feed SET wanted = EXISTS (SELECT 1 FROM source s WHERE s.feed_id = feed.id AND s.paused_at IS NULL)
    WHERE id IN (OLD.feed_id, NEW.feed_id);
END;

CREATE TRIGGER source_wants_gone AFTER DELETE ON source
BEGIN
    UPDATE feed SET wanted = EXISTS (SELECT 1 FROM source s WHERE s.feed_id = feed.id AND s.paused_at IS NULL)
    WHERE id = OLD.feed_id;
END;

-- How many cards a channel had lately, and what waits for its digest, without all it ever had.
CREATE INDEX channel_story_state ON channel_story (channel_id, state, at);

-- In which digests a story stands.
CREATE INDEX digest_story_story ON digest_story (story_id);

-- The reports of a community that came after one, and those of the last days. Each ends with the row's number.
CREATE INDEX story_entry_order ON story_entry (community_id);
CREATE INDEX story_entry_joined ON story_entry (community_id, joined_at);

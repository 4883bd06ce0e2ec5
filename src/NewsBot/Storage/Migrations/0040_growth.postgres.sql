-- What is asked all the time takes as long in a large database as in a small one.

-- Whether anybody wants a feed: nobody looks through those that are due and unwanted for ever.
ALTER TABLE feed ADD COLUMN wanted BIGINT NOT NULL DEFAULT 0;
UPDATE feed SET wanted = 1 WHERE id IN (SELECT feed_id FROM source WHERE paused_at IS NULL);
DROP INDEX feed_next_poll_at;
CREATE INDEX feed_due ON feed (next_poll_at) WHERE wanted = 1;

CREATE FUNCTION want_feed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE feed SET wanted = 1 WHERE id = NEW.feed_id AND NEW.paused_at IS NULL;
    ELSE
        UPDATE feed SET wanted = CASE WHEN EXISTS (
            SELECT 1 FROM source s WHERE s.feed_id = feed.id AND s.paused_at IS NULL) THEN 1 ELSE 0 END
        WHERE id = OLD.feed_id OR (TG_OP = 'UPDATE' AND id = NEW.feed_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER source_wants AFTER INSERT OR DELETE OR UPDATE OF paused_at, feed_id ON source
FOR EACH ROW EXECUTE FUNCTION want_feed();

-- How many cards a channel had lately, and what waits for its digest, without all it ever had.
CREATE INDEX channel_story_state ON channel_story (channel_id, state, at);

-- In which digests a story stands.
CREATE INDEX digest_story_story ON digest_story (story_id);

-- The reports of a community that came after one, and those of the last days.
CREATE INDEX story_entry_order ON story_entry (community_id, rowid);
CREATE INDEX story_entry_joined ON story_entry (community_id, joined_at) INCLUDE (rowid);

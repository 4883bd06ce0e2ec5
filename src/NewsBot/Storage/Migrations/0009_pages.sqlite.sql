-- What pages read. Instants are UTC milliseconds since 1970, flags are 0 or 1.

-- Whether search engines may list the community's public pages; until an admin says so, they may not.
ALTER TABLE community ADD COLUMN indexing INTEGER NOT NULL DEFAULT 0;

-- Since when not everybody in its workspace may see the channel; such a one is never published. NULL where all may.
ALTER TABLE channel ADD COLUMN private_at BIGINT NULL;

-- Channels the bot still reaches. off_sight is who may read on the web what is not published there: 2 for members of the
-- built-in chat, where every one of them can read it anyway, 3 for nobody but whoever runs this machine.
DROP VIEW open_channel;
CREATE VIEW open_channel AS
    SELECT c.*, CASE w.platform WHEN 'web' THEN 2 ELSE 3 END AS off_sight
    FROM channel c JOIN workspace w ON w.id = c.workspace_id
    WHERE w.removed_at IS NULL;

-- Comments of a story by where they were written and who may read them. places are all of them, shown those with name and
-- text. Kept by triggers, so that no page and no reply has to count a long discussion.
CREATE TABLE story_comments (
    story_id   BIGINT  NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    visibility TEXT    NOT NULL,
    places     INTEGER NOT NULL,
    shown      INTEGER NOT NULL,
    PRIMARY KEY (story_id, channel_id, visibility)
) WITHOUT ROWID;

-- The same by who wrote them.
CREATE TABLE member_comments (
    member_id  BIGINT  NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    visibility TEXT    NOT NULL,
    shown      INTEGER NOT NULL,
    PRIMARY KEY (member_id, channel_id, visibility)
) WITHOUT ROWID;

INSERT INTO story_comments (story_id, channel_id, visibility, places, shown)
SELECT c.story_id, c.channel_id, c.visibility, COUNT(*),
       SUM(CASE WHEN c.state = 'visible' AND m.opted_out_at IS NULL AND m.erased_at IS NULL THEN 1 ELSE 0 END)
FROM comment c JOIN member m ON m.id = c.member_id
GROUP BY c.story_id, c.channel_id, c.visibility;

INSERT INTO member_comments (member_id, channel_id, visibility, shown)
SELECT member_id, channel_id, visibility, COUNT(*) FROM comment WHERE state = 'visible'
GROUP BY member_id, channel_id, visibility;

CREATE TRIGGER comment_counts_add AFTER INSERT ON comment BEGIN
    INSERT INTO story_comments (story_id, channel_id, visibility, places, shown)
    VALUES (new.story_id, new.channel_id, new.visibility, 1, new.state = 'visible' AND EXISTS (
        SELECT 1 FROM member m WHERE m.id = new.member_id AND m.opted_out_at IS NULL AND m.erased_at IS NULL))
    ON CONFLICT (story_id, channel_id, visibility) DO UPDATE SET places = places + 1, shown = shown + excluded.shown;
    INSERT INTO member_comments (member_id, channel_id, visibility, shown)
    VALUES (new.member_id, new.channel_id, new.visibility, new.state = 'visible')
    ON CONFLICT (member_id, channel_id, visibility) DO UPDATE SET shown = shown + excluded.shown;
END;

CREATE TRIGGER comment_counts_remove AFTER DELETE ON comment BEGIN
    UPDATE story_comments
    SET places = places - 1, shown = shown - (old.state = 'visible' AND EXISTS (
        SELECT 1 FROM member m WHERE m.id = old.member_id AND m.opted_out_at IS NULL AND m.erased_at IS NULL))
    WHERE story_id = old.story_id AND channel_id = old.channel_id AND visibility = old.visibility;
    UPDATE member_comments SET shown = shown - (old.state = 'visible')
    WHERE member_id = old.member_id AND channel_id = old.channel_id AND visibility = old.visibility;
END;

CREATE TRIGGER comment_counts_change AFTER UPDATE OF state, visibility, story_id, channel_id, member_id ON comment BEGIN
    UPDATE story_comments
    SET places = places - 1, shown = shown - (old.state = 'visible' AND EXISTS (
        SELECT 1 FROM member m WHERE m.id = old.member_id AND m.opted_out_at IS NULL AND m.erased_at IS NULL))
    WHERE story_id = old.story_id AND channel_id = old.channel_id AND visibility = old.visibility;
    UPDATE member_comments SET shown = shown - (old.state = 'visible')
    WHERE member_id = old.member_id AND channel_id = old.channel_id AND visibility = old.visibility;
    INSERT INTO story_comments (story_id, channel_id, visibility, places, shown)
    VALUES (new.story_id, new.channel_id, new.visibility, 1, new.state = 'visible' AND EXISTS (
        SELECT 1 FROM member m WHERE m.id = new.member_id AND m.opted_out_at IS NULL AND m.erased_at IS NULL))
    ON CONFLICT (story_id, channel_id, visibility) DO UPDATE SET places = places + 1, shown = shown + excluded.shown;
    INSERT INTO member_comments (member_id, channel_id, visibility, shown)
    VALUES (new.member_id, new.channel_id, new.visibility, new.state = 'visible')
    ON CONFLICT (member_id, channel_id, visibility) DO UPDATE SET shown = shown + excluded.shown;
END;

-- Who opts out, or comes back, takes what they wrote out of every count, or puts it back.
CREATE TRIGGER member_counts_change AFTER UPDATE OF opted_out_at, erased_at ON member
WHEN (old.opted_out_at IS NULL AND old.erased_at IS NULL) <> (new.opted_out_at IS NULL AND new.erased_at IS NULL) BEGIN
    INSERT INTO story_comments (story_id, channel_id, visibility, places, shown)
    SELECT c.story_id, c.channel_id, c.visibility, 0,
           CASE WHEN new.opted_out_at IS NULL AND new.erased_at IS NULL THEN COUNT(*) ELSE -COUNT(*) END
    FROM comment c WHERE c.member_id = new.id AND c.state = 'visible'
    GROUP BY c.story_id, c.channel_id, c.visibility
    ON CONFLICT (story_id, channel_id, visibility) DO UPDATE SET shown = shown + excluded.shown;
END;

-- Stories that were joined with another stand on its page.
CREATE INDEX story_merged ON story (merged_into) WHERE merged_into IS NOT NULL;

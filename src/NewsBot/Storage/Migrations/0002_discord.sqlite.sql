-- Discord. Ids of the platform are text; instants are UTC milliseconds since 1970, flags are 0 or 1.

-- Since when the bot is out of the workspace: what was published is not shown any more, and a week later it is purged.
ALTER TABLE workspace ADD COLUMN removed_at BIGINT NULL;
-- Who owns it on the platform, and so hears what its admins hear; NULL where nobody does or it is not known yet.
ALTER TABLE workspace ADD COLUMN owner_id TEXT NULL;

ALTER TABLE channel ADD COLUMN kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'announcement', 'forum', 'media'));
-- Names of the tags a forum post of this channel gets, separated by commas; NULL for the first that fits.
ALTER TABLE channel ADD COLUMN tags TEXT NULL;
-- Whether posts of an announcement channel are published to those who follow it.
ALTER TABLE channel ADD COLUMN crosspost INTEGER NOT NULL DEFAULT 0;
-- What a source's cards say in this channel below their headline, in Liquid; NULL for the usual.
ALTER TABLE subscription ADD COLUMN template TEXT NULL;

-- Up to this message the channel was read for replies, and when that was last brought up to date; NULL while it is to be.
ALTER TABLE channel ADD COLUMN seen_message TEXT NULL;
ALTER TABLE channel ADD COLUMN caught_up_at BIGINT NULL;

-- Since when the account is banned where this identity is of.
ALTER TABLE identity ADD COLUMN banned_at BIGINT NULL;

-- When sending was first tried: from there on the platform may have the message.
ALTER TABLE post ADD COLUMN first_tried_at BIGINT NULL;
-- Of a creation: the stored picture its message shows; NULL for none.
ALTER TABLE post ADD COLUMN picture_id BIGINT NULL;
-- Of a creation: when its message was published to the followers of an announcement channel, or that was given up.
ALTER TABLE post ADD COLUMN crossposted_at BIGINT NULL;
-- Of a creation that waits to be published so: when to try again.
ALTER TABLE post ADD COLUMN crosspost_after BIGINT NULL;

-- When a private message was handed to the member's own platform; the built-in chat shows it instead.
ALTER TABLE private_message ADD COLUMN sent_at BIGINT NULL;
ALTER TABLE private_message ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE private_message ADD COLUMN next_try_at BIGINT NULL;

-- Name and picture of the author where and when the comment was written.
ALTER TABLE comment ADD COLUMN author_name TEXT NULL;
ALTER TABLE comment ADD COLUMN avatar_id BIGINT NULL REFERENCES picture (id);
-- Why a hidden comment is hidden, where no moderator did it: the thread, channel or workspace it was written in is gone.
-- It is shown again when that is back.
ALTER TABLE comment ADD COLUMN hidden_by TEXT NULL CHECK (hidden_by IN ('thread', 'channel', 'workspace'));

-- A thread of a chat that carries a story's discussion.
CREATE TABLE thread (
    id           INTEGER PRIMARY KEY,
    channel_id   BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    story_id     BIGINT  NOT NULL REFERENCES story (id),
    external_id  TEXT    NOT NULL,
    -- wanted: to be opened; gone: deleted on the platform, what was written there is hidden
    state        TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('wanted', 'open', 'archived', 'locked', 'gone')),
    -- whether we locked it because the story was locked; a lock of somebody else is left alone
    locked_by_us INTEGER NOT NULL DEFAULT 0,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_try_at  BIGINT  NULL,
    error        TEXT    NULL,
    -- newest message whose story is known to be stored; catching up begins behind it
    last_message TEXT    NULL,
    -- NULL while it is to be caught up; until then new messages do not move last_message
    caught_up_at BIGINT  NULL,
    active_at    BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    UNIQUE (channel_id, external_id)
);
CREATE INDEX thread_story ON thread (story_id);
CREATE INDEX thread_external ON thread (external_id);
CREATE INDEX thread_wanted ON thread (next_try_at) WHERE state = 'wanted';
CREATE INDEX thread_locked_by_us ON thread (story_id) WHERE locked_by_us = 1;
CREATE INDEX story_locked ON story (locked_at) WHERE locked_at IS NOT NULL;

-- The thread a comment was written in; NULL for a reply in the channel itself.
ALTER TABLE comment ADD COLUMN thread_id BIGINT NULL REFERENCES thread (id) ON DELETE SET NULL;
CREATE INDEX comment_thread ON comment (thread_id) WHERE thread_id IS NOT NULL;

-- Files of a comment: a re-encoded picture, or words that say what was there.
CREATE TABLE attachment (
    id           INTEGER PRIMARY KEY,
    comment_id   BIGINT  NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    external_id  TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    content_type TEXT    NULL,
    size         BIGINT  NOT NULL,
    alt          TEXT    NULL,
    -- waiting: still to be copied; kept: bytes are here; named: only its name and size are told
    state        TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'named')),
    source_url   TEXT    NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_try_at  BIGINT  NULL,
    width        INTEGER NULL,
    height       INTEGER NULL,
    bytes        BLOB    NULL,
    UNIQUE (comment_id, external_id)
);
CREATE INDEX attachment_waiting ON attachment (next_try_at) WHERE state = 'waiting';

-- Who reacted, hashed, so that the same reaction told twice counts once; only sums are shown. A row without a user holds
-- what was counted when the message was read anew, and a user taken back from that is a row of -1.
CREATE TABLE reaction (
    comment_id BIGINT NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
    emoji      TEXT   NOT NULL,
    user_hash  TEXT   NOT NULL,
    count      INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (comment_id, emoji, user_hash)
);

-- Where the gateway goes on after a restart: all up to this sequence is stored.
CREATE TABLE gateway_session (
    platform   TEXT    NOT NULL,
    shard      INTEGER NOT NULL,
    session_id TEXT    NOT NULL,
    resume_url TEXT    NOT NULL,
    sequence   BIGINT  NOT NULL,
    -- the intents and shard count it was made with: another set-up begins anew
    scope      TEXT    NOT NULL DEFAULT '',
    saved_at   BIGINT  NOT NULL,
    PRIMARY KEY (platform, shard)
);

-- What is wrong between a platform and us, in words; told once to the admins while it lasts.
CREATE TABLE trouble (
    id           INTEGER PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
    channel_id   BIGINT NULL REFERENCES channel (id) ON DELETE CASCADE,
    cause        TEXT   NOT NULL,
    words        TEXT   NOT NULL,
    since        BIGINT NOT NULL,
    told_at      BIGINT NULL,
    UNIQUE (workspace_id, cause)
);

-- Channels the bot still reaches: whatever pages, lists and searches show is read through this.
CREATE VIEW open_channel AS
    SELECT c.* FROM channel c
    WHERE NOT EXISTS (SELECT 1 FROM workspace w WHERE w.id = c.workspace_id AND w.removed_at IS NOT NULL);

-- What is purged must not be found any more.
CREATE TRIGGER story_search_remove AFTER DELETE ON story BEGIN
    INSERT INTO story_search (story_search, rowid, headline, summary_text) VALUES ('delete', old.id, old.headline, old.summary_text);
END;
CREATE TRIGGER comment_search_remove AFTER DELETE ON comment BEGIN
    INSERT INTO comment_search (comment_search, rowid, body) VALUES ('delete', old.id, old.body);
END;

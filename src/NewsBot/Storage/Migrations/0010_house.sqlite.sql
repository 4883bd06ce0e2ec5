-- Communities that are joined and part again, and what moderators decide. Instants are UTC milliseconds since 1970.

-- The community a workspace goes back to when it parts from those it was joined with; NULL while it is at home.
ALTER TABLE workspace ADD COLUMN own_community BIGINT NULL;

-- The community something came from when that was joined with another; NULL for what was always here or came since.
ALTER TABLE source ADD COLUMN origin_id BIGINT NULL;
ALTER TABLE story ADD COLUMN origin_id BIGINT NULL;
ALTER TABLE word ADD COLUMN origin_id BIGINT NULL;

-- The source of the same feed that stands for this one while the communities are joined; it sleeps until they part.
ALTER TABLE source ADD COLUMN joined_to BIGINT NULL;
ALTER TABLE source ADD COLUMN slept_paused_at BIGINT NULL;

CREATE TABLE community_link (
    id        INTEGER PRIMARY KEY,
    -- the community that goes on
    host_id   BIGINT NOT NULL REFERENCES community (id) ON DELETE CASCADE,
    -- the community that is part of it meanwhile
    guest_id  BIGINT NOT NULL REFERENCES community (id) ON DELETE CASCADE,
    made_by   TEXT   NOT NULL CHECK (made_by IN ('code', 'settings')),
    -- what the host was called before the settings gave it another name
    host_name TEXT   NULL,
    linked_at BIGINT NOT NULL,
    parted_at BIGINT NULL
);
CREATE UNIQUE INDEX community_link_guest ON community_link (guest_id) WHERE parted_at IS NULL;
CREATE INDEX community_link_host ON community_link (host_id);

-- One-time codes that an admin shows to the other side.
CREATE TABLE community_code (
    hash         TEXT   PRIMARY KEY,
    community_id BIGINT NOT NULL REFERENCES community (id) ON DELETE CASCADE,
    made_by      TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL
);

-- Wrong codes, so that nobody tries them all.
CREATE TABLE community_try (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX community_try_at ON community_try (community_id, at);

-- A story that went on twice when communities parted: which story goes on for the other side.
CREATE TABLE story_twin (
    story_id     BIGINT NOT NULL,
    community_id BIGINT NOT NULL,
    twin_id      BIGINT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (story_id, community_id)
);
CREATE INDEX story_twin_twin ON story_twin (twin_id);

-- What a community and those that are part of it meanwhile are called in rows that stay where they were written.
CREATE VIEW community_within AS
    SELECT id AS community_id, id AS member_id FROM community
    UNION ALL
    SELECT host_id, guest_id FROM community_link WHERE parted_at IS NULL;

-- How a community is moderated; a community without a row keeps the defaults.
CREATE TABLE moderation (
    community_id BIGINT PRIMARY KEY REFERENCES community (id) ON DELETE CASCADE,
    -- where moderators are asked; NULL for by private message
    channel_id   BIGINT NULL REFERENCES channel (id) ON DELETE SET NULL,
    log          TEXT   NOT NULL DEFAULT 'private' CHECK (log IN ('public', 'private', 'off')),
    links        TEXT   NOT NULL DEFAULT 'let-through' CHECK (links IN ('let-through', 'hold-new-members', 'hold-all'))
);

-- Comments that wait, or waited, for a moderator.
CREATE TABLE review (
    comment_id BIGINT PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
    -- why it was held, in words
    why        TEXT   NOT NULL,
    held_at    BIGINT NOT NULL,
    decision   TEXT   NULL CHECK (decision IN ('shown', 'kept', 'muted', 'gone')),
    decided_by TEXT   NULL,
    decided_at BIGINT NULL
);
CREATE INDEX review_waiting ON review (held_at) WHERE decision IS NULL;

-- When a channel gets its digest of discussions; NULL for never.
ALTER TABLE channel ADD COLUMN discussion_schedule TEXT NULL;
ALTER TABLE channel ADD COLUMN discussion_zone TEXT NULL;
ALTER TABLE channel ADD COLUMN next_discussion_at BIGINT NULL;
ALTER TABLE channel ADD COLUMN last_discussion_at BIGINT NULL;
CREATE INDEX channel_next_discussion_at ON channel (next_discussion_at) WHERE next_discussion_at IS NOT NULL;

-- Why somebody did it, as they said.
ALTER TABLE audit ADD COLUMN reason TEXT NULL;

-- What a chat platform has to say to fetch a card's picture, which it does as a stranger.
ALTER TABLE picture ADD COLUMN link_key TEXT NULL;
UPDATE picture SET link_key = LOWER(HEX(RANDOMBLOB(12)));
CREATE TRIGGER picture_link_key AFTER INSERT ON picture WHEN new.link_key IS NULL BEGIN
    UPDATE picture SET link_key = LOWER(HEX(RANDOMBLOB(12))) WHERE id = new.id;
END;

-- Who may see a picture hangs on what it belongs to.
CREATE INDEX story_picture ON story (picture_id) WHERE picture_id IS NOT NULL;
CREATE INDEX comment_avatar ON comment (avatar_id) WHERE avatar_id IS NOT NULL;
CREATE INDEX story_entry_source ON story_entry (source_id);
CREATE INDEX comment_channel_story ON comment (channel_id, story_id);

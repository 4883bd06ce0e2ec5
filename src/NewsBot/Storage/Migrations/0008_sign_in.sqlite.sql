-- Sign-in on the web, and several names of one person. Instants are UTC milliseconds since 1970.

-- A browser that signed in with an account of a platform.
CREATE TABLE web_session (
    id          INTEGER PRIMARY KEY,
    -- SHA-256 of the cookie's secret
    secret_hash TEXT   NOT NULL UNIQUE,
    platform    TEXT   NOT NULL CHECK (platform IN ('discord', 'slack')),
    -- such as "Firefox on Linux", so that its owner knows it in a list
    browser     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    -- when it was last used, to within an hour
    used_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX web_session_expires ON web_session (expires_at);

-- Whose names a session may use: the account's in every workspace that has both it and the bot.
CREATE TABLE session_identity (
    session_id  BIGINT NOT NULL REFERENCES web_session (id) ON DELETE CASCADE,
    identity_id BIGINT NOT NULL REFERENCES identity (id) ON DELETE CASCADE,
    PRIMARY KEY (session_id, identity_id)
);
CREATE INDEX session_identity_identity ON session_identity (identity_id);

-- When the platform last said that the account belongs to the workspace; NULL where it is to be asked anew.
ALTER TABLE identity ADD COLUMN standing_at BIGINT NULL;
-- Since when it does not: it left, was thrown out, or was closed.
ALTER TABLE identity ADD COLUMN left_at BIGINT NULL;
-- Until when the platform lets it write nothing.
ALTER TABLE identity ADD COLUMN silenced_until BIGINT NULL;
-- What the platform's own permissions made of it when it was last asked.
ALTER TABLE identity ADD COLUMN standing_role TEXT NULL CHECK (standing_role IN ('member', 'moderator', 'admin'));
-- Its picture then.
ALTER TABLE identity ADD COLUMN avatar_id BIGINT NULL REFERENCES picture (id);

-- The member an identity is by itself, where it was joined with another's. That row keeps its number, and gets the identity
-- back when they part.
ALTER TABLE identity ADD COLUMN own_member_id BIGINT NULL REFERENCES member (id);
CREATE INDEX identity_own_member ON identity (own_member_id) WHERE own_member_id IS NOT NULL;
ALTER TABLE member ADD COLUMN joined_into BIGINT NULL REFERENCES member (id);
CREATE INDEX member_joined_into ON member (joined_into) WHERE joined_into IS NOT NULL;
-- Of a member of several identities: what was so before they were joined.
ALTER TABLE member ADD COLUMN own_joined_at BIGINT NULL;
ALTER TABLE member ADD COLUMN own_role TEXT NULL CHECK (own_role IN ('member', 'moderator', 'admin'));

-- Which of its author's identities wrote a comment: with that one it goes where they part.
ALTER TABLE comment ADD COLUMN identity_id BIGINT NULL REFERENCES identity (id) ON DELETE SET NULL;
CREATE INDEX comment_identity ON comment (identity_id);
UPDATE comment SET identity_id = (
    SELECT i.id FROM identity i JOIN channel ch ON ch.workspace_id = i.workspace_id
    WHERE ch.id = comment.channel_id AND i.member_id = comment.member_id ORDER BY i.id LIMIT 1);

-- A code that joins the names of one person: shown on one side, entered on the other.
CREATE TABLE link_code (
    member_id  BIGINT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    -- SHA-256
    code_hash  TEXT   NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

-- Codes somebody entered that were none.
CREATE TABLE link_try (
    member_id BIGINT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    count     INTEGER NOT NULL,
    since     BIGINT  NOT NULL
);

-- Who erased their data and may want to know how far the copies in other chats are gone. The account is kept as a hash, and
-- only until they are.
CREATE TABLE erased_account (
    account_hash TEXT   NOT NULL,
    member_id    BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    erased_at    BIGINT NOT NULL,
    PRIMARY KEY (account_hash, member_id)
);

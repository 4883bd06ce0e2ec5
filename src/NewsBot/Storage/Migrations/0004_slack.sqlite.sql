-- Slack. Ids of the platform are text; instants are UTC milliseconds since 1970, flags are 0 or 1.

-- Workspaces in which the app is installed, with the tokens for them.
CREATE TABLE slack_install (
    team_id       TEXT PRIMARY KEY,
    enterprise_id TEXT   NULL,
    name          TEXT   NOT NULL,
    bot_user_id   TEXT   NOT NULL,
    bot_id        TEXT   NULL,
    -- joined by commas
    scopes        TEXT   NOT NULL DEFAULT '',
    -- both encrypted with the keys in data_protection_key; NULL once the install has ended
    token         TEXT   NULL,
    refresh_token TEXT   NULL,
    -- NULL for a token that lives for ever
    expires_at    BIGINT NULL,
    installed_at  BIGINT NOT NULL,
    ended_at      BIGINT NULL
);

-- Events that Slack was told are stored: a body as long as it is to be taken in, and after that the id alone, so that the
-- same event told again is known.
CREATE TABLE slack_event (
    id          INTEGER PRIMARY KEY,
    event_id    TEXT    NOT NULL UNIQUE,
    body        TEXT    NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_try_at BIGINT  NULL,
    received_at BIGINT  NOT NULL
);
CREATE INDEX slack_event_waiting ON slack_event (id) WHERE body IS NOT NULL;
CREATE INDEX slack_event_received ON slack_event (received_at);

-- Since when a channel is shared with another organisation; NULL for not. Its replies are taken only after an admin said so.
ALTER TABLE channel ADD COLUMN shared_at BIGINT NULL;
-- The newest reply there that was not taken, so that it and what is older is not taken later either.
ALTER TABLE channel ADD COLUMN refused_message TEXT NULL;

-- When the account's name and picture are to be asked for, because they could not be when it first wrote; NULL for never.
ALTER TABLE identity ADD COLUMN ask_at BIGINT NULL;
CREATE INDEX identity_ask ON identity (ask_at) WHERE ask_at IS NOT NULL;

-- Comments written in a window of ours: shown in their thread by a message of ours, under their author's name.
CREATE TABLE slack_answer (
    comment_id  BIGINT  PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
    -- the thread's first message
    thread      TEXT    NOT NULL,
    -- what is to be done next; 'none' once the message is as the comment is
    task        TEXT    NOT NULL DEFAULT 'post' CHECK (task IN ('post', 'edit', 'delete', 'none')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- since when Slack may have the message although nobody confirmed it
    tried_at    BIGINT  NULL,
    next_try_at BIGINT  NOT NULL,
    error       TEXT    NULL
);
CREATE INDEX slack_answer_due ON slack_answer (next_try_at) WHERE task <> 'none';

-- Whatever takes a comment back, here or on the page, takes its message back too.
CREATE TRIGGER slack_answer_deleted AFTER UPDATE OF state ON comment WHEN new.state = 'deleted' AND old.state <> 'deleted' BEGIN
    UPDATE slack_answer SET task = 'delete', attempts = 0, next_try_at = 0 WHERE comment_id = new.id;
END;

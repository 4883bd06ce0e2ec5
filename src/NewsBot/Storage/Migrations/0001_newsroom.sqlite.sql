-- The newsroom. Instants are UTC milliseconds since 1970, lengths of time are milliseconds, flags are 0 or 1.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE community (
    id         INTEGER PRIMARY KEY,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE workspace (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL REFERENCES community (id),
    platform     TEXT   NOT NULL CHECK (platform IN ('web', 'discord', 'slack')),
    external_id  TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    UNIQUE (platform, external_id)
);

CREATE TABLE channel (
    id             INTEGER PRIMARY KEY,
    community_id   BIGINT  NOT NULL REFERENCES community (id),
    workspace_id   BIGINT  NOT NULL REFERENCES workspace (id),
    external_id    TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    mode           TEXT    NOT NULL DEFAULT 'instant' CHECK (mode IN ('instant', 'digest', 'digest+breaking')),
    schedule       TEXT    NULL,
    time_zone      TEXT    NOT NULL DEFAULT 'UTC',
    quiet_hours    TEXT    NULL,
    max_per_hour   INTEGER NOT NULL DEFAULT 20,
    max_per_day    INTEGER NOT NULL DEFAULT 100,
    digest_cards   INTEGER NOT NULL DEFAULT 5,
    layout         TEXT    NOT NULL DEFAULT 'cards' CHECK (layout IN ('cards', 'compact')),
    quiet_day      TEXT    NOT NULL DEFAULT 'silent' CHECK (quiet_day IN ('silent', 'say')),
    mirror         TEXT    NOT NULL DEFAULT 'collect' CHECK (mirror IN ('post-only', 'collect', 'two-way')),
    publication    TEXT    NOT NULL DEFAULT 'off' CHECK (publication IN ('off', 'members', 'public')),
    ping_role      TEXT    NULL,
    next_digest_at BIGINT  NULL,
    last_digest_at BIGINT  NULL,
    parked_reason  TEXT    NULL,
    created_at     BIGINT  NOT NULL,
    UNIQUE (workspace_id, external_id)
);
CREATE INDEX channel_next_digest_at ON channel (next_digest_at) WHERE next_digest_at IS NOT NULL;

CREATE TABLE feed (
    id              INTEGER PRIMARY KEY,
    url             TEXT    NOT NULL UNIQUE,
    title           TEXT    NULL,
    site_url        TEXT    NULL,
    format          TEXT    NULL,
    language        TEXT    NULL,
    etag            TEXT    NULL,
    last_modified   TEXT    NULL,
    body_hash       TEXT    NULL,
    interval_ms     BIGINT  NOT NULL,
    next_poll_at    BIGINT  NOT NULL,
    state           TEXT    NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
    failures        INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT    NULL,
    last_polled_at  BIGINT  NULL,
    last_success_at BIGINT  NULL,
    first_taken_at  BIGINT  NULL,
    normal_new      REAL    NOT NULL DEFAULT 0,
    told_at         BIGINT  NULL
);
CREATE INDEX feed_next_poll_at ON feed (next_poll_at);

-- One row a feed and UTC day: the small charts of the status page.
CREATE TABLE feed_day (
    feed_id  BIGINT  NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    day      INTEGER NOT NULL,
    polls    INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    entries  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed_id, day)
);

CREATE TABLE entry (
    id           INTEGER PRIMARY KEY,
    feed_id      BIGINT  NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    guid         TEXT    NULL,
    url          TEXT    NULL,
    url_key      TEXT    NULL,
    title        TEXT    NOT NULL,
    title_key    TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,
    excerpt      TEXT    NOT NULL DEFAULT '',
    author       TEXT    NULL,
    categories   TEXT    NOT NULL DEFAULT '',
    language     TEXT    NULL,
    image_url    TEXT    NULL,
    published_at BIGINT  NULL,
    seen_at      BIGINT  NOT NULL,
    changed_at   BIGINT  NULL,
    is_fresh     INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX entry_guid ON entry (feed_id, guid) WHERE guid IS NOT NULL;
CREATE INDEX entry_feed_url ON entry (feed_id, url_key);
CREATE INDEX entry_url ON entry (url_key);
CREATE INDEX entry_title ON entry (feed_id, title_key);
CREATE INDEX entry_seen_at ON entry (seen_at);

CREATE TABLE source (
    id              INTEGER PRIMARY KEY,
    community_id    BIGINT  NOT NULL REFERENCES community (id),
    feed_id         BIGINT  NOT NULL REFERENCES feed (id),
    name            TEXT    NOT NULL,
    category        TEXT    NULL,
    weight          REAL    NOT NULL DEFAULT 1,
    min_interval_ms BIGINT  NULL,
    paused_at       BIGINT  NULL,
    paused_by       TEXT    NULL,
    licence         TEXT    NULL,
    excerpt_chars   INTEGER NOT NULL DEFAULT 300,
    quiet           INTEGER NOT NULL DEFAULT 0,
    created_at      BIGINT  NOT NULL,
    UNIQUE (community_id, feed_id)
);

CREATE TABLE subscription (
    id         INTEGER PRIMARY KEY,
    source_id  BIGINT  NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    filter     TEXT    NULL,
    ping_role  TEXT    NULL,
    offer      INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT  NOT NULL,
    UNIQUE (source_id, channel_id)
);
CREATE INDEX subscription_channel ON subscription (channel_id);

CREATE TABLE picture (
    id         INTEGER PRIMARY KEY,
    source_url TEXT    NOT NULL UNIQUE,
    alt        TEXT    NULL,
    width      INTEGER NULL,
    height     INTEGER NULL,
    large      BLOB    NULL,
    small      BLOB    NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_try_at BIGINT NULL,
    fetched_at BIGINT  NULL
);
CREATE INDEX picture_next_try_at ON picture (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE story (
    id              INTEGER PRIMARY KEY,
    community_id    BIGINT  NOT NULL REFERENCES community (id),
    headline        TEXT    NOT NULL,
    slug            TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    lead_entry_id   BIGINT  NOT NULL REFERENCES entry (id),
    -- [{"text":"…","entry":12,"start":0,"end":42}], start and end in characters of the entry's article text
    summary         TEXT    NOT NULL DEFAULT '[]',
    summary_text    TEXT    NOT NULL DEFAULT '',
    summary_method  TEXT    NOT NULL DEFAULT '',
    picture_id      BIGINT  NULL REFERENCES picture (id),
    language        TEXT    NULL,
    published_at    BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    revision        INTEGER NOT NULL DEFAULT 1,
    correction      TEXT    NULL,
    corrected_at    BIGINT  NULL,
    locked_at       BIGINT  NULL,
    taken_down_at   BIGINT  NULL,
    merged_into     BIGINT  NULL REFERENCES story (id),
    next_number     INTEGER NOT NULL DEFAULT 1,
    comment_count   INTEGER NOT NULL DEFAULT 0,
    last_comment_at BIGINT  NULL
);
CREATE INDEX story_created ON story (community_id, created_at, id);
CREATE INDEX story_published ON story (community_id, published_at);

CREATE TABLE story_entry (
    story_id     BIGINT NOT NULL REFERENCES story (id),
    entry_id     BIGINT NOT NULL REFERENCES entry (id),
    community_id BIGINT NOT NULL,
    source_id    BIGINT NOT NULL,
    joined_at    BIGINT NOT NULL,
    PRIMARY KEY (story_id, entry_id),
    UNIQUE (community_id, entry_id)
);
CREATE INDEX story_entry_entry ON story_entry (entry_id);

-- Where a story stands in a channel: waiting for a digest, on a card, a line in a digest, or held back for a reason.
CREATE TABLE channel_story (
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    story_id   BIGINT  NOT NULL REFERENCES story (id),
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'carded', 'listed', 'held')),
    breaking   INTEGER NOT NULL DEFAULT 0,
    detail     TEXT    NULL,
    at         BIGINT  NOT NULL,
    PRIMARY KEY (channel_id, story_id)
);
CREATE INDEX channel_story_story ON channel_story (story_id);

-- What each stage decided about an entry, for "why".
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    entry_id     BIGINT  NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    community_id BIGINT  NOT NULL,
    channel_id   BIGINT  NULL,
    stage        TEXT    NOT NULL,
    passed       INTEGER NOT NULL,
    detail       TEXT    NOT NULL,
    at           BIGINT  NOT NULL
);
CREATE INDEX decision_entry ON decision (entry_id);

CREATE TABLE digest (
    id         INTEGER PRIMARY KEY,
    channel_id BIGINT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    due_at     BIGINT NOT NULL,
    since      BIGINT NOT NULL,
    title      TEXT   NOT NULL,
    subtitle   TEXT   NOT NULL,
    UNIQUE (channel_id, due_at)
);

CREATE TABLE digest_story (
    digest_id BIGINT  NOT NULL REFERENCES digest (id) ON DELETE CASCADE,
    story_id  BIGINT  NOT NULL REFERENCES story (id),
    rank      INTEGER NOT NULL,
    is_card   INTEGER NOT NULL,
    PRIMARY KEY (digest_id, story_id)
);

-- The outbox. subject is story:{id}, digest:{id}, comment:{id} or notice:{cause}.
CREATE TABLE post (
    id         INTEGER PRIMARY KEY,
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL,
    part       INTEGER NOT NULL,
    operation  TEXT    NOT NULL CHECK (operation IN ('create', 'edit', 'delete')),
    revision   BIGINT  NOT NULL,
    body       TEXT    NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
    priority   INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT  NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    error      TEXT    NULL,
    message_id TEXT    NULL,
    cause_at   BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    sent_at    BIGINT  NULL,
    UNIQUE (channel_id, subject, part, operation, revision)
);
CREATE INDEX post_waiting ON post (channel_id, priority, id) WHERE state = 'waiting';
CREATE INDEX post_message ON post (channel_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX post_sent_at ON post (sent_at) WHERE sent_at IS NOT NULL;

CREATE TABLE member (
    id            INTEGER PRIMARY KEY,
    community_id  BIGINT  NOT NULL REFERENCES community (id),
    name          TEXT    NOT NULL,
    role          TEXT    NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'moderator', 'admin')),
    pseudonym     TEXT    NULL,
    opted_out_at  BIGINT  NULL,
    muted_until   BIGINT  NULL,
    erased_at     BIGINT  NULL,
    joined_at     BIGINT  NULL,
    first_seen_at BIGINT  NOT NULL
);

-- How a member is known on one platform. external_id is the platform's id; in the built-in chat the folded name.
CREATE TABLE identity (
    id           INTEGER PRIMARY KEY,
    member_id    BIGINT NOT NULL REFERENCES member (id),
    workspace_id BIGINT NOT NULL REFERENCES workspace (id),
    external_id  TEXT   NOT NULL,
    -- SHA-256 of the browser's cookie secret; NULL until a browser has claimed the name
    secret_hash  TEXT   NULL,
    UNIQUE (workspace_id, external_id)
);
CREATE INDEX identity_member ON identity (member_id);

CREATE TABLE api_token (
    id         INTEGER PRIMARY KEY,
    member_id  BIGINT NOT NULL REFERENCES member (id),
    hash       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NULL
);

CREATE TABLE comment (
    id          INTEGER PRIMARY KEY,
    story_id    BIGINT  NOT NULL REFERENCES story (id),
    number      INTEGER NOT NULL,
    parent      INTEGER NOT NULL DEFAULT 0,
    member_id   BIGINT  NOT NULL REFERENCES member (id),
    body        TEXT    NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'visible' CHECK (state IN ('visible', 'deleted', 'hidden')),
    visibility  TEXT    NOT NULL CHECK (visibility IN ('off', 'members', 'public')),
    channel_id  BIGINT  NOT NULL REFERENCES channel (id),
    message_id  TEXT    NOT NULL,
    written_at  BIGINT  NOT NULL,
    accepted_at BIGINT  NOT NULL,
    edited_at   BIGINT  NULL,
    reactions   TEXT    NOT NULL DEFAULT '[]',
    UNIQUE (story_id, number),
    UNIQUE (channel_id, message_id)
);
CREATE INDEX comment_member ON comment (member_id, state);
CREATE INDEX comment_accepted ON comment (accepted_at);

-- Every event of a reply as it was told to us; the same event twice is one row.
CREATE TABLE comment_event (
    id         INTEGER PRIMARY KEY,
    channel_id BIGINT NOT NULL REFERENCES channel (id),
    message_id TEXT   NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('create', 'edit', 'delete', 'hide', 'show')),
    stamp      BIGINT NOT NULL,
    -- the new text of an edit that came before its message; empty otherwise
    body       TEXT   NULL,
    at         BIGINT NOT NULL,
    UNIQUE (channel_id, message_id, kind, stamp)
);

-- The built-in chat's own messages. A message of the bot has a post_key and a body in JSON.
CREATE TABLE web_message (
    id         INTEGER PRIMARY KEY,
    channel_id BIGINT  NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    member_id  BIGINT  NULL REFERENCES member (id),
    post_key   TEXT    NULL,
    body       TEXT    NOT NULL,
    reply_to   BIGINT  NULL,
    -- the story of the card, or of the thread this message belongs to
    story_id   BIGINT  NULL,
    created_at BIGINT  NOT NULL,
    edited_at  BIGINT  NULL,
    deleted_at BIGINT  NULL,
    UNIQUE (channel_id, post_key)
);
CREATE INDEX web_message_channel ON web_message (channel_id, id);
CREATE INDEX web_message_story ON web_message (story_id, channel_id) WHERE story_id IS NOT NULL;

CREATE TABLE idempotency (
    scope        TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    request_hash TEXT   NOT NULL,
    message_id   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (scope, name)
);

CREATE TABLE follow (
    member_id  BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    story_id   BIGINT NOT NULL REFERENCES story (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, story_id)
);

-- What only one member may read in the built-in chat: answers to follow, notices to admins.
CREATE TABLE private_message (
    id         INTEGER PRIMARY KEY,
    member_id  BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    cause      TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    read_at    BIGINT NULL,
    UNIQUE (member_id, cause)
);

CREATE TABLE word (
    community_id BIGINT NOT NULL REFERENCES community (id),
    word         TEXT   NOT NULL,
    added_by     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, word)
);

CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL REFERENCES community (id),
    actor        TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    target       TEXT   NOT NULL,
    before       TEXT   NULL,
    after        TEXT   NULL,
    at           BIGINT NOT NULL,
    undone_at    BIGINT NULL
);

-- A changing command waits here for its "confirm <code>".
CREATE TABLE pending_command (
    code         TEXT   PRIMARY KEY,
    community_id BIGINT NOT NULL REFERENCES community (id),
    asker        TEXT   NOT NULL,
    line         TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE TABLE data_protection_key (
    name TEXT PRIMARY KEY,
    xml  TEXT NOT NULL
);

CREATE VIRTUAL TABLE story_search USING fts5 (headline, summary_text, content = 'story', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER story_search_add AFTER INSERT ON story BEGIN
    INSERT INTO story_search (rowid, headline, summary_text) VALUES (new.id, new.headline, new.summary_text);
END;
CREATE TRIGGER story_search_change AFTER UPDATE OF headline, summary_text ON story BEGIN
    INSERT INTO story_search (story_search, rowid, headline, summary_text) VALUES ('delete', old.id, old.headline, old.summary_text);
    INSERT INTO story_search (rowid, headline, summary_text) VALUES (new.id, new.headline, new.summary_text);
END;

CREATE VIRTUAL TABLE comment_search USING fts5 (body, content = 'comment', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER comment_search_add AFTER INSERT ON comment BEGIN
    INSERT INTO comment_search (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER comment_search_change AFTER UPDATE OF body ON comment BEGIN
    INSERT INTO comment_search (comment_search, rowid, body) VALUES ('delete', old.id, old.body);
    INSERT INTO comment_search (rowid, body) VALUES (new.id, new.body);
END;

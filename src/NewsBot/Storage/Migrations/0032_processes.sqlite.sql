-- Processes that share a database; one that has a file to itself writes nothing here.
CREATE TABLE process (
    id         INTEGER PRIMARY KEY,
    -- machine and process id, for people
    name       TEXT    NOT NULL,
    roles      TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    started_at BIGINT  NOT NULL,
    -- By the clock of the database. Whoever was not heard of until then may be declared dead, which is to delete its row.
    ends_at    BIGINT  NOT NULL
);

-- What one process does for all, such as to hold a platform's connections.
CREATE TABLE lease (
    name       TEXT    NOT NULL PRIMARY KEY,
    process_id BIGINT  NOT NULL REFERENCES process (id) ON DELETE CASCADE,
    taken_at   BIGINT  NOT NULL,
    -- how the connections are, for the pages of the others; JSON
    conditions TEXT    NULL
);
CREATE INDEX lease_process ON lease (process_id);

-- Channels whose next post a process has in hand.
CREATE TABLE sending (
    channel_id BIGINT  NOT NULL PRIMARY KEY REFERENCES channel (id) ON DELETE CASCADE,
    process_id BIGINT  NOT NULL REFERENCES process (id) ON DELETE CASCADE
);
CREATE INDEX sending_process ON sending (process_id);

-- What opens a feed that is not for everybody. Such a feed has a row of its own for its community: a fragment, which is never
-- sent, keeps its address apart from that of everybody else.
CREATE TABLE feed_credential (
    feed_id    BIGINT PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    -- scheme://host:port of the only server it is sent to
    origin     TEXT   NOT NULL,
    -- encrypted with the keys in data_protection_key
    secret     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- However a source goes (removed, undone, purged with its workspace), its login goes with it.
CREATE TRIGGER source_credential AFTER DELETE ON source
BEGIN
    DELETE FROM feed_credential WHERE feed_id = OLD.feed_id;
END;

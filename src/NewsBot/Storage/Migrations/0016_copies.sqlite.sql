-- The entry whose text this one copies: the first that had it, never a copy itself. NULL for a text of its own.
ALTER TABLE entry ADD COLUMN copy_of BIGINT NULL REFERENCES entry (id) ON DELETE SET NULL;
CREATE INDEX entry_copy_of ON entry (copy_of) WHERE copy_of IS NOT NULL;

-- What is remembered of the texts of the last days to recognise copies of them.
CREATE TABLE text_print (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
    seen_at  BIGINT  NOT NULL,
    print    BLOB    NOT NULL
);
CREATE INDEX text_print_seen ON text_print (seen_at);

-- The reports of a story whose text nobody in it had before. Outlets are counted by these.
CREATE VIEW independent_report AS
SELECT r.story_id, r.entry_id, r.source_id, r.community_id, r.joined_at
FROM story_entry r JOIN entry e ON e.id = r.entry_id
WHERE e.copy_of IS NULL OR NOT EXISTS (
    SELECT 1 FROM story_entry f JOIN entry o ON o.id = f.entry_id
    WHERE f.story_id = r.story_id AND (o.id = e.copy_of OR (o.copy_of = e.copy_of AND o.id < e.id)));

-- Counts whatever changes which reports make a story, so that what is kept of them in memory is known to be old.
CREATE TABLE story_grouping (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    changes BIGINT  NOT NULL
);
INSERT INTO story_grouping (id, changes) VALUES (1, 0);

CREATE TRIGGER story_merged AFTER UPDATE OF merged_into ON story
WHEN COALESCE(OLD.merged_into, 0) <> COALESCE(NEW.merged_into, 0)
BEGIN
    UPDATE story_grouping SET changes = changes + 1;
END;

CREATE TRIGGER story_entry_moved AFTER UPDATE OF story_id, community_id ON story_entry
BEGIN
    UPDATE story_grouping SET changes = changes + 1;
END;

CREATE TRIGGER story_entry_gone AFTER DELETE ON story_entry
BEGIN
    UPDATE story_grouping SET changes = changes + 1;
END;

-- Web pages without a feed that are read with selectors. Such a page has a row of its own for its community, kept apart by a
-- fragment like a feed with a login.

-- The selectors; NULL for a feed.
ALTER TABLE feed ADD COLUMN recipe TEXT NULL;

-- How many entries the page usually lists, how many it listed the last time, and at how many polls in a row it listed far
-- fewer than usual.
ALTER TABLE feed ADD COLUMN usual_entries REAL NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN last_entries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN few_in_row INTEGER NOT NULL DEFAULT 0;

-- When admins were told that it lists far fewer; NULL while it lists as many as usual.
ALTER TABLE feed ADD COLUMN few_told_at BIGINT NULL;

-- Copies of comments in other channels. Instants are UTC milliseconds since 1970, flags are 0 or 1.

-- Since when the channel's mirror mode is what it is: what was written before is not copied one by one. NULL for always.
ALTER TABLE channel ADD COLUMN mirror_since BIGINT NULL;
-- Whether it also exchanges copies with other channels of its own workspace that want so too.
ALTER TABLE channel ADD COLUMN mirror_within INTEGER NOT NULL DEFAULT 0;

-- Whether its author took it off the pages: it stays off, also when the author opts in again.
ALTER TABLE comment ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
UPDATE comment SET withdrawn = 1 WHERE member_id IN (
    SELECT id FROM member WHERE opted_out_at IS NOT NULL OR erased_at IS NOT NULL);

-- The comment whose copy a message of the built-in chat is: its words are read there, so that they are always true.
ALTER TABLE web_message ADD COLUMN comment_id BIGINT NULL;

-- All that was posted of one story or comment, in whatever channel.
CREATE INDEX post_subject ON post (subject);

-- The answers to a comment, which quote it.
CREATE INDEX comment_answers ON comment (story_id, parent);

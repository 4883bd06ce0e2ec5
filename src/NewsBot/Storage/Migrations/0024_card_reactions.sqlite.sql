-- Who reacted to a story's card, by a hash that tells nobody and is another for each story. It says what a community cares
-- for, and is forgotten with that.
CREATE TABLE card_reaction (
    story_id   BIGINT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    channel_id BIGINT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    emoji      TEXT   NOT NULL,
    user_hash  TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (story_id, channel_id, emoji, user_hash)
);
CREATE INDEX card_reaction_at ON card_reaction (at);

-- Copies of comments in Discord. Ids of the platform are text; instants are UTC milliseconds since 1970.

-- The one webhook of ours in a channel, through which copies are posted under their authors' names.
CREATE TABLE discord_webhook (
    channel_id BIGINT PRIMARY KEY REFERENCES channel (id) ON DELETE CASCADE,
    -- NULL while there is none
    webhook_id TEXT   NULL,
    -- encrypted with the keys in data_protection_key; NULL while there is none
    token      TEXT   NULL,
    -- when one was last made in place of one that somebody deleted
    remade_at  BIGINT NULL,
    -- Discord is not asked for one before this; NULL for at any time. Copies go as the bot's own messages until then.
    not_before BIGINT NULL
);

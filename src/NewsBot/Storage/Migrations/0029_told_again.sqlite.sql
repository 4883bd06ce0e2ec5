-- Whether the first telling that was stored was not Slack's first: what it tells of may be gone, and its end told in vain.
ALTER TABLE slack_event ADD COLUMN told_again INTEGER NOT NULL DEFAULT 0;

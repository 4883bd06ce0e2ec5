-- What was posted to one channel lately, without a look at all it ever got.
CREATE INDEX post_channel_sent ON post (channel_id, sent_at) WHERE sent_at IS NOT NULL;

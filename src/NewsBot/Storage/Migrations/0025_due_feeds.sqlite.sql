-- Who wants a feed is asked for every feed that is due.
CREATE INDEX source_feed ON source (feed_id);

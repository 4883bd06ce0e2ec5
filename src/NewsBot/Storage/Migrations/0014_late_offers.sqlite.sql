-- When the newest entries that were there already were offered to the channel; NULL until then.
ALTER TABLE subscription ADD COLUMN offered_at BIGINT NULL;

UPDATE subscription SET offered_at = created_at
WHERE EXISTS (
    SELECT 1 FROM source s JOIN feed f ON f.id = s.feed_id
    WHERE s.id = subscription.source_id AND f.first_taken_at IS NOT NULL);

-- A call may still be under way when its caller is gone: what is not found is looked for until it can be no more.
ALTER TABLE post ADD COLUMN last_tried_at BIGINT NULL;

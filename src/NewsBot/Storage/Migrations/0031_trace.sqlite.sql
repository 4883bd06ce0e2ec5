-- The trace of the post's cause, a W3C traceparent of 55 characters; NULL unless traces are recorded.
ALTER TABLE post ADD COLUMN trace_parent TEXT NULL;

-- The workspace's own address on its platform, such as https://example.slack.com/, with which the address of a message
-- begins; NULL where there is none, or it was not told yet.
ALTER TABLE workspace ADD COLUMN url TEXT NULL;

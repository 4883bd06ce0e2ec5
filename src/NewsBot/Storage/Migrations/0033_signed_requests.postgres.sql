-- What a platform signed and we took, so that whoever kept a copy of it can send it again to nobody.
CREATE TABLE signed_request (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX signed_request_at ON signed_request (at);

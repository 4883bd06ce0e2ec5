-- Copies of comments in Slack. Instants are UTC milliseconds since 1970.

-- Whether a workspace lets messages be posted, changed and deleted under other names, found out with its first copy.
CREATE TABLE slack_guise (
    team_id     TEXT   PRIMARY KEY,
    -- kept: it does; lost: a change takes the name away; refused: names stand in the text
    state       TEXT   NOT NULL CHECK (state IN ('kept', 'lost', 'refused')),
    -- Slack's word for why not
    reason      TEXT   NULL,
    -- tells the install it was found out with from a later one
    install_key TEXT   NOT NULL,
    found_at    BIGINT NOT NULL
);

-- What was written in a window is shown in its thread by a copy, as comments from elsewhere are. Its message becomes that
-- copy's, and it keeps a name of our own making.
DROP TRIGGER slack_answer_deleted;

INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at,
                  created_at, sent_at)
SELECT c.channel_id, 'comment:' || c.id, 0, 'create', 0,
       '{"kind":"copy","story":{"value":' || c.story_id || '},"number":' || c.number || '}',
       CASE WHEN c.message_id LIKE 'answer:%' THEN 'waiting' ELSE 'sent' END, a.next_try_at,
       CASE WHEN c.message_id LIKE 'answer:%' THEN NULL ELSE c.message_id END, c.accepted_at, c.accepted_at,
       CASE WHEN c.message_id LIKE 'answer:%' THEN NULL ELSE c.accepted_at END
FROM slack_answer a JOIN comment c ON c.id = a.comment_id
WHERE c.message_id NOT LIKE 'answer:%' OR c.state <> 'deleted';

INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, cause_at, created_at)
SELECT c.channel_id, 'comment:' || c.id, 0, a.task, 1,
       '{"kind":"copy","story":{"value":' || c.story_id || '},"number":' || c.number || '}', 'waiting', a.next_try_at,
       a.next_try_at, a.next_try_at
FROM slack_answer a JOIN comment c ON c.id = a.comment_id
WHERE c.message_id NOT LIKE 'answer:%' AND a.task IN ('edit', 'delete');

UPDATE comment_event
SET message_id = 'answer:' || message_id
WHERE message_id NOT LIKE 'answer:%' AND EXISTS (
    SELECT 1 FROM slack_answer a JOIN comment c ON c.id = a.comment_id
    WHERE c.channel_id = comment_event.channel_id AND c.message_id = comment_event.message_id);
UPDATE comment SET message_id = 'answer:' || message_id
WHERE message_id NOT LIKE 'answer:%' AND id IN (SELECT comment_id FROM slack_answer);

DROP TABLE slack_answer;

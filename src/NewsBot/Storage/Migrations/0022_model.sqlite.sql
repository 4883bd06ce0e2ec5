-- What the language model cost each day, counted in days since 1970.
CREATE TABLE model_day (
    day INTEGER PRIMARY KEY,
    requests INTEGER NOT NULL,
    tokens INTEGER NOT NULL
);

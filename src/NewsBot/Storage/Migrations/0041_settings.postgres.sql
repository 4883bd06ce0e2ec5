-- Prints of the settings that all processes of a database need to have in common; JSON.
ALTER TABLE process ADD COLUMN settings TEXT COLLATE "C" NULL;

-- after 1.sql
-- Counters of orders came without a layout of their own.
CREATE TABLE command_counters(device INTEGER PRIMARY KEY, counter INTEGER NOT NULL);
INSERT INTO command_counters VALUES(1, 7);

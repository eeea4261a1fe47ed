-- after 2.sql
CREATE TABLE board_labels(
  device INTEGER PRIMARY KEY, name TEXT NOT NULL, board_group TEXT NOT NULL, model TEXT NOT NULL);
INSERT INTO board_labels VALUES(1, 'Hall', 'downstairs', 'esp32-devkitc');
PRAGMA user_version=3;

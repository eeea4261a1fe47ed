-- An event, and a webhook that took it. Layout 1.
BEGIN;
CREATE TABLE events(
  number INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, kind INTEGER NOT NULL, severity INTEGER NOT NULL,
  subject TEXT NOT NULL, text TEXT NOT NULL);
INSERT INTO events VALUES(7, 1795222800000, 2, 1, 'kitchen', 'The board kitchen has been away for 2 minutes.');
CREATE TABLE webhooks(hook TEXT PRIMARY KEY, taken INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO webhooks VALUES('house', 7);
PRAGMA user_version=1;
COMMIT;

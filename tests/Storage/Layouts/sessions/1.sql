-- sessions.db: a board that was away with an order waiting for it, and what the broker retained. Layout 1.
BEGIN TRANSACTION;
CREATE TABLE session (client TEXT PRIMARY KEY, sent INTEGER) WITHOUT ROWID;
INSERT INTO session VALUES('board-01', 12);
CREATE TABLE subscription (
    client TEXT, filter TEXT, qos INTEGER NOT NULL, PRIMARY KEY (client, filter)) WITHOUT ROWID;
INSERT INTO subscription VALUES('board-01', 'micro/1/board-01/command', 1);
CREATE TABLE message (
    client TEXT, number INTEGER, topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL,
    released INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (client, number)) WITHOUT ROWID;
INSERT INTO message VALUES('board-01', 13, 'micro/1/board-01/command', X'00ff', 1, 0);
CREATE TABLE received (client TEXT, packet INTEGER, PRIMARY KEY (client, packet)) WITHOUT ROWID;
INSERT INTO received VALUES('board-01', 65535);
CREATE TABLE retained (topic TEXT PRIMARY KEY, payload BLOB NOT NULL, qos INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO retained VALUES('micro/1/board-01/status', X'6f6e6c696e65', 1);
PRAGMA user_version=1;
COMMIT;

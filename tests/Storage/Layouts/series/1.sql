-- A metric, a tier with an open block, and a block that is over; the octets of both mean nothing. Layout 1.
BEGIN;
CREATE TABLE metrics(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL);
INSERT INTO metrics VALUES(0, 'proven', 1);
CREATE TABLE tiers(tier INTEGER PRIMARY KEY, open INTEGER NOT NULL);
INSERT INTO tiers VALUES(0, 1795222800);
CREATE TABLE open_points(
  tier INTEGER NOT NULL, start INTEGER NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY(tier, start, chunk)) WITHOUT ROWID;
INSERT INTO open_points VALUES(0, 1795222800, 0, X'0102');
CREATE TABLE blocks(
  tier INTEGER NOT NULL, start INTEGER NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY(tier, start, chunk)) WITHOUT ROWID;
INSERT INTO blocks VALUES(0, 1795219200, 0, X'030405');
PRAGMA user_version=1;
COMMIT;

-- A target, and a payout that was paid. Layout 1.
BEGIN;
CREATE TABLE targets(
  account TEXT PRIMARY KEY, target TEXT NOT NULL, threshold_msat INTEGER NOT NULL, set_by TEXT NOT NULL,
  set_ms INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO targets VALUES('device:board-01', 'ada@example.org', 1000, 'owner', 1795222590000);
CREATE TABLE payouts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, target TEXT NOT NULL,
  amount_msat INTEGER NOT NULL, fee_msat INTEGER NOT NULL, stage INTEGER NOT NULL, reason TEXT NOT NULL,
  hash TEXT NOT NULL, cause TEXT NOT NULL, begun_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL);
INSERT INTO payouts VALUES(7, 'device:board-01', 'ada@example.org', 5000, 2, 3, '', 'ab12', 'owner', 1, 2);
CREATE INDEX payouts_open ON payouts(stage) WHERE stage<=2;
CREATE INDEX payouts_by_hash ON payouts(hash) WHERE hash<>'';
PRAGMA user_version=1;
COMMIT;

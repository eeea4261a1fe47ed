-- after 4.sql
CREATE TABLE proof_standings(
  device INTEGER PRIMARY KEY, probation INTEGER NOT NULL, lies INTEGER NOT NULL, suspended_ms INTEGER NOT NULL,
  right_count INTEGER NOT NULL, wrong_count INTEGER NOT NULL, late_count INTEGER NOT NULL);
INSERT INTO proof_standings VALUES(1, 3, 1, 1795222700000, 40, 2, 1);
PRAGMA user_version=5;

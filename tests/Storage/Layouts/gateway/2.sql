-- after 1-pool-shares.sql
-- The same tables, with a layout of their own.
PRAGMA user_version=2;

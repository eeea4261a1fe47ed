using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// The tables of <c>gateway.db</c>. A device's hot numbers stand apart from its key, so that a batch of shares rewrites
/// small rows. Shares are clustered by device and sequence: the database itself refuses to count one twice, and a
/// re-sent share finds its verdict by one search.
/// </summary>
internal static class Schema
{
    private const string DevicesAndShares = """
        CREATE TABLE devices(
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key BLOB NOT NULL, registered_ms INTEGER NOT NULL,
          revoked INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE device_state(
          device INTEGER PRIMARY KEY, counter INTEGER NOT NULL DEFAULT 0, share_work INTEGER NOT NULL DEFAULT 0,
          accepted INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0, invalid INTEGER NOT NULL DEFAULT 0,
          work INTEGER NOT NULL DEFAULT 0, best_work INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE shares(
          device INTEGER NOT NULL, sequence INTEGER NOT NULL, verdict INTEGER NOT NULL, work INTEGER NOT NULL,
          received_ms INTEGER NOT NULL, job INTEGER NOT NULL, nonce INTEGER NOT NULL, ntime INTEGER NOT NULL,
          version INTEGER NOT NULL, PRIMARY KEY(device, sequence)) WITHOUT ROWID;
        CREATE TABLE blocks(
          hash BLOB PRIMARY KEY, height INTEGER NOT NULL, device INTEGER NOT NULL, found_ms INTEGER NOT NULL,
          state INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', raw BLOB NOT NULL);
        """;

    // Programs before this step made these tables in files of layout 1 too, without saying so in the version.
    private const string OrdersAndPoolShares = """
        CREATE TABLE IF NOT EXISTS command_counters(device INTEGER PRIMARY KEY, counter INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS pool_shares(
          hash BLOB PRIMARY KEY, device INTEGER NOT NULL, found_ms INTEGER NOT NULL, work INTEGER NOT NULL,
          state INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
        """;

    private const string BoardLabels = """
        CREATE TABLE board_labels(
          device INTEGER PRIMARY KEY, name TEXT NOT NULL, board_group TEXT NOT NULL, model TEXT NOT NULL);
        """;

    private const string Access = """
        CREATE TABLE access_users(
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role INTEGER NOT NULL,
          password TEXT NOT NULL, created_ms INTEGER NOT NULL);
        CREATE TABLE access_sessions(
          digest TEXT PRIMARY KEY, user INTEGER NOT NULL, created_ms INTEGER NOT NULL, used_ms INTEGER NOT NULL)
          WITHOUT ROWID;
        CREATE TABLE access_tokens(
          id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scopes TEXT NOT NULL,
          user INTEGER NOT NULL, created_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
          used_ms INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE access_links(
          digest TEXT PRIMARY KEY, role INTEGER NOT NULL, user INTEGER NOT NULL, end_ms INTEGER NOT NULL)
          WITHOUT ROWID;
        """;

    private const string ProofStandings = """
        CREATE TABLE proof_standings(
          device INTEGER PRIMARY KEY, probation INTEGER NOT NULL, lies INTEGER NOT NULL, suspended_ms INTEGER NOT NULL,
          right_count INTEGER NOT NULL, wrong_count INTEGER NOT NULL, late_count INTEGER NOT NULL);
        """;

    private const string JoinCodes = """
        CREATE TABLE access_join_codes(
          number TEXT PRIMARY KEY, digest TEXT NOT NULL, model TEXT NOT NULL, board_group TEXT NOT NULL,
          created_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, device TEXT NOT NULL DEFAULT '',
          result TEXT NOT NULL DEFAULT '', used_ms INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        """;

    private const string SignInAttempts = """
        CREATE TABLE access_attempts(
          is_name INTEGER NOT NULL, key TEXT NOT NULL, failures INTEGER NOT NULL, last_ms INTEGER NOT NULL,
          locked_until_ms INTEGER NOT NULL, PRIMARY KEY(is_name, key)) WITHOUT ROWID;
        """;

    private const string DayBests = """
        CREATE TABLE day_bests(day INTEGER PRIMARY KEY, work INTEGER NOT NULL);
        """;

    /// <summary>The steps; tables that come later are a further one at the end.</summary>
    public static Layout Layout { get; } =
        new("gateway.db", DevicesAndShares, OrdersAndPoolShares, BoardLabels, Access, ProofStandings,
            JoinCodes + SignInAttempts + DayBests);

    /// <summary>Brings a file, new or old, to today's tables.</summary>
    /// <exception cref="StorageException">The file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static void Prepare(Database database) => Layout.Prepare(database);
}

using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Access;

/// <summary>Reads users, sessions, tokens, links, join codes and failures to sign in from the store, at start.
/// </summary>
internal sealed class AccessLoader(
    UserBook users, SessionBook sessions, TokenBook tokens, LinkBook links, JoinCodes joinCodes, AttemptKeeper attempts)
{
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public void Load(Database database)
    {
        using (Statement row = database.Prepare("SELECT id, name, role, password, created_ms FROM access_users"))
        {
            while (row.Read())
            {
                users.Load(new User(
                    row.Int64(0), row.Text(1), (AccessRole)row.Int64(2), row.Text(3), row.Int64(4)));
            }
        }

        using (Statement row = database.Prepare("SELECT digest, user, created_ms, used_ms FROM access_sessions"))
        {
            while (row.Read())
            {
                sessions.Load(new Session(row.Text(0), row.Int64(1), row.Int64(2))
                {
                    UsedMs = row.Int64(3),
                    StoredMs = row.Int64(3),
                });
            }
        }

        LoadCodes(database);
        LoadJoinCodes(database);
        attempts.Load(database);
    }

    private void LoadJoinCodes(Database database)
    {
        using Statement row = database.Prepare("SELECT number, digest, end_ms, model, board_group, device, result, "
            + "used_ms FROM access_join_codes ORDER BY created_ms");
        while (row.Read())
        {
            JoinTicket ticket = new(row.Text(0), row.Text(1), At(row.Int64(2)), new JoinWish(row.Text(3), row.Text(4)));
            if (row.Text(5).Length > 0)
            {
                EnrolResult? result = Enum.TryParse(row.Text(6), out EnrolResult known) ? known : null;
                ticket.Settle(new JoinTicket.Use(row.Text(5), result, At(row.Int64(7))));
            }

            joinCodes.Load(ticket);
        }
    }

    private static DateTimeOffset At(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);

    private void LoadCodes(Database database)
    {
        using (Statement row = database.Prepare(
            "SELECT id, digest, name, scopes, user, created_ms, end_ms, used_ms FROM access_tokens ORDER BY id"))
        {
            while (row.Read())
            {
                string[] scopes = row.Text(3).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                tokens.Load(row.Text(1), new ApiToken(
                    row.Int64(0), row.Text(2), scopes, row.Int64(4), row.Int64(5), row.Int64(6))
                {
                    UsedMs = row.Int64(7),
                    StoredMs = row.Int64(7),
                });
            }
        }

        using (Statement row = database.Prepare("SELECT digest, role, user, end_ms FROM access_links"))
        {
            while (row.Read())
            {
                links.Load(row.Text(0), new Invitation((AccessRole)row.Int64(1), row.Int64(2), row.Int64(3)));
            }
        }
    }
}

using MicroFirmware.Gateway.Owner;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Access;

/// <summary>What the writer says of users, sessions, tokens, links, join codes and failures to sign in. Used by its
/// thread only.</summary>
internal sealed class AccessStatements(Database database)
{
    private readonly Statement _putUser = database.Prepare(
        "INSERT INTO access_users(id, name, role, password, created_ms) VALUES(?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT(id) DO UPDATE SET role=excluded.role, password=excluded.password");
    private readonly Statement _dropUser = database.Prepare("DELETE FROM access_users WHERE id=?1");
    private readonly Statement _putSession = database.Prepare(
        "INSERT INTO access_sessions(digest, user, created_ms, used_ms) VALUES(?1, ?2, ?3, ?4) "
        + "ON CONFLICT(digest) DO NOTHING");
    private readonly Statement _touchSession = database.Prepare(
        "UPDATE access_sessions SET used_ms=?2 WHERE digest=?1");
    private readonly Statement _dropSession = database.Prepare("DELETE FROM access_sessions WHERE digest=?1");
    private readonly Statement _putToken = database.Prepare(
        "INSERT INTO access_tokens(id, digest, name, scopes, user, created_ms, end_ms) "
        + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING");
    private readonly Statement _touchToken = database.Prepare("UPDATE access_tokens SET used_ms=?2 WHERE id=?1");
    private readonly Statement _dropToken = database.Prepare("DELETE FROM access_tokens WHERE id=?1");
    private readonly Statement _putLink = database.Prepare(
        "INSERT INTO access_links(digest, role, user, end_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private readonly Statement _dropLink = database.Prepare("DELETE FROM access_links WHERE digest=?1");

    private readonly Statement _putJoinCode = database.Prepare(
        "INSERT INTO access_join_codes(number, digest, model, board_group, created_ms, end_ms) "
        + "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
    private readonly Statement _settleJoinCode = database.Prepare(
        "UPDATE access_join_codes SET device=?2, result=?3, used_ms=?4 WHERE number=?1");
    private readonly Statement _dropJoinCode = database.Prepare("DELETE FROM access_join_codes WHERE number=?1");
    private readonly Statement _putAttempt = database.Prepare(
        "INSERT INTO access_attempts VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
        + "failures=excluded.failures, last_ms=excluded.last_ms, locked_until_ms=excluded.locked_until_ms");
    private readonly Statement _dropAttempts = database.Prepare(
        "DELETE FROM access_attempts WHERE failures=0 OR last_ms<?1");

    public void Put(User user) => _putUser.Bind(1, user.Id).Bind(2, user.Name).Bind(3, (long)user.Role)
        .Bind(4, user.Password).Bind(5, user.CreatedMs).Run();

    public void DropUser(long id) => _dropUser.Bind(1, id).Run();

    public void Put(Session session) => _putSession.Bind(1, session.Id).Bind(2, session.User)
        .Bind(3, session.CreatedMs).Bind(4, session.CreatedMs).Run();

    public void TouchSession(string id, long usedMs) => _touchSession.Bind(1, id).Bind(2, usedMs).Run();

    public void DropSession(string id) => _dropSession.Bind(1, id).Run();

    public void Put(ApiToken token, string digest) => _putToken.Bind(1, token.Id).Bind(2, digest).Bind(3, token.Name)
        .Bind(4, string.Join(' ', token.Scopes)).Bind(5, token.User).Bind(6, token.CreatedMs).Bind(7, token.EndMs)
        .Run();

    public void TouchToken(long id, long usedMs) => _touchToken.Bind(1, id).Bind(2, usedMs).Run();

    public void DropToken(long id) => _dropToken.Bind(1, id).Run();

    public void Put(Invitation link, string digest) => _putLink.Bind(1, digest).Bind(2, (long)link.Role)
        .Bind(3, link.User).Bind(4, link.EndMs).Run();

    public void DropLink(string digest) => _dropLink.Bind(1, digest).Run();

    public void Put(JoinTicket ticket, DateTimeOffset created) => _putJoinCode.Bind(1, ticket.Number)
        .Bind(2, ticket.Digest).Bind(3, ticket.Wish.Model).Bind(4, ticket.Wish.Group)
        .Bind(5, created.ToUnixTimeMilliseconds()).Bind(6, ticket.End.ToUnixTimeMilliseconds()).Run();

    public void Settle(string number, JoinTicket.Use use) => _settleJoinCode.Bind(1, number).Bind(2, use.Device)
        .Bind(3, use.Result?.ToString() ?? "").Bind(4, use.At.ToUnixTimeMilliseconds()).Run();

    public void DropJoinCode(string number) => _dropJoinCode.Bind(1, number).Run();

    /// <summary>Notes somebody's failures, and forgets what is old.</summary>
    public void Put(AttemptNote note, long oldestMs)
    {
        _putAttempt.Bind(1, note.IsName ? 1 : 0).Bind(2, note.Key).Bind(3, note.Failures).Bind(4, note.LastMs)
            .Bind(5, note.LockedUntilMs).Run();
        _dropAttempts.Bind(1, oldestMs).Run();
    }
}

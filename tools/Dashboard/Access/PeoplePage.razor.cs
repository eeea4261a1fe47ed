using System.Globalization;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Trust;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Dashboard.Access;

/// <summary>Who may come in: people by name and password, programs by token.</summary>
public sealed partial class PeoplePage
{
    private static readonly (string Scope, string Text)[] s_scopes =
    [
        (AccessScope.Read, "read: see everything that is no secret"),
        (AccessScope.Boards, "boards: enrol, command, update and revoke boards"),
        (AccessScope.Money, "money: pay out, and say where to"),
        (AccessScope.Settings, "settings: change upstreams and settings"),
        (AccessScope.People, "people: invite and remove people, make and revoke tokens"),
    ];

    private ProblemDetails? _why;
    private string? _link;
    private DateTimeOffset _end;
    private string? _token;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private AccessPass Reader => AccessPass.Of(Context.User)!;

    private static string RoleText(AccessRole role) => role == AccessRole.Owner ? "owner" : "viewer";

    private static string Until(DateTimeOffset end) =>
        end.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private async Task InviteAsync()
    {
        AccessRole role = Context.Request.Form["role"] == nameof(AccessRole.Owner)
            ? AccessRole.Owner
            : AccessRole.Viewer;
        (PeopleStatus status, string code, _end) = await Desk.InviteAsync(Reader, role);
        _why = Context.Refuse(status);
        _link = _why is null ? Here.BaseUri.TrimEnd('/') + OwnerLink.PathOf(code) : null;
    }

    private async Task CreateTokenAsync()
    {
        IFormCollection form = Context.Request.Form;
        int? days = int.TryParse(form["days"], CultureInfo.InvariantCulture, out int count) ? count : null;
        string[] scopes = [.. form["scopes"].OfType<string>()];
        (PeopleStatus status, AccessCode? code, _) = await Desk.CreateTokenAsync(Reader, form["name"], scopes, days);
        _why = Context.Refuse(status);
        _token = code?.Reveal();
    }

    private async Task RemoveAsync(string name) => LeadOn(await Desk.RemoveAsync(Reader, name));

    private async Task RevokeAsync(long id) => LeadOn(await Desk.RevokeTokenAsync(Reader, id));

    private void LeadOn(PeopleStatus status)
    {
        _why = Context.Refuse(status);
        if (_why is null)
        {
            Here.NavigateTo("/people");
        }
    }
}

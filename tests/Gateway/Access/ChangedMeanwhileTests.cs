using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Whoever was let in, and is another or gone before it comes to anything.</summary>
public sealed class ChangedMeanwhileTests : AccessRig
{
    private UserBook Users => Gateway.Host.Room<UserBook>();

    private User Maria => Users.Find("maria")!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await WelcomeAsync();
    }

    [Fact]
    public async Task Sign_in_with_a_password_that_was_changed_meanwhile_begins_no_session()
    {
        User before = Maria;
        Assert.NotNull(await Users.SetPasswordAsync(before, "another hash"));

        Assert.False(Begin(before, out DefaultHttpContext context));
        Assert.Equal(0, context.Response.Headers.SetCookie.Count);
        Assert.Equal(1, Gateway.Host.Room<SessionBook>().Count(before.Id));
        Assert.True(Begin(Maria, out _));
    }

    [Fact]
    public async Task Sign_in_of_somebody_who_was_removed_meanwhile_begins_no_session()
    {
        (User? guest, _) = await Users.AddAsync("guest", AccessRole.Viewer, "hash");
        await Users.RemoveAsync("guest");

        Assert.False(Begin(guest!, out _));
        Assert.Equal(0, Gateway.Host.Room<SessionBook>().Count(guest!.Id));
    }

    [Fact]
    public async Task Password_hashed_anew_does_not_undo_one_that_was_changed_meanwhile()
    {
        User before = Maria;
        await Users.SetPasswordAsync(before, "changed");

        Assert.Null(await Users.SetPasswordAsync(before, "the old one, hashed anew"));
        Assert.Equal("changed", Maria.Password);
    }

    [Fact]
    public async Task What_somebody_makes_who_was_removed_meanwhile_is_withdrawn()
    {
        PeopleDesk desk = Gateway.Host.Room<PeopleDesk>();
        AccessPass gone = new(PassKind.Session, "gone", AccessScope.All, User: 99);

        Assert.Equal(PeopleStatus.MoreThanOneHas, (await desk.CreateTokenAsync(gone, "late", ["read"], null)).Status);
        Assert.Equal(PeopleStatus.MoreThanOneHas, (await desk.InviteAsync(gone, AccessRole.Viewer)).Status);
        Assert.Empty(desk.Tokens());
    }

    private bool Begin(User user, out DefaultHttpContext context)
    {
        context = new DefaultHttpContext();
        return Gateway.Host.Room<AccessDoor>().TryBegin(context, user);
    }
}

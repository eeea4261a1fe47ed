using System.Net;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Passwords tried: how often, how long one waits then, and that the owner always gets in.</summary>
public sealed class LockOutTests : AccessRig
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await WelcomeAsync();
    }

    [Theory]
    [InlineData("maria")]
    [InlineData("nobody")]
    public async Task Name_is_locked_after_five_wrong_passwords_whether_anybody_has_it_or_not(string name)
    {
        await FailAsync(name, SignInBudget.FreeOfName);

        using HttpResponseMessage locked = await Owner.SendAsync(
            "POST", "/v1/session", new { name, password = Browser.Password });

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), locked.Headers.RetryAfter!.Delta);
        Assert.Contains("try again in 30 seconds", await locked.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Lock_ends_and_the_right_password_starts_anew()
    {
        await FailAsync("maria", SignInBudget.FreeOfName);
        Time.Advance(SignInBudget.FirstWait);

        Assert.Equal(HttpStatusCode.NoContent, await Owner.SignInAsync("MARIA"));
        await FailAsync("maria", SignInBudget.FreeOfName - 1);
        Assert.Equal(HttpStatusCode.NoContent, await Owner.SignInAsync("maria"));
    }

    [Fact]
    public async Task Link_of_the_console_lets_a_locked_owner_in_and_ends_the_lock()
    {
        await FailAsync("maria", SignInBudget.FreeOfName);
        string path = OwnerLink.PathOf(Gateway.Host.Room<OwnerLink>().Create(TimeSpan.FromHours(1)));

        Assert.Equal(HttpStatusCode.NoContent, await Owner.WelcomeAsync(path, "maria", "quite another phrase"));
        Assert.Equal(HttpStatusCode.NoContent, await Owner.SignInAsync("maria", "quite another phrase"));
    }

    [Fact]
    public async Task Signed_in_stays_signed_in_while_the_name_is_locked()
    {
        using Browser attacker = new(Gateway.Host.HttpEndPoint);
        for (int i = 0; i < SignInBudget.FreeOfName; i++)
        {
            await attacker.SignInAsync("maria", "wrong");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.SignInAsync("maria"));
        Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
    }

    [Fact]
    public async Task Lock_outlives_a_restart_and_no_longer_than_it_would_have()
    {
        await FailAsync("maria", SignInBudget.FreeOfName);
        await RestartAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, await Owner.SignInAsync("maria"));
        Time.Advance(SignInBudget.FirstWait);
        Assert.Equal(HttpStatusCode.NoContent, await Owner.SignInAsync("maria"));
    }

    [Fact]
    public async Task Address_that_was_locked_is_locked_after_a_restart()
    {
        for (int i = 0; i < SignInBudget.FreeOfAddress; i++)
        {
            await FailAsync($"name-{i}", 1);
        }

        await RestartAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, await Owner.SignInAsync("maria"));
    }

    /// <summary>It may be a password, typed into the wrong field.</summary>
    [Fact]
    public async Task Name_that_nobody_has_is_not_written_down()
    {
        await FailAsync("hunter2-hunter2", 1);
        await Gateway.Host.StopAsync();

        Assert.Equal(0, Gateway.Scalar("SELECT count(*) FROM access_attempts WHERE key LIKE 'hunter%'"));
    }

    private async Task FailAsync(string name, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Owner.SignInAsync(name, "wrong"));
        }
    }
}

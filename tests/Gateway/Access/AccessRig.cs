using System.Net;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>A gateway on a clock that the test moves, and the browser of its owner to be.</summary>
public abstract class AccessRig : IAsyncLifetime
{
    private protected ManualTime Time { get; } = new();

    private protected RunningGateway Gateway { get; private set; } = null!;

    private protected Browser Owner { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync(time: Time);
        Owner = new Browser(Gateway.Host.HttpEndPoint);
    }

    public async Task DisposeAsync()
    {
        Owner.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>Makes maria the owner, who is signed in then.</summary>
    private protected async Task WelcomeAsync() =>
        Assert.Equal(HttpStatusCode.NoContent, await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria"));

    /// <summary>Starts the gateway anew; the browser is another one, which nobody signed in.</summary>
    private protected async Task RestartAsync()
    {
        await Gateway.RestartAsync();
        Owner.Dispose();
        Owner = new Browser(Gateway.Host.HttpEndPoint);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway;

/// <summary>What others serve on the gateway's own server, such as its web pages: the gateway does not know what.
/// </summary>
/// <param name="AddServices">Adds to the gateway's services; called before any of them is made.</param>
/// <param name="Map">Adds to what is served, after the gateway's own routes; routing is on already.</param>
public sealed record GatewayExtension(Action<IServiceCollection> AddServices, Action<WebApplication> Map);

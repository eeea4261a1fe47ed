namespace MicroFirmware.Gateway.Api;

/// <summary>Stands at a route where a board proves itself with its own key.</summary>
internal sealed record BoardsOwnKey;

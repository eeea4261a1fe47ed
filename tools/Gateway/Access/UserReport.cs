namespace MicroFirmware.Gateway.Access;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">What they type.</param>
/// <param name="Role">What they are to the gateway.</param>
/// <param name="Created">Since when.</param>
/// <param name="Sessions">In how many browsers they are signed in.</param>
internal sealed record UserReport(string Name, AccessRole Role, DateTimeOffset Created, int Sessions);

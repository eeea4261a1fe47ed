namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>Where pages are, and who looks at them.</summary>
/// <param name="Url">Of the gateway.</param>
/// <param name="CookieName">The session's; empty for somebody who is not signed in.</param>
/// <param name="CookieValue">Its secret.</param>
internal sealed record Place(Uri Url, string CookieName = "", string CookieValue = "");

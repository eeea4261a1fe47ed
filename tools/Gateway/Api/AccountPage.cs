namespace MicroFirmware.Gateway.Api;

/// <summary>A page of accounts.</summary>
/// <param name="Accounts">The accounts.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Next">What to give as <c>from</c> for the next page; null on the last one.</param>
internal sealed record AccountPage(IReadOnlyList<AccountReport> Accounts, int Total, int? Next);

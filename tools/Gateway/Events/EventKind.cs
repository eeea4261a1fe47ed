namespace MicroFirmware.Gateway.Events;

/// <summary>What happened. The numbers, below 63, are in the journal; on the wire it is the name in lower case with
/// hyphens: <c>board-lost</c>.</summary>
public enum EventKind
{
    /// <summary>The gateway serves.</summary>
    GatewayStarted = 0,

    /// <summary>A board was enrolled, or a Stratum worker came for the first time.</summary>
    BoardJoined = 1,

    /// <summary>A board has been away for longer than it takes to reconnect.</summary>
    BoardLost = 2,

    /// <summary>A board that was lost is here again.</summary>
    BoardBack = 3,

    /// <summary>A board is lost and comes back again and again; it is not told of each time.</summary>
    BoardUnsteady = 4,

    /// <summary>A board started anew.</summary>
    BoardRestarted = 5,

    /// <summary>A board runs another release.</summary>
    BoardUpdated = 6,

    /// <summary>The owner revoked a board.</summary>
    BoardRevoked = 7,

    /// <summary>A share solved a block, which is on the disk now.</summary>
    BlockFound = 10,

    /// <summary>The upstream took a block.</summary>
    BlockAccepted = 11,

    /// <summary>The upstream refused a block.</summary>
    BlockRefused = 12,

    /// <summary>An upstream has no work, or the other side does not live.</summary>
    UpstreamLost = 20,

    /// <summary>An upstream that was lost has work again.</summary>
    UpstreamBack = 21,

    /// <summary>Work comes from another upstream.</summary>
    UpstreamSwitched = 22,

    /// <summary>A payout arrived.</summary>
    PayoutSent = 30,

    /// <summary>A payout failed; its amount is on its account again.</summary>
    PayoutFailed = 31,

    /// <summary>Somebody changed settings.</summary>
    SettingsChanged = 40,

    /// <summary>Somebody tried to sign in and could not.</summary>
    SignInFailed = 41,

    /// <summary>Somebody signed in.</summary>
    SignedIn = 42,

    /// <summary>The database takes nothing.</summary>
    StoreFailed = 50,

    /// <summary>The database works again.</summary>
    StoreBack = 51,

    /// <summary>A webhook's receiver did not take an event for so long that it was given up.</summary>
    WebhookGivenUp = 52,

    /// <summary>The gateway's data came from a backup.</summary>
    GatewayRestored = 53,
}

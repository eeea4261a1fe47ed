namespace MicroFirmware.Gateway.Access;

/// <summary>What became of the wish to sign in, or to make a sign-in.</summary>
internal enum SignInStatus
{
    /// <summary>The browser has its cookie.</summary>
    SignedIn,

    /// <summary>No user of this name, or another password.</summary>
    WrongNameOrPassword,

    /// <summary>Locked for a while.</summary>
    TooManyAttempts,

    /// <summary>Too many others are signing in at this moment.</summary>
    Busy,

    /// <summary>Somebody else's page sent it.</summary>
    CrossSite,

    /// <summary>Others could read the password on its way.</summary>
    NeedsTls,

    /// <summary>The one-time link was used, is over, or never was one.</summary>
    LinkIsNoGood,

    /// <summary>Not a name.</summary>
    BadName,

    /// <summary>A password that is easily guessed.</summary>
    BadPassword,

    /// <summary>Somebody has this name.</summary>
    NameTaken,

    /// <summary>There is no room for one more.</summary>
    TooManyUsers,

    /// <summary>Nothing can be stored at the moment.</summary>
    StoreUnavailable,
}

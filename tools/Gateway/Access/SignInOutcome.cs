namespace MicroFirmware.Gateway.Access;

/// <summary>What became of the wish to sign in, or to make a sign-in.</summary>
/// <param name="Status">What.</param>
/// <param name="Wait">How long until it may be tried again; zero for at once.</param>
internal readonly record struct SignInOutcome(SignInStatus Status, TimeSpan Wait = default)
{
    /// <summary>Whether the browser has its cookie.</summary>
    public bool IsSignedIn => Status == SignInStatus.SignedIn;

    public static implicit operator SignInOutcome(SignInStatus status) => new(status);
}

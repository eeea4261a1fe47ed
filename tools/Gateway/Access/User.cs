namespace MicroFirmware.Gateway.Access;

/// <summary>Somebody who signs in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What they type; upper and lower case are the same.</param>
/// <param name="Role">What they are to the gateway.</param>
/// <param name="Password">The hash, as <see cref="PasswordHash"/> writes it.</param>
/// <param name="CreatedMs">Milliseconds since 1970 UTC.</param>
internal sealed record User(long Id, string Name, AccessRole Role, string Password, long CreatedMs)
{
    /// <summary>Characters of a name, at most.</summary>
    public const int NameMaxLength = 32;

    /// <summary>Whether a text can be a name: 1 to 32 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
    public static bool IsName(string? text) => text is { Length: >= 1 and <= NameMaxLength }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Never the hash.</summary>
    public override string ToString() => $"{Name} ({Role})";
}

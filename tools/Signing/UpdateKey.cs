using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MicroFirmware.Signing;

/// <summary>
/// The owner's key for updates. Boards are given its public half when they are configured (<c>update-key</c>), and
/// take no update that it did not sign.
/// </summary>
public sealed class UpdateKey
{
    /// <summary>Signatures that a key is good for.</summary>
    public const int MaxSignatures = LmsHash.LeafCount;

    private readonly byte[] _identifier;
    private readonly byte[] _seed;
    private readonly LmsTree _tree;

    internal UpdateKey(byte[] identifier, byte[] seed, uint next)
    {
        (_identifier, _seed, Next) = (identifier, seed, next);
        _tree = new LmsTree(identifier, seed);
    }

    /// <summary>The leaf that signs next; as many signatures were made, or were about to be.</summary>
    public uint Next { get; private set; }

    /// <summary>The public key as boards' settings have it: 112 lower-case hexadecimal digits.</summary>
    public string PublicKey
    {
        get
        {
            byte[] head = new byte[8];
            BinaryPrimitives.WriteUInt32BigEndian(head, LmsHash.LmsType);
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), LmsHash.OtsType);
            return Convert.ToHexStringLower([.. head, .. _identifier, .. _tree.Root]);
        }
    }

    /// <summary>Makes a key from the system's random generator.</summary>
    public static UpdateKey Create() => new(
        RandomNumberGenerator.GetBytes(LmsHash.IdentifierLength), RandomNumberGenerator.GetBytes(LmsHash.N), 0);

    /// <summary>Reads a key's file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static UpdateKey Parse(string text)
    {
        var values = new Dictionary<string, string>();
        foreach (string line in text.Split('\n').Where(line => line.Contains('=') && line[0] != '#'))
        {
            int equals = line.IndexOf('=');
            values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        byte[] identifier = Convert.FromHexString(values.GetValueOrDefault("identifier", ""));
        byte[] seed = Convert.FromHexString(values.GetValueOrDefault("seed", ""));
        bool isNumber = uint.TryParse(
            values.GetValueOrDefault("next"), NumberStyles.None, CultureInfo.InvariantCulture, out uint next);
        return isNumber && identifier.Length == LmsHash.IdentifierLength && seed.Length == LmsHash.N
            ? new UpdateKey(identifier, seed, next)
            : throw new FormatException("This is no update key: identifier, seed and next are its lines.");
    }

    /// <summary>The key's file. Whoever has it can replace the firmware of the boards that know the key.</summary>
    public string ToText() => "# update key: whoever has it can replace the firmware of your boards; never restore an "
        + "old copy\n"
        + $"identifier = {Convert.ToHexStringLower(_identifier)}\nseed = {Convert.ToHexStringLower(_seed)}\n"
        + string.Create(CultureInfo.InvariantCulture, $"next = {Next}\n");

    /// <summary>Signs with the next leaf.</summary>
    /// <param name="message">What to sign.</param>
    /// <param name="store">Stores the key's text; called before the signature is made, and when it returns the text
    /// must be on the disk: a leaf that signs twice gives the key away.</param>
    /// <returns>2,508 octets.</returns>
    /// <exception cref="InvalidOperationException">Every leaf has signed: boards need a new key.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, Action<string> store)
    {
        if (Next >= MaxSignatures)
        {
            throw new InvalidOperationException($"The key has made its {MaxSignatures} signatures.");
        }

        uint leaf = Next++;
        store(ToText());
        return Sign(leaf, RandomNumberGenerator.GetBytes(LmsHash.N), message);
    }

    internal byte[] Sign(uint leaf, byte[] randomizer, ReadOnlySpan<byte> message)
    {
        byte[] digits = LmsHash.DigitsOf(_identifier, leaf, randomizer, message);
        byte[] number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, leaf);
        return
        [
            .. number, 0, 0, 0, (byte)LmsHash.OtsType, .. randomizer, .. _tree.Values(leaf, digits),
            0, 0, 0, (byte)LmsHash.LmsType, .. _tree.Path(leaf),
        ];
    }
}

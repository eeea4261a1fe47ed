using System.Security.Cryptography;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Tests.Invoices;

namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>The payment that every exchange is about: an invoice over 21,007 msat whose preimage is known.</summary>
internal static class TestPayment
{
    public const long AmountMsat = 21_007;
    public const long FeeLimitMsat = 5_000;
    public const string Secret = "0201036c6e64-secret-word";

    // The specification's first example was made then.
    private const long UnixSeconds = 1_496_314_658;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static byte[] Preimage { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static byte[] Hash { get; } = SHA256.HashData(Preimage);

    public static string Text { get; } = Bolt11Writer.Write("bcrt", AmountMsat, UnixSeconds,
        [
            Bolt11Field.PaymentHash(Hash),
            Bolt11Field.PaymentSecret(new byte[32]),
            Bolt11Field.Description("a cup of coffee"),
            Bolt11Field.Features(8, 14),
        ],
        Bolt11Vectors.Key);

    public static Bolt11Invoice Invoice { get; } = Read();

    public static Keysend Keysend { get; } = new(Convert.FromHexString(Bolt11Vectors.PayeeKey), AmountMsat, Preimage);

    /// <summary>Puts the payment in the places that a file leaves for it.</summary>
    public static string Fill(string line) => line
        .Replace("{hash}", Convert.ToHexStringLower(Hash))
        .Replace("{hash64}", Convert.ToBase64String(Hash))
        .Replace("{hash64url}", Convert.ToBase64String(Hash).Replace('+', '-').Replace('/', '_'))
        .Replace("{preimage}", Convert.ToHexStringLower(Preimage))
        .Replace("{preimage64}", Convert.ToBase64String(Preimage))
        .Replace("{node}", Bolt11Vectors.PayeeKey)
        .Replace("{node64}", Convert.ToBase64String(Convert.FromHexString(Bolt11Vectors.PayeeKey)))
        .Replace("{invoice}", Text)
        .Replace("{secret}", Secret)
        .Replace("{basic}", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($":{Secret}")));

    private static Bolt11Invoice Read()
    {
        Assert.True(Bolt11Reader.TryRead(Text, out Bolt11Invoice? invoice, out string problem), problem);
        return invoice!;
    }
}

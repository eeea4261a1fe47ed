namespace MicroFirmware.Lightning.Tests.Invoices;

/// <summary>The examples of the specification.</summary>
internal static class Bolt11Vectors
{
    /// <summary>Every valid one is signed with this key, as the specification says.</summary>
    public static readonly byte[] Key =
        Convert.FromHexString("e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734");

    public const string PayeeKey = "03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad";

    /// <summary>What the signature with a high s leads to: its recovery id was left as it was.</summary>
    public const string HighSKey = "02d0139ce7427d6dfffd26a326c18be754ef1e64672b42694ba5b23ef6e6e7803d";

    public static IReadOnlyList<(bool Good, string Words, string Invoice)> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "lightning", "bolt11.txt"))
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 3)
            .Select(parts => (parts[0] == "OK", parts[1], parts[2]))];

    public static string Find(string words) => All.First(vector => vector.Good && vector.Words.Contains(words)).Invoice;
}

using System.Text.Json.Nodes;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>Proofs of the main chain, as customers send them.</summary>
internal static class MainChainFile
{
    private const string Name = "tools/Gateway/Proofs/main-chain.json";

    /// <summary>One of them: the first is a payment with its transaction and seven headers.</summary>
    public static JsonNode Proof(int number) => JsonNode.Parse(File.ReadAllText(FindUp()))!["proofs"]![number]!;

    private static string FindUp()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Name)))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, Name);
    }
}

using System.Text.Json;

namespace MicroFirmware.Bitcoin;

/// <summary>Reads a node's answer to getblocktemplate (BIP 22, BIP 23, BIP 9, BIP 145).</summary>
/// <remarks>Not used: <c>coinbaseaux</c>, which no rule asks for; <c>coinbasetxn</c> and <c>workid</c>, which no node
/// gives any more; <c>noncerange</c> and <c>mutable</c>, which name what every miner may do.</remarks>
public static class NodeTemplateReader
{
    /// <summary>Octets that all transactions together may have: what the largest blocks of any coin hold.</summary>
    public const int MaxTransactionOctets = 32_000_000;

    private const int LeastTransactionOctets = 60;

    /// <summary>Rules that change nothing for who makes a block of a template (BIP 9).</summary>
    private static readonly HashSet<string> s_harmlessRules = ["csv", "taproot", "testdummy"];

    /// <summary>Reads the result of the call.</summary>
    /// <param name="result">The JSON-RPC result.</param>
    /// <param name="coin">The node's coin.</param>
    /// <param name="template">The template where the answer is true.</param>
    /// <param name="problem">What is wrong where the answer is false, as a sentence; empty otherwise.</param>
    public static bool TryRead(JsonElement result, Coin coin, out NodeTemplate? template, out string problem)
    {
        template = null;
        TemplateFields fields = new(result);
        try
        {
            template = fields.Good ? Read(fields, coin, ReadRules(fields, coin)) : null;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json makes of text that is no Unicode.
            fields.Fail("it holds text that is no Unicode");
        }

        problem = fields.Problem ?? "";
        template = fields.Good ? template : null;
        return fields.Good;
    }

    private static NodeTemplate Read(TemplateFields fields, Coin coin, HashSet<string> rules)
    {
        uint bits = fields.Bits("bits");
        if (fields.Good && fields.Has("target")
            && (!Target.TryFromCompact(bits, out UInt256 target) || fields.Hash("target").Number != target))
        {
            fields.Fail("its 'target' is not what 'bits' say");
        }

        IReadOnlyList<TemplateTransaction> transactions = coin.Order(ReadTransactions(fields, coin));

        // Some nodes give a commitment before the rule is active, when a block with one would be refused.
        bool witness = coin.Segwit && rules.Contains("segwit") && fields.Has("default_witness_commitment");
        if (witness)
        {
            CheckCommitment(fields, transactions);
        }

        uint required = fields.UInt32("vbrequired", otherwise: 0);
        BlockTemplate template = new()
        {
            Version = fields.UInt32("version"),
            VersionMask = coin.VersionMask & ~required,
            PreviousHash = fields.Hash("previousblockhash"),
            Bits = bits,
            Time = fields.UInt32("curtime"),
            MinTime = fields.UInt32("mintime", otherwise: 0),
            MaxTime = fields.UInt32("maxtime", otherwise: uint.MaxValue),
            Height = (int)Math.Min(fields.UInt32("height"), int.MaxValue),
            CoinbaseValue = fields.UInt64("coinbasevalue"),
            Transactions = transactions,
            Witness = witness,
        };
        return new NodeTemplate(template, fields.Has("longpollid") ? fields.Text("longpollid") : null);
    }

    /// <summary>The rules that are active, without their marks. One with a mark must be known to who makes a block
    /// (BIP 9).</summary>
    private static HashSet<string> ReadRules(TemplateFields fields, Coin coin)
    {
        HashSet<string> rules = [];
        foreach (JsonElement rule in fields.Array("rules", optional: true))
        {
            string text = rule.ValueKind == JsonValueKind.String ? rule.GetString()! : "";
            string name = text.TrimStart('!');
            if (name != text && !s_harmlessRules.Contains(name) && !coin.Template.Rules.Contains(name))
            {
                fields.Fail($"it needs the rule '{name}', which is not known here");
            }

            rules.Add(name);
        }

        return rules;
    }

    private static List<TemplateTransaction> ReadTransactions(TemplateFields fields, Coin coin)
    {
        List<TemplateTransaction> transactions = [];
        long octets = 0;
        foreach (JsonElement element in fields.Array("transactions"))
        {
            TemplateFields transaction = new(element);
            byte[] data = transaction.Octets("data");
            Hash256 hash = transaction.Hash("hash");
            Hash256 txid = transaction.Has("txid") ? transaction.Hash("txid") : hash;
            octets += Math.Max(data.Length, LeastTransactionOctets);
            if (octets > MaxTransactionOctets)
            {
                fields.Fail($"its transactions have more than {MaxTransactionOctets} octets");
            }

            if (transaction.Problem is { } problem)
            {
                fields.Fail($"in transaction {transactions.Count}, {problem}");
            }

            if (!fields.Good)
            {
                return [];
            }

            transactions.Add(new TemplateTransaction(txid, coin.Segwit ? hash : txid, data));
        }

        return transactions;
    }

    private static void CheckCommitment(TemplateFields fields, IReadOnlyList<TemplateTransaction> transactions)
    {
        byte[] expected = Coinbase.CommitmentScript(
            Coinbase.WitnessRoot(transactions.Select(t => t.Wtxid)), Hash256.Zero);
        if (!fields.Octets("default_witness_commitment").AsSpan().SequenceEqual(expected))
        {
            fields.Fail("its 'default_witness_commitment' is not that of its transactions");
        }
    }
}

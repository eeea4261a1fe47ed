using System.Buffers;
using System.Text;
using System.Text.Json;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Bitcoin.Tests.Stratum;

public class StratumMessageTests
{
    public static TheoryData<string, StratumMessage> Golden => new()
    {
        {
            """{"id":null,"method":"mining.set_difficulty","params":[0.0000001]}""",
            new StratumMessage.SetDifficulty(1e-7)
        },
        { """{"id":null,"method":"mining.set_difficulty","params":[8192]}""", new StratumMessage.SetDifficulty(8192) },
        {
            """{"id":null,"method":"mining.set_version_mask","params":["1fffe000"]}""",
            new StratumMessage.SetVersionMask(0x1fff_e000)
        },
        {
            """{"id":null,"method":"client.reconnect","params":["eu.example.org",3333,5]}""",
            new StratumMessage.Reconnect("eu.example.org", 3333, 5)
        },
        {
            """{"id":null,"method":"client.show_message","params":["Maintenance at 12:00"]}""",
            new StratumMessage.ShowMessage("Maintenance at 12:00")
        },
        {
            """{"id":3,"method":"client.get_version","params":[]}""",
            new StratumMessage.Question(new StratumId(3), "client.get_version")
        },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_line_both_ways(string line, StratumMessage message)
    {
        Assert.Equal(message, Read(line));
        Assert.Equal(line + "\n", Write(message));
    }

    /// <summary>The job that a real template gives, and the header that its solution had.</summary>
    [Fact]
    public void Notify_of_a_real_template_both_ways()
    {
        StratumMessage.Notify notify = TemplateJob();
        string line = Write(notify);
        Assert.Contains($"\"{Vectors.Gbt.Text("notify_prevhash")}\"", line, StringComparison.Ordinal);
        Assert.True(line.Length < StratumLine.MaxRequest);

        StratumMessage.Notify read = Assert.IsType<StratumMessage.Notify>(Read(line.TrimEnd()));
        Assert.Equal(line, Write(read));
        byte[] coinbase = [.. read.CoinbasePrefix, .. Vectors.Gbt.Octets("extranonce1"),
            .. Vectors.Gbt.Octets("extranonce2"), .. read.CoinbaseSuffix];
        Hash256 root = MerkleTree.Fold(Sha256d.Hash(coinbase), [.. read.Branch]);
        BlockHeader header = new(read.Version, read.PreviousHash, root, read.NTime, read.Bits, 1);
        Assert.Equal(Vectors.Gbt.Octets("header"), header.ToOctets());
        Assert.True(header.MeetsItsTarget());
    }

    [Fact]
    public void Truncated_at_every_octet_is_no_json()
    {
        byte[] line = Encoding.UTF8.GetBytes(Write(TemplateJob()).TrimEnd());
        for (int length = 0; length < line.Length; length++)
        {
            Assert.False(StratumMessageReader.TryRead(line.AsMemory(0, length), out _, out string problem));
            Assert.Equal("The line is no JSON.", problem);
        }
    }

    [Fact]
    public void SetExtranonce_both_ways()
    {
        const string Line = """{"id":null,"method":"mining.set_extranonce","params":["08000002",4]}""";
        StratumMessage.SetExtranonce set = Assert.IsType<StratumMessage.SetExtranonce>(Read(Line));
        Assert.Equal(new byte[] { 8, 0, 0, 2 }, set.Extranonce1);
        Assert.Equal(4, set.Extranonce2Size);
        Assert.Equal(Line + "\n", Write(set));
    }

    [Theory]
    [InlineData("""{"id":1,"result":true,"error":null}""", true, null, null)]
    [InlineData("""{"id":1,"result":[[],"00",4]}""", true, null, null)]
    [InlineData("""{"id":1,"result":false,"error":null}""", false, null, null)]
    [InlineData("""{"id":1,"result":null,"error":[21,"Stale",null]}""", false, 21, "Stale")]
    [InlineData("""{"id":1,"result":null,"error":{"code":23,"message":"low"}}""", false, 23, "low")]
    [InlineData("""{"id":1,"error":"banned"}""", false, 20, "no reason given")]
    [InlineData("""{"id":1}""", false, null, null)]
    public void Responses_in_every_pools_spelling(string line, bool good, int? code, string? text)
    {
        StratumMessage.Response response = Assert.IsType<StratumMessage.Response>(Read(line));
        Assert.Equal((new StratumId(1), good, code, text),
            (response.Id, response.Good, response.Error?.Code, response.Error?.Message));
    }

    [Theory]
    [InlineData("""{"method":"client.reconnect","params":[]}""", "", 0, 0)]
    [InlineData("""{"method":"client.reconnect"}""", "", 0, 0)]
    [InlineData("""{"method":"client.reconnect","params":["a","443"]}""", "a", 443, 0)]
    public void Reconnect_in_every_pools_spelling(string line, string host, int port, int wait) =>
        Assert.Equal(new StratumMessage.Reconnect(host, port, wait), Read(line));

    [Theory]
    [InlineData("""{"method":"mining.set_difficulty","params":[-1]}""", "not above 0")]
    [InlineData("""{"method":"mining.set_difficulty","params":[1e999]}""", "not a number")]
    [InlineData("""{"method":"mining.set_difficulty","params":[]}""", "not a number")]
    [InlineData("""{"method":"mining.set_extranonce","params":["00",33]}""", "not a whole number up to 32")]
    [InlineData("""{"method":"mining.set_extranonce","params":["00",1.5]}""", "not a whole number up to 32")]
    [InlineData("""{"method":"client.reconnect","params":["a",70000]}""", "not a whole number up to 65535")]
    [InlineData("""{"method":"mining.notify","params":["1","00"]}""", "the previous hash is not 64")]
    [InlineData("""[1]""", "no JSON object")]
    public void Message_with_a_mistake_is_refused_by_name(string line, string problem)
    {
        byte[] octets = Encoding.UTF8.GetBytes(line);
        Assert.False(StratumMessageReader.TryRead(octets, out StratumMessage? message, out string said));
        Assert.Null(message);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "\"0\"", "the coinbase's first part")]
    [InlineData(4, "[\"00\"]", "the branch holds what is no hash")]
    [InlineData(4, "\"00\"", "the branch is not a list")]
    [InlineData(6, "\"ff000000\"", "the target is no compact target")]
    [InlineData(8, "1", "neither true nor false")]
    public void Notify_with_a_mistake_is_refused_by_name(int index, string value, string problem)
    {
        using JsonDocument document = JsonDocument.Parse(Write(TemplateJob()));
        JsonElement list = document.RootElement.GetProperty("params");
        string[] parameters = [.. list.EnumerateArray().Select(p => p.GetRawText())];
        parameters[index] = value;
        string line = $$"""{"method":"mining.notify","params":[{{string.Join(',', parameters)}}]}""";
        Assert.False(StratumMessageReader.TryRead(Encoding.UTF8.GetBytes(line), out _, out string said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_never_throws()
    {
        const int Seed = 4333;
        Random random = new(Seed);
        byte[][] corpus = [.. Golden.Select(row => Encoding.UTF8.GetBytes((string)row[0])),
            Encoding.UTF8.GetBytes(Write(TemplateJob()).TrimEnd()),
            """{"id":1,"result":null,"error":[21,"Stale",null]}"""u8.ToArray()];
        byte[] marks = "{}[]\",:\\u0019ef.-+ \u00ff"u8.ToArray();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = [.. corpus[random.Next(corpus.Length)]];
            for (int hit = random.Next(1, 4); hit > 0; hit--)
            {
                line[random.Next(line.Length)] = random.Next(2) == 0 ? marks[random.Next(marks.Length)]
                    : (byte)random.Next(256);
            }

            bool read = StratumMessageReader.TryRead(line, out StratumMessage? message, out string problem);
            Assert.Equal((read, read), (message is not null, problem.Length == 0));
        }
    }

    [Theory]
    [InlineData(1, "00000000ffff0000000000000000000000000000000000000000000000000000")]
    [InlineData(0.5, "00000001fffe0000000000000000000000000000000000000000000000000000")]
    [InlineData(65535, "0000000000010000000000000000000000000000000000000000000000000000")]
    [InlineData(1e-12, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData(5e-324, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData(1e300, "0000000000000000000000000000000000000000000000000000000000000000")]
    public void Difficulty_is_the_target_of_difficulty_1_divided(double difficulty, string target) =>
        Assert.StartsWith(target, Target.FromDifficulty(difficulty).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Difficulty_that_is_none_is_refused(double difficulty) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.FromDifficulty(difficulty));

    private static StratumMessage.Notify TemplateJob()
    {
        BlockHeader header = BlockHeader.Read(Vectors.Gbt.Octets("header"));
        return new StratumMessage.Notify(
            "6b",
            header.PreviousHash,
            Vectors.Gbt.Octets("coinb1"),
            Vectors.Gbt.Octets("coinb2"),
            [.. Vectors.Gbt.GetProperty("merkle_branch_le").EnumerateArray()
                .Select(b => new Hash256(Convert.FromHexString(b.GetString()!)))],
            header.Version,
            header.Bits,
            header.Time,
            true);
    }

    private static StratumMessage Read(string line)
    {
        byte[] octets = Encoding.UTF8.GetBytes(line);
        bool read = StratumMessageReader.TryRead(octets, out StratumMessage? message, out string problem);
        Assert.True(read, problem);
        return message!;
    }

    private static string Write(StratumMessage message)
    {
        ArrayBufferWriter<byte> writer = new();
        StratumWriter.Message(writer, message);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }
}

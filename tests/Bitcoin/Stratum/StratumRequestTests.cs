using System.Buffers;
using System.Text;
using System.Text.Json;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Bitcoin.Tests.Stratum;

public class StratumRequestTests
{
    private static readonly StratumId s_id = new(4);

    /// <summary>Lines as cgminer, NerdMiner and Bitaxe send them, apart from white space.</summary>
    public static TheoryData<string, StratumRequest> Golden => new()
    {
        {
            """{"id":4,"method":"mining.subscribe","params":["NerdMinerV2/1.8.1"]}""",
            new StratumRequest.Subscribe(s_id, "NerdMinerV2/1.8.1", null)
        },
        {
            """{"id":4,"method":"mining.subscribe","params":["cgminer/4.11.1","01a0"]}""",
            new StratumRequest.Subscribe(s_id, "cgminer/4.11.1", "01a0")
        },
        {
            """{"id":4,"method":"mining.authorize","params":["bc1qexample.worker","d=0.0001"]}""",
            new StratumRequest.Authorize(s_id, "bc1qexample.worker", "d=0.0001")
        },
        {
            """{"id":4,"method":"mining.suggest_difficulty","params":[0.00015]}""",
            new StratumRequest.SuggestDifficulty(s_id, 0.00015)
        },
        {
            """{"id":4,"method":"mining.extranonce.subscribe","params":[]}""",
            new StratumRequest.ExtranonceSubscribe(s_id)
        },
        { """{"id":4,"method":"mining.ping","params":[]}""", new StratumRequest.Ping(s_id) },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_line_both_ways(string line, StratumRequest request)
    {
        Assert.Equal(request, Read(line));
        Assert.Equal(line + "\n", Write(request));
    }

    [Fact]
    public void Submit_both_ways()
    {
        const string Line = """
            {"id":4,"method":"mining.submit","params":["u.w","6b","0000000000000001","6b009819","00000abc","00002000"]}
            """;
        StratumRequest.Submit submit = Assert.IsType<StratumRequest.Submit>(Read(Line));
        Assert.Equal(("u.w", "6b", 0x6b009819u, 0xabcu, 0x2000u),
            (submit.User, submit.JobId, submit.NTime, submit.Nonce, submit.VersionBits));
        Assert.Equal(new byte[] { 0, 0, 0, 0, 0, 0, 0, 1 }, submit.Extranonce2);
        Assert.Equal(Line + "\n", Write(submit));
        Assert.EndsWith("\"00000abc\"]}\n", Write(submit with { VersionBits = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000abc")]
    [InlineData("00000ABC")]
    [InlineData("abc")]
    public void Submit_spelled_in_another_way_is_the_same_share(string nonce)
    {
        string line = $$"""{"id":1,"method":"mining.submit","params":["u","1","","6b009819","{{nonce}}"]}""";
        StratumRequest.Submit submit = Assert.IsType<StratumRequest.Submit>(Read(line));
        Assert.Equal((0xabcu, null), (submit.Nonce, submit.VersionBits));
    }

    [Theory]
    [InlineData("[]", "In mining.submit, the user is not a text")]
    [InlineData("[\"u\"]", "In mining.submit, the job is not a text")]
    [InlineData("[\"u\",\"1\",\"0\",\"1\",\"1\"]", "In mining.submit, extranonce2 is not up to 16 octets")]
    [InlineData("[\"u\",\"1\",\"zz\",\"1\",\"1\"]", "In mining.submit, extranonce2 is not up to 16 octets")]
    [InlineData("[\"u\",\"1\",\"\",\"\",\"1\"]", "In mining.submit, ntime is not 1 to 8 hexadecimal digits")]
    [InlineData("[\"u\",\"1\",\"\",\"1\",\"123456789\"]", "In mining.submit, the nonce is not 1 to 8")]
    [InlineData("[\"u\",\"1\",\"\",\"1\",\"-1\"]", "In mining.submit, the nonce is not 1 to 8")]
    [InlineData("[\"u\",\"1\",\"\",\"1\",\" 1\"]", "In mining.submit, the nonce is not 1 to 8")]
    [InlineData("[\"u\",\"1\",\"\",\"1\",\"1\",\"x\"]", "In mining.submit, the version bits are not")]
    public void Submit_with_a_mistake_is_refused_by_name(string parameters, string problem)
    {
        string line = $$"""{"id":7,"method":"mining.submit","params":{{parameters}}}""";
        Assert.False(TryRead(line, out StratumRequest? request, out StratumId id, out string said));
        Assert.Equal((null, new StratumId(7)), (request, id));
        Assert.StartsWith(problem.Replace(" are not", "", StringComparison.Ordinal), said, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_both_ways()
    {
        const string Line =
            """{"id":4,"method":"mining.configure","params":[["version-rolling","minimum-difficulty"],"""
            + """{"version-rolling.mask":"1fffe000","version-rolling.min-bit-count":16,"""
            + "\"minimum-difficulty.value\":0.5}]}";
        StratumRequest.Configure configure = Assert.IsType<StratumRequest.Configure>(Read(Line));
        Assert.Equal((0x1fffe000u, 16, 0.5),
            (configure.VersionMask, configure.MinBitCount, configure.MinimumDifficulty));
        Assert.Equal(["version-rolling", "minimum-difficulty"], configure.Extensions);
        Assert.Equal(Line + "\n", Write(configure));
        Assert.Equal(
            """{"id":4,"result":{"version-rolling":true,"version-rolling.mask":"1fffe000","""
                + "\"minimum-difficulty\":false},\"error\":null}\n",
            Written(to => StratumWriter.Configured(to, configure, 0x1fff_e000)));
        Assert.Equal(
            """{"id":4,"result":{"version-rolling":false,"minimum-difficulty":false},"error":null}""" + "\n",
            Written(to => StratumWriter.Configured(to, configure, 0)));
    }

    [Theory]
    [InlineData("[[\"version-rolling\"]]", 0x1fffe000u)]
    [InlineData("[[\"version-rolling\"],{}]", 0x1fffe000u)]
    [InlineData("[[\"version-rolling\"],{\"version-rolling.mask\":\"ff\"}]", 0xffu)]
    [InlineData("[[],{\"version-rolling.mask\":\"ff\"}]", null)]
    public void Configure_mask_is_what_the_miner_can_roll(string parameters, uint? mask)
    {
        string line = $$"""{"id":1,"method":"mining.configure","params":{{parameters}}}""";
        Assert.Equal(mask, Assert.IsType<StratumRequest.Configure>(Read(line)).VersionMask);
    }

    [Theory]
    [InlineData("", "no JSON.")]
    [InlineData("{", "no JSON.")]
    [InlineData("[]", "no JSON object")]
    [InlineData("1", "no JSON object")]
    [InlineData("""{"id":{},"method":"mining.ping"}""", "no JSON object with an id")]
    [InlineData("""{"id":1.5,"method":"mining.ping"}""", "no JSON object with an id")]
    [InlineData("""{"id":1}""", "names no method")]
    [InlineData("""{"id":1,"method":7}""", "names no method")]
    [InlineData("""{"id":1,"method":"\ud800"}""", "no JSON.")]
    [InlineData("""{"id":1,"method":"mining.authorize","params":["\ud800"]}""", "no JSON.")]
    [InlineData("""{"id":1,"method":"mining.authorize","params":{}}""", "the user is not a text")]
    [InlineData("""{"id":1,"method":"mining.suggest_difficulty","params":[0]}""", "not above 0")]
    [InlineData("""{"id":1,"method":"mining.suggest_difficulty","params":["1"]}""", "not a number")]
    [InlineData("""{"id":1,"method":"mining.configure","params":[1]}""", "not a list of up to 16 names")]
    [InlineData("""{"id":1,"method":"mining.ping","params":[[[[[[[[[1]]]]]]]]]}""", "no JSON.")]
    public void Line_that_is_no_request_is_refused(string line, string problem)
    {
        Assert.False(TryRead(line, out StratumRequest? request, out _, out string said));
        Assert.Null(request);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_come_back_as_they_came()
    {
        Assert.Equal("{\"id\":\"a\\\"b\",\"result\":true,\"error\":null}\n", Granted("\"a\\\"b\""));
        Assert.Equal("{\"id\":null,\"result\":true,\"error\":null}\n", Granted("null"));
        Assert.Equal("{\"id\":-9223372036854775808,\"result\":true,\"error\":null}\n", Granted("-9223372036854775808"));
        Assert.False(TryRead($$"""{"id":"{{new string('x', 65)}}","method":"mining.ping"}""", out _, out _, out _));

        static string Granted(string id)
        {
            StratumRequest request = Read($$"""{"id":{{id}},"method":"mining.ping"}""");
            return Written(to => StratumWriter.Granted(to, request.Id));
        }
    }

    [Fact]
    public void Unknown_methods_and_answers_are_told_apart()
    {
        Assert.Equal(new StratumRequest.Unknown(s_id, "mining.get_transactions"),
            Read("""{"id":4,"method":"mining.get_transactions","params":[]}"""));
        Assert.Equal(new StratumRequest.Answer(s_id), Read("""{"id":4,"result":"micro/1","error":null}"""));
        Assert.Throws<ArgumentException>(() => Write(new StratumRequest.Answer(s_id)));
    }

    [Fact]
    public void Answers_are_written_as_miners_read_them()
    {
        Assert.Equal(
            """{"id":4,"result":[[["mining.set_difficulty","s1"],["mining.notify","s1"]],"deadbeef",8],"error":null}"""
                + "\n",
            Written(to => StratumWriter.Subscribed(to, s_id, "s1", new byte[] { 0xde, 0xad, 0xbe, 0xef }, 8)));
        Assert.Equal(
            """{"id":4,"result":null,"error":[22,"Duplicate share",null]}""" + "\n",
            Written(to => StratumWriter.Refused(to, s_id, StratumError.DuplicateShare)));
    }

    [Fact]
    public void Garbage_never_throws()
    {
        const int Seed = 3333;
        Random random = new(Seed);
        byte[][] corpus = [.. Golden.Select(row => Encoding.UTF8.GetBytes((string)row[0])),
            """{"id":4,"method":"mining.submit","params":["u","6b","00000001","6b009819","00000abc","00002000"]}"""u8
                .ToArray()];
        byte[] marks = "{}[]\",:\\u0019ef.-+ \u00ff"u8.ToArray();
        int good = 0;
        for (int i = 0; i < 40_000; i++)
        {
            byte[] line = [.. corpus[random.Next(corpus.Length)]];
            for (int hit = random.Next(1, 4); hit > 0; hit--)
            {
                line[random.Next(line.Length)] = random.Next(2) == 0 ? marks[random.Next(marks.Length)]
                    : (byte)random.Next(256);
            }

            bool read = StratumRequestReader.TryRead(
                line.AsMemory(0, random.Next(8) == 0 ? random.Next(line.Length) : line.Length),
                out StratumRequest? request, out _, out string problem);
            Assert.Equal((read, read), (request is not null, problem.Length == 0));
            good += read ? 1 : 0;
        }

        Assert.InRange(good, 4_000, 36_000);
    }

    private static bool TryRead(string line, out StratumRequest? request, out StratumId id, out string problem) =>
        StratumRequestReader.TryRead(Encoding.UTF8.GetBytes(line), out request, out id, out problem);

    private static StratumRequest Read(string line)
    {
        Assert.True(TryRead(line, out StratumRequest? request, out _, out string problem), problem);
        return request!;
    }

    private static string Write(StratumRequest request) => Written(to => StratumWriter.Request(to, request));

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> writer = new();
        write(writer);
        string line = Encoding.UTF8.GetString(writer.WrittenSpan);
        JsonDocument.Parse(line).Dispose();
        return line;
    }
}

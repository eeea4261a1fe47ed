using System.Text;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Bitcoin.Tests.Stratum;

public class StratumShareTests
{
    private const string Usual =
        """{"id":4,"method":"mining.submit","params":["a.b","job","0a0B","6b49d200","DeadBeef","00002000"]}""";

    private const string Turned =
        """{"params": ["a.b", "job", "0a0B", "6b49d200", "deadbeef", "2000"], "method": "mining.submit", "id": "x"}""";

    [Theory]
    [InlineData(Usual, "4")]
    [InlineData(Turned, "\"x\"")]
    public void Share_in_the_usual_form_is_read(string line, string id)
    {
        Assert.True(StratumShare.TryRead(Encoding.UTF8.GetBytes(line), out StratumShare share));
        Assert.Equal((id, "a.b", "job", "0a0B"), (Text(share.Id), Text(share.User), Text(share.JobId),
            Text(share.Extranonce2)));
        Assert.Equal((0x6b49_d200u, 0xdead_beefu, (uint?)0x2000), (share.NTime, share.Nonce, share.VersionBits));
    }

    [Fact]
    public void Share_without_version_bits_has_none()
    {
        string line = Usual.Replace(",\"00002000\"", "", StringComparison.Ordinal);
        Assert.True(StratumShare.TryRead(Encoding.UTF8.GetBytes(line), out StratumShare share));
        Assert.Null(share.VersionBits);
    }

    [Theory]
    [InlineData("0a0B", "zz")]
    [InlineData("0a0B", "0a0")]
    [InlineData("0a0B", "0000000000000000000000000000000000")]
    [InlineData("DeadBeef", "+eadBeef")]
    [InlineData("DeadBeef", "DeadBeef0")]
    [InlineData("DeadBeef", "")]
    [InlineData("\"6b49d200\"", "6")]
    [InlineData("\"6b49d200\",\"DeadBeef\",", "")]
    [InlineData("\"00002000\"", "\"00002000\",\"1\"")]
    [InlineData("\"00002000\"", "null")]
    [InlineData("a.b", "\\u0061.b")]
    [InlineData("a.b", "é")]
    [InlineData("\"id\":4,", "")]
    [InlineData("\"id\":4", "\"id\":null")]
    [InlineData("\"id\":4", "\"id\":4.5")]
    [InlineData("\"id\":4", "\"id\":4,\"id\":5")]
    [InlineData("\"id\":4", "\"id\":4,\"jsonrpc\":\"2.0\"")]
    [InlineData("mining.submit", "mining.submit2")]
    [InlineData("]}", "]}}")]
    [InlineData("]}", "]} x")]
    public void Everything_else_is_for_the_other_reader(string part, string instead)
    {
        string line = Usual.Replace(part, instead, StringComparison.Ordinal);
        Assert.False(StratumShare.TryRead(Encoding.UTF8.GetBytes(line), out _));
    }

    [Fact]
    public void Share_cut_off_anywhere_is_none()
    {
        byte[] line = Encoding.UTF8.GetBytes(Usual);
        for (int length = 0; length < line.Length; length++)
        {
            Assert.False(StratumShare.TryRead(line.AsSpan(0, length), out _), $"{length} octets");
        }
    }

    [Fact]
    public void Reading_and_answering_allocate_nothing()
    {
        byte[] line = Encoding.UTF8.GetBytes(Usual);
        byte[] answer = new byte[StratumAnswer.MaxOctets];
        int octets = ReadAndAnswer(line, answer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            octets += ReadAndAnswer(line, answer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(octets > 0);
    }

    [Fact]
    public void Answers_are_these_octets()
    {
        byte[] answer = new byte[StratumAnswer.MaxOctets];
        int length = StratumAnswer.Granted(answer, "4"u8);
        Assert.Equal("{\"id\":4,\"result\":true,\"error\":null}\n", Text(answer.AsSpan(0, length)));
        length = StratumAnswer.Refused(answer, "\"x\""u8, StratumError.JobNotFound);
        Assert.Equal("{\"id\":\"x\",\"result\":null,\"error\":[21,\"Job not found\",null]}\n",
            Text(answer.AsSpan(0, length)));
    }

    private static int ReadAndAnswer(byte[] line, byte[] answer)
    {
        Assert.True(StratumShare.TryRead(line, out StratumShare share));
        return StratumAnswer.Granted(answer, share.Id)
            + StratumAnswer.Refused(answer, share.Id, StratumError.LowDifficulty);
    }

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.ASCII.GetString(octets);
}

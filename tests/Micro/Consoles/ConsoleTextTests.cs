using System.Text;
using MicroFirmware.Micro.Consoles;

namespace MicroFirmware.Micro.Tests.Consoles;

public class ConsoleTextTests
{
    [Theory]
    [InlineData("ok", 0, "")]
    [InlineData("ok microfirmware 1 m1", 0, "microfirmware 1 m1")]
    [InlineData("error 4 duty: 1 to 100 percent", 4, "duty: 1 to 100 percent")]
    [InlineData("error 22", 22, "")]
    public void End_of_an_answer_is_read(string line, int code, string words)
    {
        Assert.True(ConsoleReply.TryReadEnd(line, out int readCode, out string readWords));
        Assert.Equal((code, words), (readCode, readWords));
    }

    [Theory]
    [InlineData("")]
    [InlineData("okay")]
    [InlineData("error")]
    [InlineData("error x words")]
    [InlineData("duty = 50")]
    public void Line_of_an_answer_is_no_end(string line) =>
        Assert.False(ConsoleReply.TryReadEnd(line, out _, out _));

    [Fact]
    public void Values_are_a_table_whatever_is_saved()
    {
        ConsoleReply reply = new(["device = board-1", "* duty = 50", "wifi =", "key = (set)", "words"], 0, "");

        Assert.Equal(("board-1", "50", "", "(set)", 4), (reply.Values["device"], reply.Values["duty"],
            reply.Values["wifi"], reply.Values["key"], reply.Values.Count));
    }

    [Fact]
    public void Lines_end_with_either_half_or_both_whatever_pieces_they_come_in()
    {
        byte[] octets = Encoding.UTF8.GetBytes("a\r\nb\rc\n\nkäse\r\n");
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            LineSplitter splitter = new();
            string[] lines = [.. splitter.Feed(octets.AsMemory(0, cut)), .. splitter.Feed(octets.AsMemory(cut))];

            Assert.Equal(["a", "b", "c", "", "käse"], lines);
        }
    }

    [Fact]
    public void Line_without_end_is_cut()
    {
        string line = Assert.Single(new LineSplitter().Feed(new byte[5_000]));

        Assert.Equal(4_096, line.Length);
    }
}

using System.Text;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

public class HttpAnswerTests
{
    private const string Kestrel =
        "HTTP/1.1 200 OK\r\nContent-Length: 192\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n"
        + "Date: Fri, 20 Nov 2026 18:36:52 GMT\r\nServer: Kestrel\r\n\r\n";

    private static readonly byte[] s_body = [.. Enumerable.Range(0, WorkRecord.Length).Select(i => (byte)i)];

    private static readonly byte[] s_whole = [.. Encoding.ASCII.GetBytes(Kestrel), .. s_body];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Answer_in_pieces_of_any_size_is_read(int size)
    {
        HttpAnswer answer = new(WorkRecord.Length);
        ParseStatus status = ParseStatus.NeedMore;
        foreach (byte[] piece in s_whole.Chunk(size))
        {
            Assert.Equal(ParseStatus.NeedMore, status);
            status = answer.Feed(piece, piece.Length);
        }

        Assert.Equal(ParseStatus.Done, status);
        Assert.Equal((200, WorkRecord.Length), (answer.StatusCode, answer.BodyLength));
        Assert.Equal(s_body, answer.Body);
    }

    [Fact]
    public void Answer_cut_at_any_octet_needs_more_and_is_invalid_when_closed()
    {
        for (int length = 0; length < s_whole.Length; length++)
        {
            HttpAnswer answer = new(WorkRecord.Length);
            Assert.Equal(ParseStatus.NeedMore, answer.Feed(s_whole, length));
            Assert.Equal(ParseStatus.Invalid, answer.End());
        }
    }

    [Fact]
    public void Body_without_a_length_ends_with_the_connection()
    {
        HttpAnswer answer = new(WorkRecord.Length);
        byte[] octets = [.. Encoding.ASCII.GetBytes("HTTP/1.0 200 OK\r\n\r\n"), .. s_body];
        Assert.Equal(ParseStatus.NeedMore, answer.Feed(octets, octets.Length));
        Assert.Equal(ParseStatus.Done, answer.End());
        Assert.Equal(s_body, answer.Body);
    }

    [Fact]
    public void Refusal_is_taken_from_the_head_whatever_the_body()
    {
        foreach (string body in new[] { "Content-Length: 5000\r\n", "Transfer-Encoding: chunked\r\n", "" })
        {
            (ParseStatus status, HttpAnswer answer) =
                Read($"HTTP/1.1 503 Service Unavailable\r\nmicro-refusal:  00ff \r\n{body}\r\n");
            Assert.Equal(ParseStatus.Done, status);
            Assert.Equal((503, "00ff"), (answer.StatusCode, answer.Refusal));
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("HTTP/2 200 OK\r\n")]
    [InlineData("HTTP/1.1 20x OK\r\n")]
    [InlineData("HTTP/1.1 20\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n")]
    [InlineData("HTTP/1.1200 OK\r\n")]
    [InlineData("ICY 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 193\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1 2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 20\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: empty\r\n")]
    public void Head_that_is_not_an_answer_is_invalid(string head)
    {
        Assert.Equal(ParseStatus.Invalid, Read(head).Status);
    }

    [Fact]
    public void Head_beyond_its_limit_is_invalid()
    {
        StringBuilder head = new("HTTP/1.1 200 OK\r\n");
        while (head.Length <= Limits.WorkAnswerHeadMaxLength)
        {
            head.Append("X-Padding: ").Append('x', 600).Append("\r\n");
        }

        Assert.Equal(ParseStatus.Invalid, Read(head.ToString()).Status);
        string endless = new('x', Limits.WorkAnswerHeadMaxLength + 1);
        Assert.Equal(ParseStatus.Invalid, Read(endless).Status);
    }

    [Fact]
    public void Body_beyond_a_record_is_invalid()
    {
        HttpAnswer answer = new(WorkRecord.Length);
        byte[] octets = [.. Encoding.ASCII.GetBytes("HTTP/1.0 200 OK\r\n\r\n"), .. s_body, 0];
        Assert.Equal(ParseStatus.Invalid, answer.Feed(octets, octets.Length));
    }

    [Fact]
    public void Random_octets_never_throw()
    {
        Random random = new(11);
        for (int i = 0; i < 3000; i++)
        {
            byte[] octets = [.. s_whole];
            for (int changes = random.Next(1, 8); changes > 0; changes--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            HttpAnswer answer = new(WorkRecord.Length);
            _ = answer.Feed(octets, random.Next(octets.Length + 1));
            _ = answer.End();
            Assert.InRange(answer.BodyLength, 0, WorkRecord.Length);
        }
    }

    private static (ParseStatus Status, HttpAnswer Answer) Read(string text)
    {
        HttpAnswer answer = new(WorkRecord.Length);
        byte[] octets = Encoding.ASCII.GetBytes(text);
        return (answer.Feed(octets, octets.Length), answer);
    }
}

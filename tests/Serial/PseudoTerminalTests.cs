using System.Text;

namespace MicroFirmware.Serial.Tests;

/// <summary>A port of ours against the system's own terminal, both ends in hand.</summary>
public sealed class PseudoTerminalTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    [UnixFact]
    public void Octets_pass_as_they_are_both_ways()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        using SerialPort port = SerialPort.Open(board.Name);
        byte[] every = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        port.Write(every);
        Assert.Equal(every, Collect(every.Length, buffer => board.Read(buffer, s_deadline)));

        Assert.Equal(every.Length, board.Write(every));
        Assert.Equal(every, Collect(every.Length, buffer => port.Read(buffer, s_deadline)));
    }

    [UnixFact]
    public void What_was_written_before_the_port_was_opened_is_still_there()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        board.Write("MicroFirmware\r\n"u8);

        using SerialPort port = SerialPort.Open(board.Name);

        Assert.Equal("MicroFirmware\r\n",
            Encoding.ASCII.GetString(Collect(15, buffer => port.Read(buffer, s_deadline))));
    }

    [UnixFact]
    public void Read_without_octets_returns_none_when_the_time_is_over()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        using SerialPort port = SerialPort.Open(board.Name);

        Assert.Equal(0, port.Read(new byte[8], TimeSpan.Zero));
        Assert.Equal(0, port.Read(new byte[8], TimeSpan.FromMilliseconds(20)));
    }

    [UnixFact]
    public void Port_is_taken_by_one_and_free_again_after_it()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        using (SerialPort.Open(board.Name))
        {
            IOException refused = Assert.Throws<IOException>(() => SerialPort.Open(board.Name));
            Assert.Contains("another program has it open", refused.Message);
        }

        using SerialPort again = SerialPort.Open(board.Name);
        again.SetLines(dataTerminalReady: false, requestToSend: true);
        again.Write("x"u8);
        Assert.Equal("x"u8, Collect(1, buffer => board.Read(buffer, s_deadline)));
    }

    [UnixFact]
    public async Task Cable_pulled_ends_a_read_that_waits()
    {
        PseudoTerminal board = PseudoTerminal.Open();
        using SerialPort port = SerialPort.Open(board.Name);
        Task<int> reading = Task.Run(() => port.Read(new byte[8], s_deadline));

        board.Dispose();

        IOException gone = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(s_deadline));
        Assert.Contains("is gone", gone.Message);
        Assert.Throws<IOException>(() => port.Write("x"u8));
    }

    [UnixFact]
    public async Task Closed_by_another_thread_ends_a_read_that_waits()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        SerialPort port = SerialPort.Open(board.Name);
        Task<int> reading = Task.Run(() => port.Read(new byte[8], s_deadline));

        port.Dispose();
        port.Dispose();

        await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(s_deadline));
    }

    [UnixFact]
    public void Board_that_writes_into_a_full_line_is_told_and_does_not_wait()
    {
        using PseudoTerminal board = PseudoTerminal.Open();
        byte[] block = new byte[4096];

        int taken = 0;
        for (int i = 0; i < 64; i++)
        {
            taken += board.Write(block);
        }

        Assert.InRange(taken, 1, 63 * block.Length);
    }

    [UnixTheory]
    [InlineData("/dev/null", "not a serial port")]
    [InlineData("/dev/there-is-none", "no such port")]
    public void Open_of_what_is_no_port_says_so(string name, string message)
    {
        Assert.Contains(message, Assert.Throws<IOException>(() => SerialPort.Open(name)).Message);
    }

    [Fact]
    public void Open_with_an_unusual_rate_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SerialPort.Open("/dev/null", 115_201));
    }

    private delegate int Reader(Span<byte> buffer);

    private static byte[] Collect(int count, Reader read)
    {
        byte[] octets = new byte[count];
        int have = 0;
        while (have < count)
        {
            int more = read(octets.AsSpan(have));
            Assert.True(more > 0, $"{have} of {count} octets came");
            have += more;
        }

        return octets;
    }
}

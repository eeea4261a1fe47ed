namespace MicroFirmware.Protocol.Tests;

/// <summary>A command with text, whose record is as long as the text makes it.</summary>
public class CommandTextTests
{
    private static readonly byte[] s_golden = Golden.Octets("command-text");

    [Fact]
    public void Command_with_text_is_written_and_read_as_drawn()
    {
        Command command = new()
        {
            Code = CommandCode.SetGateway,
            Counter = 0x0102030405060708,
            Text = "gateway-2.home:8080:1883",
        };
        byte[] octets = new byte[command.RecordLength];
        command.Write(octets, 0, Golden.Key, Golden.Device);
        Assert.Equal(s_golden, octets);
        Assert.Equal(ParseStatus.Done, Command.Parse(s_golden, 0, s_golden.Length, out Command read));
        Assert.Equal((command.Code, command.Counter, command.Text), (read.Code, read.Counter, read.Text));
        Assert.True(Command.IsAuthentic(s_golden, 0, Golden.Key, Golden.Device));
    }

    [Fact]
    public void Command_with_text_cut_at_any_octet_needs_more_and_with_one_too_many_is_invalid()
    {
        for (int length = 0; length < s_golden.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, Command.Parse(s_golden[..length], 0, length, out _));
        }

        Assert.Equal(ParseStatus.Invalid, Command.Parse([.. s_golden, 0], 0, s_golden.Length + 1, out _));
    }

    [Fact]
    public void Command_with_text_and_any_bit_changed_is_not_authentic()
    {
        for (int bit = 0; bit < s_golden.Length * 8; bit++)
        {
            byte[] changed = [.. s_golden];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Command.IsAuthentic(changed, 0, Golden.Key, Golden.Device), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(CommandCode.SetGateway, "", ParseStatus.Invalid)]
    [InlineData(CommandCode.Pause, "x", ParseStatus.Invalid)]
    [InlineData(CommandCode.Update, "x", ParseStatus.Invalid)]
    [InlineData(CommandCode.SetGateway, "x", ParseStatus.Done)]
    public void Command_has_text_where_its_code_has_and_nowhere_else(CommandCode code, string text, ParseStatus status)
    {
        Assert.Equal(status, Parse(new Command { Code = code, Text = text }));
    }

    [Fact]
    public void Command_with_too_long_a_text_is_invalid()
    {
        string longest = new('x', Command.TextMaxLength);
        Assert.Equal(ParseStatus.Done, Parse(new Command { Code = CommandCode.SetGateway, Text = longest }));
        Assert.Equal(ParseStatus.Invalid, Parse(new Command { Code = CommandCode.SetGateway, Text = longest + "x" }));
    }

    private static ParseStatus Parse(Command command)
    {
        byte[] octets = new byte[command.RecordLength];
        command.Write(octets, 0, Golden.Key, Golden.Device);
        return Command.Parse(octets, 0, octets.Length, out _);
    }
}

namespace MicroFirmware.Protocol.Tests;

/// <summary>What holds for single records only.</summary>
public class RecordRuleTests
{
    [Theory]
    [InlineData(5, 2)]
    [InlineData(5, 0x80)]
    [InlineData(6, 0)]
    [InlineData(111, 0x20)]
    public void Work_with_an_impossible_field_is_invalid(int at, byte value)
    {
        byte[] octets = Golden.Octets("work-record");
        octets[at] = value;
        octets[7] = 0;
        Assert.Equal(ParseStatus.Invalid, WorkRecord.Parse(octets, 0, octets.Length, out _));
    }

    [Fact]
    public void Verdict_of_every_code_is_read_and_of_no_other()
    {
        byte[] octets = Golden.Octets("verdict");
        for (int code = 0; code < 256; code++)
        {
            octets[1] = (byte)code;
            ParseStatus expected = Enum.IsDefined((VerdictCode)code) ? ParseStatus.Done : ParseStatus.Invalid;
            Assert.Equal(expected, Verdict.Parse(octets, 0, octets.Length, out _));
        }
    }

    [Fact]
    public void Refusal_of_every_code_is_read_and_of_no_other()
    {
        byte[] octets = Golden.Octets("refusal");
        for (int code = 0; code < 256; code++)
        {
            octets[1] = (byte)code;
            ParseStatus expected = Enum.IsDefined((RefusalCode)code) ? ParseStatus.Done : ParseStatus.Invalid;
            Assert.Equal(expected, Refusal.Parse(octets, 0, octets.Length, out _));
        }
    }

    [Fact]
    public void Refusal_to_an_unknown_device_has_no_code()
    {
        string value = GoldenRecords.Refusal.ToHeaderValue(null, Golden.Device);
        Assert.EndsWith(new string('0', 2 * Limits.MacLength), value);
        Assert.Equal(2 * Refusal.Length, value.Length);
        Assert.True(Hex.TryDecode(value, 0, Refusal.Length, out byte[] octets));
        Assert.False(Refusal.IsAuthentic(octets, 0, Golden.Key, Golden.Device));
    }

    [Fact]
    public void Notice_with_an_unknown_flag_is_invalid()
    {
        byte[] octets = Golden.Octets("job-notice");
        octets[1] = 2;
        Assert.Equal(ParseStatus.Invalid, JobNotice.Parse(octets, 0, octets.Length, out _));
    }

    [Theory]
    [InlineData(CommandCode.Pause, 0, true)]
    [InlineData(CommandCode.Pause, 1, false)]
    [InlineData(CommandCode.Resume, 0, true)]
    [InlineData(CommandCode.Resume, 1, false)]
    [InlineData(CommandCode.Restart, 0, true)]
    [InlineData(CommandCode.Restart, 1, false)]
    [InlineData(CommandCode.Identify, 0, false)]
    [InlineData(CommandCode.Identify, 3600, true)]
    [InlineData(CommandCode.Identify, 3601, false)]
    [InlineData(CommandCode.SetDutyPercent, 0, false)]
    [InlineData(CommandCode.SetDutyPercent, 100, true)]
    [InlineData(CommandCode.SetDutyPercent, 101, false)]
    [InlineData((CommandCode)0, 0, false)]
    [InlineData((CommandCode)6, 0, false)]
    public void Command_is_read_only_with_an_argument_it_can_have(CommandCode code, uint argument, bool isGood)
    {
        byte[] octets = new byte[Command.Length];
        new Command { Code = code, Argument = argument, Counter = 1 }.Write(octets, 0, Golden.Key, Golden.Device);
        ParseStatus expected = isGood ? ParseStatus.Done : ParseStatus.Invalid;
        Assert.Equal(expected, Command.Parse(octets, 0, octets.Length, out _));
    }
}

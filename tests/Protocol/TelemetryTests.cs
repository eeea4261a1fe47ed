using System.Globalization;
using System.Text;

namespace MicroFirmware.Protocol.Tests;

public class TelemetryTests
{
    private static readonly string[] s_golden = Golden.Lines("telemetry");

    private static Telemetry Full => new()
    {
        Firmware = "0.1.0",
        Scanner = "managed-unrolled",
        State = "mining",
        UptimeSeconds = 86400,
        Hashes = 17280000,
        HashRate = 200,
        Accepted = 12,
        Rejected = 1,
        BestWork = 81234,
        FreeMemory = 90112,
        Duty = 40,
        Rssi = -61,
        Temperature = 43,
    };

    [Fact]
    public void Telemetry_is_written_as_the_golden_text()
    {
        Assert.Equal(s_golden[0], Encoding.ASCII.GetString(Full.ToJson()));
        Telemetry small = new() { Firmware = "0.1.0", Temperature = -5 };
        Assert.Equal(s_golden[1], Encoding.ASCII.GetString(small.ToJson()));
    }

    [Fact]
    public void Telemetry_is_the_same_in_a_culture_with_other_signs()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(s_golden[0], Encoding.ASCII.GetString(Full.ToJson()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Golden_text_read_and_written_again_is_itself(int line)
    {
        byte[] octets = Encoding.ASCII.GetBytes(s_golden[line]);
        Assert.Equal(ParseStatus.Done, Telemetry.Parse(octets, 0, octets.Length, out Telemetry telemetry));
        Assert.Equal(octets, telemetry.ToJson());
    }

    [Fact]
    public void Text_cut_at_any_octet_needs_more()
    {
        byte[] octets = Encoding.ASCII.GetBytes(s_golden[0]);
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, Telemetry.Parse(octets, 0, length, out Telemetry telemetry));
            Assert.Null(telemetry);
        }
    }

    [Fact]
    public void Text_with_any_octet_changed_to_a_quote_is_not_what_it_was()
    {
        byte[] octets = Encoding.ASCII.GetBytes(s_golden[0]);
        for (int at = 0; at < octets.Length; at++)
        {
            byte[] changed = [.. octets];
            changed[at] = (byte)(octets[at] == '"' ? '\'' : '"');
            Assert.NotEqual(ParseStatus.Done, Telemetry.Parse(changed, 0, changed.Length, out _));
        }
    }

    [Theory]
    [InlineData("{\"v\":2}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"v\":1} ")]
    [InlineData("{ \"v\":1}")]
    [InlineData("{\"v\":1,}")]
    [InlineData("{\"v\":1,\"other\":1}")]
    [InlineData("{\"v\":1,\"state\":\"a\",\"scanner\":\"b\"}")]
    [InlineData("{\"v\":1,\"state\":\"a\",\"state\":\"a\"}")]
    [InlineData("{\"v\":1,\"state\":\"\"}")]
    [InlineData("{\"v\":1,\"state\":\"a b\"}")]
    [InlineData("{\"v\":1,\"state\":\"a\\u0062\"}")]
    [InlineData("{\"v\":1,\"state\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}")]
    [InlineData("{\"v\":1,\"state\":1}")]
    [InlineData("{\"v\":1,\"hashes\":\"1\"}")]
    [InlineData("{\"v\":1,\"hashes\":01}")]
    [InlineData("{\"v\":1,\"hashes\":+1}")]
    [InlineData("{\"v\":1,\"hashes\":-1}")]
    [InlineData("{\"v\":1,\"hashes\":1.0}")]
    [InlineData("{\"v\":1,\"hashes\":1e3}")]
    [InlineData("{\"v\":1,\"hashes\":9223372036854775808}")]
    [InlineData("{\"v\":1,\"rssi\":-0}")]
    [InlineData("{\"v\":1,\"rssi\":-}")]
    [InlineData("{\"v\":1,\"rssi\":null}")]
    public void Text_that_the_writer_does_not_write_is_invalid(string text)
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        Assert.Equal(ParseStatus.Invalid, Telemetry.Parse(octets, 0, octets.Length, out _));
    }

    [Fact]
    public void Longest_telemetry_fits_the_limit_and_is_read()
    {
        string text = new('x', Limits.TelemetryTextMaxLength);
        Telemetry longest = new()
        {
            Firmware = text,
            Scanner = text,
            State = text,
            UptimeSeconds = long.MaxValue,
            Hashes = long.MaxValue,
            HashRate = long.MaxValue,
            Accepted = long.MaxValue,
            Rejected = long.MaxValue,
            BestWork = long.MaxValue,
            FreeMemory = long.MaxValue,
            Rssi = -long.MaxValue,
            Temperature = -long.MaxValue,
        };
        byte[] octets = longest.ToJson();
        Assert.InRange(octets.Length, 400, Limits.TelemetryMaxLength);
        Assert.Equal(ParseStatus.Done, Telemetry.Parse(octets, 0, octets.Length, out Telemetry read));
        Assert.Equal(octets, read.ToJson());
    }

    [Fact]
    public void Text_longer_than_the_limit_is_invalid_unread()
    {
        byte[] octets = new byte[Limits.TelemetryMaxLength + 1];
        Assert.Equal(ParseStatus.Invalid, Telemetry.Parse(octets, 0, octets.Length, out _));
    }

    [Fact]
    public void Values_that_may_not_stand_there_are_left_out()
    {
        Telemetry telemetry = new() { Firmware = "a\"b", Scanner = new('x', 33), State = "", Hashes = -1 };
        Assert.Equal("{\"v\":1}", Encoding.ASCII.GetString(telemetry.ToJson()));
    }
}

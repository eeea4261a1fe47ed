namespace MicroFirmware.Protocol.Tests;

/// <summary>What holds for every record.</summary>
public class RecordTests
{
    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Record_written_from_its_fields_is_the_golden_one(string name)
    {
        RecordCase record = RecordCase.Named(name);
        byte[] octets = new byte[record.Length];
        Array.Fill(octets, (byte)0xee);
        record.Write(octets, 0);
        Assert.Equal(Golden.Octets(name), octets);
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Golden_record_read_and_written_again_is_itself(string name)
    {
        RecordCase record = RecordCase.Named(name);
        byte[] golden = Golden.Octets(name);
        byte[] shifted = [1, 2, 3, .. golden];
        Assert.Equal(golden, record.Parse(golden, 0, golden.Length).Written);
        Assert.Equal(golden, record.Parse(shifted, 3, golden.Length).Written);
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Record_cut_at_any_octet_needs_more(string name)
    {
        RecordCase record = RecordCase.Named(name);
        byte[] golden = Golden.Octets(name);
        for (int length = 0; length < golden.Length; length++)
        {
            Assert.Equal((ParseStatus.NeedMore, null), record.Parse(golden[..length], 0, length));
        }
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Record_with_an_octet_too_many_is_invalid(string name)
    {
        RecordCase record = RecordCase.Named(name);
        byte[] longer = [.. Golden.Octets(name), 0];
        Assert.Equal((ParseStatus.Invalid, null), record.Parse(longer, 0, longer.Length));
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Record_with_any_reserved_bit_set_is_invalid(string name)
    {
        RecordCase record = RecordCase.Named(name);
        for (int bit = 0; bit < record.ReservedLength * 8; bit++)
        {
            AssertInvalidWithBit(record, (record.Reserved * 8) + bit);
        }
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Record_of_another_version_is_invalid(string name)
    {
        RecordCase record = RecordCase.Named(name);
        int octets = name == "work-record" ? 5 : 1;
        for (int bit = 0; bit < octets * 8; bit++)
        {
            AssertInvalidWithBit(record, bit);
        }
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Code_fails_with_any_bit_changed_another_key_or_another_device(string name)
    {
        RecordCase record = RecordCase.Named(name);
        byte[] golden = Golden.Octets(name);
        if (record.IsAuthentic is null)
        {
            return;
        }

        Assert.True(record.IsAuthentic(golden, Golden.Key, Golden.Device));
        Assert.False(record.IsAuthentic(golden, [.. Golden.Key.Reverse()], Golden.Device));
        Assert.False(record.IsAuthentic(golden, Golden.Key, "kitchen-8"));
        for (int bit = 0; bit < golden.Length * 8; bit++)
        {
            Assert.False(record.IsAuthentic(WithBit(golden, bit), Golden.Key, Golden.Device), $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(RecordCase.Names), MemberType = typeof(RecordCase))]
    public void Random_octets_of_any_length_never_throw(string name)
    {
        RecordCase record = RecordCase.Named(name);
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] octets = new byte[random.Next(0, record.Length + 2)];
            random.NextBytes(octets);
            (ParseStatus status, _) = record.Parse(octets, 0, octets.Length);
            Assert.Equal(octets.Length < record.Length, status == ParseStatus.NeedMore);
        }
    }

    private static void AssertInvalidWithBit(RecordCase record, int bit)
    {
        byte[] changed = WithBit(Golden.Octets(record.Name), bit);
        Assert.Equal((ParseStatus.Invalid, null), record.Parse(changed, 0, changed.Length));
    }

    private static byte[] WithBit(byte[] octets, int bit)
    {
        byte[] changed = [.. octets];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}

namespace MicroFirmware.Protocol.Tests;

/// <summary>The proof task, the one record whose length depends on two of its octets.</summary>
public class ProofTaskTests
{
    public static TheoryData<string> Names => ["proof-task", "proof-headers"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Task_written_from_its_fields_is_the_golden_one(string name)
    {
        byte[] golden = Golden.Octets(name);
        ProofTask task = name == "proof-task" ? GoldenRecords.Proof : GoldenRecords.ProofOfHeaders;
        byte[] octets = new byte[task.RecordLength];
        Array.Fill(octets, (byte)0xee);

        task.Write(octets, 0, Golden.Key, Golden.Device);

        Assert.Equal(golden, octets);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Golden_task_read_and_written_again_is_itself(string name)
    {
        byte[] golden = Golden.Octets(name);
        byte[] shifted = [1, 2, 3, .. golden];

        Assert.Equal(ParseStatus.Done, ProofTask.Parse(shifted, 3, golden.Length, out ProofTask task));
        byte[] written = new byte[task.RecordLength];
        task.Write(written, 0, Golden.Key, Golden.Device);

        Assert.Equal(golden, written);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Task_cut_at_any_octet_needs_more_and_with_one_too_many_is_invalid(string name)
    {
        byte[] golden = Golden.Octets(name);
        for (int length = 0; length < golden.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, ProofTask.Parse(golden[..length], 0, length, out ProofTask none));
            Assert.Null(none);
        }

        byte[] longer = [.. golden, 0];
        Assert.Equal(ParseStatus.Invalid, ProofTask.Parse(longer, 0, longer.Length, out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Task_is_authentic_with_no_bit_changed_no_other_key_and_no_other_device(string name)
    {
        byte[] golden = Golden.Octets(name);

        Assert.True(ProofTask.IsAuthentic(golden, Golden.Key, Golden.Device));
        Assert.False(ProofTask.IsAuthentic(golden, [.. Golden.Key.Reverse()], Golden.Device));
        Assert.False(ProofTask.IsAuthentic(golden, Golden.Key, "kitchen-8"));
        for (int bit = 0; bit < golden.Length * 8; bit++)
        {
            Assert.False(ProofTask.IsAuthentic(WithBit(golden, bit), Golden.Key, Golden.Device), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("proof-task", 0, 2)]
    [InlineData("proof-task", 1, 2)]
    [InlineData("proof-task", 1, 0)]
    [InlineData("proof-task", 2, 33)]
    [InlineData("proof-task", 3, 0)]
    [InlineData("proof-task", 3, 17)]
    [InlineData("proof-task", 4, 0)]
    [InlineData("proof-task", 6, 1)]
    [InlineData("proof-task", 7, 1)]
    [InlineData("proof-headers", 2, 1)]
    [InlineData("proof-headers", 16, 1)]
    [InlineData("proof-headers", 24, 1)]
    [InlineData("proof-headers", 55, 1)]
    public void Task_with_an_impossible_field_is_invalid(string name, int at, byte value)
    {
        byte[] octets = Golden.Octets(name);
        octets[at] = value;

        Assert.Equal(ParseStatus.Invalid, ProofTask.Parse(octets, 0, octets.Length, out _));
    }

    [Fact]
    public void Longest_task_is_as_long_as_the_limit()
    {
        ProofTask task = new() { HasTransaction = true, Levels = 32, Headers = 16, Seconds = ushort.MaxValue };
        task.Body = new byte[task.AtHeader(task.Headers)];
        byte[] octets = new byte[task.RecordLength];
        task.Write(octets, 0, Golden.Key, Golden.Device);

        Assert.Equal(ProofTask.LengthMax, octets.Length);
        Assert.Equal(ParseStatus.Done, ProofTask.Parse(octets, 0, octets.Length, out _));
    }

    [Fact]
    public void Random_octets_and_changed_tasks_never_throw_and_are_read_as_they_are_written()
    {
        Random random = new(7);
        byte[] golden = Golden.Octets("proof-task");
        for (int i = 0; i < 20_000; i++)
        {
            byte[] octets = new byte[random.Next(0, ProofTask.LengthMax + 2)];
            random.NextBytes(octets);
            golden.AsSpan(0, Math.Min(octets.Length, random.Next(0, 8))).CopyTo(octets);
            if (octets.Length > 4)
            {
                octets[2] = (byte)random.Next(0, 34);
                octets[3] = (byte)random.Next(0, 18);
            }

            if (ProofTask.Parse(octets, 0, octets.Length, out ProofTask task) == ParseStatus.Done)
            {
                byte[] written = new byte[task.RecordLength];
                task.Write(written, 0, Golden.Key, Golden.Device);
                Assert.Equal(octets[..^Limits.TagLength], written[..^Limits.TagLength]);
            }
        }
    }

    [Fact]
    public void Finding_speaks_of_one_task_only()
    {
        byte[] finding = Golden.Octets("finding");
        byte[] task = Golden.Octets("proof-task");

        Assert.True(ProofFinding.IsAuthentic(finding, task, Golden.Key, Golden.Device));
        for (int bit = 0; bit < task.Length * 8; bit++)
        {
            Assert.False(ProofFinding.IsAuthentic(finding, WithBit(task, bit), Golden.Key, Golden.Device));
        }
    }

    [Fact]
    public void Finding_of_every_code_is_read_and_of_no_other()
    {
        byte[] octets = Golden.Octets("finding");
        for (int code = 0; code < 256; code++)
        {
            octets[1] = (byte)code;
            ParseStatus expected = Enum.IsDefined((FindingCode)code) ? ParseStatus.Done : ParseStatus.Invalid;
            Assert.Equal(expected, ProofFinding.Parse(octets, 0, octets.Length, out _));
        }
    }

    private static byte[] WithBit(byte[] octets, int bit)
    {
        byte[] changed = [.. octets];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}

using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

public class HeaderSpaceTests
{
    [Theory]
    [InlineData(0u, 0, 1)]
    [InlineData(0u, 3, 4)]
    [InlineData(0x2000u, 0, 2)]
    [InlineData(0x00016000u, 2, 24)]
    [InlineData(0x1fffe000u, 1, 131072)]
    [InlineData(0x80000001u, 1, 8)]
    public void Walk_visits_every_header_of_the_work_once(uint mask, int roll, int expected)
    {
        WorkRecord work = MakeWork(0x20006001, mask, (ushort)roll);
        HeaderSpace space = new(work);
        HashSet<(uint Version, uint NTime)> seen = [];
        do
        {
            Assert.True(seen.Add((space.Version, space.NTime)));
            Assert.Equal(0u, (space.Version ^ 0x20006001) & ~mask);
            Assert.InRange(space.NTime, 1000u, 1000u + (uint)roll);
            Assert.Equal(work.FirstNonce, space.NextNonce);
            space.NextNonce = 77;
        }
        while (space.MoveNext());

        Assert.Equal(expected, seen.Count);
    }

    [Fact]
    public void Walk_begins_with_the_header_as_it_was_given()
    {
        WorkRecord work = MakeWork(0x20006001, 0x1fffe000, 5);
        Assert.Equal(work.Header, new HeaderSpace(work).Header);
    }

    [Fact]
    public void Walk_leaves_the_works_own_octets_alone()
    {
        WorkRecord work = MakeWork(1, 0x2000, 5);
        byte[] before = [.. work.Header];
        HeaderSpace space = new(work);
        int headers = 1;
        while (space.MoveNext())
        {
            headers++;
        }

        Assert.Equal(12, headers);
        Assert.Equal(before, work.Header);
    }

    [Fact]
    public void Roll_stops_at_the_end_of_time()
    {
        WorkRecord work = MakeWork(1, 0, 100);
        LittleEndian.WriteUInt32(work.Header, BlockHeader.AtNTime, uint.MaxValue - 1);
        HeaderSpace space = new(work);
        Assert.True(space.MoveNext());
        Assert.Equal(uint.MaxValue, space.NTime);
        Assert.False(space.MoveNext());
    }

    [Fact]
    public void History_finds_overlap_in_every_dimension_and_only_there()
    {
        WorkHistory history = new();
        history.Add(MakeWork(0x20000000, 0x6000, 10));
        Assert.True(history.Overlaps(MakeWork(0x20000000, 0x6000, 10)));
        Assert.True(history.Overlaps(MakeWork(0x20002000, 0, 0)));
        Assert.True(history.Overlaps(MakeWork(0x20008000, 0x8000, 0)));
        Assert.True(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, ntime: 1010)));
        Assert.False(history.Overlaps(MakeWork(0x20008000, 0, 0)));
        Assert.False(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, ntime: 1011)));
        Assert.True(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, ntime: 990)));
        Assert.False(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, ntime: 989)));
        Assert.False(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, firstNonce: 201)));
        Assert.True(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, firstNonce: 200)));
        Assert.False(history.Overlaps(MakeWork(0x20000000, 0x6000, 10, merkle: 1)));
    }

    [Fact]
    public void History_remembers_as_many_works_as_it_says()
    {
        WorkHistory history = new();
        for (byte i = 0; i <= WorkHistory.Depth; i++)
        {
            history.Add(MakeWork(1, 0, 0, merkle: i));
        }

        Assert.False(history.Overlaps(MakeWork(1, 0, 0, merkle: 0)));
        Assert.True(history.Overlaps(MakeWork(1, 0, 0, merkle: 1)));
    }

    private static WorkRecord MakeWork(
        uint version, uint mask, ushort roll, uint ntime = 1000, uint firstNonce = 100, byte merkle = 0)
    {
        WorkRecord work = new()
        {
            Header = new byte[Limits.HeaderWithoutNonceLength],
            VersionMask = mask,
            NTimeRollSeconds = roll,
            FirstNonce = firstNonce,
            LastNonce = 200 + (firstNonce > 200 ? 100u : 0u),
        };
        LittleEndian.WriteUInt32(work.Header, 0, version);
        work.Header[40] = merkle;
        LittleEndian.WriteUInt32(work.Header, BlockHeader.AtNTime, ntime);
        return work;
    }
}

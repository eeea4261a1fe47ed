using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Tests.Jobs;

namespace MicroFirmware.Gateway.Tests.Stratum;

public class IssuedJobsTests
{
    private const uint Now = 1_800_000_100;

    [Fact]
    public void Issue_is_found_by_its_number_and_its_job()
    {
        IssuedJobs issued = default;
        Job job = NewJob(7);
        byte number = issued.Add(job, new ConnectionTerms(5, 6, 7, 8));
        Assert.True(issued.TryFind(7, number, out ConnectionTerms terms));
        Assert.Equal(new ConnectionTerms(5, 6, 7, 8), terms);
        Assert.False(issued.TryFind(8, number, out _));
        Assert.False(issued.TryFind(7, (byte)(number + 1), out _));
        Assert.False(issued.TryFind(0, 0, out _));
    }

    [Fact]
    public void Only_the_last_issues_are_remembered_also_when_their_number_starts_again()
    {
        IssuedJobs issued = default;
        byte last = 0;
        for (ulong i = 1; i <= 1_000; i++)
        {
            last = issued.Add(NewJob(i), new ConnectionTerms(i, 0, 0, 0));
        }

        for (int age = 0; age < 256; age++)
        {
            bool found = issued.TryFind((ulong)(1_000 - age), (byte)(last - age), out ConnectionTerms terms);
            Assert.Equal(age < 32, found);
            Assert.True(!found || terms.ShareWork == (ulong)(1_000 - age));
        }
    }

    [Fact]
    public void Job_issued_again_begins_later_and_ends_the_issue_before()
    {
        IssuedJobs issued = default;
        Job job = NewJob(1);
        uint first = issued.FirstNTime(job, Now);
        Assert.Equal(job.Template.Time, first);
        byte one = issued.Add(job, new ConnectionTerms(10, first, uint.MaxValue, 0));
        uint second = issued.FirstNTime(job, first);
        Assert.Equal(first + 1, second);
        byte two = issued.Add(job, new ConnectionTerms(20, second, uint.MaxValue, 0));

        Assert.True(issued.TryFind(1, one, out ConnectionTerms before));
        Assert.True(issued.TryFind(1, two, out ConnectionTerms after));
        Assert.Equal((second, uint.MaxValue), (before.EndNTime, after.EndNTime));
        Assert.Equal(second + 15, issued.FirstNTime(job, second + 15));
        Assert.Equal(second + 30, issued.FirstNTime(job, second + 5_000));

        // Another job's headers are others: its time is its own.
        Assert.Equal(job.Template.Time, issued.FirstNTime(NewJob(2), Now));
    }

    private static Job NewJob(ulong id) =>
        new(id, FixedUpstream.Easy(), clean: true, startPrefix: 0, new JobOptions());
}

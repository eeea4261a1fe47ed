using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Upstreams;

public class SubmitOutcomeTests
{
    [Theory]
    [InlineData(null, SubmitStatus.Accepted, "")]
    [InlineData("duplicate", SubmitStatus.Duplicate, "duplicate")]
    [InlineData("inconclusive", SubmitStatus.Unknown, "inconclusive")]
    [InlineData("duplicate-inconclusive", SubmitStatus.Unknown, "duplicate-inconclusive")]
    [InlineData("duplicate-invalid", SubmitStatus.Rejected, "duplicate-invalid")]
    [InlineData("high-hash", SubmitStatus.Rejected, "high-hash")]
    [InlineData("rejected: high-hash", SubmitStatus.Rejected, "high-hash")]
    public void Answer_of_a_node_is_one_outcome(string? answer, SubmitStatus status, string reason) =>
        Assert.Equal(new SubmitOutcome(status, reason), SubmitOutcome.Of(answer));
}

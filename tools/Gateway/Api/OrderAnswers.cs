using MicroFirmware.Gateway.Boards;

namespace MicroFirmware.Gateway.Api;

/// <summary>What became of something that was done to many devices.</summary>
/// <param name="Answers">One for each device.</param>
internal sealed record OrderAnswers(IReadOnlyList<OrderAnswers.Answer> Answers)
{
    public static OrderAnswers Of(IReadOnlyList<OrderOutcome> outcomes) =>
        new([.. outcomes.Select(outcome => new Answer(outcome.Id, ApiWord.Of(outcome.Result)))]);

    /// <summary>What became of it at one of them.</summary>
    /// <param name="Device">The device.</param>
    /// <param name="Result"><c>sent</c>, <c>no-such-device</c>, <c>offline</c>, <c>takes-none</c> or
    /// <c>store-unavailable</c>.</param>
    internal sealed record Answer(string Device, string Result);
}

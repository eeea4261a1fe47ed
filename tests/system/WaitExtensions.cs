using MicroFirmware.Emulator.Boards;

namespace MicroFirmware.System.Tests;

/// <summary>Waiting for a signal with a deadline that says what did not happen.</summary>
internal static class WaitExtensions
{
    /// <summary>Waits until a condition holds after a step of the board.</summary>
    public static async Task UntilAsync(this VirtualBoard board, string what, Func<VirtualBoard, bool> condition)
    {
        try
        {
            await board.When(condition).WaitAsync(Rig.Deadline);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{board.Id}: {what} did not happen; it is {board.State}, "
                + $"accepted {board.Statistics.Accepted}, "
                + $"rejected {board.Statistics.Rejected}, outstanding {board.Outstanding}");
        }
    }
}

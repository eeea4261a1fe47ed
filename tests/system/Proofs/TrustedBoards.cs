using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Proofs;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>Boards at a running gateway whose probation is over.</summary>
internal static class TrustedBoards
{
    /// <summary>Powers boards on, and waits until each one is asked for real proofs.</summary>
    public static async Task<IReadOnlyList<BoardIdentity>> PowerOnAsync(Rig rig, int count)
    {
        List<BoardIdentity> boards = [];
        for (int i = 0; i < count; i++)
        {
            boards.Add(await rig.EnrolAsync($"board-{i}"));
            rig.PowerOn(boards[i]);
        }

        // Planted proofs come every two seconds; a board is trusted after eight of them at the latest.
        ProofDesk desk = rig.Gateway.Room<ProofDesk>();
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(5));
        while (desk.Ready < count)
        {
            await look.WaitForNextTickAsync(deadline.Token);
        }

        return boards;
    }
}

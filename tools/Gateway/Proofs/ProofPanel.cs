using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// Draws boards by lot and hands them tasks. Real and planted proofs are drawn and written by the same hand. The desk
/// guards it.
/// </summary>
internal sealed class ProofPanel(
    Live<ProofOptions> options,
    Func<IReadOnlyList<Device>> listening,
    Func<Device, byte[], bool> send,
    StandingBook standings,
    Random random)
{
    /// <summary>What boards' findings have been worth.</summary>
    public StandingBook Standings => standings;

    /// <summary>Told of every question that was sent.</summary>
    public Action<ProofInquiry, BoardQuestion>? Asked { get; set; }

    /// <summary>Boards that are asked now.</summary>
    /// <param name="isWanted">Which of them.</param>
    public List<Device> Find(Func<BoardStanding, bool> isWanted) =>
        [.. listening().Where(device => isWanted(standings.Of(device)))];

    /// <summary>Asks boards that the inquiry has not asked yet.</summary>
    /// <returns>Those that the task was sent to; fewer than wanted where there are no more.</returns>
    public List<BoardQuestion> Ask(ProofInquiry inquiry, int count, DateTimeOffset now)
    {
        List<Device> boards = Find(standing => inquiry.IsPlanted ? standing.IsAsked(now) : standing.IsTrusted(now));
        boards.RemoveAll(device => inquiry.Questions.Any(question => question.Device == device));
        List<BoardQuestion> asked = [];
        for (int at = 0; at < boards.Count && asked.Count < count; at++)
        {
            int drawn = random.Next(at, boards.Count);
            (boards[at], boards[drawn]) = (boards[drawn], boards[at]);
            if (Send(inquiry, boards[at], now) is { } question)
            {
                asked.Add(question);
            }
        }

        return asked;
    }

    private BoardQuestion? Send(ProofInquiry inquiry, Device device, DateTimeOffset now)
    {
        byte[] drawn = new byte[sizeof(ulong)];
        random.NextBytes(drawn);
        ProofTask task = inquiry.Proof.ToTask(
            BitConverter.ToUInt64(drawn), (ushort)Math.Ceiling(options.Now.AnswerTimeout.TotalSeconds));
        byte[] octets = new byte[task.RecordLength];
        task.Write(octets, 0, device.Key, device.Id);
        if (!send(device, octets))
        {
            return null;
        }

        BoardQuestion question = new(device, task.Id, octets, now + options.Now.AnswerTimeout);
        Asked?.Invoke(inquiry, question);
        return question;
    }
}

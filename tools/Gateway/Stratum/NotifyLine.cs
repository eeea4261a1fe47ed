using System.Buffers;
using System.Buffers.Text;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>A job as <c>mining.notify</c>, written once for all connections but for what differs between
/// them.</summary>
/// <remarks><code>
///   {"id":null,"method":"mining.notify","params":["JJJJJJJJJJJJJJJJII", .. ,"TTTTTTTT",false]}
///     J the job's id, I the number of the issue, T ntime; and false or true
/// </code></remarks>
internal sealed class NotifyLine
{
    /// <summary>NerdMiner reads no longer line.</summary>
    public const int MaxOctets = 4_095;

    private const int IssueDigits = 2;
    private const int NTimeDigits = 8;

    private readonly byte[] _line;
    private readonly int _issueAt;
    private readonly int _ntimeAt;

    public NotifyLine(Job job, long made)
    {
        (Job, Made) = (job, made);
        ArrayBufferWriter<byte> line = new(1_024);
        string id = $"{job.Id:x16}00";
        StratumWriter.Message(line, new StratumMessage.Notify(
            id, job.Template.PreviousHash, job.Coinbase.Prefix, job.Coinbase.Suffix, job.Branch, job.Template.Version,
            job.Template.Bits, 0, Clean: false));
        _line = line.WrittenSpan.ToArray();
        _issueAt = _line.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(id)) + 16;
        _ntimeAt = _line.Length - "00000000\",false]}\n".Length;
    }

    /// <summary>What it tells of.</summary>
    public Job Job { get; }

    /// <summary>When the job came, on the clock's own scale.</summary>
    public long Made { get; }

    /// <summary>Octets that it has at most.</summary>
    public int Length => _line.Length;

    /// <summary>Reads a job id as the line spells it: 18 hexadecimal digits.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> text, out ulong job, out byte issue)
    {
        job = 0;
        issue = 0;
        return text.Length == 16 + IssueDigits
            && Utf8Parser.TryParse(text[..16], out job, out int used, 'x') && used == 16
            && Utf8Parser.TryParse(text[16..], out issue, out used, 'x') && used == IssueDigits;
    }

    /// <summary>Writes the line for one connection.</summary>
    /// <returns>Octets written.</returns>
    public int Write(Span<byte> to, byte issue, uint ntime, bool clean)
    {
        _line.CopyTo(to);
        Utf8Formatter.TryFormat(issue, to[_issueAt..], out _, new StandardFormat('x', IssueDigits));
        Utf8Formatter.TryFormat(ntime, to[_ntimeAt..], out _, new StandardFormat('x', NTimeDigits));
        if (!clean)
        {
            return _line.Length;
        }

        ReadOnlySpan<byte> end = "\",true]}\n"u8;
        end.CopyTo(to[(_ntimeAt + NTimeDigits)..]);
        return _ntimeAt + NTimeDigits + end.Length;
    }
}

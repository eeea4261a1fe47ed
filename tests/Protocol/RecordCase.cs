namespace MicroFirmware.Protocol.Tests;

/// <summary>One kind of record, with what every kind must do: the same tests run on all of them.</summary>
internal sealed record RecordCase(string Name, int Length, int Reserved, int ReservedLength)
{
    /// <summary>Reads, and writes again what was read.</summary>
    public required Func<byte[], int, int, (ParseStatus Status, byte[]? Written)> Parse { get; init; }

    /// <summary>The record of the golden file, from its fields.</summary>
    public required Action<byte[], int> Write { get; init; }

    /// <summary>Null for a record that carries no code.</summary>
    public Func<byte[], byte[], string, bool>? IsAuthentic { get; init; }

    public static readonly RecordCase[] All =
    [
        new("work-record", WorkRecord.Length, 122, 2)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = WorkRecord.Parse(octets, offset, count, out WorkRecord work);
                return (status, Written(WorkRecord.Length, work is null ? null : Signed(work.Write)));
            },
            Write = Signed(GoldenRecords.Work.Write),
            IsAuthentic = (octets, key, device) => WorkRecord.IsAuthentic(octets, 0, key, device),
        },
        new("share", ShareRecord.Length, 1, 3)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = ShareRecord.Parse(octets, offset, count, out ShareRecord share);
                return (status, Written(ShareRecord.Length, share is null ? null : Signed(share.Write)));
            },
            Write = Signed(GoldenRecords.Share.Write),
            IsAuthentic = (octets, key, device) => ShareRecord.IsAuthentic(octets, 0, key, device),
        },
        new("verdict", Verdict.Length, 2, 2)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = Verdict.Parse(octets, offset, count, out Verdict verdict);
                return (status, Written(Verdict.Length, verdict is null ? null : verdict.Write));
            },
            Write = GoldenRecords.Verdict.Write,
        },
        new("job-notice", JobNotice.Length, 2, 2)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = JobNotice.Parse(octets, offset, count, out JobNotice notice);
                return (status, Written(JobNotice.Length, notice is null ? null : notice.Write));
            },
            Write = GoldenRecords.Notice.Write,
        },
        new("command", Command.Length, 2, 2)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = Command.Parse(octets, offset, count, out Command command);
                return (status, Written(Command.Length, command is null ? null : Signed(command.Write)));
            },
            Write = Signed(GoldenRecords.Command.Write),
            IsAuthentic = (octets, key, device) => Command.IsAuthentic(octets, 0, key, device),
        },
        new("refusal", Refusal.Length, 4, 4)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = Refusal.Parse(octets, offset, count, out Refusal refusal);
                return (status, Written(Refusal.Length, refusal is null ? null : Signed(refusal.Write)));
            },
            Write = Signed(GoldenRecords.Refusal.Write),
            IsAuthentic = (octets, key, device) => Refusal.IsAuthentic(octets, 0, key, device),
        },
        new("finding", ProofFinding.Length, 3, 1)
        {
            Parse = (octets, offset, count) =>
            {
                ParseStatus status = ProofFinding.Parse(octets, offset, count, out ProofFinding finding);
                return (status, Written(ProofFinding.Length, finding is null ? null : AboutGolden(finding)));
            },
            Write = AboutGolden(GoldenRecords.Finding),
            IsAuthentic = (octets, key, device) =>
                ProofFinding.IsAuthentic(octets, Golden.Octets("proof-task"), key, device),
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static RecordCase Named(string name) => All.Single(c => c.Name == name);

    private static Action<byte[], int> Signed(Action<byte[], int, byte[], string> write) =>
        (octets, offset) => write(octets, offset, Golden.Key, Golden.Device);

    private static Action<byte[], int> AboutGolden(ProofFinding finding) => (octets, offset) =>
        finding.Write(octets, offset, Golden.Octets("proof-task"), Golden.Key, Golden.Device);

    private static byte[]? Written(int length, Action<byte[], int>? write)
    {
        byte[] octets = new byte[length];
        write?.Invoke(octets, 0);
        return write is null ? null : octets;
    }
}

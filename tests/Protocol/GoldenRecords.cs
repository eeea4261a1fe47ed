namespace MicroFirmware.Protocol.Tests;

/// <summary>The records of the golden files by their fields, as each file's comment lists them.</summary>
internal static class GoldenRecords
{
    private const ulong Job = 0x1122334455667788;
    private const uint Lane = 0x99aabbcc;
    private const uint Nonce = 0x9546a142;
    private const ulong Counter = 0x0000000300000007;
    private const ulong Sequence = 0x0000000300000009;

    // The two transactions of block 170, its header, and root and hash of it combined.
    private const string Transaction = "169e1e83e930853391bc6f35f605c6754cfead57cf8387639d3b4096c54f18f4";
    private const string Neighbour = "82501c1178fa0b222c1f3d474ec726b832013f0a532b44bb620cce8624a5feb1";
    private const string Block170 =
        "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000"
        + "ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";

    private const string Trace170 = "11b298462a8cce8d56217b9fabc26513af84310a2420da0b870b95b7562cac7d";

    public static WorkRecord Work { get; } = new()
    {
        CleanJobs = true,
        ValiditySeconds = 120,
        JobId = Job,
        Lane = Lane,
        Height = 125552,
        Counter = Counter,
        Header = Convert.FromHexString(
            "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
            + "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a"),
        FirstNonce = 0x10000000,
        LastNonce = 0x1fffffff,
        VersionMask = 0x1fffe000,
        NTimeRollSeconds = 600,
        GatewayTime = 1700000000,
        ShareTarget = [.. Enumerable.Range(100, Limits.TargetLength).Select(i => (byte)i)],
    };

    public static ShareRecord Share { get; } = new()
    {
        HeaderVersion = 0x20002004,
        Sequence = Sequence,
        JobId = Job,
        Lane = Lane,
        NTime = 1305998791,
        Nonce = Nonce,
    };

    public static Verdict Verdict { get; } = new()
    {
        Code = VerdictCode.BlockFound,
        Nonce = Nonce,
        Sequence = Sequence,
        JobId = Job,
        Work = 4295032833,
    };

    public static JobNotice Notice { get; } = new() { CleanJobs = true, Height = 125552, JobId = Job };

    public static Command Command { get; } = new()
    {
        Code = CommandCode.SetDutyPercent,
        Argument = 40,
        Counter = 0x0102030405060708,
    };

    public static Refusal Refusal { get; } = new()
    {
        Code = RefusalCode.CounterReplayed,
        RetryAfterSeconds = 30,
        Counter = Counter,
        CounterFloor = 0x0000000500000001,
    };

    public static ProofTask Proof { get; } = new()
    {
        HasTransaction = true,
        Levels = 1,
        Headers = 1,
        Seconds = 20,
        Id = Job,
        Place = 1,
        LimitBits = 0x1d00ffff,
        Body = Convert.FromHexString(Transaction + Neighbour + Block170),
    };

    public static ProofTask ProofOfHeaders { get; } = new()
    {
        Headers = 1,
        Seconds = 20,
        Id = Job,
        LimitBits = 0x1d00ffff,
        Body = [.. new byte[ProofTask.HashLength], .. Convert.FromHexString(Block170)],
    };

    public static ProofFinding Finding { get; } = new()
    {
        Code = FindingCode.Valid,
        TimeMs = 1234,
        Id = Job,
        Trace = Convert.FromHexString(Trace170),
    };
}

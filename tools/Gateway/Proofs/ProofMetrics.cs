using System.Diagnostics.Metrics;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>What boards did with proofs, as instruments of the meter <see cref="MeterName"/>.</summary>
internal sealed class ProofMetrics : IDisposable
{
    /// <summary>The name by which collectors find the meter.</summary>
    public const string MeterName = "MicroFirmware.Proofs";

    public ProofMetrics(ProofDesk desk)
    {
        Meter.CreateObservableCounter("gateway.proofs", () => Named("result",
            ("valid", desk.Counts.Valid), ("wrong", desk.Counts.Wrong), ("undecided", desk.Counts.Undecided),
            ("planted", desk.Counts.Planted)), "{proof}", "Proofs that boards were given, by what became of them.");
        Meter.CreateObservableCounter("gateway.proofs.mistaken", () => desk.Counts.Mistaken, "{proof}",
            "Attestations that turned out wrong: as many boards as decide lied together.");
        Meter.CreateObservableCounter("gateway.findings", () => Named("result",
            ("right", desk.Findings.Right), ("wrong", desk.Findings.Wrong), ("late", desk.Findings.Late)),
            "{finding}", "Findings of boards, planted proofs included.");
        Meter.CreateObservableGauge("gateway.proofs.boards", () => Named("state",
            ("ready", desk.Ready), ("suspended", desk.Suspended)), "{board}", "Boards that listen for proofs.");
    }

    /// <summary>The meter itself.</summary>
    public Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<long>> Named(string tag, params (string Name, long Value)[] values) =>
        values.Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>(tag, value.Name)));
}

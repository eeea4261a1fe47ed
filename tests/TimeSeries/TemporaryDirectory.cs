namespace MicroFirmware.TimeSeries.Tests;

/// <summary>A directory of a test's own, gone when the test is over.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("timeseries-test-").FullName;

    public string File(string name) => global::System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

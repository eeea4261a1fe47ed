using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>The <c>micro</c> program as a user runs it, in a process of its own.</summary>
internal sealed class MicroProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = NewSignal();

    private MicroProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it.</summary>
    public static MicroProcess Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "MicroFirmware.Micro.dll");
        return new MicroProcess(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        });
    }

    /// <summary>Waits for words, in what it said or is still to say.</summary>
    public async Task<Match> SaysAsync(string pattern)
    {
        using CancellationTokenSource end = new(Chromium.Deadline);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                string said = string.Join('\n', _lines);
                Match match = Regex.Match(said, pattern);
                if (match.Success)
                {
                    return match;
                }

                Assert.False(end.IsCancellationRequested, $"never said: {pattern}\n{said}");
                more = _more.Task;
            }

            await more.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Chromium.Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Add(line);
            _more.SetResult();
            _more = NewSignal();
        }
    }
}

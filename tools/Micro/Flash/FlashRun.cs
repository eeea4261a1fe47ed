namespace MicroFirmware.Micro.Flash;

/// <summary>Runs the plan, step by step; the first that fails is the last.</summary>
internal sealed class FlashRun(FlashOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>Says what would be run.</summary>
    public void Print()
    {
        foreach (FlashStep step in FlashPlan.Of(options))
        {
            output.WriteLine(step.CommandLine(options.Nanoff));
        }
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandFailure">A file or nanoff is missing, or a step failed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        Check(options.ClrFile, "--clr-file",
            "build it with hardware/interop, or leave --clr-file out for nanoff's image");
        Check(options.Image, "--image", "dotnet build firmware/Device -p:NanoPackages=true makes it");
        Check(options.Files, "--files", "micro configure --write-files FOLDER makes it");
        Check(options.Network, "--network", "micro configure --write-files FOLDER makes it");
        IReadOnlyList<FlashStep> steps = FlashPlan.Of(options);
        for (int i = 0; i < steps.Count; i++)
        {
            output.WriteLine($"[{i + 1}/{steps.Count}] {steps[i].What}");
            output.WriteLine($"      {steps[i].CommandLine(options.Nanoff)}");
            await RunAsync(steps[i], stop);
        }
    }

    private async Task RunAsync(FlashStep step, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        var gate = new Lock();
        int exit = await Nanoff.RunAsync(options.Nanoff, step.Arguments, line =>
        {
            lock (gate)
            {
                output.WriteLine($"      {line.TrimEnd()}");
            }
        }, stop);
        if (exit != 0)
        {
            throw new CommandFailure(ExitCode.NotProven, $"{step.What} failed: nanoff ended with {exit}",
                "hold the board's boot button while it starts, close what else uses the port, and try again");
        }

        output.WriteLine($"      done in {time.GetElapsedTime(started).TotalSeconds:0} s");
    }

    private static void Check(string? file, string option, string advice)
    {
        if (file is not null && !File.Exists(file))
        {
            throw new CommandFailure(ExitCode.Unreachable, $"there is no {file} ({option})", advice);
        }
    }
}

namespace MicroFirmware.Micro.Flash;

/// <summary>Which calls of nanoff bring a board from whatever it is to what is asked for, in their order.</summary>
internal static class FlashPlan
{
    /// <summary>The calls.</summary>
    public static IReadOnlyList<FlashStep> Of(FlashOptions options)
    {
        string target = options.Target ?? options.Board.Nanoff;
        var steps = new List<FlashStep>();
        if (!options.IsRuntimeKept)
        {
            string runtime = options.ClrFile is null ? $"nanoCLR for {target}" : "your own nanoCLR";
            steps.Add(new FlashStep($"writing {runtime}",
            [
                "--update", "--target", target, "--serialport", options.Port,
                .. options.ClrFile is null ? Array.Empty<string>() : ["--clrfile", options.ClrFile],
                .. options.IsErasing ? ["--masserase"] : Array.Empty<string>(),
            ]));
        }

        if (options.Image is not null)
        {
            // Without --address: where the deployment partition lies differs with the size of the flash.
            steps.Add(new FlashStep("writing the application",
                ["--target", target, "--serialport", options.Port, "--deploy", "--image", options.Image]));
        }

        if (options.Network is not null)
        {
            steps.Add(new FlashStep("writing the network settings",
                ["--nanodevice", "--serialport", options.Port, "--networkdeployment", options.Network]));
        }

        if (options.Files is not null)
        {
            steps.Add(new FlashStep("writing the board's settings",
                ["--nanodevice", "--serialport", options.Port, "--filedeployment", options.Files]));
        }

        return steps;
    }
}

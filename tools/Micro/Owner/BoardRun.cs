using System.Text.Json;

namespace MicroFirmware.Micro.Owner;

/// <summary>Something done to many boards by a gateway, waited for, and told board by board where it did not work.
/// </summary>
internal static class BoardRun
{
    private const int AnswersAtOnce = 1_000;
    private const string Done = "sent";

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(500);

    /// <summary>Has the gateway do it.</summary>
    /// <param name="owner">The gateway.</param>
    /// <param name="wish">As <c>POST /v1/runs</c> takes it.</param>
    /// <param name="output">Where it is told.</param>
    /// <param name="stop">Waits no more; what has begun goes on.</param>
    /// <returns>Success where every board has it.</returns>
    /// <exception cref="CommandFailure">The gateway refuses, or cannot be reached.</exception>
    public static async Task<ExitCode> RunAsync(
        OwnerClient owner, object wish, TextWriter output, CancellationToken stop)
    {
        JsonElement run = await owner.PostAsync("/v1/runs", wish, stop);
        string path = $"/v1/runs/{run.GetProperty("number")}";
        using PeriodicTimer again = new(s_between);
        while (!run.GetProperty("done").GetBoolean() && await again.WaitForNextTickAsync(stop))
        {
            run = await owner.GetAsync(path, stop);
        }

        if (run.GetProperty("fault").GetString() is { } fault)
        {
            output.WriteLine($"given up on the way: {fault}");
        }

        await TellAsync(owner, path, output, stop);
        (int sent, int devices) = (run.GetProperty(Done).GetInt32(), run.GetProperty("devices").GetInt32());
        output.WriteLine($"{run.GetProperty("do").GetString()}: done at {sent} of {devices}");
        return sent == devices ? ExitCode.Success : ExitCode.NotProven;
    }

    /// <summary>Says where it did not work.</summary>
    private static async Task TellAsync(OwnerClient owner, string path, TextWriter output, CancellationToken stop)
    {
        for (int? from = 0; from is { } start;)
        {
            JsonElement page = await owner.GetAsync($"{path}/answers?from={start}&limit={AnswersAtOnce}", stop);
            foreach (JsonElement answer in page.GetProperty("answers").EnumerateArray())
            {
                string result = answer.GetProperty("result").GetString() ?? "not known";
                if (result != Done)
                {
                    output.WriteLine($"{answer.GetProperty("device").GetString(),-32}  {result}");
                }
            }

            JsonElement next = page.GetProperty("next");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt32() : null;
        }
    }
}

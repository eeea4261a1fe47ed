namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>Waits for what other programs do, and says what did not come.</summary>
internal static class Patience
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);

    public static async Task UntilAsync(string what, Func<Task<bool>> isThere)
    {
        using CancellationTokenSource end = new(s_longest);
        using PeriodicTimer again = new(s_between);
        string last = "";
        while (!end.IsCancellationRequested)
        {
            try
            {
                if (await isThere())
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException)
            {
                last = e.Message;
            }

            await again.WaitForNextTickAsync();
        }

        Assert.Fail($"never: {what}. {last}");
    }
}

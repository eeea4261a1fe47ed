using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>Tries whether a receiver takes what it is sent, the way the gateway would send it.</summary>
internal static class WebhookTest
{
    /// <summary>Sends one message, once, of kind <c>test</c>.</summary>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>One sentence: whether it was taken, and why not.</returns>
    /// <exception cref="ConfigurationException">It cannot be sent there; the message says why.</exception>
    public static async Task<(bool Works, string Summary)> RunAsync(
        WebhookOptions options, TimeProvider time, CancellationToken cancel)
    {
        ConfigurationProblems problems = new();
        WebhookOptions.Check("Webhooks", [options], problems);
        problems.ThrowIfAny();
        using WebhookClient client = new(options, time);
        string? problem = await client.SendTestAsync(cancel);
        return problem is null
            ? (true, $"{client.Host} took the test.")
            : (false, $"{client.Host} did not take the test: {problem}. Nothing else was sent.");
    }
}

using System.Text.Json;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>What an open page costs. Printed, never a test: machines differ.</summary>
internal static class Measurement
{
    /// <summary>Lets a page live for some beats of its gateway, and prints how busy its main thread was and how far
    /// its figures are apart: the oldest that anybody sees.</summary>
    public static async Task MeasureAsync(this Visit visit, ITestOutputHelper log, string name, int beats)
    {
        ICDPSession devTools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devTools.SendAsync("Performance.enable");

        // Every fetch of the page by itself ends with figures that are new.
        await visit.Page.EvaluateAsync("""
            () => {
                window.beats = [];
                window.plainFetch ??= window.fetch;
                window.fetch = async (...args) => {
                    const answer = await window.plainFetch(...args);
                    window.beats.push(performance.now());
                    return answer;
                };
            }
            """);
        await visit.UntilAsync("window.beats.length > 0");
        Dictionary<string, double> before = await ReadAsync(devTools);
        await visit.UntilAsync($"window.beats.length > {beats}");
        Dictionary<string, double> after = await ReadAsync(devTools);
        double Of(string metric) => 100 * (after[metric] - before[metric]) / (after["Timestamp"] - before["Timestamp"]);
        double oldest = await visit.Page.EvaluateAsync<double>(
            "Math.max(...window.beats.slice(1).map((b, i) => b - window.beats[i]))");
        log.WriteLine($"{name}.busy {Of("TaskDuration"):0.0} % of a thread (script {Of("ScriptDuration"):0.0}, "
            + $"style {Of("RecalcStyleDuration"):0.0}, layout {Of("LayoutDuration"):0.0})");
        log.WriteLine($"{name}.age {oldest / 1000:0.00} s at most");
    }

    private static async Task<Dictionary<string, double>> ReadAsync(ICDPSession devTools)
    {
        JsonElement metrics = (await devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
    }
}

using System.Text.Json;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What a call of a node's JSON-RPC came to.</summary>
/// <param name="Result">The result; null in JSON where the node has nothing to say.</param>
/// <param name="Problem">Why there is none, as a sentence that says what to do; null where there is one.</param>
/// <param name="Arrived">When the answer began to arrive, as the clock's timestamp.</param>
internal readonly record struct NodeAnswer(JsonElement Result, string? Problem, long Arrived = 0)
{
    public bool Good => Problem is null;

    public static NodeAnswer Failed(string problem) => new(default, problem);
}

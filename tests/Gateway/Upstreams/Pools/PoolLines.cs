namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>Lines as a pool writes them.</summary>
internal static class PoolLines
{
    /// <summary>A notify line: job name, previous block, clean.</summary>
    public static string Job(string id = "job1", byte previous = 1, bool clean = false)
    {
        string previousHash = string.Concat(Enumerable.Repeat($"{previous:x2}", 32));
        return $$"""{"id":null,"method":"mining.notify","params":["{{id}}","{{previousHash}}","""
            + "\"01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0a0164\","
            + "\"ffffffff010000000000000000015100000000\",[],\"20000000\",\"1d00ffff\",\"6553f100\","
            + (clean ? "true]}" : "false]}");
    }
}

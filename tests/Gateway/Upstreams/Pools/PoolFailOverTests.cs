using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>Two pools in a list, on real sockets. How long it takes is bounded by the tests of the parts.</summary>
public sealed class PoolFailOverTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Next_pool_takes_over_from_one_that_hangs_or_dies(bool hangs)
    {
        await using ScriptedPool first = new ScriptedPool { Extranonce2Size = 4 }.Start();
        await using ScriptedPool second = new ScriptedPool { Extranonce2Size = 8 }.Start();
        UpstreamOptions[] options = [OptionsOf(first), OptionsOf(second)];
        await using UpstreamSelector upstreams = UpstreamList.Create(
            options, () => throw new InvalidOperationException(), TimeProvider.System, new Random(1),
            NullLoggerFactory.Instance);
        TaskCompletionSource<BlockTemplate> ofFirst = Next(upstreams, extranonce2Size: 4);
        TaskCompletionSource<BlockTemplate> ofSecond = Next(upstreams, extranonce2Size: 8);
        upstreams.Start();
        await ofFirst.Task.WaitAsync(s_patience);

        if (hangs)
        {
            first.Hangs = true;
        }
        else
        {
            await first.KillAsync();
        }

        Assert.True((await ofSecond.Task.WaitAsync(s_patience)).Clean);
        Assert.Contains(second.Url.Port.ToString(), upstreams.Name);
        Assert.NotNull(upstreams.Reports()[0].Problem);
    }

    private static UpstreamOptions OptionsOf(ScriptedPool pool) => new() { Url = pool.Url.ToString(), User = "me" };

    private static TaskCompletionSource<BlockTemplate> Next(UpstreamSelector upstreams, int extranonce2Size)
    {
        TaskCompletionSource<BlockTemplate> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        upstreams.Changed += template =>
        {
            if (template.Pool!.Coinbase.ExtranonceSize == extranonce2Size)
            {
                next.TrySetResult(template);
            }
        };
        return next;
    }
}

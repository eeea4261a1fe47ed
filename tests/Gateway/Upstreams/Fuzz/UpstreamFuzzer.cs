using System.Buffers;
using System.Text;
using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Tests.Jobs;
using MicroFirmware.Gateway.Tests.Upstreams.Pools;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Upstreams.Pools;

namespace MicroFirmware.Gateway.Tests.Upstreams.Fuzz;

/// <summary>
/// What upstreams say, right, nearly right or noise, taken as the gateway takes it: lines of a pool by a session that
/// has greeted, templates of a node by the reader, and every template that comes of either made a job of. Nothing may
/// throw.
/// </summary>
internal sealed class UpstreamFuzzer
{
    /// <summary>One input in so many is a node's template: it is a hundred times as long as a pool's line.</summary>
    private const int TemplateShare = 50;

    /// <summary>A job costs more than all else, so one template in so many becomes one.</summary>
    private const int JobShare = 64;

    private static readonly string[] s_lines =
    [
        """{"id":1,"result":{"version-rolling":true,"version-rolling.mask":"1fffe000"},"error":null}""",
        """{"id":2,"result":[[["mining.notify","s1"]],"aabbccdd",4],"error":null}""",
        """{"id":2,"result":[[["mining.set_difficulty","d"],["mining.notify","s1"]],"",8],"error":null}""",
        """{"id":3,"result":true,"error":null}""",
        """{"id":3,"result":null,"error":[24,"Unauthorized worker",null]}""",
        """{"id":5,"result":"pong","error":null}""",
        """{"id":16,"result":true,"error":null}""",
        """{"id":17,"result":null,"error":[23,"Low difficulty share",null]}""",
        """{"id":18,"result":false,"error":{"code":21,"message":"Stale"}}""",
        """{"id":null,"method":"mining.set_difficulty","params":[0.0001]}""",
        """{"id":null,"method":"mining.set_version_mask","params":["00006000"]}""",
        """{"id":null,"method":"mining.set_extranonce","params":["1122",6]}""",
        """{"id":null,"method":"client.reconnect","params":["eu.pool.example",3334,5]}""",
        """{"id":null,"method":"client.show_message","params":["Maintenance at noon"]}""",
        """{"id":7,"method":"client.get_version","params":[]}""",
        """{"id":8,"method":"mining.ping","params":[]}""",
        PoolLines.Job(),
        PoolLines.Job("job2", previous: 2, clean: true),
    ];

    private static readonly string[] s_coins = [.. Coin.All.Keys.Order()];

    private readonly Random _random;
    private readonly TextMutator _poolLines;
    private readonly TextMutator _templates;
    private readonly ArrayBufferWriter<byte> _output = new();
    private PoolSession _session = null!;
    private PoolWork? _work;
    private TimeSpan _now;

    public UpstreamFuzzer(int seed)
    {
        _random = new Random(seed);
        _poolLines = new TextMutator(_random, s_lines);
        _templates = new TextMutator(_random, [GatewayVectors.Template]);
        Greet();
    }

    /// <summary>Inputs that a reader took for good.</summary>
    public long Understood { get; private set; }

    /// <summary>Takes inputs.</summary>
    /// <returns>The first that made something throw, and what; null where none did.</returns>
    public string? Run(long inputs)
    {
        for (long i = 0; i < inputs; i++)
        {
            bool isTemplate = _random.Next(TemplateShare) == 0;
            byte[] input = (isTemplate ? _templates : _poolLines).Next();
            try
            {
                Understood += (isTemplate ? TakeTemplate(input) : TakeLine(input)) ? 1 : 0;
            }
            catch (Exception e)
            {
                return $"input {i}: {e}\n{Encoding.UTF8.GetString(input)}";
            }
        }

        return null;
    }

    private bool TakeTemplate(byte[] input)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(input);
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            Coin coin = Coin.Find(s_coins[_random.Next(s_coins.Length)]);
            if (!NodeTemplateReader.TryRead(document.RootElement, coin, out NodeTemplate? template, out string problem))
            {
                return problem.Length > 0 ? false : throw new InvalidOperationException("refused without a reason");
            }

            Use(template!.Template);
            return true;
        }
    }

    private bool TakeLine(byte[] input)
    {
        _now += TimeSpan.FromMilliseconds(_random.Next(300));
        _output.ResetWrittenCount();
        if (!StratumMessageReader.TryRead(input, out StratumMessage? message, out string problem))
        {
            return problem.Length > 0 ? false : throw new InvalidOperationException("refused without a reason");
        }

        PoolNews news = _session.Read(message!, _now, _output);
        if (news.Reconnect is { } reconnect)
        {
            PoolDomain.Follow(new Uri("stratum+tcp://pool.example:3333"), reconnect.Host, reconnect.Port);
        }

        if (news.Template is { } template)
        {
            _work = template.Pool;
            Use(template);
        }

        if (_work is not null)
        {
            _session.TrySubmit(new PoolShare(_work, new byte[_work.Coinbase.ExtranonceSize], 0, 0, 0), _now, _output);
        }

        bool ended = news.Problem is not null || news.Reconnect is not null
            || _session.Tick(_now, _output) is not null || _random.Next(500) == 0;
        if (ended)
        {
            Greet();
        }

        return true;
    }

    private void Use(BlockTemplate template)
    {
        if (_random.Next(JobShare) == 0)
        {
            Job job = new(1, template, clean: true, startPrefix: 0, new JobOptions());
            job.TryGrant(0, 1, out _);
        }
    }

    /// <summary>A new connection that has got as far as chance wants.</summary>
    private void Greet()
    {
        _session?.Close();
        PoolOptions options = new() { Url = new Uri("stratum+tcp://pool.example:3333"), User = "me" };
        _session = new PoolSession(options, _session?.Lease, () => _random.NextInt64());
        _work = null;
        _session.Begin(_now, _output);
        foreach (int line in (ReadOnlySpan<int>)[0, 1, 3, 16])
        {
            if (_random.Next(8) > 0)
            {
                StratumMessageReader.TryRead(Encoding.UTF8.GetBytes(s_lines[line]), out StratumMessage? message, out _);
                _session.Read(message!, _now, _output);
            }
        }
    }
}

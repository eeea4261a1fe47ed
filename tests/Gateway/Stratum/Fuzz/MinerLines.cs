using System.Globalization;
using System.Text;

namespace MicroFirmware.Gateway.Tests.Stratum.Fuzz;

/// <summary>Lines as miners send them, right, nearly right or noise, from a seed.</summary>
internal sealed class MinerLines(int seed)
{
    private static readonly string[] s_methods =
    [
        "mining.submit", "mining.submit", "mining.submit", "mining.subscribe", "mining.authorize", "mining.configure",
        "mining.suggest_difficulty", "mining.extranonce.subscribe", "mining.ping", "mining.get_transactions", "",
    ];

    private static readonly string[] s_users = ["a.1", "a.2", "b", "a.1.2", "x y", "", "é", new('u', 300)];

    private static readonly string[] s_odd =
    [
        "null", "true", "{}", "[]", "0", "-1", "1e999", "0.0000001", "18446744073709551616", "\"\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"zz\"", "\"0\"", "\"00000000000000000000000000000000000000\"", "[[[[[[[[[[1]]]]]]]]]]",
        "{\"version-rolling.mask\":\"1fffe000\"}", "[\"version-rolling\",\"minimum-difficulty\"]",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The id of a job that the server has given; empty for none.</summary>
    public string Job { get; set; } = "";

    /// <summary>A subscribe and an authorize that are right.</summary>
    public string Greeting() => """{"id":1,"method":"mining.subscribe","params":["fuzz"]}""" + "\n"
        + $$"""{"id":2,"method":"mining.authorize","params":["a.{{_random.Next(1, 3)}}","x"]}""" + "\n";

    /// <summary>One line with its end, or a piece of one, or several.</summary>
    public byte[] Next()
    {
        byte[] octets = Encoding.UTF8.GetBytes(Request() + (_random.Next(50) == 0 ? "\r\n" : "\n"));
        switch (_random.Next(20))
        {
            case 0:
                octets[_random.Next(octets.Length)] = (byte)_random.Next(256);
                return octets;
            case 1:
                return octets[.._random.Next(octets.Length)];
            case 2:
                int from = _random.Next(octets.Length);
                return [.. octets[..from], .. octets[_random.Next(octets.Length)..]];
            case 3 when _random.Next(20) == 0:
                byte[] noise = new byte[_random.Next(6_000)];
                _random.NextBytes(noise);
                return noise;
            default:
                return octets;
        }
    }

    private string Request()
    {
        string method = Pick(s_methods);
        string parameters = string.Join(_random.Next(9) == 0 ? " , " : ",",
            Enumerable.Range(0, Count(method)).Select(i => Parameter(method, i)));
        string id = _random.Next(12) == 0 ? Pick(s_odd) : _random.Next(1_000).ToString(CultureInfo.InvariantCulture);
        return _random.Next(3) == 0
            ? $$"""{"params": [{{parameters}}], "id": {{id}}, "method": "{{method}}"}"""
            : $$"""{"id":{{id}},"method":"{{method}}","params":[{{parameters}}]}""";
    }

    private int Count(string method) => _random.Next(15) == 0
        ? _random.Next(9)
        : method == "mining.submit" ? 5 + _random.Next(2) : 2;

    private string Parameter(string method, int index)
    {
        if (_random.Next(25) == 0)
        {
            return Pick(s_odd);
        }

        return (method, index) switch
        {
            ("mining.submit" or "mining.authorize", 0) => $"\"{(_random.Next(4) == 0 ? Pick(s_users) : "a.1")}\"",
            ("mining.submit", 1) => $"\"{(_random.Next(8) == 0 ? Digits(18) : Job)}\"",
            ("mining.submit", 2) => $"\"{Digits(_random.Next(12) == 0 ? _random.Next(40) : 8)}\"",
            ("mining.submit", 3) => _random.Next(6) == 0 ? $"\"{Digits(8)}\"" : "\"6b49d200\"",
            ("mining.submit", 5) => $"\"{(_random.Next(3) == 0 ? Digits(8) : "00000000")}\"",
            ("mining.submit", _) => $"\"{Digits(_random.Next(9) == 0 ? _random.Next(10) : 8)}\"",
            ("mining.suggest_difficulty", _) =>
                Math.Pow(10, _random.Next(4) == 0 ? _random.Next(-300, 300) : _random.Next(-12, 4))
                    .ToString("R", CultureInfo.InvariantCulture),
            ("mining.configure", 0) => "[\"version-rolling\"]",
            ("mining.configure", _) => $"{{\"version-rolling.mask\":\"{Digits(8)}\"}}",
            _ => $"\"{Digits(6)}\"",
        };
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count)
        .Select(_ => "0123456789abcdefABCDEF"[_random.Next(22)]));

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Ledger.Earnings;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Micro.Money;
using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro;

/// <summary><c>micro earnings</c>: what a board earns a day and what its electricity costs. It asks nobody on the
/// internet; every number says where it is from.</summary>
internal static class EarningsCommand
{
    private const decimal AssumedRate = 350_000;
    private const decimal AssumedDifficulty = 150_000_000_000_000;
    private const decimal AssumedWatts = 0.8m;
    private const decimal Subsidy = 3.125m;
    private const long MsatPerBitcoin = 100_000_000_000;
    private const string Given = "as given";

    private static readonly Option<double?> s_rate = HashRateOption.Create(
        "--rate", "-r", "What the board proves, such as 350k. Default 350k: an ESP32 with the native scanner.");

    private static readonly Option<decimal?> s_difficulty = DecimalOption.Create("--difficulty", "number",
        "The chain's difficulty, as explorers show it. Default 150 T, or what --gateway works on.", mayBeZero: false);

    private static readonly Option<decimal?> s_reward = DecimalOption.Create("--reward", "bitcoin",
        "What a block pays. Default 3.125, the subsidy since block 840,000, without fees; or what --gateway works on.",
        mayBeZero: true);

    private static readonly Option<decimal?> s_watts = DecimalOption.Create("--watts", "number",
        "What the board draws at the socket. Default 0.8; measure yours.", mayBeZero: true);

    private static readonly Option<decimal?> s_kilowattHour = DecimalOption.Create("--kwh", "price",
        "What a kilowatt-hour costs, such as 0.30. Left out: energy is shown, not its cost.", mayBeZero: true);

    private static readonly Option<decimal?> s_bitcoin = DecimalOption.Create("--price", "price",
        "What a bitcoin costs, in the currency of --kwh. Left out: the two are not compared.", mayBeZero: false);

    private static readonly Option<string> s_currency = new("--currency")
    {
        Description = "What both prices are in.",
        HelpName = "name",
        DefaultValueFactory = _ => "EUR",
    };

    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("earnings",
            "Reckons what a board earns a day on average, and what its electricity costs, exactly.",
            new CommandExample("earnings --rate 350k --kwh 0.30 --price 90000", "an ESP32 at a difficulty of 150 T"),
            new CommandExample("earnings --gateway 192.168.1.20", "at what this gateway works on, or its own tariff"))
        {
            s_rate, s_difficulty, s_reward, s_watts, s_kilowattHour, s_bitcoin, s_currency, s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        EarningsSources sources = new();
        decimal rate = sources.Take("hash rate", "H/s", (decimal?)parsed.GetValue(s_rate), Given, AssumedRate,
            "assumed: an ESP32 with the native scanner");
        WorkPrice price = parsed.GetValue(s_gateway) is { } gateway
            ? await PriceOfAsync(gateway, parsed, sources, stop)
            : PriceOf(parsed, sources);
        decimal watts = sources.Take(
            "power", "W", parsed.GetValue(s_watts), Given, AssumedWatts, "assumed; measure yours at the socket");
        (decimal? hour, decimal? bitcoin) = (parsed.GetValue(s_kilowattHour), parsed.GetValue(s_bitcoin));
        string currency = parsed.GetValue(s_currency)!;
        sources.Note("electricity", hour, $"{currency}/kWh", "not given (--kwh)");
        sources.Note("bitcoin", bitcoin, currency, "not given (--price)");
        sources.Print(terminal.Output);
        Print(BoardDay.Of(new BoardTerms(rate, price, watts, hour, bitcoin)), currency, terminal.Output);
        return (int)ExitCode.Success;
    }

    private static WorkPrice PriceOf(ParseResult parsed, EarningsSources sources)
    {
        decimal difficulty = sources.Take("difficulty", "", parsed.GetValue(s_difficulty), Given, AssumedDifficulty,
            "assumed; look up today's and give --difficulty");
        decimal reward = sources.Take("reward", "BTC a block", parsed.GetValue(s_reward), Given, Subsidy,
            "the subsidy from block 840,000 to 1,049,999, without fees");
        return WorkPrice.OfBlock(MsatOf(reward), WorkPrice.WorkOf(difficulty));
    }

    private static async Task<WorkPrice> PriceOfAsync(
        string gateway, ParseResult parsed, EarningsSources sources, CancellationToken stop)
    {
        using OwnerClient owner = await OwnerClient.ConnectAsync(
            OwnerOptions.Read(gateway, parsed.GetValue(s_plain)), parsed.GetValue(s_token), stop);
        JsonElement tariff = await owner.GetAsync("/v1/tariff", stop);
        if (tariff.GetProperty("picoMsat").GetString() is { } pico)
        {
            sources.Say("tariff", $"{pico} pico-msat per 2^32 hashes", $"what {gateway} pays");
            return WorkPrice.Of(new Tariff(UInt128.Parse(pico, CultureInfo.InvariantCulture)));
        }

        string? reward = tariff.GetProperty("blockRewardMsat").GetString();
        string? work = tariff.GetProperty("blockWork").GetString();
        if (reward is null || work is null)
        {
            throw new CommandFailure(ExitCode.Unreachable, "the gateway has no work, so it knows no difficulty",
                "look at its upstreams, or leave --gateway out and give --difficulty");
        }

        sources.Say("block", $"{work} hashes for {reward} msat", $"what {gateway} works on, fees included");
        return WorkPrice.OfBlock(
            long.Parse(reward, CultureInfo.InvariantCulture), UInt128.Parse(work, CultureInfo.InvariantCulture));
    }

    private static long MsatOf(decimal bitcoin) => bitcoin <= long.MaxValue / MsatPerBitcoin
        ? (long)(bitcoin * MsatPerBitcoin)
        : throw new CommandFailure(
            ExitCode.Usage, "no block pays that much", "write --reward in bitcoin, such as 3.125");

    private static void Print(BoardDay day, string currency, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"earned a day   {PicoText.Of(day.EarnedPicoMsat)} msat on average, before any fee");
        output.WriteLine(day.DaysPerSatoshi is { } days
            ? $"one satoshi    every {days.ToString("N0", CultureInfo.InvariantCulture)} days"
            : "one satoshi    never");
        output.WriteLine($"energy a day   {PicoText.Of(day.MilliwattHours, 3)} Wh");
        if (day.CostPico is { } cost)
        {
            output.WriteLine($"cost a day     {PicoText.Of(cost)} {currency}");
        }

        if (day.EarnedPico is { } worth)
        {
            output.WriteLine($"worth a day    {PicoText.Of(worth)} {currency}");
        }

        if (day.CostMsat is { } msat)
        {
            bool pays = msat * 1_000_000_000_000 <= day.EarnedPicoMsat;
            output.WriteLine($"electricity    costs {msat} msat a day: "
                + (pays ? "the board earns more than that." : "the board earns less than it costs."));
        }
    }
}

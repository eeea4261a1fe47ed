namespace MicroFirmware.Gateway.Configuration;

/// <summary>What electricity costs: nothing is measured, so the gateway reckons with what its owner says.</summary>
public sealed class EnergyOptions
{
    // An ESP32 with Wi-Fi that mines on both cores, at the socket.
    private const decimal DefaultBoardWatts = 0.8m;

    // A Raspberry Pi with little to do.
    private const decimal DefaultGatewayWatts = 3m;
    private const decimal MostWatts = 10_000;
    private const decimal MostPrice = 1_000_000_000;
    private const string DefaultCurrency = "EUR";
    private const int MostCurrencyLength = 8;

    /// <summary>Watts that one board draws from the wall, 0 to 10,000. Default 0.8.</summary>
    public decimal BoardWatts { get; set; } = DefaultBoardWatts;

    /// <summary>Watts that the gateway's machine draws, 0 to 10,000. Default 3.</summary>
    public decimal GatewayWatts { get; set; } = DefaultGatewayWatts;

    /// <summary>What a kilowatt-hour costs, 0 or more, in <see cref="Currency"/>. Default: not known.</summary>
    public decimal? KilowattHour { get; set; }

    /// <summary>What a bitcoin costs, above 0, in <see cref="Currency"/>; nobody is asked for it. Default: not known.
    /// </summary>
    public decimal? Bitcoin { get; set; }

    /// <summary>What the two are in, up to 8 letters. Default EUR.</summary>
    public string Currency { get; set; } = DefaultCurrency;

    internal void Check(string section, ConfigurationProblems problems)
    {
        problems.Range($"{section}:{nameof(BoardWatts)}", BoardWatts, 0, MostWatts);
        problems.Range($"{section}:{nameof(GatewayWatts)}", GatewayWatts, 0, MostWatts);
        problems.Range($"{section}:{nameof(KilowattHour)}", KilowattHour ?? 0, 0, MostPrice);
        problems.Range($"{section}:{nameof(Bitcoin)}", Bitcoin ?? 1, 0.00000001m, MostPrice);
        if (Currency.Length is 0 or > MostCurrencyLength || !Currency.All(char.IsLetter))
        {
            problems.Add($"{section}:{nameof(Currency)}", Currency,
                $"is not 1 to {MostCurrencyLength} letters; write for example EUR");
        }
    }
}

using System.Globalization;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Rewards;

namespace MicroFirmware.Gateway.Api;

/// <summary>What work is paid. Numbers that may have more than 53 bits are digits in text.</summary>
/// <param name="Rule">Who earns: <c>owner</c>, <c>solo</c>, <c>pplns</c>, <c>pps</c> or <c>tariff</c>.</param>
/// <param name="FeePpm">What the pool keeps of blocks and of PPS, in parts per million.</param>
/// <param name="PicoMsat">What 2^32 hashes are paid whether there are blocks or not, in 10^-12 msat; null where only
/// blocks pay.</param>
/// <param name="BlockRewardMsat">What the block that is worked on would pay; null without work.</param>
/// <param name="BlockWork">Expected hashes to solve it; null without work.</param>
internal sealed record TariffReport(
    string Rule, int FeePpm, string? PicoMsat, string? BlockRewardMsat, string? BlockWork)
{
    public static TariffReport Of(WorkTariff tariff, RewardOptions options) => new(
        options.Kind.ToString().ToLowerInvariant(),
        options.FeePpm,
        tariff.Current?.ToString(),
        tariff.BlockRewardMsat?.ToString(CultureInfo.InvariantCulture),
        tariff.BlockWork?.ToString(CultureInfo.InvariantCulture));
}

namespace MicroFirmware.Gateway.Configuration;

/// <summary>How credits are made; see <see cref="RewardOptions.Rule"/>.</summary>
internal enum RewardRule
{
    Owner,
    Solo,
    Pplns,
    Pps,
    Tariff,
}

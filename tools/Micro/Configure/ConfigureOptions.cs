using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro.Configure;

/// <summary>What a configuration is asked to do.</summary>
/// <param name="Gateway">The gateway to enrol at.</param>
/// <param name="Code">The owner token or a join code; null where the board is enrolled already.</param>
/// <param name="Settings">What the owner sets; <c>device</c> may be among it.</param>
/// <param name="IsKeyNew">Whether a board that has a key gets another.</param>
/// <param name="IsReplacing">Whether a board that the gateway knows by the same id is shut out.</param>
/// <param name="IsWaiting">Whether to wait until the board mines.</param>
internal sealed record ConfigureOptions(
    GatewayEndpoint Gateway,
    AccessCode? Code,
    BoardSettingList Settings,
    bool IsKeyNew,
    bool IsReplacing,
    bool IsWaiting);

namespace MicroFirmware.Lightning.Backends;

/// <summary>What became of a payment.</summary>
public enum PaymentState
{
    /// <summary>The payee has it: the preimage is known.</summary>
    Succeeded,

    /// <summary>The payee does not have it and will not get it.</summary>
    Failed,

    /// <summary>It may be under way, or may have arrived. Only time tells; nothing may be sent instead of it.</summary>
    Unknown,
}

namespace MicroFirmware.KernelForge.Programs;

/// <summary>What a wait is counted from.</summary>
internal enum Trigger
{
    /// <summary>START of the header's first 64 octets (classic).</summary>
    BlockOne,

    /// <summary>CONTINUE with the header's last 16 octets.</summary>
    BlockTwo,

    /// <summary>LOAD of the first digest (classic).</summary>
    LoadOne,

    /// <summary>START of the digest's block.</summary>
    DigestBlock,

    /// <summary>LOAD of the second digest (classic).</summary>
    LoadTwo,

    /// <summary>The read of the last digest word.</summary>
    DigestRead,
}

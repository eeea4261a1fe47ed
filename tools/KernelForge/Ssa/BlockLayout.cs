namespace MicroFirmware.KernelForge.Ssa;

/// <summary>Sizes within the parameter block.</summary>
internal static class BlockLayout
{
    /// <summary>
    /// Candidates that one call can note; each takes two words, passes left and index within the pass.
    /// </summary>
    public const int HitCapacity = 8;

    /// <summary>Words at the start that the loop writes back.</summary>
    public const int ControlWords = (int)BlockWord.Engine;

    /// <summary>Words of the block.</summary>
    public const int Words = (int)BlockWord.End;
}

namespace MicroFirmware.KernelForge.Ssa;

/// <summary>What goes into a round besides the state.</summary>
internal sealed record RoundWord
{
    /// <summary>Round constant, with whatever else is known.</summary>
    public uint Constant { get; init; }

    /// <summary>Summands of the schedule word.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>Schedule word whose σ1 is a summand.</summary>
    public Term? Sigma1Of { get; init; }

    /// <summary>Schedule word whose σ0 is a summand.</summary>
    public Term? Sigma0Of { get; init; }

    /// <summary>True when the schedule word itself is needed later.</summary>
    public bool IsKept { get; init; }

    /// <summary>A summand of the round that is not part of the schedule word.</summary>
    public Term? Extra { get; init; }

    /// <summary>True when <see cref="Extra"/> already contains h.</summary>
    public bool ReplacesH { get; init; }

    /// <summary>f ⊕ g, where it is known beforehand.</summary>
    public Term? FxorG { get; init; }

    /// <summary>False in the last rounds, of which only e is wanted.</summary>
    public bool WantsA { get; init; } = true;
}

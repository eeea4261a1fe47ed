namespace MicroFirmware.KernelForge.Ssa;

/// <summary>The eight working variables, and a ⊕ b of the round before, which is b ⊕ c of the next.</summary>
internal readonly record struct RoundState(
    Term A, Term B, Term C, Term D, Term E, Term F, Term G, Term H, Term? BxorC = null);

namespace MicroFirmware.KernelForge.Ssa;

/// <summary>
/// The words of a generated loop's parameter block, in their order: <c>struct mf_block</c> of
/// hardware/kernels/mf_block.h, which a test holds in step. The loop copies the block to its stack frame, where the
/// same order stands.
/// </summary>
internal enum BlockWord
{
    // Control: what the loop writes back.
    Passes,
    Nonce,
    SoftNonce,
    Found,
    Hits,

    // The engine's stream.
    Engine = Hits + 2 * BlockLayout.HitCapacity,
    State,
    Tail = State + 16,

    // The software stream: what does not depend on the nonce. The state after three rounds, and sums with it.
    A3 = Tail + 3,
    E3,
    A2,
    B2,
    C2,
    E2,
    F2,
    AxorB,
    ExorF,
    H4,
    H5,
    H6,

    // Schedule words, some with the round's constant.
    W16,
    W17,
    KW16,
    KW17,
    W18,
    W19,
    W31,
    W32,
    Midstate,
    End = Midstate + 8,
}

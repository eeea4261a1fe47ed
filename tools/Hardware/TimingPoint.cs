namespace MicroFirmware.Hardware;

/// <summary>One concrete choice of every timing figure, in CPU cycles; see <see cref="EngineTiming"/>.</summary>
/// <param name="WriteDrain">Cycles a posted write occupies the bus.</param>
/// <param name="Read">Cycles a read blocks the CPU once earlier writes have drained.</param>
/// <param name="Block">Cycles from a START or CONTINUE until the digest stands.</param>
/// <param name="Load">Cycles of a LOAD; zero on the memory engine.</param>
/// <param name="Latch">Cycles from a trigger until message word 0 was taken; word i is taken i cycles later.</param>
public readonly record struct TimingPoint(int WriteDrain, int Read, int Block, int Load, int Latch);

namespace MicroFirmware.Micro;

/// <summary>
/// An expected failure of a command: one sentence that says what is wrong, one that says what to do next.
/// </summary>
internal sealed class CommandFailure(ExitCode exitCode, string problem, string nextStep, Exception? cause = null)
    : Exception(problem, cause)
{
    /// <summary>What the process returns.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What the user can do about it, as a sentence or a command line.</summary>
    public string NextStep { get; } = nextStep;
}

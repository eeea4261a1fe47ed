namespace MicroFirmware.Bench;

/// <summary>One benchmark: a name on the command line, figures on standard output.</summary>
public interface IBench
{
    /// <summary>The name it is called by, lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>What the figures mean, in one line.</summary>
    string Description { get; }

    /// <summary>Runs it and prints what it does on the way; the figures it returns are printed last.</summary>
    /// <param name="args">The rest of the command line.</param>
    Task<IReadOnlyList<Figure>> RunAsync(string[] args);
}

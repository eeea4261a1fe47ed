using System.CommandLine;

namespace MicroFirmware.Micro;

/// <summary>A command that shows how it is used: <c>--help</c> ends with its examples.</summary>
internal sealed class ExampledCommand(string name, string description, params CommandExample[] examples)
    : Command(name, description)
{
    /// <summary>Complete command lines, the commonest first.</summary>
    public IReadOnlyList<CommandExample> Examples { get; } = examples;
}

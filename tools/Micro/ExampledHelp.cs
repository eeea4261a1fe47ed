using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MicroFirmware.Micro;

/// <summary>The library's help, followed by the command's examples.</summary>
internal sealed class ExampledHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        IReadOnlyList<CommandExample> examples = ((ExampledCommand)parseResult.CommandResult.Command).Examples;
        int width = examples.Max(example => example.CommandLine.Length) + 2;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (CommandExample example in examples)
        {
            output.WriteLine($"  micro {example.CommandLine.PadRight(width)}{example.Meaning}");
        }

        return exitCode;
    }
}

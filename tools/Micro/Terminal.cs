using Spectre.Console;

namespace MicroFirmware.Micro;

/// <summary>Where a command writes, and whether a person is likely to watch.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Problems and their next steps.</param>
/// <param name="IsInteractive">A terminal that redraws: neither redirected, nor CI, nor <c>TERM=dumb</c>.</param>
/// <param name="HasColor">Colour is welcome: interactive, and <c>NO_COLOR</c> (no-color.org) is not set.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, bool HasColor)
{
    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess()
    {
        bool interactive = !Console.IsOutputRedirected && !IsSet("CI") && !IsSet("MICRO_PLAIN")
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Terminal(Console.Out, Console.Error, interactive, interactive && !IsSet("NO_COLOR"));
    }

    /// <summary>A Spectre console on <see cref="Output"/> with the same abilities.</summary>
    public IAnsiConsole CreateConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Output),
        Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
    });

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MicroFirmware.Style.Tests.Nano;

/// <summary>An assembly for the chip is smaller than the compiler's, fits the board, and runs the same code.</summary>
public class TrimTests
{
    /// <summary>What the application may weigh to share a board of 4 MB with the class libraries.</summary>
    private const int ApplicationMax = 160 * 1024;

    public static TheoryData<string> Assemblies => ChipAssemblyTests.Assemblies;

    public static TheoryData<string> Applications =>
        [.. ChipAssemblies.Own.Where(p => p.EndsWith("MicroFirmware.Device.exe", StringComparison.Ordinal))
            .Append(ChipAssemblies.DeviceWithNative).Select(p => Path.GetRelativePath(Repository.Root, p))];

    [Theory]
    [MemberData(nameof(Applications))]
    public void Application_with_its_assemblies_fits_the_board(string path)
    {
        DirectoryInfo folder = new(Path.GetDirectoryName(Repository.Absolute(path))!);

        FileInfo[] parts = [.. folder.EnumerateFiles("*.dll"), .. folder.EnumerateFiles("*.exe")];

        Assert.True(parts.Length >= 5, folder.FullName);
        Assert.InRange(parts.Sum(p => p.Length), 1, ApplicationMax - 1);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_that_is_trimmed_runs_what_the_compiler_wrote(string path)
    {
        string original = Compiled(path);
        using AssemblyDefinition compiled = ChipAssemblies.Read(original);
        using AssemblyDefinition trimmed = ChipAssemblies.Read(Repository.Absolute(path));

        Assert.Equal(Code(compiled), Code(trimmed));
        Assert.Equal(Data(compiled), Data(trimmed));
        Assert.Equal(Attributes(compiled), Attributes(trimmed));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_that_is_trimmed_holds_nothing_for_compilers(string path)
    {
        using AssemblyDefinition trimmed = ChipAssemblies.Read(Repository.Absolute(path));

        TypeDefinition[] types = [.. trimmed.MainModule.GetTypes()];

        Assert.Empty(types.SelectMany(t => t.Properties));
        Assert.Empty(types.SelectMany(t => t.Events));
        Assert.DoesNotContain(types.SelectMany(t => t.Fields), f => f.IsLiteral);
        Assert.All(types.SelectMany(t => t.Methods).SelectMany(m => m.Parameters), p => Assert.Empty(p.Name));
    }

    /// <summary>The compiler's own output lies in obj where the trimmed one lies in bin.</summary>
    private static string Compiled(string path)
    {
        string[] parts = path.Split(Path.DirectorySeparatorChar);
        parts[Array.IndexOf(parts, "bin")] = "obj";
        return Repository.Absolute(Path.Combine(parts));
    }

    /// <summary>Every method in the order of the table, which native calls count by, with every instruction.</summary>
    private static IEnumerable<string> Code(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().SelectMany(t => t.Methods).SelectMany(m =>
            new[] { $"{m.MetadataToken} {m.FullName} {m.Attributes} {m.ImplAttributes}" }
                .Concat(m.HasBody ? Body(m) : []));

    private static IEnumerable<string> Body(MethodDefinition method) =>
        method.Body.Variables.Select(v => v.VariableType.FullName)
            .Append($"stack {method.Body.MaxStackSize}, locals cleared {method.Body.InitLocals}")
            .Concat(method.Body.Instructions.Select(Text))
            .Concat(method.Body.ExceptionHandlers.Select(h => $"{h.HandlerType} {h.CatchType} {h.TryStart.Offset}-"
                + $"{h.TryEnd.Offset} {h.HandlerStart.Offset}-{h.HandlerEnd?.Offset}"));

    /// <summary>An argument is named by its number: the name is what is trimmed.</summary>
    private static string Text(Instruction instruction) => instruction.Operand is ParameterDefinition argument
        ? $"{instruction.OpCode} {argument.Sequence}"
        : instruction.ToString();

    /// <summary>Every field that the chip stores, with what it begins as.</summary>
    private static IEnumerable<string> Data(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().SelectMany(t => t.Fields).Where(f => !f.IsLiteral)
            .Select(f => $"{f.FullName} {f.Attributes} {Convert.ToHexString(f.InitialValue)}");

    private static IEnumerable<string> Attributes(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().SelectMany(t => t.CustomAttributes
                .Concat(t.Methods.SelectMany(m => m.CustomAttributes)))
            .Concat(assembly.CustomAttributes)
            .Select(a => $"{a.Constructor.FullName} {Convert.ToHexString(a.GetBlob())}");
}

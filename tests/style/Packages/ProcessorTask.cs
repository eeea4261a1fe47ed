using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MicroFirmware.Style.Tests.Packages;

/// <summary>
/// Stands in for the metadata processor's MSBuild task: the parameters that the build gives the real one, and a .pe
/// that is the text <c>[assembly]</c>.
/// </summary>
internal static class ProcessorTask
{
    private const string Source = """
        using System.IO;
        using Microsoft.Build.Framework;

        namespace nanoFramework.Tools.MetadataProcessor.MsBuildTask
        {
            public class MetaDataProcessorTask : Microsoft.Build.Utilities.Task
            {
                public ITaskItem[] LoadHints { get; set; }
                public string Parse { get; set; }
                public string Compile { get; set; }
                public bool IsCoreLibrary { get; set; }

                public override bool Execute()
                {
                    File.WriteAllText(Compile, "[" + Path.GetFileNameWithoutExtension(Parse) + "]");
                    File.WriteAllText(Path.ChangeExtension(Compile, ".pdbx"), LoadHints.Length.ToString());
                    return true;
                }
            }
        }
        """;

    /// <summary>The task's assembly, compiled against the MSBuild that built these tests.</summary>
    public static byte[] Compile()
    {
        string tools = typeof(ProcessorTask).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "MSBuildToolsPath").Value!;
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string[] references = [.. platform.Split(Path.PathSeparator),
            Path.Combine(tools, "Microsoft.Build.Framework.dll"),
            Path.Combine(tools, "Microsoft.Build.Utilities.Core.dll")];
        CSharpCompilation compilation = CSharpCompilation.Create(
            PackageFeed.Processor,
            [CSharpSyntaxTree.ParseText(Source)],
            references.Where(File.Exists).DistinctBy(Path.GetFileName).Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }
}

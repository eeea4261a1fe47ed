using System.Reflection;

namespace MicroFirmware.Style.Tests;

/// <summary>The working tree the tests were built from: its root, its files, its build outputs.</summary>
internal static class Repository
{
    private static readonly string[] s_skippedFolders =
        ["bin", "obj", ".git", "node_modules", "TestResults", ".vs", ".idea", ".vscode", "data"];

    /// <summary>Absolute path of the folder that holds MicroFirmware.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration (Debug, Release) of these tests, and with them of all outputs they read.</summary>
    public static string Configuration { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;

    /// <summary>Paths from the root, with slashes, of all files below a folder that are not build outputs.</summary>
    public static IEnumerable<string> Files(string folder = "")
    {
        string path = Path.Combine(Root, folder);
        foreach (string file in Directory.EnumerateFiles(path).Order())
        {
            yield return Relative(file);
        }

        foreach (string child in Directory.EnumerateDirectories(path).Order())
        {
            if (!s_skippedFolders.Contains(Path.GetFileName(child)))
            {
                foreach (string file in Files(Relative(child)))
                {
                    yield return file;
                }
            }
        }
    }

    /// <summary>Names of what lies directly in the root, build outputs and editors' folders apart.</summary>
    public static IEnumerable<string> TopLevel() =>
        Directory.EnumerateFileSystemEntries(Root).Select(e => Path.GetFileName(e)).Except(s_skippedFolders).Order();

    public static string Absolute(string relative) => Path.Combine(Root, relative);

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No MicroFirmware.sln above {AppContext.BaseDirectory}.");
    }
}

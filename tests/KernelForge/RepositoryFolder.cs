namespace MicroFirmware.KernelForge.Tests;

/// <summary>Where the checkout is that the tests were built from.</summary>
internal static class RepositoryFolder
{
    private static readonly string s_root = Find();

    public static string Of(params string[] parts) => Path.Combine([s_root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

using MicroFirmware.Signing;

namespace MicroFirmware.Micro.Updates;

/// <summary>Packages and their parts as files, with failures that say what to do.</summary>
internal static class UpdateFiles
{
    /// <summary>Makes a signed package.</summary>
    /// <exception cref="CommandFailure">A part is out of its range, or the key cannot sign.</exception>
    public static byte[] Pack(
        UpdateKeyFile file, uint release, string version, string target, IReadOnlyList<byte[]> assemblies)
    {
        using IDisposable held = file.Lock();
        UpdateKey key = file.Open();
        try
        {
            return UpdatePackage.Make(key, file.Store, release, version, target, assemblies);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure(ExitCode.Usage, e.Message, "micro update pack --help", e);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailure(ExitCode.Configuration, e.Message,
                "make another with micro update key, and give it to the boards with micro configure", e);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{path} cannot be read: {e.Message}",
                "dotnet build firmware/Device -p:NanoPackages=true makes .pe files, micro update pack a package", e);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        try
        {
            File.WriteAllBytes(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"{path} cannot be written: {e.Message}", "name another file with --output", e);
        }
    }
}

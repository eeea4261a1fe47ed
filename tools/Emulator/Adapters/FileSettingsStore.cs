using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The internal drive of a virtual board as a folder: the board keeps its counters between runs.</summary>
public sealed class FileSettingsStore : ISettingsStore
{
    private readonly string _folder;

    /// <summary>Uses a folder, made if it does not exist.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public FileSettingsStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(PathOf(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Write(string name, byte[] content)
    {
        try
        {
            File.WriteAllBytes(PathOf(name), content);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}

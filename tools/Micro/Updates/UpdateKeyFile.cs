using System.Text;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Signing;

namespace MicroFirmware.Micro.Updates;

/// <summary>The file of an update key: its owner's alone, and rewritten before each signature.</summary>
internal sealed class UpdateKeyFile(string path)
{
    /// <summary>Opens the key, or makes one.</summary>
    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public UpdateKey OpenOrCreate()
    {
        if (File.Exists(path))
        {
            return Open();
        }

        UpdateKey key = UpdateKey.Create();
        Store(key.ToText());
        return key;
    }

    /// <summary>Opens the key.</summary>
    /// <exception cref="CommandFailure">There is none, or it cannot be used.</exception>
    public UpdateKey Open()
    {
        try
        {
            return UpdateKey.Parse(File.ReadAllText(path));
        }
        catch (FileNotFoundException e)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"there is no {path}", $"micro update key --key {path} makes it", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{path} cannot be used: {e.Message}",
                "name another file with --key; never an old copy of this one", e);
        }
    }

    /// <summary>Stores the key; on the disk when it returns.</summary>
    /// <exception cref="CommandFailure">The disk does not take it, so nothing may be signed.</exception>
    public void Store(string text)
    {
        try
        {
            OwnerFile.Write(path, Encoding.ASCII.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"{path} cannot be written: {e.Message}", "name another file with --key", e);
        }
    }

    /// <summary>Keeps every other process from signing with the key meanwhile.</summary>
    /// <exception cref="CommandFailure">Another one signs at the moment.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"{path} is in use: {e.Message}", "let the other one finish, and try again", e);
        }
    }
}

using System.Diagnostics;

namespace MicroFirmware.Mqtt.Tests.Storage;

/// <summary>A file system of its own, so small that a test can fill it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int SizeKiB = 2_048;

    /// <summary>Why there can be none; null where there can. Only root may mount, and not in every container.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    public SmallDisk()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("small-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={SizeKiB}k", "tmpfs", Directory) is { } error)
        {
            System.IO.Directory.Delete(Directory);
            throw new IOException(error);
        }
    }

    public string Directory { get; }

    private string Ballast => File("ballast");

    public string File(string name) => Path.Combine(Directory, name);

    /// <summary>Takes all the room there is, to the last page.</summary>
    public void Fill()
    {
        using FileStream file = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4_096];
        try
        {
            for (int i = 0; i <= SizeKiB; i++)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            return;
        }

        throw new InvalidOperationException("It takes more than it is large.");
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => System.IO.File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "-l", Directory);
        System.IO.Directory.Delete(Directory);
    }

    private static string? FindObstacle()
    {
        try
        {
            using var disk = new SmallDisk();
            return null;
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            return $"a file system cannot be mounted here: {e.Message.Trim()}";
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error;
    }
}

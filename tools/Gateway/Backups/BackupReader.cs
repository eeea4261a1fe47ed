using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Backups;

/// <summary>
/// Puts a backup into an empty directory, all of it or nothing. Every digest is checked, every database read through,
/// brought to today's layout, the ledger proven, and what went on since is corrected (<see cref="RestoredState"/>).
/// Until the last of that, a mark in the directory keeps gateways from using it, also after a loss of power.
/// </summary>
public static class BackupReader
{
    private const int MaxManifestOctets = 16 << 20;

    /// <summary>Restores a backup; when it returns, a gateway may start.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="directory">The data directory to be; made when missing.</param>
    /// <param name="time">Says when the restore was.</param>
    /// <exception cref="IOException">The directory is not empty, or the disk does not take it.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged, or a newer program made it.</exception>
    /// <exception cref="StorageException">A gateway has the directory, or a database is damaged.</exception>
    /// <exception cref="LedgerDamagedException">The ledger contradicts itself.</exception>
    public static BackupReport Restore(string path, string directory, TimeProvider time)
    {
        using FileStream backup = File.OpenRead(path);
        using DataDirectory held = new(new StorageOptions { DataDirectory = directory }, isRestore: true);
        RefuseUnlessEmpty(directory);
        string mark = Path.Combine(directory, StoredFiles.UnfinishedRestore);
        OwnerFile.Write(mark, "Restoring; whatever is in this folder is not complete.\n"u8);
        try
        {
            BackupManifest manifest = Extract(backup, directory);
            Prove(directory);
            Correct(directory, manifest.Taken, time.GetUtcNow());
            PayoutHold.Make(directory);
            Flush(directory);
            File.Delete(mark);
            return new BackupReport(manifest.Taken, manifest.Files.Count, manifest.Files.Sum(file => file.Length));
        }
        catch
        {
            Clear(directory);
            throw;
        }
    }

    private static void RefuseUnlessEmpty(string directory)
    {
        if (File.Exists(Path.Combine(directory, StoredFiles.UnfinishedRestore)))
        {
            Clear(directory);
        }

        if (Others(directory).FirstOrDefault() is { } first)
        {
            throw new IOException($"{directory} is not empty, it has {Path.GetFileName(first)}; nothing was changed.");
        }
    }

    private static BackupManifest Extract(Stream backup, string directory)
    {
        List<BackupManifest.File> found = [];
        try
        {
            using GZipStream packed = new(backup, CompressionMode.Decompress);
            using TarReader tar = new(packed);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.Name == BackupManifest.EntryName)
                {
                    return Check(ManifestOf(entry), found);
                }

                found.Add(ExtractFile(entry, directory));
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"The backup is cut off or no backup at all: {e.Message}", e);
        }

        throw new InvalidDataException($"The backup has no {BackupManifest.EntryName}: it is cut off.");
    }

    private static BackupManifest ManifestOf(TarEntry entry)
    {
        if (entry.Length > MaxManifestOctets || entry.DataStream is null)
        {
            throw new InvalidDataException($"The backup's {BackupManifest.EntryName} is no manifest.");
        }

        byte[] json = new byte[entry.Length];
        entry.DataStream.ReadExactly(json);
        return BackupManifest.Parse(json);
    }

    private static BackupManifest Check(BackupManifest manifest, List<BackupManifest.File> found)
    {
        foreach ((BackupManifest.File wanted, BackupManifest.File? file) in manifest.Files.Select(
            wanted => (wanted, found.Find(file => file.Name == wanted.Name))))
        {
            if (file != wanted)
            {
                throw new InvalidDataException(
                    $"The backup's {wanted.Name} {(file is null ? "is missing" : "is not what was saved")}.");
            }
        }

        return found.Count == manifest.Files.Count
            ? manifest
            : throw new InvalidDataException("The backup holds files that were not saved with it.");
    }

    private static BackupManifest.File ExtractFile(TarEntry entry, string directory)
    {
        string root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine(directory, entry.Name));
        if (entry.EntryType != TarEntryType.RegularFile || !path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The backup's entry '{entry.Name}' is no file of a data directory.");
        }

        OwnerFile.CreateFolder(Path.GetDirectoryName(path)!);
        OwnerFile.Write(path, []);
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        entry.DataStream?.CopyTo(file);
        file.Position = 0;
        return new BackupManifest.File(entry.Name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private static void Prove(string directory)
    {
        foreach (string name in StoredFiles.DatabasesOf(directory))
        {
            using Database database = Database.Open(Path.Combine(directory, name));
            if (database.Scalar("SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'") > 0)
            {
                throw new InvalidDataException($"The backup's {name} was damaged when it was saved.");
            }
        }

        string ledger = Path.Combine(directory, StoredFiles.Ledger);
        if (File.Exists(ledger))
        {
            using ILedgerStore book = SqliteLedgerStore.Open(ledger);
            BookCheck.Verify(book);
        }
    }

    private static void Correct(string directory, DateTimeOffset taken, DateTimeOffset now)
    {
        using Database store = Database.Open(Path.Combine(directory, StoredFiles.ShareStore));
        Schema.Prepare(store);
        RestoredState.Correct(store, now);
        string events = Path.Combine(directory, StoredFiles.Events);
        if (File.Exists(events))
        {
            RestoredState.CorrectEvents(events, taken, now);
        }
    }

    /// <summary>Everything on the disk before the mark goes: a gateway must not start on half of it.</summary>
    private static void Flush(string directory)
    {
        foreach (string path in Others(directory).Where(File.Exists))
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Takes back what was restored, and the mark last.</summary>
    private static void Clear(string directory)
    {
        foreach (string path in Others(directory))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        File.Delete(Path.Combine(directory, StoredFiles.UnfinishedRestore));
    }

    private static string[] Others(string directory) =>
    [
        .. Directory.GetFileSystemEntries(directory).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)
            && Path.GetFileName(path) != StoredFiles.UnfinishedRestore),
    ];
}

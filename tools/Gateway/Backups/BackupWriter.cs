using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Backups;

/// <summary>
/// Copies a data directory into one file while its gateway runs. Every database in it is copied as of one common
/// moment (<see cref="DatabaseCut"/>), so the ledger has booked nothing that the share store does not hold; other files
/// are copied after that moment, each whole. The result is a gzipped tar with every octet's digest, readable by its
/// owner only: it holds every key of the gateway.
/// </summary>
public static class BackupWriter
{
    // While every disk of the house is busy; a commit takes milliseconds.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a backup; when it returns, the file is complete and on the disk.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="path">The file to be; nothing is there yet.</param>
    /// <param name="program">This program's version, for the record.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The file is there already, or the disk does not take it.</exception>
    /// <exception cref="InvalidDataException">The directory is none of a gateway.</exception>
    /// <exception cref="StorageException">A database cannot be read.</exception>
    public static BackupReport Write(string directory, string path, string program, TimeProvider time)
    {
        if (!File.Exists(Path.Combine(directory, StoredFiles.ShareStore)))
        {
            throw new InvalidDataException($"{directory} has no {StoredFiles.ShareStore}: it is no data directory.");
        }

        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already; nothing was changed.");
        }

        string partial = path + ".partial";
        string work = path + ".work";
        try
        {
            Trust.OwnerFile.CreateFolder(work);
            BackupReport report = Write(directory, partial, work, program, time);
            File.Move(partial, path);
            return report;
        }
        finally
        {
            File.Delete(partial);
            Directory.Delete(work, recursive: true);
        }
    }

    private static BackupReport Write(
        string directory, string partial, string work, string program, TimeProvider time)
    {
        string[] databases = [.. StoredFiles.DatabasesOf(directory)];
        using DatabaseCut cut = DatabaseCut.Take([.. databases.Select(Full)], s_patience, time);
        DateTimeOffset taken = time.GetUtcNow();
        using FileStream file = Create(partial);
        List<BackupManifest.File> files = [];
        using (GZipStream packed = new(file, CompressionLevel.Fastest, leaveOpen: true))
        using (TarWriter tar = new(packed, TarEntryFormat.Pax))
        {
            foreach (string name in databases)
            {
                string copy = Path.Combine(work, "copy.db");
                cut.CopyTo(Full(name), copy);
                using (FileStream content = File.OpenRead(copy))
                {
                    files.Add(Add(tar, name, content, taken));
                }

                File.Delete(copy);
            }

            foreach (string name in StoredFiles.OthersOf(directory))
            {
                // Shared with whoever appends to it: what is half written at its end is cut off by its reader.
                using FileStream content = new(
                    Full(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using MemoryStream whole = new();
                content.CopyTo(whole);
                whole.Position = 0;
                files.Add(Add(tar, name, whole, taken));
            }

            BackupManifest manifest = new(
                BackupManifest.CurrentFormat, taken.ToUnixTimeMilliseconds(), program, files);
            Add(tar, BackupManifest.EntryName, new MemoryStream(manifest.ToJson()), taken);
        }

        file.Flush(flushToDisk: true);
        return new BackupReport(taken, files.Count, files.Sum(entry => entry.Length));

        string Full(string name) => Path.Combine(directory, name);
    }

    private static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private static BackupManifest.File Add(TarWriter tar, string name, Stream content, DateTimeOffset taken)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            Mode = OwnerOnly,
            ModificationTime = taken,
            DataStream = content,
        });
        return new BackupManifest.File(name, content.Length, digest);
    }
}

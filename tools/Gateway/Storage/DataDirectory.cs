using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Storage;
using SQLitePCL;

namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// The gateway's directory, held for one gateway alone: two that counted devices and shares in one file would undo each
/// other's work. The system lets go of it when the process ends, however that happens.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    // Shares are clustered by device, so a commit touches a page a device: small pages make it a third cheaper.
    private const int PageSizeOctets = 1024;

    private readonly StorageOptions _options;
    private readonly FileStream _lock;

    /// <summary>Takes the directory, making it where it is missing.</summary>
    /// <exception cref="StorageException">It cannot be made or written to, another gateway has it, or a restore into
    /// it was cut off.</exception>
    public DataDirectory(StorageOptions options)
        : this(options, isRestore: false)
    {
    }

    /// <summary>Takes the directory, for a gateway or to restore it.</summary>
    internal DataDirectory(StorageOptions options, bool isRestore)
    {
        _options = options;
        string path = System.IO.Path.Combine(options.DataDirectory, "gateway.lock");
        try
        {
            // Boards' keys are in the database.
            OwnerFile.CreateFolder(options.DataDirectory);
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new StorageException(raw.SQLITE_BUSY, $"Storage:DataDirectory: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(raw.SQLITE_CANTOPEN, $"Storage:DataDirectory: {e.Message}");
        }

        if (!isRestore && File.Exists(System.IO.Path.Combine(options.DataDirectory, StoredFiles.UnfinishedRestore)))
        {
            _lock.Dispose();
            throw new StorageException(raw.SQLITE_CANTOPEN, "Storage:DataDirectory: a restore into "
                + $"{options.DataDirectory} was cut off; run it again: micro restore");
        }
    }

    /// <summary>The directory.</summary>
    public string Path => _options.DataDirectory;

    /// <summary>The file of kept MQTT sessions.</summary>
    public string SessionsPath => _options.SessionsPath;

    /// <summary>The file of the journal of events.</summary>
    public string EventsPath => _options.EventsPath;

    /// <summary>The file of the time series.</summary>
    public string SeriesPath => _options.SeriesPath;

    /// <summary>The file of the ledger.</summary>
    public string LedgerPath => _options.LedgerPath;

    /// <summary>Opens the database with its tables.</summary>
    /// <exception cref="StorageException">The file cannot be opened, is locked or damaged.</exception>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public Database Open()
    {
        Database database = Database.Open(_options.DatabasePath, PageSizeOctets);
        try
        {
            Schema.Prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();
}

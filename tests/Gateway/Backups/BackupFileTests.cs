using System.Formats.Tar;
using System.IO.Compression;
using MicroFirmware.Gateway.Backups;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Backups;

/// <summary>The file itself: what is in it, who may read it, and what becomes of a damaged one.</summary>
public sealed class BackupFileTests : IAsyncLifetime
{
    private BackedUp _backedUp = null!;

    public async Task InitializeAsync()
    {
        _backedUp = await BackedUp.StartAsync();
        await (await _backedUp.Gateway.EnrolAsync("board-1")).DisposeAsync();
    }

    public async Task DisposeAsync() => await _backedUp.DisposeAsync();

    [Fact]
    public void Backup_holds_every_file_of_the_directory_but_locks_and_is_its_owners_alone()
    {
        BackupReport written = _backedUp.Write();
        BackupReport restored = _backedUp.Restore();

        string directory = Path.GetDirectoryName(_backedUp.Gateway.DatabasePath)!;
        Assert.Equal(NamesAfterRestore(directory), Names(_backedUp.Restored));
        Assert.Contains("authority.key", Names(_backedUp.Restored));
        Assert.Equal(File.ReadAllBytes(Path.Combine(directory, "authority.key")),
            File.ReadAllBytes(Path.Combine(_backedUp.Restored, "authority.key")));
        Assert.Equal((written.Files, written.Octets), (restored.Files, restored.Octets));
        Assert.Equal([Path.GetFileName(_backedUp.File)],
            Directory.GetFiles(Path.GetDirectoryName(_backedUp.File)!).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_backedUp.File));
            Assert.All(Directory.GetFiles(_backedUp.Restored).Where(file => !file.EndsWith(".lock")),
                file => Assert.False(OwnerFile.IsOpenToOthers(file), file));
        }
    }

    [Fact]
    public void Write_over_a_file_or_of_another_folder_is_refused()
    {
        _backedUp.Write();
        byte[] first = File.ReadAllBytes(_backedUp.File);

        Assert.Contains("is there already", Assert.Throws<IOException>(_backedUp.Write).Message);
        Assert.Equal(first, File.ReadAllBytes(_backedUp.File));
        Assert.Throws<InvalidDataException>(() => BackupWriter.Write(
            Path.GetDirectoryName(_backedUp.File)!, _backedUp.File + "2", "", TimeProvider.System));
    }

    [Fact]
    public void Restore_into_a_folder_that_is_not_empty_changes_nothing()
    {
        _backedUp.Write();
        Directory.CreateDirectory(_backedUp.Restored);
        File.WriteAllText(Path.Combine(_backedUp.Restored, "notes.txt"), "mine");

        Assert.Contains("is not empty", Assert.Throws<IOException>(_backedUp.Restore).Message);
        Assert.Equal(["notes.txt"], Names(_backedUp.Restored));
    }

    [Fact]
    public void Restore_into_the_directory_of_a_running_gateway_is_refused()
    {
        _backedUp.Write();
        string running = Path.GetDirectoryName(_backedUp.Gateway.DatabasePath)!;
        string[] before = Names(running);

        Assert.Throws<StorageException>(() => BackupReader.Restore(
            _backedUp.File, running, TimeProvider.System));
        Assert.Equal(before, Names(running));
    }

    [Fact]
    public void Restore_that_was_cut_off_keeps_gateways_out_until_it_is_run_again()
    {
        _backedUp.Write();
        Directory.CreateDirectory(_backedUp.Restored);
        File.WriteAllText(Path.Combine(_backedUp.Restored, StoredFiles.UnfinishedRestore), "");
        File.WriteAllText(Path.Combine(_backedUp.Restored, "gateway.db"), "half");
        StorageOptions options = new() { DataDirectory = _backedUp.Restored };

        Assert.Contains("micro restore", Assert.Throws<StorageException>(() => new DataDirectory(options)).Message);

        _backedUp.Restore();
        using DataDirectory free = new(options);
        using Database database = free.Open();
        Assert.Equal(1, database.Scalar("SELECT count(*) FROM devices WHERE name = 'board-1'"));
    }

    [Fact]
    public async Task Payouts_after_a_restore_wait_for_approval_until_the_hold_is_removed()
    {
        _backedUp.Write();
        _backedUp.Restore();
        await using (GatewayHost held = await _backedUp.StartRestoredAsync())
        {
            Assert.Equal(0, held.Room<Live<GatewayOptions>>().Now.Payouts.ApprovalMsat);
        }

        File.Delete(Path.Combine(_backedUp.Restored, PayoutHold.FileName));
        await using GatewayHost released = await _backedUp.StartRestoredAsync();
        Assert.Equal(new PayoutSettings().ApprovalMsat, released.Room<Live<GatewayOptions>>().Now.Payouts.ApprovalMsat);
    }

    [Fact]
    public void Restore_of_a_backup_with_an_octet_changed_anywhere_leaves_nothing()
    {
        _backedUp.Write();
        byte[] good = Unpacked();
        int step = good.Length / 64;
        for (int at = 700; at < good.Length - 1_500; at += step)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x20;
            AssertRefusedOrHarmless(bad);
        }
    }

    [Fact]
    public void Restore_of_a_backup_that_is_cut_off_anywhere_leaves_nothing()
    {
        _backedUp.Write();
        byte[] good = File.ReadAllBytes(_backedUp.File);
        for (int length = 0; length < good.Length - 64; length += good.Length / 24)
        {
            File.WriteAllBytes(_backedUp.File, good[..length]);
            AssertRefused();
        }
    }

    [Fact]
    public void Restore_of_an_entry_outside_the_directory_is_refused()
    {
        using (FileStream file = File.Create(_backedUp.File))
        using (GZipStream packed = new(file, CompressionLevel.Fastest))
        using (TarWriter tar = new(packed))
        {
            using MemoryStream content = new([1]);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../outside") { DataStream = content });
        }

        AssertRefused();
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_backedUp.File)!, "outside")));
    }

    private byte[] Unpacked()
    {
        using GZipStream packed = new(File.OpenRead(_backedUp.File), CompressionMode.Decompress);
        using MemoryStream octets = new();
        packed.CopyTo(octets);
        return octets.ToArray();
    }

    /// <summary>Padding and fields of tar that carry nothing may change; what is restored may not.</summary>
    private void AssertRefusedOrHarmless(byte[] octets)
    {
        using (GZipStream packed = new(File.Create(_backedUp.File), CompressionLevel.Fastest))
        {
            packed.Write(octets);
        }

        Exception? refusal = Record.Exception(_backedUp.Restore);
        if (refusal is null)
        {
            Assert.Equal(NamesAfterRestore(Path.GetDirectoryName(_backedUp.Gateway.DatabasePath)!),
                Names(_backedUp.Restored));
            Directory.Delete(_backedUp.Restored, recursive: true);
            return;
        }

        Assert.True(refusal is InvalidDataException or StorageException or LedgerDamagedException or IOException,
            refusal.ToString());
        Assert.Empty(Names(_backedUp.Restored));
    }

    private void AssertRefused()
    {
        Assert.Throws<InvalidDataException>(_backedUp.Restore);
        Assert.Empty(Names(_backedUp.Restored));
    }

    private static IEnumerable<string> NamesAfterRestore(string directory) =>
        Names(directory).Append(PayoutHold.FileName).Order(StringComparer.Ordinal);

    private static string[] Names(string directory) =>
    [
        .. StoredFiles.DatabasesOf(directory).Concat(StoredFiles.OthersOf(directory))
            .Concat(Directory.GetFiles(directory, StoredFiles.UnfinishedRestore)).Order(StringComparer.Ordinal),
    ];
}

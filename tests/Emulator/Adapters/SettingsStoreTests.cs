using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Tests.Adapters;

public sealed class SettingsStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Memory_store_keeps_what_was_written_and_no_reference_to_it() => AssertKeeps(new MemorySettingsStore());

    [Fact]
    public void File_store_keeps_what_was_written() => AssertKeeps(new FileSettingsStore(_folder));

    [Fact]
    public void File_store_keeps_its_files_between_runs()
    {
        new FileSettingsStore(_folder).Write("counter", [7]);

        Assert.Equal([7], new FileSettingsStore(_folder).Read("counter"));
    }

    [Fact]
    public void File_store_that_cannot_write_says_so()
    {
        var store = new FileSettingsStore(_folder);
        Directory.CreateDirectory(Path.Combine(_folder, "taken"));

        Assert.False(store.Write("taken", [1]));
        Assert.Null(store.Read("taken"));
    }

    private static void AssertKeeps(ISettingsStore store)
    {
        byte[] content = [1, 2, 3];
        Assert.Null(store.Read("a"));
        Assert.True(store.Write("a", content));
        content[0] = 9;

        Assert.Equal([1, 2, 3], store.Read("a"));
        Assert.True(store.Write("a", [4]));
        Assert.Equal([4], store.Read("a"));
    }
}

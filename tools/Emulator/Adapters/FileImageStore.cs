using MicroFirmware.Appliance;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The two slots of a virtual board as files in a folder: it keeps its updates between runs.</summary>
/// <param name="folder">The folder, which exists.</param>
public sealed class FileImageStore(string folder) : IImageStore
{
    /// <inheritdoc/>
    public string Target => "stock";

    /// <inheritdoc/>
    public bool Erase(int slot) => Try(slot, file => file.SetLength(0));

    /// <inheritdoc/>
    public bool Append(int slot, byte[] octets, int count) => Try(slot, file =>
    {
        file.Seek(0, SeekOrigin.End);
        file.Write(octets, 0, count);
    });

    /// <inheritdoc/>
    public int Read(int slot, int offset, byte[] buffer)
    {
        int count = 0;
        Try(slot, file =>
        {
            file.Seek(offset, SeekOrigin.Begin);
            count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        });
        return count;
    }

    private bool Try(int slot, Action<FileStream> use)
    {
        try
        {
            using FileStream file = new(Path.Combine(folder, $"slot-{slot}"), FileMode.OpenOrCreate);
            use(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

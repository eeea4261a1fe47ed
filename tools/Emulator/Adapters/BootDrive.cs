using MicroFirmware.Appliance;
using MicroFirmware.Mining;
using MicroFirmware.Slots;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>
/// What the small program that is flashed sees of a virtual board's drive. It chooses a slot as on a board; what runs
/// is this process's own firmware, whatever the image holds.
/// </summary>
internal sealed class BootDrive(ISettingsStore store, IImageStore images) : IBootDrive
{
    /// <inheritdoc/>
    public byte[]? Read(string name) => store.Read(name);

    /// <inheritdoc/>
    public bool Write(string name, byte[] content) => store.Write(name, content);

    /// <inheritdoc/>
    public byte[]? ReadImage(int slot)
    {
        byte[] image = new byte[Image.MaxLength];
        int count = images.Read(slot, 0, image);
        return count == 0 ? null : image[..count];
    }

    /// <summary>Starts the board: counts a trial's start, and falls back from one that has had its starts.</summary>
    public void Start()
    {
        // A board that was never updated has no slots to choose from.
        if (ReadImage(0) is not null || ReadImage(1) is not null)
        {
            Starter.Choose(this, out _);
        }
    }
}

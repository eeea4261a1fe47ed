using MicroFirmware.Slots;

namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>The drive as the boot assembly sees it.</summary>
internal sealed class BootDrive(VirtualDrive drive, VirtualImages images) : IBootDrive
{
    public byte[] Read(string name) => drive.Read(name);

    public bool Write(string name, byte[] content) => drive.Write(name, content);

    public byte[] ReadImage(int slot) => images.Content(slot);
}

namespace MicroFirmware.Mqtt.Tests.Storage;

/// <summary>A test that fills a real file system. Where none can be mounted it is skipped and says why.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Obstacle;
}

namespace MicroFirmware.Mqtt.Storage;

/// <summary>Somebody who may go on only when a change is safe.</summary>
public interface IStoreWaiter
{
    /// <summary>The change, and all before it, would survive the end of the process. Must be quick, must not throw.
    /// </summary>
    void OnStored();
}

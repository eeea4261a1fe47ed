namespace MicroFirmware.Mqtt.Storage;

/// <summary>
/// Where sessions that are not clean and retained messages outlive the broker (MQTT 3.1.1 §4.1). Changes are kept in
/// the order in which they are appended.
/// </summary>
public interface ISessionStore : IDisposable
{
    /// <summary>Reads everything; called once, before the first change.</summary>
    StoredState Load();

    /// <summary>Appends a change. Does not block; safe from any thread.</summary>
    /// <param name="change">The change.</param>
    /// <param name="waiter">Told when this change and all before it are safe; or null. While the store cannot write, it
    /// is not told, and what it would acknowledge is not acknowledged.</param>
    void Append(in SessionChange change, IStoreWaiter? waiter = null);
}

namespace MicroFirmware.Mining
{
    /// <summary>What happened on the connection to the broker.</summary>
    public enum ChannelEventKind : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>Connected, and every subscription granted.</summary>
        Opened = 1,

        /// <summary>Not connected: it was refused, failed or was lost. Messages not acknowledged are lost.</summary>
        Closed = 2,

        /// <summary>The broker has <see cref="ChannelEvent.Handle"/> (PUBACK).</summary>
        Acknowledged = 3,

        /// <summary>A message came: <see cref="ChannelEvent.Topic"/>, <see cref="ChannelEvent.Payload"/>.</summary>
        Message = 4,
    }
}

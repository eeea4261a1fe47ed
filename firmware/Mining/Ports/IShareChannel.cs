namespace MicroFirmware.Mining
{
    /// <summary>
    /// The connection to the broker (MQTT 3.1.1, clean session). No call blocks: what happens is learned by
    /// <see cref="Poll"/>.
    /// </summary>
    public interface IShareChannel
    {
        /// <summary>
        /// Begins: resolve, connect, subscribe. Ends with the event Opened, once the subscriptions are granted, or
        /// Closed. A connection still open is dropped first, without further events.
        /// </summary>
        void Open(ChannelOptions options);

        /// <summary>Sends a message.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload; the adapter may keep the array.</param>
        /// <param name="qos">0 or 1. With 1 an Acknowledged event follows, or Closed.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <returns>
        /// A handle above 0, unique within the connection among messages not yet acknowledged; 0 when it cannot be sent
        /// now.
        /// </returns>
        int Publish(string topic, byte[] payload, byte qos, bool retain);

        /// <summary>Takes the next event.</summary>
        /// <param name="channelEvent">Filled in with what belongs to the event; used again and again.</param>
        ChannelEventKind Poll(ChannelEvent channelEvent);

        /// <summary>
        /// Leaves in order (DISCONNECT, so that no will is sent). Harmless when not open. No event follows.
        /// </summary>
        void Close();
    }
}

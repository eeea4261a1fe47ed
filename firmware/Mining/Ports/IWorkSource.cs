namespace MicroFirmware.Mining
{
    /// <summary>
    /// One short TCP connection at a time that carries a work request to a gateway and its answer back. It moves octets
    /// and understands none of them. No call blocks: an adapter that has to wait owns a thread.
    /// </summary>
    public interface IWorkSource
    {
        /// <summary>
        /// Begins: resolve the name anew, connect, send. A connection still open is dropped first. What goes wrong is
        /// said by <see cref="Poll"/>.
        /// </summary>
        /// <param name="gateway">Where to.</param>
        /// <param name="request">What to send; the adapter may keep the array.</param>
        void Begin(GatewayAddress gateway, byte[] request);

        /// <summary>Takes octets that have arrived.</summary>
        /// <param name="buffer">Where they are put, from the start.</param>
        /// <param name="count">How many there are; not 0 only with <see cref="TransferStatus.Received"/>.</param>
        TransferStatus Poll(byte[] buffer, out int count);

        /// <summary>Drops the connection, whatever its state. Harmless when there is none.</summary>
        void End();
    }
}

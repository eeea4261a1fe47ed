namespace MicroFirmware.Appliance
{
    /// <summary>
    /// The two slots for images on the internal drive. A write may be torn by a loss of power; nothing in a slot is
    /// used before it was read back.
    /// </summary>
    public interface IImageStore
    {
        /// <summary>What a slot's images are for: <c>stock</c> or <c>native</c>.</summary>
        string Target { get; }

        /// <summary>Empties a slot.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <returns>False when it failed; the slot may then hold anything.</returns>
        bool Erase(int slot);

        /// <summary>Writes behind what a slot holds.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <param name="octets">What to write.</param>
        /// <param name="count">How many of them, from the start.</param>
        /// <returns>False when it failed; the slot may then hold anything.</returns>
        bool Append(int slot, byte[] octets, int count);

        /// <summary>Reads from a slot.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="buffer">Where to, from the start.</param>
        /// <returns>How many octets; less than the buffer holds at the end; 0 behind it or when it failed.</returns>
        int Read(int slot, int offset, byte[] buffer);
    }
}

namespace MicroFirmware.Mining
{
    /// <summary>The serial line that a person or <c>micro configure</c> sits at.</summary>
    public interface IConsole
    {
        /// <summary>Takes characters that were typed, at most as many as fit.</summary>
        /// <returns>How many; 0 when there are none.</returns>
        int Read(byte[] buffer);

        /// <summary>Writes a line of ASCII. What the line cannot take is dropped; it never blocks.</summary>
        void WriteLine(string text);
    }
}

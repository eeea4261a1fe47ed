using System;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>A console that can only speak: the channel of the debugger, which owns the first serial port.</summary>
    internal sealed class DebugConsole : IConsole
    {
        /// <inheritdoc/>
        public int Read(byte[] buffer)
        {
            return 0;
        }

        /// <inheritdoc/>
        public void WriteLine(string text)
        {
            Console.WriteLine(text);
        }
    }
}

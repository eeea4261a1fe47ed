using System;
using System.IO;
using MicroFirmware.Slots;

namespace MicroFirmware.Boot
{
    /// <summary>The internal drive.</summary>
    internal sealed class Drive : IBootDrive
    {
        private const string Root = "I:\\";

        /// <inheritdoc/>
        public byte[] Read(string name)
        {
            try
            {
                return File.Exists(Root + name) ? File.ReadAllBytes(Root + name) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] content)
        {
            try
            {
                File.WriteAllBytes(Root + name, content);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public byte[] ReadImage(int slot)
        {
            return Read(slot == 0 ? "app-a" : "app-b");
        }
    }
}

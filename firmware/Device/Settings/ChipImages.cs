using System;
using System.IO;
using MicroFirmware.Appliance;

namespace MicroFirmware.Device
{
    /// <summary>The two slots for images, files on the internal drive.</summary>
    internal sealed class ChipImages : IImageStore
    {
        private const string FirstPath = "I:\\app-a";
        private const string SecondPath = "I:\\app-b";

        /// <inheritdoc/>
        public string Target
        {
            get { return Chip.Target; }
        }

        /// <inheritdoc/>
        public bool Erase(int slot)
        {
            try
            {
                if (File.Exists(PathOf(slot)))
                {
                    File.Delete(PathOf(slot));
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Append(int slot, byte[] octets, int count)
        {
            try
            {
                using (FileStream file = new FileStream(PathOf(slot), FileMode.Append, FileAccess.Write))
                {
                    file.Write(octets, 0, count);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public int Read(int slot, int offset, byte[] buffer)
        {
            try
            {
                using (FileStream file = new FileStream(PathOf(slot), FileMode.Open, FileAccess.Read))
                {
                    file.Seek(offset, SeekOrigin.Begin);
                    return file.Read(buffer, 0, buffer.Length);
                }
            }
            catch (Exception)
            {
                return 0;
            }
        }

        private static string PathOf(int slot)
        {
            return slot == 0 ? FirstPath : SecondPath;
        }
    }
}

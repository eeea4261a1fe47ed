using System;
using System.IO;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// Files on the internal drive. A file is replaced by writing a second one, reading it back and swapping the two,
    /// so that a loss of power at any moment leaves the old content or the new.
    /// </summary>
    internal sealed class DriveStore : ISettingsStore
    {
        private const string Drive = "I:\\";
        private const string NewSuffix = ".new";

        /// <inheritdoc/>
        public byte[] Read(string name)
        {
            string path = Drive + name;
            try
            {
                if (File.Exists(path))
                {
                    return File.ReadAllBytes(path);
                }

                // Power was lost between the two steps of a swap: the new file was complete by then.
                return File.Exists(path + NewSuffix) ? File.ReadAllBytes(path + NewSuffix) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] content)
        {
            string path = Drive + name;
            string fresh = path + NewSuffix;
            try
            {
                File.WriteAllBytes(fresh, content);
                if (!IsEqual(File.ReadAllBytes(fresh), content))
                {
                    return false;
                }

                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                File.Move(fresh, path);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static bool IsEqual(byte[] a, byte[] b)
        {
            bool equal = a.Length == b.Length;
            for (int i = 0; equal && i < a.Length; i++)
            {
                equal = a[i] == b[i];
            }

            return equal;
        }
    }
}

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Small files that outlive a restart. A write may be torn by a loss of power; who writes guards against it with a
    /// checksum and a second file.
    /// </summary>
    public interface ISettingsStore
    {
        /// <summary>The whole of a file, or null when there is none or it cannot be read.</summary>
        /// <param name="name">1 to 16 characters of <c>a-z 0-9 - .</c></param>
        byte[] Read(string name);

        /// <summary>Replaces a file.</summary>
        /// <param name="name">1 to 16 characters of <c>a-z 0-9 - .</c></param>
        /// <param name="content">Its new content.</param>
        /// <returns>False when it failed; the file may then be old, new, torn or gone.</returns>
        bool Write(string name, byte[] content);
    }
}

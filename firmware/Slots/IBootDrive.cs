namespace MicroFirmware.Slots
{
    /// <summary>What the start of a board needs of its internal drive.</summary>
    public interface IBootDrive
    {
        /// <summary>The whole of a file, or null when there is none or it cannot be read.</summary>
        byte[] Read(string name);

        /// <summary>Replaces a file.</summary>
        /// <returns>False when it failed; the file may then be old, new, torn or gone.</returns>
        bool Write(string name, byte[] content);

        /// <summary>The whole image in a slot, or null.</summary>
        byte[] ReadImage(int slot);
    }
}

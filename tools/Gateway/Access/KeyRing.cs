using System.Text;
using System.Xml.Linq;
using MicroFirmware.Gateway.Trust;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Keeps the keys of the framework's data protection (forms' antiforgery, pages' state) in the data directory, readable
/// by its owner only: a form that was open over a restart can still be sent.
/// </summary>
internal sealed class KeyRing(string folder) : IXmlRepository
{
    private readonly string _path = Path.Combine(folder, "keys");

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(_path)
        ? [.. Directory.EnumerateFiles(_path, "*.xml").Select(XElement.Load)]
        : [];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        OwnerFile.CreateFolder(_path);
        string name = new([.. friendlyName.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]);
        OwnerFile.Write(Path.Combine(_path, name + ".xml"), Encoding.UTF8.GetBytes(element.ToString()));
    }
}

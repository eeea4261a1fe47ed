using System.Text;

namespace MicroFirmware.Micro.Consoles;

/// <summary>Makes lines of octets: CR, LF or CRLF ends one; a line that never ends is cut.</summary>
internal sealed class LineSplitter
{
    // Far more than a board says at once; a line that is longer is noise from a wrong baud rate.
    private const int MaxOctets = 4096;

    private readonly List<byte> _line = [];
    private bool _wasReturn;

    /// <summary>The lines that these octets complete, without their ends; what is no UTF-8 is replaced.</summary>
    public IEnumerable<string> Feed(ReadOnlyMemory<byte> octets)
    {
        for (int i = 0; i < octets.Length; i++)
        {
            byte octet = octets.Span[i];
            bool isSecondHalf = octet == '\n' && _wasReturn;
            _wasReturn = octet == '\r';
            if (isSecondHalf)
            {
                continue;
            }

            if (octet is (byte)'\r' or (byte)'\n' || _line.Count == MaxOctets)
            {
                string line = Encoding.UTF8.GetString([.. _line]);
                _line.Clear();
                yield return line;
            }
            else
            {
                _line.Add(octet);
            }
        }
    }
}

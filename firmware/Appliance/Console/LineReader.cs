namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Makes lines of what is typed: CR, LF or CRLF ends one, BS and DEL take back an octet, ^C and ^U the line.
    /// Whatever comes, it holds at most <see cref="LineMaxLength"/> octets.
    /// </summary>
    internal sealed class LineReader
    {
        internal const int LineMaxLength = 1536;

        private const byte InterruptKey = 3;
        private const byte BackspaceKey = 8;
        private const byte Tab = 9;
        private const byte EraseLineKey = 21;
        private const byte DeleteKey = 127;

        private readonly byte[] _octets = new byte[LineMaxLength];
        private int _length;
        private bool _isTooLong;
        private bool _isNoise;

        /// <summary>With Line: the line, an octet in each character.</summary>
        internal string Line { get; private set; }

        /// <summary>Takes one octet.</summary>
        internal LineStatus Feed(byte octet)
        {
            switch (octet)
            {
                case (byte)'\r':
                case (byte)'\n':
                    return End();
                case InterruptKey:
                case EraseLineKey:
                    Clear();
                    break;
                case BackspaceKey:
                case DeleteKey:
                    _length = _length > 0 ? _length - 1 : 0;
                    break;
                case Tab:
                    Add((byte)' ');
                    break;
                default:
                    _isNoise = _isNoise || octet < (byte)' ';
                    Add(octet);
                    break;
            }

            return LineStatus.None;
        }

        private void Add(byte octet)
        {
            if (_length == LineMaxLength)
            {
                _isTooLong = true;
                return;
            }

            _octets[_length++] = octet;
        }

        // The LF of a CRLF ends an empty line, which is nothing.
        private LineStatus End()
        {
            LineStatus status = _isNoise ? LineStatus.Noise : _isTooLong ? LineStatus.TooLong
                : _length > 0 ? LineStatus.Line : LineStatus.None;
            Line = status == LineStatus.Line ? Octets.ToText(_octets, 0, _length) : null;
            Clear();
            return status;
        }

        private void Clear()
        {
            _length = 0;
            _isTooLong = false;
            _isNoise = false;
        }
    }
}

using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Reads the answer to a work request as its octets come (RFC 9112). Of the head it keeps the status code, the
    /// length and a refusal; the body is at most one work record. Not read: chunked bodies, interim answers, folded
    /// lines.
    /// </summary>
    internal sealed class HttpAnswer
    {
        private const int LengthUnknown = -1;
        private const int MaxStatedLength = 1 << 24;
        private const string StatusLineStart = "HTTP/1.";

        private readonly byte[] _line = new byte[Limits.WorkAnswerLineMaxLength];
        private int _lineLength;
        private int _headLength;
        private bool _isInBody;
        private int _contentLength = LengthUnknown;

        /// <summary>Begins an answer.</summary>
        /// <param name="bodyMax">Longest body; an answer with a longer one is invalid.</param>
        internal HttpAnswer(int bodyMax)
        {
            Body = new byte[bodyMax];
        }

        /// <summary>The status code; 0 before its line was read.</summary>
        internal int StatusCode { get; private set; }

        /// <summary>The value of the refusal's header field, or null.</summary>
        internal string Refusal { get; private set; }

        /// <summary>The body; filled from the start.</summary>
        internal byte[] Body { get; }

        /// <summary>Octets of the body so far.</summary>
        internal int BodyLength { get; private set; }

        /// <summary>Takes octets that arrived.</summary>
        /// <returns>Done when the answer is complete; what follows it is not looked at.</returns>
        internal ParseStatus Feed(byte[] octets, int count)
        {
            for (int i = 0; i < count; i++)
            {
                ParseStatus status = _isInBody ? TakeBody(octets[i]) : TakeHead(octets[i]);
                if (status != ParseStatus.NeedMore)
                {
                    return status;
                }
            }

            return ParseStatus.NeedMore;
        }

        /// <summary>The other side has closed: that ends a body whose length was not said.</summary>
        internal ParseStatus End()
        {
            return _isInBody && _contentLength == LengthUnknown ? ParseStatus.Done : ParseStatus.Invalid;
        }

        private ParseStatus TakeBody(byte octet)
        {
            if (BodyLength == Body.Length)
            {
                return ParseStatus.Invalid;
            }

            Body[BodyLength++] = octet;
            return BodyLength == _contentLength ? ParseStatus.Done : ParseStatus.NeedMore;
        }

        private ParseStatus TakeHead(byte octet)
        {
            if (++_headLength > Limits.WorkAnswerHeadMaxLength)
            {
                return ParseStatus.Invalid;
            }

            if (octet != '\n')
            {
                // A long line is nothing to us but its beginning; the head as a whole is bounded.
                if (_lineLength < _line.Length)
                {
                    _line[_lineLength++] = octet;
                }

                return ParseStatus.NeedMore;
            }

            int length = _lineLength > 0 && _line[_lineLength - 1] == '\r' ? _lineLength - 1 : _lineLength;
            string line = Ascii.GetString(_line, 0, length);
            _lineLength = 0;
            return StatusCode == 0 ? ReadStatusLine(line) : length == 0 ? EndHead() : ReadField(line);
        }

        private ParseStatus EndHead()
        {
            _isInBody = true;
            return _contentLength == 0 || StatusCode != 200 ? ParseStatus.Done : ParseStatus.NeedMore;
        }

        // HTTP/1.1 200 OK
        private ParseStatus ReadStatusLine(string line)
        {
            int at = StatusLineStart.Length + 2;
            if (line.Length < at + 3 || line[at - 1] != ' '
                || line.Substring(0, StatusLineStart.Length) != StatusLineStart)
            {
                return ParseStatus.Invalid;
            }

            int code = Number(line.Substring(at, 3), 999);
            StatusCode = code;
            return code >= 200 ? ParseStatus.NeedMore : ParseStatus.Invalid;
        }

        private ParseStatus ReadField(string line)
        {
            int colon = line.IndexOf(':');
            if (colon <= 0)
            {
                return ParseStatus.Invalid;
            }

            string name = line.Substring(0, colon);
            string value = line.Substring(colon + 1).Trim();
            if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"))
            {
                // An error page may come in chunks: its head is enough.
                _contentLength = 0;
                return StatusCode == 200 ? ParseStatus.Invalid : ParseStatus.NeedMore;
            }

            if (Ascii.EqualsIgnoreCase(name, "Content-Length"))
            {
                // A length beyond ours is an error page: its head is all there is to know.
                int length = Number(value, MaxStatedLength);
                bool isSecond = _contentLength > 0;
                _contentLength = StatusCode == 200 ? length : 0;
                bool isGood = length >= 0 && !isSecond && _contentLength <= Body.Length;
                return isGood ? ParseStatus.NeedMore : ParseStatus.Invalid;
            }

            if (Ascii.EqualsIgnoreCase(name, Protocol.Refusal.HeaderName))
            {
                Refusal = value;
            }

            return ParseStatus.NeedMore;
        }

        // -1 for what is not a number of the range.
        private static int Number(string text, int max)
        {
            int number = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int digit = text[i] - '0';
                if (digit < 0 || digit > 9 || number > (max - digit) / 10)
                {
                    return -1;
                }

                number = (number * 10) + digit;
            }

            return text.Length == 0 ? -1 : number;
        }
    }
}

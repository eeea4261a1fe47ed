using System;

namespace MicroFirmware.Protocol
{
    /// <summary>
    /// Telemetry to JSON and back. The reader accepts exactly the writer's language: known members, each at most once,
    /// in the order of <see cref="Telemetry.Keys"/>, plain integers, no escapes, no white space.
    /// </summary>
    internal sealed class TelemetryJson
    {
        private const string Start = "{\"v\":1";

        private readonly byte[] _octets;
        private readonly int _end;
        private int _at;

        private TelemetryJson(byte[] octets, int at, int end)
        {
            _octets = octets;
            _at = at;
            _end = end;
        }

        internal static byte[] Write(Telemetry telemetry)
        {
            byte[] buffer = new byte[Limits.TelemetryMaxLength];
            int at = Ascii.Write(buffer, 0, Start);
            for (int key = 0; key < Telemetry.Keys.Length; key++)
            {
                string value = ValueOf(telemetry, key);
                if (value != null)
                {
                    at = Ascii.Write(buffer, at, ",\"");
                    at = Ascii.Write(buffer, at, Telemetry.Keys[key]);
                    at = Ascii.Write(buffer, at, "\":");
                    at = Ascii.Write(buffer, at, value);
                }
            }

            at = Ascii.Write(buffer, at, "}");
            byte[] message = new byte[at];
            Array.Copy(buffer, 0, message, 0, at);
            return message;
        }

        internal static ParseStatus Parse(byte[] source, int offset, int count, out Telemetry telemetry)
        {
            telemetry = null;
            if (count > Limits.TelemetryMaxLength)
            {
                return ParseStatus.Invalid;
            }

            Telemetry result = new Telemetry();
            ParseStatus status = new TelemetryJson(source, offset, offset + count).ReadObject(result);
            telemetry = status == ParseStatus.Done ? result : null;
            return status;
        }

        private static string ValueOf(Telemetry telemetry, int key)
        {
            if (key < Telemetry.TextCount)
            {
                string text = telemetry.GetText(key);
                return Telemetry.IsText(text) ? "\"" + text + "\"" : null;
            }

            long number = telemetry.GetNumber(key);
            if (number == Telemetry.Unknown || (number < 0 && key < Telemetry.FirstSigned))
            {
                return null;
            }

            // The sign is written here because some cultures have another one.
            return number < 0 ? "-" + (-number).ToString() : number.ToString();
        }

        private ParseStatus ReadObject(Telemetry telemetry)
        {
            ParseStatus status = ReadExactly(Start);
            int key = 0;
            while (status == ParseStatus.Done)
            {
                if (_at == _end)
                {
                    return ParseStatus.NeedMore;
                }

                byte next = _octets[_at++];
                if (next == '}')
                {
                    return _at == _end ? ParseStatus.Done : ParseStatus.Invalid;
                }

                status = next == ',' ? ReadMember(telemetry, ref key) : ParseStatus.Invalid;
            }

            return status;
        }

        private ParseStatus ReadMember(Telemetry telemetry, ref int key)
        {
            int begin;
            ParseStatus status = ReadQuoted(out begin);
            if (status != ParseStatus.Done)
            {
                return status;
            }

            int length = _at - 1 - begin;
            while (key < Telemetry.Keys.Length && !Ascii.Equals(_octets, begin, length, Telemetry.Keys[key]))
            {
                key++;
            }

            if (key == Telemetry.Keys.Length)
            {
                return ParseStatus.Invalid;
            }

            status = ReadExactly(":");
            if (status == ParseStatus.Done)
            {
                status = key < Telemetry.TextCount ? ReadText(telemetry, key) : ReadNumber(telemetry, key);
                key++;
            }

            return status;
        }

        private ParseStatus ReadText(Telemetry telemetry, int key)
        {
            int begin;
            ParseStatus status = ReadQuoted(out begin);
            if (status == ParseStatus.Done)
            {
                telemetry.SetText(key, Ascii.GetString(_octets, begin, _at - 1 - begin));
            }

            return status;
        }

        // Leaves the position behind the closing quote.
        private ParseStatus ReadQuoted(out int begin)
        {
            ParseStatus status = ReadExactly("\"");
            begin = _at;
            while (status == ParseStatus.Done && _at < _end)
            {
                byte octet = _octets[_at++];
                if (octet == '"')
                {
                    return _at - 1 > begin ? ParseStatus.Done : ParseStatus.Invalid;
                }

                if (!Telemetry.IsTextCharacter((char)octet) || _at - begin > Limits.TelemetryTextMaxLength)
                {
                    return ParseStatus.Invalid;
                }
            }

            return status == ParseStatus.Done ? ParseStatus.NeedMore : status;
        }

        private ParseStatus ReadNumber(Telemetry telemetry, int key)
        {
            bool negative = _at < _end && _octets[_at] == '-';
            if (negative && key < Telemetry.FirstSigned)
            {
                return ParseStatus.Invalid;
            }

            _at += negative ? 1 : 0;
            int begin = _at;
            long value = 0;
            while (_at < _end && _octets[_at] >= '0' && _octets[_at] <= '9')
            {
                int digit = _octets[_at++] - '0';
                bool leadingZero = _at - begin == 2 && value == 0;
                if (leadingZero || value > (long.MaxValue - digit) / 10)
                {
                    return ParseStatus.Invalid;
                }

                value = (value * 10) + digit;
            }

            if (_at == _end)
            {
                return ParseStatus.NeedMore;
            }

            if (_at == begin || (negative && value == 0))
            {
                return ParseStatus.Invalid;
            }

            telemetry.SetNumber(key, negative ? -value : value);
            return ParseStatus.Done;
        }

        private ParseStatus ReadExactly(string text)
        {
            for (int i = 0; i < text.Length; i++, _at++)
            {
                if (_at == _end)
                {
                    return ParseStatus.NeedMore;
                }

                if (_octets[_at] != text[i])
                {
                    return ParseStatus.Invalid;
                }
            }

            return ParseStatus.Done;
        }
    }
}

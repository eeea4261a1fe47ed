namespace MicroFirmware.Protocol
{
    /// <summary>What a parser says of the octets it was given. No parser throws because of its input.</summary>
    public enum ParseStatus : byte
    {
        /// <summary>A whole, well-formed message was read.</summary>
        Done = 0,

        /// <summary>The octets may be the beginning of a message, but it is not complete.</summary>
        NeedMore = 1,

        /// <summary>No octets that might follow could make a message of this; nothing was read.</summary>
        Invalid = 2,
    }
}

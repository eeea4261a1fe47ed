namespace System
{
    public struct Guid
    {
        private readonly int _state;

        public static readonly Guid Empty;

        public extern Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern Guid(byte[] b);
        public extern Guid(string g);

        public extern int CompareTo(object value);
        public extern byte[] ToByteArray();
        public override extern string ToString();
        public override extern bool Equals(object o);
        public override extern int GetHashCode();
        public static extern Guid NewGuid();
        public static extern bool TryParseGuidWithDashes(string input, out Guid result);
    }
}

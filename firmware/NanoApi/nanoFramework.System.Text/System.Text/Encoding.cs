namespace System.Text
{
    public abstract class Encoding
    {
        protected extern Encoding();

        public static extern Encoding UTF8 { get; }

        public virtual extern byte[] GetBytes(string s);
        public virtual extern int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex);
        public virtual extern char[] GetChars(byte[] bytes);
        public virtual extern char[] GetChars(byte[] bytes, int byteIndex, int byteCount);
        public extern string GetString(byte[] bytes, int index, int count);
        public abstract Decoder GetDecoder();
    }
}

namespace System
{
    public struct Int16
    {
        public const short MaxValue = 32767;
        public const short MinValue = -32768;

        public override extern string ToString();
        public extern string ToString(string format);
        public static extern short Parse(string s);
        public static extern bool TryParse(string s, out short result);
    }
}

namespace System.Diagnostics
{
    public static class Debug
    {
        [Conditional("DEBUG")]
        public static extern void Assert(bool condition);
        [Conditional("DEBUG")]
        public static extern void Assert(bool condition, string message);
        [Conditional("DEBUG")]
        public static extern void Assert(bool condition, string message, string detailedMessage);
        [Conditional("DEBUG")]
        public static extern void Write(string message);
        [Conditional("DEBUG")]
        public static extern void WriteLine();
        [Conditional("DEBUG")]
        public static extern void WriteLine(string message);
    }
}

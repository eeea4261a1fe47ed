namespace System.Diagnostics
{
    public sealed class DebuggerBrowsableAttribute : Attribute
    {
        public extern DebuggerBrowsableAttribute(DebuggerBrowsableState state);

        public extern DebuggerBrowsableState State { get; }
    }
}

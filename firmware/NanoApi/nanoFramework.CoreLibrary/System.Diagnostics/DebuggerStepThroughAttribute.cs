namespace System.Diagnostics
{
    public sealed class DebuggerStepThroughAttribute : Attribute
    {
        public extern DebuggerStepThroughAttribute();
    }
}

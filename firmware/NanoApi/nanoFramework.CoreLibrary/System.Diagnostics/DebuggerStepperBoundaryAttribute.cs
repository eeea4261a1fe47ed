namespace System.Diagnostics
{
    public sealed class DebuggerStepperBoundaryAttribute : Attribute
    {
        public extern DebuggerStepperBoundaryAttribute();
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    public sealed class NotNullWhenAttribute : Attribute
    {
        public extern NotNullWhenAttribute(bool returnValue);

        public extern bool ReturnValue { get; }
    }
}

namespace System.Runtime.InteropServices
{
    public sealed class ComVisibleAttribute : Attribute
    {
        public extern ComVisibleAttribute(bool visibility);

        public extern bool Value { get; }
    }
}

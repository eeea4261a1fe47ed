namespace System.Diagnostics
{
    public sealed class NativeProfiledAttribute : Attribute
    {
        public extern NativeProfiledAttribute();
    }
}

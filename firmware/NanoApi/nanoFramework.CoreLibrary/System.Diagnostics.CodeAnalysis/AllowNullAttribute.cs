namespace System.Diagnostics.CodeAnalysis
{
    public sealed class AllowNullAttribute : Attribute
    {
        public extern AllowNullAttribute();
    }
}

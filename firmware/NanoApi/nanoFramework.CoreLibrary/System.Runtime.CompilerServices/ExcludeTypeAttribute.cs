namespace System.Runtime.CompilerServices
{
    public class ExcludeTypeAttribute : Attribute
    {
        public extern ExcludeTypeAttribute();
    }
}

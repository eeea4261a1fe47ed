namespace System.Reflection
{
    public sealed class AssemblyCultureAttribute : Attribute
    {
        public extern AssemblyCultureAttribute(string culture);

        public extern string Culture { get; }
    }
}

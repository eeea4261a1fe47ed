namespace System.Reflection
{
    public sealed class AssemblyDefaultAliasAttribute : Attribute
    {
        public extern AssemblyDefaultAliasAttribute(string defaultAlias);

        public extern string DefaultAlias { get; }
    }
}

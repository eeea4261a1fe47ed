namespace System.Reflection
{
    public sealed class AssemblyVersionAttribute : Attribute
    {
        public extern AssemblyVersionAttribute(string version);

        public extern string Version { get; }
    }
}

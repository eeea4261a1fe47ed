namespace System.Reflection
{
    public sealed class AssemblyFileVersionAttribute : Attribute
    {
        public extern AssemblyFileVersionAttribute(string version);

        public extern string Version { get; }
    }
}

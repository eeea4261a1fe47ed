namespace System.Reflection
{
    public sealed class AssemblyInformationalVersionAttribute : Attribute
    {
        public extern AssemblyInformationalVersionAttribute(string informationalVersion);

        public extern string InformationalVersion { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyConfigurationAttribute : Attribute
    {
        public extern AssemblyConfigurationAttribute(string configuration);

        public extern string Configuration { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyNativeVersionAttribute : Attribute
    {
        public extern AssemblyNativeVersionAttribute(string version);

        public extern string NativeVersion { get; }
    }
}

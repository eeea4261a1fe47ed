namespace System.Reflection
{
    public sealed class AssemblyKeyFileAttribute : Attribute
    {
        public extern AssemblyKeyFileAttribute(string keyFile);

        public extern string KeyFile { get; }
    }
}

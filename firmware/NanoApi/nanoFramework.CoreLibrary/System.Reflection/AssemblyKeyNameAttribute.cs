namespace System.Reflection
{
    public sealed class AssemblyKeyNameAttribute : Attribute
    {
        public extern AssemblyKeyNameAttribute(string keyName);

        public extern string KeyName { get; }
    }
}

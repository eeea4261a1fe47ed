namespace System.Reflection
{
    public sealed class AssemblyProductAttribute : Attribute
    {
        public extern AssemblyProductAttribute(string product);

        public extern string Product { get; }
    }
}

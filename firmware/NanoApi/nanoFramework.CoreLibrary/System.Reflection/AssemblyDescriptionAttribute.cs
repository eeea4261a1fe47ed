namespace System.Reflection
{
    public sealed class AssemblyDescriptionAttribute : Attribute
    {
        public extern AssemblyDescriptionAttribute(string description);

        public extern string Description { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyTitleAttribute : Attribute
    {
        public extern AssemblyTitleAttribute(string title);

        public extern string Title { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyCopyrightAttribute : Attribute
    {
        public extern AssemblyCopyrightAttribute(string copyright);

        public extern string Copyright { get; }
    }
}

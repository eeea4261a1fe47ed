namespace System.Runtime.Versioning
{
    public sealed class TargetFrameworkAttribute : Attribute
    {
        public extern TargetFrameworkAttribute(string frameworkName);

        public extern string FrameworkName { get; }
        public extern string FrameworkDisplayName { get; set; }
    }
}

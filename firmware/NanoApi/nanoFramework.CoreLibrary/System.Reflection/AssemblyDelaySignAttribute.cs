namespace System.Reflection
{
    public sealed class AssemblyDelaySignAttribute : Attribute
    {
        public extern AssemblyDelaySignAttribute(bool delaySign);

        public extern bool DelaySign { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyFlagsAttribute : Attribute
    {
        public extern AssemblyFlagsAttribute(uint flags);
        public extern AssemblyFlagsAttribute(AssemblyNameFlags assemblyFlags);

        public extern uint Flags { get; }
    }
}

namespace System.Diagnostics
{
    public sealed class DebuggerTypeProxyAttribute : Attribute
    {
        public extern DebuggerTypeProxyAttribute(Type type);
        public extern DebuggerTypeProxyAttribute(string typeName);

        public extern string ProxyTypeName { get; }
        public extern Type Target { get; set; }
        public extern string TargetTypeName { get; set; }
    }
}

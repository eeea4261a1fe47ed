namespace System.Diagnostics.CodeAnalysis
{
    public sealed class MemberNotNullWhenAttribute : Attribute
    {
        public extern MemberNotNullWhenAttribute(bool returnValue, string member);
        public extern MemberNotNullWhenAttribute(bool returnValue, params string[] members);

        public extern bool ReturnValue { get; }
        public extern string[] Members { get; }
    }
}

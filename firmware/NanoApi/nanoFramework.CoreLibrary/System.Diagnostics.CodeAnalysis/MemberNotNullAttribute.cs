namespace System.Diagnostics.CodeAnalysis
{
    public sealed class MemberNotNullAttribute : Attribute
    {
        public extern MemberNotNullAttribute(string member);
        public extern MemberNotNullAttribute(params string[] members);

        public extern string[] Members { get; }
    }
}

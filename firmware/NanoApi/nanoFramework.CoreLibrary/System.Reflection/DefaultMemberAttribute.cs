namespace System.Reflection
{
    public sealed class DefaultMemberAttribute : Attribute
    {
        public extern DefaultMemberAttribute(string memberName);

        public extern string MemberName { get; }
    }
}

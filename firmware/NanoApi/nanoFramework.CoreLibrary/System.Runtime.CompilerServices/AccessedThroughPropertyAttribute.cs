namespace System.Runtime.CompilerServices
{
    public sealed class AccessedThroughPropertyAttribute : Attribute
    {
        public extern AccessedThroughPropertyAttribute(string propertyName);

        public extern string PropertyName { get; }
    }
}

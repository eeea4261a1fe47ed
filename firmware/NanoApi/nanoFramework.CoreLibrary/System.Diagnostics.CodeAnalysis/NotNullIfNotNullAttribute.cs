namespace System.Diagnostics.CodeAnalysis
{
    public sealed class NotNullIfNotNullAttribute : Attribute
    {
        public extern NotNullIfNotNullAttribute(string parameterName);

        public extern string ParameterName { get; }
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    public sealed class DoesNotReturnIfAttribute : Attribute
    {
        public extern DoesNotReturnIfAttribute(bool parameterValue);

        public extern bool ParameterValue { get; }
    }
}

namespace System.Runtime.CompilerServices
{
    public sealed class CallerArgumentExpressionAttribute : Attribute
    {
        public extern CallerArgumentExpressionAttribute(string parameterName);

        public extern string ParameterName { get; }
    }
}

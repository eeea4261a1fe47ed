namespace System.Reflection
{
    public abstract class ParameterInfo
    {
        protected extern ParameterInfo();

        public extern Type ParameterType { get; }
    }
}

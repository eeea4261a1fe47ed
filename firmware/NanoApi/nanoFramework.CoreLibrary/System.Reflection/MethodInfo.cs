namespace System.Reflection
{
    public abstract class MethodInfo : MethodBase
    {
        protected extern MethodInfo();

        public override extern MemberTypes MemberType { get; }
        public extern Type ReturnType { get; }
    }
}

namespace System.Reflection
{
    public abstract class ConstructorInfo : MethodBase
    {
        protected extern ConstructorInfo();

        public override extern MemberTypes MemberType { get; }

        public extern object Invoke(object[] parameters);
        public override extern object[] GetCustomAttributes(bool inherit);
    }
}

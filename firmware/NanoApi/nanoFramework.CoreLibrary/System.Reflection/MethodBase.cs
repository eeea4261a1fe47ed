namespace System.Reflection
{
    public abstract class MethodBase : MemberInfo
    {
        protected extern MethodBase();

        public extern bool IsPublic { get; }
        public extern bool IsStatic { get; }
        public extern bool IsFinal { get; }
        public extern bool IsVirtual { get; }
        public extern bool IsAbstract { get; }
        public override extern string Name { get; }
        public override extern Type DeclaringType { get; }

        public abstract ParameterInfo[] GetParameters();
        public extern object Invoke(object obj, object[] parameters);
    }
}

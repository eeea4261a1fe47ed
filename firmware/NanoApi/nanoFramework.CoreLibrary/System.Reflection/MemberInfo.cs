namespace System.Reflection
{
    public abstract class MemberInfo
    {
        protected extern MemberInfo();

        public virtual extern MemberTypes MemberType { get; }
        public virtual extern string Name { get; }
        public virtual extern Type DeclaringType { get; }

        public abstract object[] GetCustomAttributes(bool inherit);
    }
}

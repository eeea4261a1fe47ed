namespace System.Reflection
{
    public abstract class FieldInfo : MemberInfo
    {
        protected extern FieldInfo();

        public override extern MemberTypes MemberType { get; }
        public extern Type FieldType { get; }

        public abstract object GetValue(object obj);
        public extern void SetValue(object obj, object value);
        public override extern object[] GetCustomAttributes(bool inherit);
    }
}

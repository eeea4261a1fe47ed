namespace System.Reflection
{
    public abstract class PropertyInfo : MemberInfo
    {
        protected extern PropertyInfo();

        public extern Type PropertyType { get; }

        public extern object GetValue(object obj, object[] index);
        public extern void SetValue(object obj, object value, object[] index);
    }
}

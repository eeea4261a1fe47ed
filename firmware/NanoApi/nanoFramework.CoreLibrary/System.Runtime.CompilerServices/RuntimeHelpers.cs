namespace System.Runtime.CompilerServices
{
    public static class RuntimeHelpers
    {
        public static extern int OffsetToStringData { get; }

        public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);
        public static extern object GetObjectValue(object obj);
        public static extern void RunClassConstructor(RuntimeTypeHandle type);
    }
}

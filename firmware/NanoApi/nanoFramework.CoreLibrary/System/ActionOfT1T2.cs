namespace System
{
    public delegate void Action<T1, T2>(T1 arg1, T2 arg2);
}

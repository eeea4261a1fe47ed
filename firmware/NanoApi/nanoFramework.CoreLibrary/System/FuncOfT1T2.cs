namespace System
{
    public delegate TResult Func<T, TResult>(T arg);
}

namespace System
{
    public delegate TResult Func<TResult>();
}

namespace System
{
    public delegate void Action<T>(T obj);
}

namespace System.Threading
{
    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        public extern Timer(TimerCallback callback, object state, int dueTime, int period);
        public extern Timer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period);

        public extern bool Change(int dueTime, int period);
        public extern bool Change(TimeSpan dueTime, TimeSpan period);
        public extern void Dispose();
    }
}

namespace System.Threading
{
    public sealed class Thread
    {
        public extern Thread(ThreadStart start);

        public extern ThreadPriority Priority { get; set; }
        public extern int ManagedThreadId { get; }
        public extern bool IsAlive { get; }
        public static extern Thread CurrentThread { get; }
        public extern ThreadState ThreadState { get; }

        public extern void Start();
        public extern void Abort();
        public extern void Suspend();
        public extern void Resume();
        public extern void Join();
        public extern bool Join(int millisecondsTimeout);
        public extern bool Join(TimeSpan timeout);
        public static extern void Sleep(int millisecondsTimeout);
        public static extern void Sleep(TimeSpan timeout);
        public static extern void SpinWait(int iterations);
    }
}

namespace System.Threading
{
    public abstract class WaitHandle : MarshalByRefObject
    {
        public const int WaitTimeout = 258;

        protected extern WaitHandle();

        public extern bool WaitOne(int millisecondsTimeout, bool exitContext);
        public extern bool WaitOne();
        public static extern bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext);
        public static extern bool WaitAll(WaitHandle[] waitHandles);
        public static extern int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext);
        public static extern int WaitAny(WaitHandle[] waitHandles);
    }
}

namespace System.Threading
{
    public sealed class AutoResetEvent : WaitHandle
    {
        public extern AutoResetEvent(bool initialState);

        public extern bool Reset();
        public extern bool Set();
    }
}

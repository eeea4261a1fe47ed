using System;
using System.Threading;

namespace MicroFirmware.Device
{
    /// <summary>
    /// A thread that waits so that the miner's does not: it runs the latest job it was given, one at a time. A job that
    /// has not begun is replaced by a later one.
    /// </summary>
    internal sealed class Worker
    {
        private readonly AutoResetEvent _given = new AutoResetEvent(false);
        private readonly object _lock = new object();
        private ThreadStart _next;

        internal Worker()
        {
            new Thread(Run).Start();
        }

        internal void Post(ThreadStart job)
        {
            lock (_lock)
            {
                _next = job;
            }

            _given.Set();
        }

        private void Run()
        {
            while (true)
            {
                _given.WaitOne();
                ThreadStart job;
                lock (_lock)
                {
                    job = _next;
                    _next = null;
                }

                try
                {
                    job?.Invoke();
                }
                catch (Exception)
                {
                    // A job says by itself how it went; the thread must outlive whatever it ran into.
                }
            }
        }
    }
}

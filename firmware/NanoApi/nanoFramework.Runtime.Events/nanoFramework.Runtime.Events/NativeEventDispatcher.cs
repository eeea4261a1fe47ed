using System;

namespace nanoFramework.Runtime.Events
{
    public class NativeEventDispatcher : IDisposable
    {
        public extern NativeEventDispatcher(string driverName, ulong driverData);

        public extern event NativeEventHandler OnInterrupt;

        public extern void EnableInterrupt();
        public extern void DisableInterrupt();
        protected extern void Dispose(bool disposing);
        extern ~NativeEventDispatcher();
        public extern void Dispose();
    }
}

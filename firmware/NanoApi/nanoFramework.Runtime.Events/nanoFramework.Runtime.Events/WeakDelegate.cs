using System;

namespace nanoFramework.Runtime.Events
{
    public static class WeakDelegate
    {
        public static extern Delegate Combine(Delegate a, Delegate b);
        public static extern Delegate Remove(Delegate a, Delegate b);
    }
}

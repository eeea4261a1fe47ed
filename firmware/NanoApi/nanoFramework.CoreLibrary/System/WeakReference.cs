namespace System
{
    public class WeakReference
    {
        public extern WeakReference(object target);

        public extern bool IsAlive { get; }
        public extern object Target { get; set; }
    }
}

using nanoFramework.Runtime.Events;

namespace nanoFramework.Hardware.Esp32.Touch
{
    public class TouchPadEventArgs : BaseEvent
    {
        public extern TouchPadEventArgs(int padNumber, bool touched);

        public extern int PadNumber { get; }
        public extern bool Touched { get; }
    }
}

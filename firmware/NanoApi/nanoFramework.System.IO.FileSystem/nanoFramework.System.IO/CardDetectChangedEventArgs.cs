using System;

namespace nanoFramework.System.IO
{
    public class CardDetectChangedEventArgs : EventArgs
    {
        internal extern CardDetectChangedEventArgs();

        public extern CardDetectState CardState { get; }
        public extern uint SlotIndex { get; }
    }
}

namespace System.Device.Gpio
{
    public sealed class GpioPin : IDisposable
    {
        internal extern GpioPin();

        public extern event PinValueChangedEventHandler ValueChanged;

        public extern TimeSpan DebounceTimeout { get; set; }
        public extern int PinNumber { get; }

        public extern PinMode GetPinMode();
        public extern bool IsPinModeSupported(PinMode pinMode);
        public extern void SetPinMode(PinMode value);
        public extern PinValue Read();
        public extern void Write(PinValue value);
        public extern void Toggle();
        extern ~GpioPin();
        public extern void Dispose();
    }
}

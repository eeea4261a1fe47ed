using System.Device.Gpio;
using System.Threading;

namespace MicroFirmware.Device
{
    /// <summary>A light on a pin.</summary>
    internal sealed class Light
    {
        private const int HalfPeriodMs = 250;

        private readonly GpioPin _pin;
        private readonly Timer _timer;
        private int _turns;

        internal Light(int pin)
        {
            _pin = new GpioController().OpenPin(pin, PinMode.Output);
            _pin.Write(PinValue.Low);
            _timer = new Timer(Turn, null, Timeout.Infinite, Timeout.Infinite);
        }

        /// <summary>Blinks twice a second for a while; returns at once.</summary>
        internal void Blink(int seconds)
        {
            _turns = seconds * 1000 / HalfPeriodMs;
            _timer.Change(0, HalfPeriodMs);
        }

        private void Turn(object state)
        {
            if (_turns <= 0)
            {
                _timer.Change(Timeout.Infinite, Timeout.Infinite);
                _pin.Write(PinValue.Low);
                return;
            }

            _turns--;
            _pin.Toggle();
        }
    }
}

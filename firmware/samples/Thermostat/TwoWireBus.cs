using System.Device.Gpio;

namespace MicroFirmware.Samples.Thermostat
{
    /// <summary>
    /// I2C (NXP UM10204) as the only master, on two pins with pull-ups, at the pace of managed code: some kilohertz.
    /// Not implemented: clock stretching, more than one master.
    /// </summary>
    internal sealed class TwoWireBus
    {
        private readonly GpioPin _data;
        private readonly GpioPin _clock;

        internal TwoWireBus(GpioController pins, int dataPin, int clockPin)
        {
            _data = pins.OpenPin(dataPin, PinMode.OutputOpenDrain);
            _clock = pins.OpenPin(clockPin, PinMode.OutputOpenDrain);
            _data.Write(PinValue.High);
            _clock.Write(PinValue.High);
        }

        /// <summary>Reads a register into a buffer, as many octets as that has.</summary>
        /// <returns>False when nobody answers at the address.</returns>
        internal bool TryRead(byte address, byte register, byte[] buffer)
        {
            Start();
            bool isThere = TryWrite((byte)(address << 1)) && TryWrite(register);
            if (isThere)
            {
                Start();
                isThere = TryWrite((byte)((address << 1) | 1));
            }

            for (int i = 0; isThere && i < buffer.Length; i++)
            {
                buffer[i] = Read(i < buffer.Length - 1);
            }

            Stop();
            return isThere;
        }

        // Data falls while the clock is high.
        private void Start()
        {
            _data.Write(PinValue.High);
            _clock.Write(PinValue.High);
            _data.Write(PinValue.Low);
            _clock.Write(PinValue.Low);
        }

        // Data rises while the clock is high.
        private void Stop()
        {
            _data.Write(PinValue.Low);
            _clock.Write(PinValue.High);
            _data.Write(PinValue.High);
        }

        private bool TryWrite(byte octet)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                _data.Write((octet >> bit) & 1);
                Pulse();
            }

            // The ninth clock is the answer's: low from whoever is addressed.
            _data.Write(PinValue.High);
            return Pulse() == 0;
        }

        private byte Read(bool hasMore)
        {
            _data.Write(PinValue.High);
            int octet = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                octet = (octet << 1) | Pulse();
            }

            _data.Write(hasMore ? PinValue.Low : PinValue.High);
            Pulse();
            return (byte)octet;
        }

        private int Pulse()
        {
            _clock.Write(PinValue.High);
            int bit = (int)_data.Read();
            _clock.Write(PinValue.Low);
            return bit;
        }
    }
}

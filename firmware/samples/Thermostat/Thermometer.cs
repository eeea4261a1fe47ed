namespace MicroFirmware.Samples.Thermostat
{
    /// <summary>
    /// An LM75 or TMP75 at its first address. Its temperature register:
    /// <code>
    /// bit  15 ............ 5  4 .... 0
    ///      0.125 degrees each 0           signed, most significant octet first
    /// </code>
    /// </summary>
    internal sealed class Thermometer
    {
        private const byte Address = 0x48;
        private const byte TemperatureRegister = 0;

        private readonly TwoWireBus _bus;
        private readonly byte[] _register = new byte[2];

        internal Thermometer(TwoWireBus bus)
        {
            _bus = bus;
        }

        /// <summary>The temperature in tenths of a degree Celsius; false when the sensor does not answer.</summary>
        internal bool TryRead(out int tenths)
        {
            tenths = 0;
            if (!_bus.TryRead(Address, TemperatureRegister, _register))
            {
                return false;
            }

            tenths = ToTenths(_register[0], _register[1]);
            return true;
        }

        internal static int ToTenths(byte high, byte low)
        {
            int eighths = (short)((high << 8) | low) >> 5;
            return eighths * 10 / 8;
        }
    }
}

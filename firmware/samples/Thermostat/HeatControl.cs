namespace MicroFirmware.Samples.Thermostat
{
    /// <summary>Decides whether to heat: two-point control with a hysteresis of a degree.</summary>
    public sealed class HeatControl
    {
        private const int HysteresisTenths = 5;

        private readonly int _wantedTenths;
        private bool _isHeating;

        /// <summary>Holds a temperature.</summary>
        /// <param name="wantedTenths">In tenths of a degree Celsius.</param>
        public HeatControl(int wantedTenths)
        {
            _wantedTenths = wantedTenths;
        }

        /// <summary>Whether to heat, at a temperature in tenths of a degree Celsius.</summary>
        public bool Decide(int tenths)
        {
            _isHeating = _isHeating
                ? tenths < _wantedTenths + HysteresisTenths
                : tenths < _wantedTenths - HysteresisTenths;
            return _isHeating;
        }

        /// <summary>The thermometer does not answer: a heater that nobody watches is off.</summary>
        public bool GiveUp()
        {
            _isHeating = false;
            return false;
        }
    }
}

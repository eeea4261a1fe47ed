namespace nanoFramework.Hardware.Esp32.Touch
{
    public class DenoiseSetting
    {
        public extern DenoiseSetting();

        public extern DenoiseCapacitance DenoiseCapacitance { get; set; }
        public extern DenoiseRange DenoiseRange { get; set; }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public class Configuration
    {
        public extern Configuration();

        public static extern void SetPinFunction(int pin, DeviceFunction value);
        public static extern int GetFunctionPin(DeviceFunction function);
    }
}

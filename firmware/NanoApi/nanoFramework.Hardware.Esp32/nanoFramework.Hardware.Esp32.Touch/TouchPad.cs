using System;

namespace nanoFramework.Hardware.Esp32.Touch
{
    public class TouchPad : IDisposable
    {
        public extern TouchPad(int touchPadNumber);

        public extern event TouchPadValueChangedEventHandler ValueChanged;

        public static extern TouchTriggerMode TouchTriggerMode { get; set; }
        public static extern WakeUpSource WakeUpSource { get; set; }
        public static extern MeasurementMode MeasurementMode { get; set; }
        public static extern TouchHighVoltage TouchHighVoltage { get; }
        public static extern TouchLowVoltage TouchLowVoltage { get; }
        public static extern TouchHighVoltageAttenuation TouchHighVoltageAttenuation { get; }
        public static extern bool IsFilterOn { get; }
        public static extern bool DenoiseEnabled { get; set; }
        public extern int CalibrationData { get; }
        public extern uint Threshold { get; set; }
        public extern int TouchPadNumber { get; }

        public static extern int GetGpioNumberFromTouchNumber(int touchpadNumber);
        public static extern void SetVoltage(
            TouchHighVoltage touchHighVoltage, TouchLowVoltage touchLowVoltage,
            TouchHighVoltageAttenuation touchHighVoltageAttenuation);
        public static extern void StartFilter(IFilterSetting filterSetting);
        public static extern void StopFilter();
        public static extern MeasurementTime GetMeasurementTime();
        public static extern void SetMeasurementTime(MeasurementTime measurementTime);
        public static extern void SetDenoise(DenoiseSetting denoiseSetting);
        public static extern DenoiseSetting GetDenoise();
        public extern uint Read();
        public extern int GetCalibrationData(int count = 5);
        public extern void SetChargeSpeed(TouchChargeSpeed touchChargeSpeed);
        public extern TouchChargeSpeed GetChargeSpeed();
        public extern void Dispose();
    }
}

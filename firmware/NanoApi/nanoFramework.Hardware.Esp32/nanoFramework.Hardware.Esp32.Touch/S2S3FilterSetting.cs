namespace nanoFramework.Hardware.Esp32.Touch
{
    public class S2S3FilterSetting : IFilterSetting
    {
        public extern S2S3FilterSetting();

        public extern FilterSettingMode PeriodeSettingMode { get; set; }
        public extern FilterSettingDebounce FilterSettingDebounce { get; set; }
        public extern FilterSettingNoiseThreshold FilterSettingNoiseThreshold { get; set; }
        public extern byte JitterSize { get; set; }
        public extern FilterSettingSmoothMode FilterSettingSmoothMode { get; set; }
    }
}

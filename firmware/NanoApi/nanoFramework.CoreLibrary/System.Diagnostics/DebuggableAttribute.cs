namespace System.Diagnostics
{
    public sealed class DebuggableAttribute : Attribute
    {
        public extern DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled);
        public extern DebuggableAttribute(DebuggingModes modes);

        public extern bool IsJITTrackingEnabled { get; }
        public extern bool IsJITOptimizerDisabled { get; }
        public extern DebuggingModes DebuggingFlags { get; }

        public enum DebuggingModes
        {
            None = 0,
            Default = 1,
            DisableOptimizations = 256,
            IgnoreSymbolStoreSequencePoints = 2,
            EnableEditAndContinue = 4,
        }
    }
}

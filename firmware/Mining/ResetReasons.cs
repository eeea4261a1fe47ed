namespace MicroFirmware.Mining
{
    /// <summary>The words for <see cref="ResetReason"/> in telemetry and on the console.</summary>
    public static class ResetReasons
    {
        /// <summary>The reason's word.</summary>
        public static string NameOf(ResetReason reason)
        {
            switch (reason)
            {
                case ResetReason.Power: return "power";
                case ResetReason.Console: return "console";
                case ResetReason.Command: return "command";
                case ResetReason.Stall: return "stall";
                case ResetReason.Update: return "update";
                case ResetReason.Trial: return "trial";
                case ResetReason.Safe: return "safe";
                case ResetReason.Settings: return "settings";
                default: return "none";
            }
        }
    }
}

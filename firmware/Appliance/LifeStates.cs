namespace MicroFirmware.Appliance
{
    /// <summary>The words for <see cref="LifeState"/> in telemetry and on the console.</summary>
    public static class LifeStates
    {
        /// <summary>The state's word.</summary>
        public static string NameOf(LifeState state)
        {
            switch (state)
            {
                case LifeState.Boot: return "boot";
                case LifeState.Setup: return "setup";
                case LifeState.Safe: return "safe";
                case LifeState.Network: return "network";
                case LifeState.Time: return "time";
                case LifeState.Gateway: return "gateway";
                case LifeState.Mining: return "mining";
                default: return "degraded";
            }
        }
    }
}

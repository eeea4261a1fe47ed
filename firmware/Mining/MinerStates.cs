namespace MicroFirmware.Mining
{
    /// <summary>The words for <see cref="MinerState"/> in telemetry and on the console.</summary>
    public static class MinerStates
    {
        /// <summary>The state's word.</summary>
        public static string NameOf(MinerState state)
        {
            switch (state)
            {
                case MinerState.SelfTest: return "self-test";
                case MinerState.Fetching: return "fetching";
                case MinerState.Waiting: return "waiting";
                case MinerState.Mining: return "mining";
                case MinerState.Paused: return "paused";
                default: return "broken";
            }
        }
    }
}

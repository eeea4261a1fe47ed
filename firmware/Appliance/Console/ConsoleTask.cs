namespace MicroFirmware.Appliance
{
    /// <summary>A command that takes its time.</summary>
    internal abstract class ConsoleTask
    {
        /// <summary>Where its lines go.</summary>
        internal ConsoleAnswer Answer { get; set; }

        /// <summary>Does a little; ends with Ok or Error.</summary>
        internal abstract void Step(long now);
    }
}

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// The radio, or whatever connects the board. It does what it is told and decides nothing. No call blocks.
    /// </summary>
    public interface INetwork
    {
        /// <summary>Where the board stands.</summary>
        NetworkStatus Status { get; }

        /// <summary>Whether it can look around for networks.</summary>
        bool CanLookAround { get; }

        /// <summary>What the last look around has found; null until it has ended, empty when it failed.</summary>
        NetworkSeen[] Seen { get; }

        /// <summary>Begins to join; what was joined before is left. It ends Joined, or Down.</summary>
        /// <param name="name">The network's name, an octet in each character; empty for the one the board
        /// knows.</param>
        /// <param name="password">Its password; empty for an open one.</param>
        void Join(string name, string password);

        /// <summary>Leaves; the radio starts afresh at the next join.</summary>
        void Leave();

        /// <summary>Begins to ask for the time; the clock knows it when the answer is there.</summary>
        void AskTime(string server);

        /// <summary>Begins to look around.</summary>
        void LookAround();
    }
}

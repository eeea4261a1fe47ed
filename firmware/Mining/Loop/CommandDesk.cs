using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Decides whether a command is obeyed: it must be whole, carry the tag of the device's key, and be newer than
    /// the last one, whose counter is stored before anything is done.
    /// </summary>
    internal sealed class CommandDesk
    {
        private readonly MinerOptions _options;
        private readonly BoardState _state;

        internal CommandDesk(MinerOptions options, BoardState state)
        {
            _options = options;
            _state = state;
        }

        /// <summary>The command to obey, or null.</summary>
        internal Command Accept(byte[] payload)
        {
            Command command;
            if (Command.Parse(payload, 0, payload.Length, out command) != ParseStatus.Done
                || !Command.IsAuthentic(payload, 0, _options.Key, _options.DeviceId)
                || command.Counter <= _state.CommandCounter)
            {
                return null;
            }

            return _state.SetCommandCounter(command.Counter) ? command : null;
        }
    }
}

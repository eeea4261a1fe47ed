namespace MicroFirmware.Appliance
{
    /// <summary><c>scan</c>: the networks that the board sees.</summary>
    internal sealed class NetworkScan : ConsoleTask
    {
        internal const int DeadlineMs = 15000;

        private const int LinesMax = 32;

        private readonly INetwork _network;
        private readonly long _deadline;

        internal NetworkScan(INetwork network, long now)
        {
            _network = network;
            _deadline = now + DeadlineMs;
            network.LookAround();
        }

        internal override void Step(long now)
        {
            NetworkSeen[] seen = _network.Seen;
            if (seen == null)
            {
                if (now >= _deadline)
                {
                    Answer.Error(ConsoleCode.NoAnswer, "no answer from the radio");
                }

                return;
            }

            int count = seen.Length < LinesMax ? seen.Length : LinesMax;
            for (int i = 0; i < count; i++)
            {
                string channel = seen[i].Channel == 0 ? "-" : seen[i].Channel.ToString();
                Answer.Say(seen[i].Rssi.ToString() + " " + channel + " " + Shown(seen[i].Name));
            }

            Answer.Ok(seen.Length.ToString() + " networks");
        }

        // Anybody may give a network any name; control characters would reach the owner's terminal.
        private static string Shown(string name)
        {
            char[] text = name.ToCharArray();
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = text[i] < ' ' || text[i] == (char)127 ? '?' : text[i];
            }

            return new string(text);
        }
    }
}

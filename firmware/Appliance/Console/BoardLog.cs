using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// What the board says by itself: a line on the console that begins with <c>#</c>, and a memory of the last lines
    /// for who comes later.
    /// </summary>
    internal sealed class BoardLog : IConsole
    {
        internal const int Depth = 32;
        internal const string Mark = "# ";

        private readonly IConsole _console;
        private readonly IClock _clock;
        private readonly string[] _lines = new string[Depth];
        private readonly long[] _times = new long[Depth];
        private readonly long _startedAt;
        private int _next;

        internal BoardLog(IConsole console, IClock clock)
        {
            _console = console;
            _clock = clock;
            _startedAt = clock.NowMs;
        }

        /// <summary>How many lines are remembered.</summary>
        internal int Count { get; private set; }

        /// <summary>Nothing is typed at a log.</summary>
        public int Read(byte[] buffer)
        {
            return 0;
        }

        /// <inheritdoc/>
        public void WriteLine(string text)
        {
            _lines[_next] = text;
            _times[_next] = (_clock.NowMs - _startedAt) / 1000;
            _next = (_next + 1) % Depth;
            Count = Count < Depth ? Count + 1 : Depth;
            _console.WriteLine(Mark + text);
        }

        /// <summary>A remembered line with the seconds since the start before it; 0 is the newest.</summary>
        internal string At(int age)
        {
            int at = (_next + Depth - 1 - age) % Depth;
            return _times[at].ToString() + " " + _lines[at];
        }
    }
}

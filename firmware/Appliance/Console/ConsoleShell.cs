using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// The serial console: reads lines, obeys one command at a time, ends each answer with <c>ok</c> or <c>error</c>.
    /// What is typed is bounded at every turn: octets in a step, octets in a line, lines that wait.
    /// </summary>
    internal sealed class ConsoleShell
    {
        /// <summary>How often typed octets are looked for where nothing wakes the board.</summary>
        internal const int PollIntervalMs = 500;

        /// <summary>Lines that may wait for the command under way.</summary>
        internal const int LinesMax = 4;

        private const int OctetsPerStep = 256;
        private const int NoiseIntervalMs = 1000;

        private readonly IConsole _console;
        private readonly LineReader _reader = new LineReader();
        private readonly ConsoleAnswer _answer;
        private readonly ConsoleCommands _commands;
        private readonly byte[] _octets = new byte[OctetsPerStep];
        private readonly string[] _lines = new string[LinesMax];
        private int _count;
        private bool _isFlooded;
        private bool _isTyped;
        private long _noiseAt = long.MinValue;
        private ConsoleTask _task;

        internal ConsoleShell(Supervisor supervisor, AppliancePorts ports)
        {
            _console = ports.Console;
            _answer = new ConsoleAnswer(ports.Console);
            _commands = new ConsoleCommands(supervisor, ports, _answer);
        }

        /// <summary>When <see cref="Step"/> wants to be called at the latest.</summary>
        internal long DueAt { get; private set; }

        /// <summary>Reads, obeys and writes a little.</summary>
        internal void Step(long now)
        {
            Read(now);
            _answer.Step(now);
            if (_answer.IsWritten && _answer.IsEnded)
            {
                _task = null;
                Obey(now);
            }
            else if (_task != null && !_answer.IsEnded)
            {
                _task.Step(now);
            }

            long poll = now + PollIntervalMs;
            DueAt = _isTyped || _count > 0 || _answer.DueAt < now ? now
                : _answer.DueAt < poll ? _answer.DueAt : poll;
        }

        private void Read(long now)
        {
            int count = _console.Read(_octets);
            _isTyped = count > 0;
            for (int i = 0; i < count; i++)
            {
                LineStatus status = _reader.Feed(_octets[i]);
                if (status == LineStatus.Line)
                {
                    Add(_reader.Line);
                }
                else if (status != LineStatus.None)
                {
                    Complain(status, now);
                }
            }
        }

        // A line of blanks only is an empty line. Beyond the bound one complaint stands for all that is dropped.
        private void Add(string line)
        {
            string trimmed = line.Trim();
            if (trimmed.Length == 0)
            {
                return;
            }

            if (_count == LinesMax)
            {
                _isFlooded = true;
                return;
            }

            _lines[_count++] = trimmed;
        }

        private void Obey(long now)
        {
            if (_count == 0)
            {
                if (_isFlooded)
                {
                    _isFlooded = false;
                    _answer.Error(ConsoleCode.Busy, "busy; lines were dropped");
                }

                return;
            }

            string line = _lines[0];
            _count--;
            for (int i = 0; i < _count; i++)
            {
                _lines[i] = _lines[i + 1];
            }

            _answer.Begin();
            _task = _commands.Obey(line, now);
        }

        // Noise may come without end; it does not get an answer without end. Within an answer it gets none.
        private void Complain(LineStatus status, long now)
        {
            if (!_answer.IsWritten || !_answer.IsEnded)
            {
                return;
            }

            if (status == LineStatus.TooLong)
            {
                _answer.Error(ConsoleCode.LineTooLong, "line too long");
            }
            else if (_noiseAt == long.MinValue || now - _noiseAt >= NoiseIntervalMs)
            {
                _noiseAt = now;
                _answer.Error(ConsoleCode.Noise, "noise");
            }
        }
    }
}

using System.Collections;
using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// The lines of one answer on their way to the serial line: a few at each step, so that a slow line keeps up.
    /// </summary>
    internal sealed class ConsoleAnswer
    {
        private const int LinesPerStep = 4;
        private const int StepIntervalMs = 20;

        private readonly IConsole _console;
        private readonly ArrayList _lines = new ArrayList();
        private int _written;
        private long _notBefore;

        internal ConsoleAnswer(IConsole console)
        {
            _console = console;
        }

        /// <summary>Whether every line has been written.</summary>
        internal bool IsWritten
        {
            get { return _lines.Count == 0; }
        }

        /// <summary>Whether the answer has its last line.</summary>
        internal bool IsEnded { get; private set; } = true;

        /// <summary>When <see cref="Step"/> has something to do; long.MaxValue for never.</summary>
        internal long DueAt
        {
            get { return IsWritten ? long.MaxValue : _notBefore; }
        }

        internal void Begin()
        {
            IsEnded = false;
        }

        /// <summary>Adds a line.</summary>
        internal void Say(string line)
        {
            _lines.Add(line);
        }

        /// <summary>The last line: it went well.</summary>
        internal void Ok(string words)
        {
            End(words.Length == 0 ? "ok" : "ok " + words);
        }

        /// <summary>The last line: it did not.</summary>
        internal void Error(int code, string words)
        {
            End("error " + code.ToString() + " " + words);
        }

        /// <summary>Writes some of what waits.</summary>
        internal void Step(long now)
        {
            if (IsWritten || now < _notBefore)
            {
                return;
            }

            int end = _written + LinesPerStep < _lines.Count ? _written + LinesPerStep : _lines.Count;
            while (_written < end)
            {
                _console.WriteLine((string)_lines[_written++]);
            }

            _notBefore = now + StepIntervalMs;
            if (_written == _lines.Count)
            {
                _lines.Clear();
                _written = 0;
            }
        }

        private void End(string line)
        {
            Say(line);
            IsEnded = true;
        }
    }
}

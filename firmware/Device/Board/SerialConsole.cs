using System;
using System.Collections;
using System.IO.Ports;
using System.Threading;
using MicroFirmware.Mining;
using nanoFramework.Hardware.Esp32;

namespace MicroFirmware.Device
{
    /// <summary>
    /// The second serial port, 115,200 baud. Lines are written by a thread of their own, as a port may block; more than
    /// <see cref="WaitingMax"/> of them are dropped.
    /// </summary>
    internal sealed class SerialConsole : IConsole
    {
        private const string PortName = "COM2";
        private const int BaudRate = 115200;
        private const int WriteTimeoutMs = 1000;
        private const int WaitingMax = 64;

        private readonly SerialPort _port = new SerialPort(PortName, BaudRate);
        private readonly Queue _lines = new Queue();
        private readonly AutoResetEvent _written = new AutoResetEvent(false);
        private readonly Wake _wake;

        internal SerialConsole(int txPin, int rxPin, Wake wake)
        {
            _wake = wake;
            Configuration.SetPinFunction(txPin, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(rxPin, DeviceFunction.COM2_RX);
            _port.WriteTimeout = WriteTimeoutMs;
            _port.DataReceived += OnReceived;
            _port.Open();
            new Thread(Run).Start();
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer)
        {
            int waiting = _port.BytesToRead;
            return waiting == 0 ? 0 : _port.Read(buffer, 0, waiting < buffer.Length ? waiting : buffer.Length);
        }

        /// <inheritdoc/>
        public void WriteLine(string text)
        {
            lock (_lines)
            {
                if (_lines.Count < WaitingMax)
                {
                    _lines.Enqueue(text);
                }
            }

            _written.Set();
        }

        private void OnReceived(object sender, SerialDataReceivedEventArgs e)
        {
            _wake.Up();
        }

        private void Run()
        {
            while (true)
            {
                _written.WaitOne();
                for (string line = Next(); line != null; line = Next())
                {
                    try
                    {
                        _port.Write(line + "\r\n");
                    }
                    catch (Exception)
                    {
                        // Nobody reads at the other end: the line is lost, the board goes on.
                    }
                }
            }
        }

        private string Next()
        {
            lock (_lines)
            {
                return _lines.Count == 0 ? null : (string)_lines.Dequeue();
            }
        }
    }
}

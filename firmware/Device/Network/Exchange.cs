using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// One connection of the work source: resolves, connects, sends, receives until the other side closes, on the
    /// worker's thread. The miner's thread polls, and may drop it at any moment; whatever the worker is waiting for
    /// then ends with the socket, or at <see cref="TimeoutMs"/>.
    /// </summary>
    internal sealed class Exchange
    {
        /// <summary>Longest life of an exchange.</summary>
        internal const int TimeoutMs = 15000;

        /// <summary>Most octets of an answer; a longer one is no work record.</summary>
        private const int AnswerMax = 4096;

        private readonly object _lock = new object();
        private readonly GatewayAddress _gateway;
        private readonly byte[] _request;
        private readonly X509Certificate _authority;
        private readonly Wake _wake;
        private readonly long _deadline;
        private readonly byte[] _answer = new byte[AnswerMax];
        private int _received;
        private int _taken;
        private TransferStatus _end = TransferStatus.Waiting;
        private Socket _socket;

        internal Exchange(GatewayAddress gateway, byte[] request, X509Certificate authority, Wake wake)
        {
            _gateway = gateway;
            _request = request;
            _authority = authority;
            _wake = wake;
            _deadline = Environment.TickCount64 + TimeoutMs;
        }

        private int RemainingMs
        {
            get { return (int)(_deadline - Environment.TickCount64); }
        }

        internal TransferStatus Poll(byte[] buffer, out int count)
        {
            lock (_lock)
            {
                count = _received - _taken;
                count = count < buffer.Length ? count : buffer.Length;
                if (count > 0)
                {
                    Array.Copy(_answer, _taken, buffer, 0, count);
                    _taken += count;
                    return TransferStatus.Received;
                }
            }

            if (RemainingMs <= 0)
            {
                Finish(TransferStatus.Failed);
            }

            return _end;
        }

        /// <summary>Ends the exchange; a wait of the worker's ends with the socket.</summary>
        internal void Finish(TransferStatus end)
        {
            Socket socket;
            lock (_lock)
            {
                _end = _end == TransferStatus.Waiting ? end : _end;
                socket = _socket;
                _socket = null;
            }

            socket?.Close();
            _wake.Up();
        }

        internal void Run()
        {
            try
            {
                Finish(Transfer() ? TransferStatus.Closed : TransferStatus.Failed);
            }
            catch (Exception)
            {
                Finish(TransferStatus.Failed);
            }
        }

        private bool Transfer()
        {
            // Looked up at every attempt: neither an answer nor a failure outlives it.
            IPHostEntry host = Dns.GetHostEntry(_gateway.Host);
            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            lock (_lock)
            {
                _socket = socket;
            }

            if (_end != TransferStatus.Waiting || RemainingMs <= 0)
            {
                return false;
            }

            socket.SendTimeout = RemainingMs;
            socket.ReceiveTimeout = RemainingMs;
            socket.Connect(new IPEndPoint(host.AddressList[0], _gateway.HttpPort));
            using (NetworkStream stream = Open(socket))
            {
                stream.Write(_request, 0, _request.Length);
                return Receive(stream);
            }
        }

        private NetworkStream Open(Socket socket)
        {
            if (!_gateway.IsSecure)
            {
                return new NetworkStream(socket, false);
            }

            SslStream secure = new SslStream(socket) { SslVerification = SslVerification.CertificateRequired };
            secure.AuthenticateAsClient(_gateway.Host, null, _authority, SslProtocols.Tls12);
            return secure;
        }

        private bool Receive(NetworkStream stream)
        {
            byte[] part = new byte[512];
            while (_end == TransferStatus.Waiting)
            {
                int count = stream.Read(part, 0, part.Length);
                if (count <= 0)
                {
                    return true;
                }

                lock (_lock)
                {
                    if (_received + count > AnswerMax)
                    {
                        return false;
                    }

                    Array.Copy(part, 0, _answer, _received, count);
                    _received += count;
                }

                _wake.Up();
            }

            return false;
        }
    }
}

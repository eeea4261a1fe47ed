using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>Carries work requests over sockets, one at a time, on a thread of its own.</summary>
    internal sealed class SocketWorkSource : IWorkSource
    {
        private readonly Worker _worker = new Worker();
        private readonly X509Certificate _authority;
        private readonly Wake _wake;
        private Exchange _exchange;

        internal SocketWorkSource(X509Certificate authority, Wake wake)
        {
            _authority = authority;
            _wake = wake;
        }

        /// <inheritdoc/>
        public void Begin(GatewayAddress gateway, byte[] request)
        {
            End();
            _exchange = new Exchange(gateway, request, _authority, _wake);
            _worker.Post(_exchange.Run);
        }

        /// <inheritdoc/>
        public TransferStatus Poll(byte[] buffer, out int count)
        {
            count = 0;
            return _exchange == null ? TransferStatus.Failed : _exchange.Poll(buffer, out count);
        }

        /// <inheritdoc/>
        public void End()
        {
            _exchange?.Finish(TransferStatus.Failed);
            _exchange = null;
        }
    }
}

using System.Collections;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// The connection to the broker on M2Mqtt. Its client blocks while it connects and leaves: a worker does both,
    /// first the leaving, then the connecting.
    /// </summary>
    internal sealed class MqttShareChannel : IShareChannel
    {
        private readonly Worker _worker = new Worker();
        private readonly ArrayList _leaving = new ArrayList();
        private readonly X509Certificate _authority;
        private readonly Wake _wake;
        private BrokerSession _session;
        private BrokerSession _wanted;

        internal MqttShareChannel(X509Certificate authority, Wake wake)
        {
            _authority = authority;
            _wake = wake;
        }

        /// <inheritdoc/>
        public void Open(ChannelOptions options)
        {
            Change(new BrokerSession(options, _authority, _wake));
        }

        /// <inheritdoc/>
        public int Publish(string topic, byte[] payload, byte qos, bool retain)
        {
            return _session == null ? 0 : _session.Publish(topic, payload, qos, retain);
        }

        /// <inheritdoc/>
        public ChannelEventKind Poll(ChannelEvent channelEvent)
        {
            return _session == null ? ChannelEventKind.None : _session.Poll(channelEvent);
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (_session != null)
            {
                Change(null);
            }
        }

        private void Change(BrokerSession next)
        {
            lock (_leaving)
            {
                // A session that the worker has not come to has nothing to leave.
                if (_session != null && _session != _wanted)
                {
                    _leaving.Add(_session);
                }

                _wanted = next;
            }

            _session = next;
            _worker.Post(Turn);
        }

        private void Turn()
        {
            object[] leaving;
            BrokerSession wanted;
            lock (_leaving)
            {
                leaving = _leaving.ToArray();
                _leaving.Clear();
                wanted = _wanted;
                _wanted = null;
            }

            foreach (object session in leaving)
            {
                ((BrokerSession)session).Leave();
            }

            wanted?.Connect();
        }
    }
}

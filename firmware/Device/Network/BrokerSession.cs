using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MicroFirmware.Mining;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace MicroFirmware.Device
{
    /// <summary>One connection to the broker, from its beginning to its end; its events go into its queue.</summary>
    internal sealed class BrokerSession
    {
        /// <summary>Stands for messages of QoS 0, which nobody acknowledges; packet identifiers are smaller.</summary>
        private const int UnacknowledgedHandle = 0x10000;

        /// <summary>Longest time from the beginning to the granted subscriptions.</summary>
        private const int OpenTimeoutMs = 45000;

        /// <summary>Longest payload that is of interest; what a gateway sends is far shorter.</summary>
        private const int PayloadMax = 512;

        /// <summary>Messages sent and not yet acknowledged; beyond it Publish says that it cannot now.</summary>
        private const int InflightMax = 16;

        private readonly EventQueue _events = new EventQueue();
        private readonly ChannelOptions _options;
        private readonly X509Certificate _authority;
        private readonly Wake _wake;
        private readonly long _deadline = Environment.TickCount64 + OpenTimeoutMs;
        private MqttClient _client;
        private bool _isOpen;

        internal BrokerSession(ChannelOptions options, X509Certificate authority, Wake wake)
        {
            _options = options;
            _authority = authority;
            _wake = wake;
        }

        /// <summary>Connects and subscribes; blocks, so only on the worker's thread.</summary>
        internal void Connect()
        {
            try
            {
                GatewayAddress gateway = _options.Gateway;
                MqttSslProtocols protocol = gateway.IsSecure ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None;
                _client = new MqttClient(gateway.Host, gateway.MqttPort, gateway.IsSecure, _authority, null, protocol);
                _client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
                _client.Settings.InflightQueueSize = InflightMax;
                _client.MqttMsgPublishReceived += OnMessage;
                _client.MqttMsgPublished += OnPublished;
                _client.MqttMsgSubscribed += OnSubscribed;
                _client.ConnectionClosed += OnClosed;
                string will = Encoding.UTF8.GetString(_options.WillPayload, 0, _options.WillPayload.Length);
                MqttReasonCode code = _client.Connect(
                    _options.ClientId, _options.User, _options.Password, true, MqttQoSLevel.AtLeastOnce, true,
                    _options.WillTopic, will, true, _options.KeepAliveSeconds);
                if (code == MqttReasonCode.Success)
                {
                    Subscribe();
                    return;
                }
            }
            catch (Exception)
            {
                // Whatever it was, there is no connection; the miner tries again when it thinks it right.
            }

            Add(ChannelEventKind.Closed);
        }

        /// <summary>Leaves with DISCONNECT where there is a connection; blocks.</summary>
        internal void Leave()
        {
            try
            {
                _client?.Disconnect();
                _client?.Dispose();
            }
            catch (Exception)
            {
                // Left one way or the other.
            }
        }

        internal int Publish(string topic, byte[] payload, byte qos, bool retain)
        {
            if (!_isOpen)
            {
                return 0;
            }

            try
            {
                MqttQoSLevel level = qos == 0 ? MqttQoSLevel.AtMostOnce : MqttQoSLevel.AtLeastOnce;
                int id = _client.Publish(topic, payload, null, null, level, retain);
                return qos == 0 ? UnacknowledgedHandle : id;
            }
            catch (Exception)
            {
                return 0;
            }
        }

        internal ChannelEventKind Poll(ChannelEvent channelEvent)
        {
            if (!_isOpen && Environment.TickCount64 > _deadline)
            {
                _events.Add(ChannelEventKind.Closed);
            }

            return _events.Take(channelEvent);
        }

        private void Subscribe()
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[_options.Subscriptions.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            _client.Subscribe(_options.Subscriptions, levels);
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            foreach (MqttQoSLevel granted in e.GrantedQoSLevels)
            {
                if (granted == MqttQoSLevel.GrantedFailure)
                {
                    Add(ChannelEventKind.Closed);
                    return;
                }
            }

            _isOpen = true;
            Add(ChannelEventKind.Opened);
        }

        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            byte[] payload = e.Message == null ? new byte[0] : e.Message;
            if (payload.Length <= PayloadMax)
            {
                Add(ChannelEventKind.Message, 0, e.Topic, payload);
            }
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            // After its last unanswered repetition a message is given up: the connection is as good as lost.
            ChannelEventKind kind = e.IsPublished ? ChannelEventKind.Acknowledged : ChannelEventKind.Closed;
            Add(kind, e.MessageId);
        }

        private void OnClosed(object sender, EventArgs e)
        {
            Add(ChannelEventKind.Closed);
        }

        private void Add(ChannelEventKind kind, int handle = 0, string topic = null, byte[] payload = null)
        {
            _isOpen = _isOpen && kind != ChannelEventKind.Closed;
            _events.Add(kind, handle, topic, payload);
            _wake.Up();
        }
    }
}

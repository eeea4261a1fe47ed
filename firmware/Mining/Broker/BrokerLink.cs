using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Keeps the connection to the broker: opens it, opens it again with back-off, sends the queue's shares until
    /// they are acknowledged. A share goes again after every reconnect, with the same octets.
    /// </summary>
    internal sealed class BrokerLink
    {
        /// <summary>Longest time to connect and subscribe.</summary>
        internal const int OpenDeadlineMs = 30000;

        /// <summary>
        /// Longest time without any acknowledgement while one is awaited; M2Mqtt sends again three times, 30 s
        /// apart, before it gives up.
        /// </summary>
        internal const int AcknowledgeDeadlineMs = 120000;

        /// <summary>MQTT keep-alive.</summary>
        internal const int KeepAliveSeconds = 30;

        /// <summary>Shares under way at a time.</summary>
        internal const int InFlightMax = 8;

        // Adapters wake the board when something arrives; this is for a wake-up that was lost.
        private const int PollIntervalMs = 500;

        private readonly MinerOptions _options;
        private readonly IShareChannel _channel;
        private readonly Counters _counters;
        private readonly Backoff _backoff;
        private readonly ChannelEvent _event = new ChannelEvent();
        private readonly string _shareTopic;

        private ShareQueue _queue;
        private long _deadline;
        private long _notBefore;
        private long _waitingSince;

        internal BrokerLink(
            MinerOptions options, IShareChannel channel, Counters counters, ShareQueue queue, JitterSource jitter)
        {
            _options = options;
            _channel = channel;
            _counters = counters;
            _queue = queue;
            _backoff = new Backoff(jitter);
            _shareTopic = Topics.Share(options.DeviceId);
        }

        /// <summary>Whether messages can be sent.</summary>
        internal bool IsOpen { get; private set; }

        /// <summary>Whether the broker has been asked to let the board in and may still answer.</summary>
        internal bool IsOpening { get; private set; }

        /// <summary>When <see cref="Step"/> wants to be called at the latest.</summary>
        internal long DueAt { get; private set; }

        /// <summary>With Message: its topic.</summary>
        internal string Topic
        {
            get { return _event.Topic; }
        }

        /// <summary>With Message: its payload.</summary>
        internal byte[] Payload
        {
            get { return _event.Payload; }
        }

        /// <summary>
        /// Does what is due and gives the next event; there may be more as long as that is not None.
        /// </summary>
        internal LinkEvent Step(long now)
        {
            DueAt = now + PollIntervalMs;
            if (!IsOpen && !IsOpening)
            {
                if (now < _notBefore || !_counters.IsCertain)
                {
                    DueAt = now < _notBefore ? _notBefore : DueAt;
                    return LinkEvent.None;
                }

                Open(now);
            }

            if ((IsOpening && now >= _deadline) || IsAcknowledgementOverdue(now))
            {
                _channel.Close();
                return Lose(now);
            }

            LinkEvent result = Receive(now);
            if (IsOpen)
            {
                SendShares(now);
            }

            return result;
        }

        /// <summary>Sends a message that nobody waits for.</summary>
        /// <returns>False when it could not be sent.</returns>
        internal bool Publish(string topic, byte[] payload, byte qos, bool retain)
        {
            return IsOpen && _channel.Publish(topic, payload, qos, retain) != 0;
        }

        /// <summary>Says goodbye: the retained status becomes offline.</summary>
        internal void Leave()
        {
            PublishStatus(DeviceStatus.Offline);
        }

        /// <summary>Leaves the connection, and opens one at once for the shares of a queue.</summary>
        internal void StartAfresh(ShareQueue queue, long now)
        {
            _channel.Close();
            Lose(now);
            _queue = queue;
            _backoff.Reset();
            _notBefore = now;
            DueAt = now;
        }

        private void Open(long now)
        {
            IsOpening = true;
            _deadline = now + OpenDeadlineMs;
            Credential credential = Credential.ForMqtt(_options.DeviceId, _counters.NextRequest(), _options.Key);
            _channel.Open(new ChannelOptions
            {
                Gateway = _options.Gateway,
                ClientId = _options.DeviceId,
                User = _options.DeviceId,
                Password = credential.ToMqttPassword(),
                WillTopic = Topics.Status(_options.DeviceId),
                WillPayload = Ascii.GetBytes(DeviceStatus.Offline),
                Subscriptions = new string[]
                {
                    Topics.Job, Topics.Verdict(_options.DeviceId), Topics.Command(_options.DeviceId),
                    Topics.Proof(_options.DeviceId),
                },
                KeepAliveSeconds = KeepAliveSeconds,
            });
        }

        private LinkEvent Receive(long now)
        {
            switch (_channel.Poll(_event))
            {
                case ChannelEventKind.Opened:
                    IsOpening = false;
                    IsOpen = true;
                    _waitingSince = now;
                    _backoff.Reset();
                    PublishStatus(DeviceStatus.Online);
                    return LinkEvent.Opened;
                case ChannelEventKind.Closed:
                    return Lose(now);
                case ChannelEventKind.Acknowledged:
                    _waitingSince = now;
                    return _queue.Acknowledge(_event.Handle) ? LinkEvent.ShareAcknowledged : LinkEvent.None;
                case ChannelEventKind.Message:
                    return LinkEvent.Message;
                default:
                    return LinkEvent.None;
            }
        }

        private LinkEvent Lose(long now)
        {
            IsOpening = false;
            IsOpen = false;
            _queue.ForgetHandles();
            _notBefore = now + _backoff.Next();
            DueAt = _notBefore;
            return LinkEvent.Closed;
        }

        private void SendShares(long now)
        {
            int count = _queue.Count < InFlightMax ? _queue.Count : InFlightMax;
            for (int i = 0; i < count; i++)
            {
                QueuedShare share = _queue.At(i);
                if (share.Handle == 0)
                {
                    _waitingSince = _queue.HasInFlight ? _waitingSince : now;
                    share.Handle = _channel.Publish(_shareTopic, share.Record, 1, false);
                }

                if (share.Handle == 0)
                {
                    return;
                }
            }
        }

        private bool IsAcknowledgementOverdue(long now)
        {
            return IsOpen && now - _waitingSince >= AcknowledgeDeadlineMs && _queue.HasInFlight;
        }

        private void PublishStatus(string status)
        {
            Publish(Topics.Status(_options.DeviceId), Ascii.GetBytes(status), 1, true);
        }
    }
}

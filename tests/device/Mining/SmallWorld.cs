using System.Collections;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.DeviceTests
{
    /// <summary>
    /// All that is outside a miner, in a few lines: a gateway that gives easy work for every counter it has not seen, a
    /// broker that accepts everything, a store in memory, a clock that is moved by hand.
    /// </summary>
    internal sealed class SmallWorld : IWorkSource, IShareChannel, ISettingsStore, IConsole, IClock, IBoard
    {
        private readonly Hashtable _files = new Hashtable();
        private readonly ArrayList _shares = new ArrayList();
        private ulong _counterFloor;
        private byte[] _answer;
        private int _taken;
        private int _handle;
        private bool _isOpening;

        /// <summary>The key the gateway signs with.</summary>
        internal byte[] GatewayKey { get; set; } = Golden.Key();

        internal long Now { get; set; } = 1000;

        internal int Requests { get; private set; }

        /// <summary>A proof to be checked, once; null for none.</summary>
        internal byte[] Proof { get; set; }

        /// <summary>What was found out about it; null until then.</summary>
        internal byte[] Finding { get; private set; }

        /// <summary>Share records, as they were published.</summary>
        internal ArrayList Shares
        {
            get { return _shares; }
        }

        public long NowMs
        {
            get { return Now; }
        }

        public long UtcSeconds
        {
            get { return 0; }
        }

        public long FreeMemory
        {
            get { return Telemetry.Unknown; }
        }

        public long Temperature
        {
            get { return Telemetry.Unknown; }
        }

        public long Rssi
        {
            get { return Telemetry.Unknown; }
        }

        /// <summary>Steps a miner until it has published a share, or has been asked often enough.</summary>
        internal void Run(Miner miner, int steps)
        {
            for (int i = 0; i < steps && _shares.Count == 0; i++)
            {
                Now += 1 + miner.Step(Now);
            }
        }

        internal Miner CreateMiner()
        {
            MinerOptions options = new MinerOptions
            {
                DeviceId = Golden.Device,
                Key = Golden.Key(),
                Gateway = new GatewayAddress("gateway", 8080, 1883, false),
                SliceMaxNonces = 64,
            };
            return new Miner(options, new MinerPorts
            {
                Scanner = new UnrolledScanner(),
                WorkSource = this,
                ShareChannel = this,
                Store = this,
                Console = this,
                Clock = this,
                Board = this,
            });
        }

        public void Begin(GatewayAddress gateway, byte[] request)
        {
            Requests++;
            string text = Ascii.GetString(request, 0, request.Length);
            int start = text.IndexOf(Credential.Scheme + " ");
            string value = text.Substring(start, text.IndexOf('\r', start) - start);
            Credential.TryParseHttp(value, out Credential credential);
            _answer = credential.Counter > _counterFloor ? Give(credential.Counter) : Refuse(credential.Counter);
            _counterFloor = credential.Counter > _counterFloor ? credential.Counter : _counterFloor;
            _taken = 0;
        }

        public TransferStatus Poll(byte[] buffer, out int count)
        {
            count = _answer.Length - _taken;
            count = count < buffer.Length ? count : buffer.Length;
            if (count == 0)
            {
                return TransferStatus.Closed;
            }

            System.Array.Copy(_answer, _taken, buffer, 0, count);
            _taken += count;
            return TransferStatus.Received;
        }

        public void End()
        {
        }

        public void Open(ChannelOptions options)
        {
            _isOpening = true;
        }

        public int Publish(string topic, byte[] payload, byte qos, bool retain)
        {
            if (topic == Topics.Share(Golden.Device))
            {
                _shares.Add(payload);
            }
            else if (topic == Topics.Finding(Golden.Device))
            {
                Finding = payload;
            }

            return ++_handle;
        }

        public ChannelEventKind Poll(ChannelEvent channelEvent)
        {
            bool opened = _isOpening;
            _isOpening = false;
            if (opened || Proof == null)
            {
                return opened ? ChannelEventKind.Opened : ChannelEventKind.None;
            }

            channelEvent.Topic = Topics.Proof(Golden.Device);
            channelEvent.Payload = Proof;
            Proof = null;
            return ChannelEventKind.Message;
        }

        public void Close()
        {
        }

        public byte[] Read(string name)
        {
            return (byte[])_files[name];
        }

        public bool Write(string name, byte[] content)
        {
            _files[name] = content;
            return true;
        }

        public int Read(byte[] buffer)
        {
            return 0;
        }

        public void WriteLine(string text)
        {
        }

        public void FeedWatchdog()
        {
        }

        public void Identify(int seconds)
        {
        }

        public void Restart()
        {
        }

        private byte[] Refuse(ulong counter)
        {
            Refusal refusal = new Refusal
            {
                Code = RefusalCode.CounterReplayed,
                Counter = counter,
                CounterFloor = _counterFloor,
            };
            return Ascii.GetBytes("HTTP/1.1 409 Conflict\r\n" + Refusal.HeaderName + ": "
                + refusal.ToHeaderValue(GatewayKey, Golden.Device) + "\r\nContent-Length: 0\r\n\r\n");
        }

        private byte[] Give(ulong counter)
        {
            WorkRecord work = new WorkRecord
            {
                ValiditySeconds = 60,
                JobId = Golden.JobId,
                Lane = 5,
                Height = 1,
                Counter = counter,
                Header = new byte[Limits.HeaderWithoutNonceLength],
                LastNonce = uint.MaxValue,
                ShareTarget = Work.ToTarget(256),
            };
            byte[] head = Ascii.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 192\r\n\r\n");
            byte[] answer = new byte[head.Length + WorkRecord.Length];
            System.Array.Copy(head, answer, head.Length);
            work.Write(answer, head.Length, GatewayKey, Golden.Device);
            return answer;
        }
    }
}

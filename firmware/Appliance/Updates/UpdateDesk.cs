using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Fetches an update while the board mines on: manifest, signature, chunks, digest, and only then the one write
    /// that puts the spare slot on trial. Power may go at any moment; what runs now is never touched.
    /// </summary>
    internal sealed class UpdateDesk
    {
        /// <summary>A trial that has not come to mine for so long is given up.</summary>
        internal const int TrialMs = 600000;

        /// <summary>An update that is not fetched after so long is given up.</summary>
        internal const int DeadlineMs = 1800000;

        /// <summary>Tries for one request.</summary>
        internal const int TriesMost = 5;

        private const int RetryMs = 5000;
        private const int LongestWaitMs = 1000;
        private const int PollMs = 200;

        private enum Stage : byte
        {
            Idle,
            Manifest,
            Signature,
            Chunks,
            Digest,
        }

        private readonly AppliancePorts _ports;
        private readonly BoardSettings _settings;
        private readonly IConsole _log;
        private readonly SlotState _slots;
        private readonly long _trialUntil;
        private bool _isOnTrial;
        private Stage _stage;
        private GatewayAddress _gateway;
        private uint _wanted;
        private long _deadline;
        private long _notBefore;
        private int _tries;
        private int _chunk;
        private Download _download;
        private UpdateManifest _manifest;
        private LmsCheck _check;
        private SlotDigest _digest;

        internal UpdateDesk(AppliancePorts ports, BoardSettings settings, IConsole log, long now)
        {
            _ports = ports;
            _settings = settings;
            _log = log;
            if (ports.Images == null)
            {
                Release = Telemetry.Unknown;
                return;
            }

            _slots = new SlotState(ports.Store.Read(SlotState.FirstFile), ports.Store.Read(SlotState.SecondFile));
            int running = _slots.Trial == SlotState.None ? _slots.Active : _slots.Trial;
            _isOnTrial = _slots.Trial != SlotState.None;
            _trialUntil = now + TrialMs;
            byte[] head = new byte[Image.HeadLength];
            Release = ports.Images.Read(running, 0, head) == head.Length ? Image.ReleaseOf(head) : 0;
        }

        /// <summary>The release that runs; unknown on a board without slots.</summary>
        internal long Release { get; }

        /// <summary>Whether an update is being fetched.</summary>
        internal bool IsBusy
        {
            get { return _stage != Stage.Idle; }
        }

        /// <summary>Why the board has to restart; None while it has not.</summary>
        internal ResetReason RestartReason { get; private set; }

        /// <summary>Begins to fetch.</summary>
        /// <param name="release">Which release, or 0 for whatever there is.</param>
        /// <param name="gateway">Where from.</param>
        /// <param name="now">The time.</param>
        /// <returns>False when it cannot be begun: no slots, no key, a trial or another update under way.</returns>
        internal bool Begin(uint release, GatewayAddress gateway, long now)
        {
            if (_slots == null || IsBusy || _isOnTrial || _slots.Trial != SlotState.None
                || _settings.OctetsAt(SettingTable.UpdateKey) == null)
            {
                return false;
            }

            _wanted = release;
            _gateway = gateway;
            _deadline = now + DeadlineMs;
            _notBefore = now;
            _tries = 0;
            _stage = Stage.Manifest;
            return true;
        }

        /// <summary>The board has mined for a while: a trial has proven itself.</summary>
        internal void Confirm()
        {
            if (!_isOnTrial)
            {
                return;
            }

            if (_slots.Trial != SlotState.None)
            {
                _slots.Confirm();
                _log.WriteLine("update: release " + Release.ToString() + " has proven itself");
            }

            // Until it is written the next start is another one on trial.
            _isOnTrial = !Write();
        }

        /// <summary>Does a little.</summary>
        /// <returns>In how many milliseconds it wants to be called again.</returns>
        internal int Step(long now)
        {
            if (_isOnTrial && _slots.Trial != SlotState.None && now >= _trialUntil)
            {
                RestartReason = ResetReason.Trial;
            }

            if (!IsBusy)
            {
                return LongestWaitMs;
            }

            if (now >= _deadline)
            {
                GiveUp("not fetched in time");
                return LongestWaitMs;
            }

            return Go(now);
        }

        private int Go(long now)
        {
            switch (_stage)
            {
                case Stage.Signature:
                    StepSignature();
                    return 0;
                case Stage.Digest:
                    StepDigest();
                    return 0;
                default:
                    return Fetch(now);
            }
        }

        private int Fetch(long now)
        {
            if (_download == null)
            {
                if (now < _notBefore)
                {
                    return Bounded(_notBefore - now);
                }

                bool isManifest = _stage == Stage.Manifest;
                string path = isManifest ? "" : "/" + _manifest.Release.ToString() + "/" + _chunk.ToString();
                int most = isManifest ? UpdateManifest.Length : UpdateManifest.ChunkLength;
                _download = new Download(_ports.Probe, _gateway, RequestOf(path), most, now);
                return PollMs;
            }

            ParseStatus status = _download.Step(now);
            if (status == ParseStatus.NeedMore)
            {
                return PollMs;
            }

            HttpAnswer answer = _download.Answer;
            _download = null;
            if (status == ParseStatus.Invalid || answer.StatusCode >= 500)
            {
                Retry(now);
            }
            else if (answer.StatusCode != 200)
            {
                GiveUp("the gateway has none");
            }
            else if (_stage == Stage.Manifest)
            {
                TakeManifest(answer);
            }
            else
            {
                TakeChunk(answer, now);
            }

            return 0;
        }

        private void TakeManifest(HttpAnswer answer)
        {
            if (UpdateManifest.Parse(answer.Body, answer.BodyLength, out _manifest) != ParseStatus.Done)
            {
                GiveUp("the manifest is malformed");
            }
            else if (_manifest.Release <= Release || (_wanted != 0 && _manifest.Release != _wanted)
                || _manifest.Release == _slots.FailedRelease || _manifest.Target != _ports.Images.Target)
            {
                GiveUp("release " + _manifest.Release.ToString() + " is not for this board");
            }
            else
            {
                byte[] signed = new byte[UpdateManifest.SignedLength];
                byte[] signature = new byte[LmsCheck.SignatureLength];
                System.Array.Copy(answer.Body, 0, signed, 0, signed.Length);
                System.Array.Copy(answer.Body, signed.Length, signature, 0, signature.Length);
                _check = new LmsCheck(_settings.OctetsAt(SettingTable.UpdateKey), signed, signature);
                _stage = Stage.Signature;
            }
        }

        private void StepSignature()
        {
            ParseStatus status = _check.Step();
            if (status == ParseStatus.Invalid)
            {
                GiveUp("the signature is not of our update key");
            }
            else if (status == ParseStatus.Done)
            {
                _check = null;
                _chunk = 0;
                _tries = 0;
                _stage = Stage.Chunks;
                _log.WriteLine("update: fetching release " + _manifest.Release.ToString());
                if (!_ports.Images.Erase(_slots.Spare))
                {
                    GiveUp("the drive could not be erased");
                }
            }
        }

        private void TakeChunk(HttpAnswer answer, long now)
        {
            int left = _manifest.ImageLength - (_chunk * UpdateManifest.ChunkLength);
            int expected = left < UpdateManifest.ChunkLength ? left : UpdateManifest.ChunkLength;
            if (answer.BodyLength != expected)
            {
                Retry(now);
                return;
            }

            if (!_ports.Images.Append(_slots.Spare, answer.Body, expected))
            {
                GiveUp("the drive could not be written");
                return;
            }

            _chunk++;
            _tries = 0;
            if (left == expected)
            {
                _digest = new SlotDigest(_ports.Images, _slots.Spare, _manifest.ImageLength);
                _stage = Stage.Digest;
            }
        }

        private void StepDigest()
        {
            ParseStatus status = _digest.Step();
            if (status == ParseStatus.NeedMore)
            {
                return;
            }

            if (status == ParseStatus.Invalid || !Octets.AreEqual(_digest.Digest, _manifest.Digest))
            {
                GiveUp("the image is not what was signed");
                return;
            }

            _slots.Offer();
            if (!Write())
            {
                _slots.Fail(0);
                GiveUp("the drive could not be written");
                return;
            }

            _stage = Stage.Idle;
            RestartReason = ResetReason.Update;
        }

        private void Retry(long now)
        {
            _notBefore = now + RetryMs;
            if (++_tries >= TriesMost)
            {
                GiveUp("no usable answer from the gateway");
            }
        }

        private void GiveUp(string why)
        {
            _log.WriteLine("update: " + why + "; as before");
            _stage = Stage.Idle;
            _download = null;
            _check = null;
            _digest = null;
            _ports.Probe.End();
        }

        private bool Write()
        {
            byte[] octets = _slots.ToOctets();
            bool isWritten = _ports.Store.Write(_slots.NextFile, octets)
                && Octets.AreEqual(_ports.Store.Read(_slots.NextFile), octets);
            if (isWritten)
            {
                _slots.Written();
            }

            return isWritten;
        }

        private byte[] RequestOf(string path)
        {
            return Ascii.GetBytes(
                "GET /v1/update" + path + " HTTP/1.1\r\nHost: " + _gateway.Host + ":" + _gateway.HttpPort.ToString()
                + "\r\nAccept: application/octet-stream\r\nConnection: close\r\n\r\n");
        }

        private static int Bounded(long wait)
        {
            return wait < LongestWaitMs ? (int)wait : LongestWaitMs;
        }
    }
}

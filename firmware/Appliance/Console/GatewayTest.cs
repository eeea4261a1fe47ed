using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// <c>test</c>: is the network joined, the clock set, the gateway there, and is it ours? It asks for work with
    /// counter 0, which is always refused; the refusal is signed with the key that both should have.
    /// </summary>
    internal sealed class GatewayTest : ConsoleTask
    {
        internal const int NetworkDeadlineMs = 20000;

        private readonly AppliancePorts _ports;
        private readonly BoardSettings _settings;
        private readonly long _networkDeadline;
        private Download _download;

        internal GatewayTest(AppliancePorts ports, BoardSettings settings, long now)
        {
            _ports = ports;
            _settings = settings;
            _networkDeadline = now + NetworkDeadlineMs;
        }

        internal override void Step(long now)
        {
            if (_download == null)
            {
                Begin(now);
                return;
            }

            ParseStatus status = _download.Step(now);
            if (status == ParseStatus.NeedMore)
            {
                return;
            }

            if (status == ParseStatus.Done || _download.IsHeard)
            {
                Answer.Say("gateway: answers");
                Judge(_download.Answer);
            }
            else
            {
                Answer.Error(ConsoleCode.NoGateway, "gateway: " + _download.Host + " is not reached");
            }
        }

        private void Begin(long now)
        {
            if (_ports.Network.Status != NetworkStatus.Joined)
            {
                if (now >= _networkDeadline)
                {
                    Answer.Error(ConsoleCode.NoNetwork, "network: not joined");
                }

                return;
            }

            long utc = _ports.Clock.UtcSeconds;
            Answer.Say("network: joined");
            Answer.Say(utc == 0 ? "clock: not known" : "clock: " + utc.ToString());
            if (utc == 0 && _settings.IsSecure)
            {
                Answer.Error(ConsoleCode.NoClock, "clock: TLS needs it");
                return;
            }

            GatewayAddress gateway = _settings.Gateways[0];
            Credential credential = Credential.ForWork(_settings.DeviceId, 0, _settings.Key);
            _download = new Download(_ports.Probe, gateway, WorkRequest.Build(gateway, credential), 0, now);
        }

        private void Judge(HttpAnswer answer)
        {
            byte[] record;
            Refusal refusal;
            if (answer.Refusal == null || answer.Refusal.Length != 2 * Refusal.Length
                || !Hex.TryDecode(answer.Refusal, 0, Refusal.Length, out record)
                || Refusal.Parse(record, 0, record.Length, out refusal) != ParseStatus.Done)
            {
                Answer.Error(ConsoleCode.BadKey, "key: this is not a gateway of ours");
            }
            else if (refusal.Code == RefusalCode.UnknownDevice)
            {
                Answer.Error(ConsoleCode.BadKey, "key: the gateway does not know this device");
            }
            else if (!Refusal.IsAuthentic(record, 0, _settings.Key, _settings.DeviceId) || refusal.Counter != 0)
            {
                Answer.Error(ConsoleCode.BadKey, "key: the gateway has another one for this device");
            }
            else if (refusal.Code == RefusalCode.Revoked)
            {
                Answer.Error(ConsoleCode.Revoked, "revoked at the gateway");
            }
            else
            {
                Answer.Say("key: right");
                Answer.Ok("");
            }
        }
    }
}

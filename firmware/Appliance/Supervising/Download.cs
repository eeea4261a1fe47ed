using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>One request and its answer, in good time or not at all.</summary>
    internal sealed class Download
    {
        internal const int DeadlineMs = 15000;

        private const int TurnsPerStep = 16;

        private readonly IWorkSource _source;
        private readonly long _deadline;
        private readonly byte[] _buffer = new byte[256];

        /// <summary>Begins.</summary>
        /// <param name="source">The connection.</param>
        /// <param name="gateway">Where to.</param>
        /// <param name="request">What to send.</param>
        /// <param name="bodyMax">Longest body of an answer; one that is longer is invalid.</param>
        /// <param name="now">The time.</param>
        internal Download(IWorkSource source, GatewayAddress gateway, byte[] request, int bodyMax, long now)
        {
            _source = source;
            _deadline = now + DeadlineMs;
            Host = gateway.Host;
            Answer = new HttpAnswer(bodyMax);
            source.Begin(gateway, request);
        }

        internal string Host { get; }

        internal HttpAnswer Answer { get; }

        /// <summary>Whether anything has come back, good or not.</summary>
        internal bool IsHeard { get; private set; }

        /// <summary>Takes what has arrived. Done and Invalid are final.</summary>
        internal ParseStatus Step(long now)
        {
            ParseStatus status = Receive();
            if (status == ParseStatus.NeedMore && now >= _deadline)
            {
                status = ParseStatus.Invalid;
            }

            if (status != ParseStatus.NeedMore)
            {
                _source.End();
            }

            return status;
        }

        private ParseStatus Receive()
        {
            for (int turn = 0; turn < TurnsPerStep; turn++)
            {
                int count;
                switch (_source.Poll(_buffer, out count))
                {
                    case TransferStatus.Received:
                        IsHeard = true;
                        ParseStatus status = Answer.Feed(_buffer, count);
                        if (status != ParseStatus.NeedMore)
                        {
                            return status;
                        }

                        break;
                    case TransferStatus.Closed:
                        return Answer.End();
                    case TransferStatus.Failed:
                        return ParseStatus.Invalid;
                    default:
                        return ParseStatus.NeedMore;
                }
            }

            return ParseStatus.NeedMore;
        }
    }
}

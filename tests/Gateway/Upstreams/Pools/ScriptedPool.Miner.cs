using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>The pool's end of a connection.</summary>
internal sealed partial class ScriptedPool
{
    /// <summary>One connection.</summary>
    private sealed class Miner(ScriptedPool pool, Socket socket)
    {
        private readonly Lock _writing = new();
        private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
        private byte[] _extranonce1 = [];
        private bool _subscribed;

        public Task Done { get; private set; } = Task.CompletedTask;

        public void Begin() => Done = Task.Run(ServeAsync);

        public void Reset()
        {
            // Without lingering, closing is a reset.
            socket.Close(0);
        }

        public void Say(Action<IBufferWriter<byte>> write)
        {
            ArrayBufferWriter<byte> lines = new();
            write(lines);
            lock (_writing)
            {
                if (_subscribed)
                {
                    _ = _output.Writer.WriteAsync(lines.WrittenMemory);
                }
            }
        }

        private async Task ServeAsync()
        {
            try
            {
                await using Stream stream = await OpenAsync();
                Task writing = _output.Reader.CopyToAsync(stream);
                await ReadAsync(stream);
                await _output.Writer.CompleteAsync();
                await writing;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException
                or System.Security.Authentication.AuthenticationException)
            {
                // The miner went, or the pool was killed.
            }

            socket.Dispose();
        }

        private async Task<Stream> OpenAsync()
        {
            NetworkStream plain = new(socket, ownsSocket: true);
            if (pool.Certificate is null)
            {
                return plain;
            }

            SslStream secure = new(plain);
            await secure.AuthenticateAsServerAsync(pool.Certificate);
            return secure;
        }

        private async Task ReadAsync(Stream stream)
        {
            PipeReader reader = PipeReader.Create(stream);
            while (true)
            {
                ReadResult read = await reader.ReadAsync();
                ReadOnlySequence<byte> rest = read.Buffer;
                while (StratumLine.TryTake(ref rest, StratumLine.MaxRequest, out ReadOnlySequence<byte> line)
                    == ParseStatus.Done)
                {
                    if (StratumRequestReader.TryRead(
                        line.ToArray(), out StratumRequest? request, out StratumId _, out string _))
                    {
                        Answer(request!);
                    }
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }

        private void Answer(StratumRequest request)
        {
            if (pool.Hangs)
            {
                return;
            }

            lock (_writing)
            {
                ArrayBufferWriter<byte> lines = new();
                Answer(request, lines);
                if (lines.WrittenCount > 0)
                {
                    _ = _output.Writer.WriteAsync(lines.WrittenMemory);
                }
            }
        }

        private void Answer(StratumRequest request, ArrayBufferWriter<byte> lines)
        {
            switch (request)
            {
                case StratumRequest.Configure configure:
                    StratumWriter.Configured(lines, configure, (configure.VersionMask ?? 0) & pool.VersionMask);
                    break;
                case StratumRequest.Subscribe subscribe:
                    bool resumed = pool.Resumes && subscribe.Session is { Length: 2 * Extranonce1Size };
                    _extranonce1 = resumed ? Convert.FromHexString(subscribe.Session!) : pool.NewExtranonce1();
                    StratumWriter.Subscribed(lines, subscribe.Id, Convert.ToHexStringLower(_extranonce1), _extranonce1,
                        pool.Extranonce2Size);
                    break;
                case StratumRequest.Authorize authorize when authorize.User == "nobody":
                    StratumWriter.Refused(lines, authorize.Id, StratumError.Unauthorized);
                    break;
                case StratumRequest.Authorize authorize:
                    StratumWriter.Granted(lines, authorize.Id);
                    StratumWriter.Message(lines, new StratumMessage.SetDifficulty(pool.Difficulty));
                    lock (pool._lock)
                    {
                        _subscribed = true;
                        StratumWriter.Message(lines, pool._jobs[$"{pool._nextJob:x}"].Notify);
                    }

                    break;
                case StratumRequest.Submit submit:
                    Take(submit, lines);
                    break;
                case StratumRequest.Ping ping:
                    StratumWriter.Pong(lines, ping.Id);
                    break;
            }
        }

        private void Take(StratumRequest.Submit submit, ArrayBufferWriter<byte> lines)
        {
            string octets = $"{submit.JobId} {Convert.ToHexString(_extranonce1)} "
                + $"{Convert.ToHexString(submit.Extranonce2)} {submit.NTime} {submit.Nonce} {submit.VersionBits}";
            if (!pool._seen.TryAdd(octets, true))
            {
                pool.SentTwice.Enqueue(octets);
            }

            StratumError? error = pool.Judge(submit, _extranonce1);
            if (error is not null)
            {
                pool.Refused.Enqueue(error.Message);
            }

            if (!pool.Answers(Interlocked.Increment(ref pool._received)))
            {
                return;
            }

            if (error is null)
            {
                StratumWriter.Granted(lines, submit.Id);
            }
            else
            {
                StratumWriter.Refused(lines, submit.Id, error);
            }
        }
    }
}

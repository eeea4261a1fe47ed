using System.Globalization;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Stratum;

/// <content>Requests, in whatever order they come, and jobs.</content>
internal sealed partial class StratumConnection
{
    /// <summary>Workers that one connection may authorise: more than one come through a proxy.</summary>
    private const int MaxWorkers = 16;
    private const int MaxAgentLength = 32;

    private static readonly StratumError s_tooManyWorkers = StratumError.Other("Too many workers on one connection");
    private static readonly StratumError s_noRoom = StratumError.Other("No room for more miners now, try again later");
    private static readonly StratumError s_busy = StratumError.Other("Nothing can be stored now, try again later");

    private readonly List<(byte[] User, Device Device)> _workers = [];
    private StratumRequest.Authorize? _authorize;
    private IssuedJobs _issued;
    private ShareWork _shareWork;
    private Job? _job;
    private ulong _wantedWork;
    private ulong _toldWork;
    private double? _suggested;
    private ExtranonceSpace _space;
    private uint _number;
    private uint _minerMask;
    private uint _toldMask;
    private bool _isSubscribed;
    private string? _agent;
    private bool _takesExtranonces;
    private bool _wantsReissue;

    /// <summary>Subscribed and authorised: it can be given work.</summary>
    public bool IsMining => _isSubscribed && _workers.Count > 0;

    /// <summary>Gives the miner a job, if it is one already. <see cref="Flush"/> follows.</summary>
    public void Issue(NotifyLine line)
    {
        lock (_sync)
        {
            if (IsMining && !IsClosed && line.Job.Id > (_job?.Id ?? 0))
            {
                Write(line, _job is null || _server.Board.Find(_job.Id, out _) != JobState.Live);
            }
        }
    }

    private void TakeRequest(byte[] line, TimeSpan now)
    {
        if (!StratumRequestReader.TryRead(line, out StratumRequest? request, out StratumId id, out string problem))
        {
            CountMistake(now);
            Refuse(id, StratumError.Other(problem));
            return;
        }

        switch (request)
        {
            case StratumRequest.Submit submit:
                TakeSubmit(submit, now);
                break;
            case StratumRequest.Subscribe subscribe:
                Subscribe(subscribe);
                break;
            case StratumRequest.Authorize authorize:
                _authorize = authorize;
                break;
            case StratumRequest.Configure configure:
                Configure(configure);
                break;
            case StratumRequest.SuggestDifficulty suggest:
                Suggest(suggest.Difficulty);
                Grant(suggest.Id);
                break;
            case StratumRequest.ExtranonceSubscribe:
                _takesExtranonces = true;
                Grant(request.Id);
                break;
            case StratumRequest.Ping:
                Answer(writer => StratumWriter.Pong(writer, request.Id));
                break;
            case StratumRequest.Unknown unknown:
                CountMistake(now);
                Refuse(id, StratumError.Other($"Unknown method {unknown.Method}"));
                break;
        }
    }

    private void Subscribe(StratumRequest.Subscribe request)
    {
        lock (_sync)
        {
            if (!_isSubscribed && !_server.TryTakeNumber(out _number, out _space))
            {
                Refuse(request.Id, s_noRoom);
                return;
            }

            _isSubscribed = true;
            _agent = AgentOf(request.Agent);
            string session = _number.ToString("x8", CultureInfo.InvariantCulture);
            Answer(writer => StratumWriter.Subscribed(
                writer, request.Id, session, _space.OfConnection(_number).ToOctets(), _space.Extranonce2Size));
            Begin();
        }
    }

    /// <summary>What is shown of a miner's own words: little, and nothing that is no letter.</summary>
    private static string? AgentOf(string agent)
    {
        string shown = new([.. agent.Where(c => c is > ' ' and <= '~').Take(MaxAgentLength)]);
        return shown.Length == 0 ? null : shown;
    }

    private async ValueTask AuthorizeAsync(StratumRequest.Authorize request)
    {
        _authorize = null;
        if (!WorkerName.TryParse(request.User, out WorkerName name, out string problem))
        {
            CountMistake(_server.Clock.Now);
            Refuse(request.Id, new StratumError(StratumError.Unauthorized.Code, problem));
            return;
        }

        byte[] user = Encoding.UTF8.GetBytes(request.User);
        if (FindWorker(user) is null)
        {
            if (_workers.Count >= MaxWorkers)
            {
                Refuse(request.Id, s_tooManyWorkers);
                return;
            }

            Device? device = await _server.Registry.FindOrEnrolWorkerAsync(name.DeviceId);
            if (device is null || device.IsRevoked)
            {
                Refuse(request.Id, device is null ? s_busy : StratumError.Unauthorized);
                return;
            }

            SignOn(user, device);
        }

        if (PasswordSettings.Difficulty(request.Password) is { } difficulty)
        {
            Suggest(difficulty);
        }

        Grant(request.Id);
        lock (_sync)
        {
            Begin();
        }
    }

    private void SignOn(byte[] user, Device device)
    {
        TimeSpan now = _server.Clock.Now;
        lock (device)
        {
            DeviceActivity activity = device.Awake(_server.ShareOptions, now);
            activity.Connections++;
            activity.LastSeen = now;
            activity.SetOnline(true, now);
        }

        lock (_sync)
        {
            _workers.Add((user, device));
        }
    }

    /// <summary>At the end: devices go offline, the number is given back.</summary>
    private void SignOff()
    {
        foreach ((_, Device device) in _workers)
        {
            lock (device)
            {
                DeviceActivity activity = device.Activity!;
                activity.SetOnline(--activity.Connections > 0, _server.Clock.Now);
            }
        }

        if (_isSubscribed)
        {
            _server.ReturnNumber(_number, hadWork: _job is not null);
        }
    }

    private Device? FindWorker(ReadOnlySpan<byte> user)
    {
        foreach ((byte[] known, Device device) in _workers)
        {
            if (user.SequenceEqual(known))
            {
                return device;
            }
        }

        return null;
    }

    private void Configure(StratumRequest.Configure request)
    {
        lock (_sync)
        {
            // What the job allows changes with the upstream, so the miner hears of the bits of today.
            _minerMask = request.VersionMask ?? _minerMask;
            uint job = _server.Board.Current?.Template.VersionMask ?? BlockHeader.RollingMask;
            _toldMask = request.VersionMask is null ? _toldMask : _minerMask & job;
            _takesExtranonces |= request.Extensions.Contains("subscribe-extranonce");
            Answer(writer => StratumWriter.Configured(writer, request, _minerMask & job));
            _wantsReissue |= _job is not null;
        }
    }

    /// <summary>A miner's wish is where its work starts; from there vardiff goes on. Some repeat theirs to keep the
    /// connection alive: that is no new wish.</summary>
    private void Suggest(double difficulty)
    {
        lock (_sync)
        {
            if (_suggested == difficulty)
            {
                return;
            }

            _suggested = difficulty;
            _shareWork = new ShareWork(
                _server.ShareOptions, StratumDifficulty.WorkOf(difficulty), _server.Clock.Now);
            _wantsReissue |= _job is not null;
        }
    }

    /// <summary>Gives the first job as soon as the miner has subscribed and authorised; under the lock.</summary>
    private void Begin()
    {
        if (!IsMining || _job is not null)
        {
            return;
        }

        if (_suggested is null)
        {
            Device device = _workers[0].Device;
            _shareWork = new ShareWork(_server.ShareOptions, device.KnownShareWork, _server.Clock.Now);
        }
        else
        {
            _shareWork.Resume(_server.Clock.Now);
        }

        if (_server.Line is { } line)
        {
            Write(line, clean: true);
        }
    }

    /// <summary>Gives the job of the moment again, on new terms; under the lock.</summary>
    private void Reissue()
    {
        _wantsReissue = false;
        if (_server.Line is { } line)
        {
            Write(line, clean: _job is null);
        }
    }

    private void Write(NotifyLine line, bool clean)
    {
        Job job = line.Job;
        if (!TryFollowExtranonces(job.Extranonces))
        {
            return;
        }

        uint mask = _minerMask & job.Template.VersionMask;
        if (mask != _toldMask)
        {
            _toldMask = mask;
            Answer(writer => StratumWriter.Message(writer, new StratumMessage.SetVersionMask(mask)));
        }

        uint ntime = _issued.FirstNTime(job, (uint)(_server.Clock.UnixMs / 1_000));
        ulong work = TellDifficulty(Math.Min(_shareWork.Assign(), job.UpstreamWork));
        byte issue = _issued.Add(job, new ConnectionTerms(work, ntime, uint.MaxValue, mask));
        _job = job;
        Written(line.Write(Room(line.Length), issue, ntime, clean));
        ShowShareWork();
    }

    /// <summary>The miner's octets of the coinbase must be as many as the job leaves to it.</summary>
    private bool TryFollowExtranonces(ExtranonceSpace space)
    {
        if (space == _space)
        {
            return true;
        }

        if (!_takesExtranonces || !space.HasConnections || _number >= space.Connections)
        {
            Close(CloseCause.Extranonce);
            return false;
        }

        _space = space;
        Answer(writer => StratumWriter.Message(writer, new StratumMessage.SetExtranonce(
            space.OfConnection(_number).ToOctets(), space.Extranonce2Size)));
        return true;
    }

    /// <summary>Tells the miner its difficulty where it is another one.</summary>
    /// <returns>The work that a share takes at it.</returns>
    private ulong TellDifficulty(ulong work)
    {
        if (_wantedWork != work)
        {
            StratumDifficulty difficulty = StratumDifficulty.AtMost(work);
            (_wantedWork, _toldWork) = (work, difficulty.Work);
            Answer(writer => StratumWriter.Difficulty(writer, difficulty));
        }

        return _toldWork;
    }

    /// <summary>What the miner is asked for is what its owner is shown, and where it starts next time.</summary>
    private void ShowShareWork()
    {
        Device device = _workers[0].Device;
        lock (device)
        {
            TimeSpan now = _server.Clock.Now;
            DeviceActivity activity = device.Awake(_server.ShareOptions, now);
            activity.ShareWork = _shareWork;
            activity.Agent = _agent;
            activity.FirstWork ??= now;
        }
    }

    private void Grant(StratumId id) => Answer(writer => StratumWriter.Granted(writer, id));

    private void Refuse(StratumId id, StratumError error) => Answer(writer => StratumWriter.Refused(writer, id, error));

    private void Answer(Action<System.Buffers.IBufferWriter<byte>> write)
    {
        lock (_sync)
        {
            if (!_isDone)
            {
                write(Writer);
                Written(0);
            }
        }
    }
}

namespace MicroFirmware.Appliance.Tests;

/// <summary>
/// One board's bad day, wholly decided by a seed: what fails, when, for how long; then everything is well again. Time
/// is virtual, nothing is random but by the seed, so a seed that fails fails again.
/// </summary>
internal sealed class FaultSchedule
{
    private const int FaultsMost = 14;
    private const int PauseMostMs = 20_000;

    /// <summary>Safe mode, the way back to the first gateway, and a broker's and a scanner's deadlines
    /// besides.</summary>
    private const long RecoveryMs = 3_600_000;

    /// <summary>The longest back-off, a join, a connection that hangs, and a scanner that has to prove
    /// itself.</summary>
    private const long RescueMs = 300_000;

    private const long SafeMs = Supervisor.SafeMs;

    private readonly Random _random;
    private readonly BoardWorld _world;
    private ulong _commands;

    public FaultSchedule(int seed)
    {
        _random = new Random(seed);
        _world = new BoardWorld(1 + _random.Next(3), (uint)seed + 1, "temperature-max = 70\n");
        _world.Network.LatencyMs = _random.Next(1, 200);
        _world.Hardware.IsMute = true;
        _world.Scanner.ShareMs = _random.Next(300, 15_000);
    }

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong at the end, or null.</returns>
    public string? Run()
    {
        try
        {
            _world.Run(_random.Next(60_000));
            int faults = _random.Next(1, FaultsMost + 1);
            for (int i = 0; i < faults; i++)
            {
                Fail();
                _world.Run(_random.Next(20, PauseMostMs));
            }

            return Recover() ?? Account();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.ToString();
        }
    }

    private string? Recover()
    {
        Mend();
        if (_world.Lines.Count > 1 && _random.Next(4) == 0)
        {
            FirstLine.IsHttpUp = false;
            long before = Accepted;
            if (!RunUntil(() => Accepted > before + 1, SafeMs + RescueMs + GatewayOrder.WorkDeadlineMs))
            {
                return "does not mine for another gateway: " + _world.Describe();
            }

            FirstLine.IsHttpUp = true;
        }

        // Soon it mines for somebody, and after a while all is as it was.
        long accepted = Accepted;
        long limitMs = _world.Board.State == LifeState.Safe ? SafeMs + RescueMs : RescueMs;
        if (!RunUntil(() => Accepted > accepted, limitMs))
        {
            return "does not come to mine soon: " + _world.Describe();
        }

        int first = FirstLine.Gateway.Accepted;
        if (!RunUntil(
            () => _world.Board.State == LifeState.Mining && FirstLine.Gateway.Accepted > first + 1, RecoveryMs))
        {
            return "does not come to mine: " + _world.Describe();
        }

        // The last shares: no new ones are found, and those that wait have their time.
        _world.Scanner.ShareMs = _world.Fallback.ShareMs = int.MaxValue / 2;
        return RunUntil(() => _world.Board.Life.WaitingHere == 0, BrokerLink.AcknowledgeDeadlineMs + RescueMs) ? null
            : "shares are not sent: " + _world.Describe();
    }

    private bool RunUntil(Func<bool> condition, long limitMs)
    {
        long end = _world.Hardware.NowMs + limitMs;
        while (!condition() && _world.Hardware.NowMs < end)
        {
            _world.Run(1000);
        }

        return condition();
    }

    // Nothing is doubled; what no gateway has seen was given up and counted, waited when the power went, or still waits
    // for a gateway that is not in use.
    private string? Account()
    {
        HashSet<string> seen = [.. _world.Lines.SelectMany(l => l.Gateway.Seen.Values).Select(Convert.ToHexString)];
        int judged = _world.Lines.Sum(l => l.Gateway.Seen.Count);
        long lostWithPower = _world.AtPowerLoss.Count(r => !seen.Contains(r));
        long unseen = _world.Found - seen.Count;
        long excused = _world.Dropped + lostWithPower + _world.Board.SharesWaiting;
        VerdictCode[] wrong = [.. _world.Lines.SelectMany(l => l.Gateway.Wrong)];
        return wrong.Length > 0 ? $"verdicts: {string.Join(' ', wrong)}"
            : judged != seen.Count ? $"{judged - seen.Count} shares went to two gateways"
            : unseen > excused ? $"{unseen} shares of {_world.Found} are lost, {excused} are accounted for"
            : unseen < 0 ? $"{-unseen} shares were never found"
            : lostWithPower > _world.PowerLosses * (long)ShareQueue.Capacity ? "power lost more than a queue holds"
            : null;
    }

    private void Mend()
    {
        foreach (GatewayLine line in _world.Lines)
        {
            line.Mend();
        }

        _world.Network.CutAfter = null;
        _world.Radio.IsUp = _world.Radio.HasTimeServer = true;
        _world.Drive.IsBroken = _world.Drive.IsTorn = false;
        _world.Drive.PowerAfter = null;
        _world.Scanner.IsStuck = false;
        _world.Hardware.Temperature = 40;
        _world.Send(CommandCode.Resume, 0, ++_commands);
        _world.Run(1000);
        _world.RunUntil(() => _world.Network.Channel.IsOpen || !IsPaused, RecoveryMs);
        _world.Send(CommandCode.Resume, 0, ++_commands);
    }

    private long Accepted => _world.Lines.Sum(l => (long)l.Gateway.Accepted);

    private GatewayLine FirstLine => _world.Lines.Single(l => l.Host == _world.Board.Settings.Gateways[0].Host);

    private bool IsPaused => _world.Board.Cause == "paused";

    private void Fail()
    {
        GatewayLine line = _world.Lines[_random.Next(_world.Lines.Count)];
        switch (_random.Next(10))
        {
            case 0 or 1:
                FailGateway(line);
                break;
            case 2 or 3:
                FailBroker(line);
                break;
            case 4:
                FailNetwork();
                break;
            case 5:
                FailDrive();
                break;
            case 6:
                FailClock();
                break;
            case 7:
                _world.Network.CutAfter = _random.Next(200);
                break;
            case 8:
                FailBoard();
                break;
            default:
                Command();
                break;
        }
    }

    private void FailGateway(GatewayLine line)
    {
        switch (_random.Next(6))
        {
            case 0: line.IsHttpUp = !line.IsHttpUp; break;
            case 1: line.IsHttpSilent = !line.IsHttpSilent; break;
            case 2: line.Gateway.Restart(); _world.Network.Cut(); break;
            case 3: line.Gateway.NewJob(); break;
            case 4: line.Gateway.IsStranger = false; line.Tamper = Spoil; break;
            default: line.Tamper = null; break;
        }
    }

    private void FailBroker(GatewayLine line)
    {
        switch (_random.Next(4))
        {
            case 0: line.IsBrokerUp = !line.IsBrokerUp; _world.Network.Channel.Cut(); break;
            case 1: line.IsBrokerSilent = !line.IsBrokerSilent; break;
            case 2: line.LosesAcknowledgements = !line.LosesAcknowledgements; break;
            default: _world.Network.Channel.Cut(); break;
        }
    }

    private void FailNetwork()
    {
        switch (_random.Next(3))
        {
            case 0: _world.Radio.IsUp = !_world.Radio.IsUp; break;
            case 1: _world.Radio.IsStuck = true; break;
            default: _world.Radio.HasTimeServer = !_world.Radio.HasTimeServer; break;
        }

        _world.Network.Cut();
    }

    private void FailDrive()
    {
        switch (_random.Next(4))
        {
            case 0: _world.Drive.IsBroken = !_world.Drive.IsBroken; break;
            case 1: _world.Drive.IsTorn = !_world.Drive.IsTorn; break;
            default: _world.Drive.PowerAfter = _random.Next(200); break;
        }
    }

    private void FailClock()
    {
        switch (_random.Next(4))
        {
            case 0: _world.Hardware.UtcSeconds = 0; break;
            case 1: _world.Hardware.UtcSeconds += _random.Next(-1_000_000, 1_000_000); break;
            case 2: _world.Hardware.UtcSeconds = uint.MaxValue; break;
            default: _world.Hardware.NowMs += _random.Next(1_000_000); break;
        }
    }

    private void FailBoard()
    {
        switch (_random.Next(5))
        {
            case 0: _world.Scanner.IsStuck = !_world.Scanner.IsStuck; break;
            case 1: _world.Scanner.IsStuckOnce = true; break;
            case 2: _world.Hardware.Temperature = _random.Next(40, 100); break;
            case 3: Babble(); break;
            default: _world.LosePower(); break;
        }
    }

    private void Command()
    {
        GatewayLine line = _world.Lines[_random.Next(_world.Lines.Count)];
        switch (_random.Next(6))
        {
            case 0: _world.Send(CommandCode.Pause, 0, ++_commands); break;
            case 1: _world.Send(CommandCode.Resume, 0, ++_commands); break;
            case 2: _world.Send(CommandCode.Restart, 0, ++_commands); break;
            case 3: _world.Send(CommandCode.SetDutyPercent, (uint)_random.Next(1, 101), ++_commands); break;
            case 4: _world.Send(CommandCode.SetGateway, 0, ++_commands, line.Host); break;
            default: _world.Send(CommandCode.Restart, 0, _commands); break;
        }
    }

    private void Babble()
    {
        byte[] noise = new byte[_random.Next(3000)];
        _random.NextBytes(noise);
        _world.Hardware.Type(noise);
        _world.Hardware.Type("\nget\nstatus\nset duty 40\nlog\nreboot now\n");
    }

    // Cut off, with a bit changed, or something else altogether.
    private byte[] Spoil(byte[] answer)
    {
        byte[] spoilt = [.. answer];
        switch (_random.Next(3))
        {
            case 0:
                return spoilt[.._random.Next(spoilt.Length)];
            case 1:
                spoilt[_random.Next(spoilt.Length)] ^= (byte)(1 << _random.Next(8));
                return spoilt;
            default:
                _random.NextBytes(spoilt);
                return spoilt;
        }
    }
}

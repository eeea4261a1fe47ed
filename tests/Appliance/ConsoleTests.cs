namespace MicroFirmware.Appliance.Tests;

public class ConsoleTests
{
    private const string KeyDigits = "101112131415161718191a1b1c1d1e1f101112131415161718191a1b1c1d1e1f";

    [Theory]
    [InlineData("hello", "ok microfirmware 1")]
    [InlineData("hello 7f3a", "ok microfirmware 1 7f3a")]
    [InlineData("  hello   x y ", "ok microfirmware 1 x y")]
    [InlineData("hallo", "error 1 unknown command; help lists them")]
    [InlineData("status now", "error 2 usage: status")]
    [InlineData("set", "error 2 usage: set <name> [value]")]
    [InlineData("set colour red", "error 3 unknown setting; get lists them")]
    [InlineData("get colour", "error 3 unknown setting; get lists them")]
    [InlineData("set duty 101", "error 4 duty: 1 to 100 percent")]
    [InlineData("set quiet 25:00-07:00", "error 4 quiet: HH:MM-HH:MM or off")]
    [InlineData("set key 00", "error 4 key: 64 digits of 0-9 a-f")]
    [InlineData("set duty 40", "ok")]
    [InlineData("set duty", "ok")]
    [InlineData("reset", "ok")]
    [InlineData("log 33", "error 2 usage: log [1 to 32]")]
    [InlineData("update", "error 11 not on this board")]
    [InlineData("factory", "error 2 type: factory board-1")]
    [InlineData("factory board-2", "error 2 type: factory board-1")]
    public void Command_of_one_line_answers(string line, string answer)
    {
        BoardWorld world = new();
        Assert.Equal(answer, Ask(world, line)[^1]);
    }

    [Fact]
    public void First_line_after_every_start_says_boot()
    {
        BoardWorld world = new();
        Assert.Equal("# boot 0.1.0", world.Hardware.Lines[0]);
        Assert.Equal("ok rebooting", Ask(world, "reboot")[^1]);
        world.RunUntil(() => world.Restarts == 1);
        Assert.Equal("# boot 0.1.0", world.Hardware.Lines.Last(l => l.StartsWith("# boot")));
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        Assert.Contains("resets = console power", Ask(world, "status"));
    }

    [Fact]
    public void Help_lists_every_command_that_is_known()
    {
        BoardWorld world = new();
        string[] help = Ask(world, "help");
        foreach (string line in help[..^1])
        {
            string command = line.Split(' ')[0];
            string answer = command is "reboot" ? "ok" : Ask(world, command)[^1];
            Assert.DoesNotContain("error 1 ", answer);
        }

        Assert.Equal(13, help.Length - 1);
    }

    [Fact]
    public void Settings_are_changed_kept_and_used_after_a_restart()
    {
        BoardWorld world = new();
        Assert.Equal(["duty = 100", "ok"], Ask(world, "get duty"));
        Ask(world, "set duty 40");
        Assert.Equal(["duty = 40", "ok"], Ask(world, "get duty"));
        Assert.Contains("* duty = 40", Ask(world, "get"));
        Assert.Contains("unsaved = yes", Ask(world, "status"));
        Assert.Equal(100, world.Board.Settings.DutyPercent);
        Assert.Equal("ok saved; reboot to use it", Ask(world, "save")[^1]);
        Assert.Contains("unsaved = no", Ask(world, "status"));
        Ask(world, "reboot");
        world.RunUntil(() => world.Restarts == 1 && world.Board.State == LifeState.Mining);
        Assert.Contains("duty = 40", Ask(world, "status"));
    }

    [Fact]
    public void Settings_set_and_not_saved_are_forgotten_by_reset()
    {
        BoardWorld world = new();
        Ask(world, "set duty 40");
        Ask(world, "reset");
        Assert.Equal("duty = 100", Ask(world, "get duty")[0]);
        Assert.Contains("unsaved = no", Ask(world, "status"));
    }

    [Fact]
    public void Board_without_settings_is_set_up_on_the_console_and_mines()
    {
        BoardWorld world = new(settings: null);
        world.Run(1000);
        Assert.Equal(LifeState.Setup, world.Board.State);
        Assert.Equal("error 5 device is missing", Ask(world, "save")[^1]);
        Assert.Equal("error 5 device is missing", Ask(world, "test")[^1]);
        string key = Convert.ToHexStringLower(KnownBoard.Key);
        foreach (string line in (string[])["device " + KnownBoard.Device, "key " + key, "gateway gw-1", "tls off"])
        {
            Assert.Equal("ok", Ask(world, "set " + line)[^1]);
        }

        Assert.Equal("ok saved; starting", Ask(world, "save")[^1]);
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 0);
        world.Run(1000);
        Assert.Equal(["network: joined", $"clock: {world.Hardware.UtcSeconds}", "gateway: answers", "key: right", "ok"],
            Ask(world, "test"));
    }

    [Fact]
    public void Secrets_are_never_printed()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        Ask(world, "set wifi-password topsecret");
        Ask(world, "set key " + KeyDigits);
        foreach (string command in (string[])["get", "get key", "get wifi-password", "status", "log", "save", "test"])
        {
            Ask(world, command);
        }

        Assert.Equal("error 22 key: the gateway has another one for this device", Ask(world, "test")[^1]);
        Ask(world, "set key " + KeyDigits + "00");
        Assert.Contains("key = (set)", world.Hardware.Lines);
        Assert.DoesNotContain(world.Hardware.Lines, l => l.Contains("topsecret") || l.Contains("1011121314"));
        Assert.DoesNotContain(world.Hardware.Lines, l => l.Contains(Convert.ToHexStringLower(KnownBoard.Key)));
    }

    [Fact]
    public void Drive_that_fails_is_an_error_and_the_old_settings_stay()
    {
        BoardWorld world = new();
        Ask(world, "set duty 40");
        world.Drive.IsTorn = true;
        Assert.StartsWith("error 6 the drive", Ask(world, "save")[^1]);
        world.Drive.IsTorn = false;
        world.LosePower();
        world.Run(1000);
        Assert.Equal("duty = 100", Ask(world, "get duty")[0]);
    }

    [Fact]
    public void Scan_lists_networks_without_control_characters()
    {
        BoardWorld world = new();
        Assert.Equal(["-50 6 home", "-80 - caf\u00c3\u00a9?", "ok 2 networks"], Ask(world, "scan"));
        world.Radio.CanLookAround = false;
        Assert.Equal("error 11 not on this board", Ask(world, "scan")[^1]);
    }

    [Fact]
    public void Test_says_what_is_wrong()
    {
        BoardWorld world = new();
        GatewayLine line = world.Lines[0];
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        line.IsHttpUp = false;
        Assert.Equal("error 21 gateway: gw-1 is not reached", Ask(world, "test")[^1]);
        line.Mend();
        line.IsHttpSilent = true;
        Assert.Equal("error 21 gateway: gw-1 is not reached", Ask(world, "test")[^1]);
        line.Mend();
        line.Gateway.IsStranger = true;
        Assert.Equal("error 22 key: this is not a gateway of ours", Ask(world, "test")[^1]);
        line.Gateway.IsStranger = false;
        Assert.Equal("ok", Ask(world, "test")[^1]);
        world.Radio.IsUp = false;
        Assert.Equal("error 20 network: not joined", Ask(world, "test")[^1]);
    }

    [Fact]
    public void Factory_erases_everything_but_the_counters()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        Assert.Equal("ok erased; rebooting", Ask(world, "factory board-1")[^1]);
        world.RunUntil(() => world.Restarts == 1);
        world.Run(1000);
        Assert.Equal(LifeState.Setup, world.Board.State);
        Assert.Contains("boots = 1", Ask(world, "status"));
        Assert.Equal("error 2 type: factory -", Ask(world, "factory")[^1]);
    }

    [Theory]
    [InlineData("helx\bl\u007flo one\r\n", "ok microfirmware 1 one")]
    [InlineData("status\u0003hello two\r", "ok microfirmware 1 two")]
    [InlineData("nonsense\u0015hello\t three\n", "ok microfirmware 1 three")]
    public void Keys_that_edit_a_line_edit_it(string typed, string answer)
    {
        BoardWorld world = new();
        world.Run(500);
        world.Hardware.Type(typed);
        world.Run(1000);
        Assert.Equal(answer, Answers(world)[^1]);
    }

    [Fact]
    public void Line_that_comes_in_parts_is_one_line()
    {
        BoardWorld world = new();
        foreach (char c in "hello slow\r")
        {
            world.Hardware.Type(c.ToString());
            world.Run(700);
        }

        Assert.Equal("ok microfirmware 1 slow", Answers(world)[^1]);
    }

    [Fact]
    public void Line_that_is_too_long_is_dropped_and_the_next_is_obeyed()
    {
        BoardWorld world = new();
        world.Hardware.Type(new string('x', 100_000) + "\n");
        world.Run(2000);
        Assert.Equal("error 7 line too long", Answers(world)[^1]);
        string longest = "hello " + new string('x', LineReader.LineMaxLength - 6);
        Assert.EndsWith("xxx", Ask(world, longest)[^1]);
    }

    [Fact]
    public void Noise_and_floods_harm_nothing_and_get_few_answers()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        Random random = new(5);
        int accepted = world.Lines[0].Gateway.Accepted;
        long start = world.Hardware.NowMs;
        int before = Answers(world).Length;
        byte[] noise = new byte[50_000];
        random.NextBytes(noise);
        world.Hardware.Type(noise);
        world.RunUntil(() => !world.Hardware.HasTyped);
        for (int i = 0; i < 5000; i++)
        {
            world.Hardware.Type("status\n");
        }

        world.RunUntil(() => !world.Hardware.HasTyped);
        world.Run(10_000);
        Assert.Equal("error 9 busy; lines were dropped", Answers(world)[^1]);
        Assert.True(Answers(world).Length - before < 100 + ((world.Hardware.NowMs - start) / 10));
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted + 1);
        Assert.Equal("ok microfirmware 1 alive", Ask(world, "hello alive")[^1]);
    }

    [Fact]
    public void Log_remembers_the_last_lines_with_their_times()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        world.Run(300_000);
        string[] log = Ask(world, "log");
        Assert.Equal(Math.Min(BoardLog.Depth, log.Length - 1), log.Length - 1);
        Assert.All(log[..^1], l => Assert.Matches(@"^\d+ \w+:? ", l));
        Assert.Equal(log[^4..], Ask(world, "log 3"));
    }

    [Fact]
    public void Status_lists_its_members_in_order()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 2);
        world.Run(100);
        string[] names = [.. Ask(world, "status")[..^1].Select(l => l.Split(' ')[0])];
        Assert.Equal(
            "state firmware device scanner gateway network clock uptime_s hashes hash_rate proven_rate accepted "
            + "rejected found waiting dropped best_difficulty duty free_memory rssi boots resets unsaved",
            string.Join(' ', names));
    }

    /// <summary>The lines of one answer, log lines apart.</summary>
    private static string[] Ask(BoardWorld world, string line)
    {
        int from = Answers(world).Length;
        world.Hardware.Type(line + "\r\n");
        world.RunUntil(() => Answers(world).Skip(from).Any(IsEnd), 60_000);
        return Answers(world)[from..];
    }

    private static bool IsEnd(string line) =>
        line == "ok" || line.StartsWith("ok ", StringComparison.Ordinal)
        || line.StartsWith("error ", StringComparison.Ordinal);

    private static string[] Answers(BoardWorld world) =>
        [.. world.Hardware.Lines.Where(l => !l.StartsWith("# ", StringComparison.Ordinal))];
}

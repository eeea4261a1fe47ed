namespace MicroFirmware.Micro.Tests.Flash;

/// <summary>The whole command with a stand-in for nanoff, which writes down how it was called.</summary>
public sealed class FlashCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-flash-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [UnixFact]
    public async Task Flash_calls_nanoff_step_by_step_and_shows_what_it_says()
    {
        string nanoff = StandIn("echo \"$@\" >> \"$(dirname \"$0\")/calls\"; echo progress 100%; echo warning >&2");

        Assert.Equal(ExitCode.Success, await RunAsync(nanoff, "--image", File("app.bin"), "--files", File("f.json")));

        string[] calls = System.IO.File.ReadAllLines(Path.Combine(_folder.FullName, "calls"));
        Assert.Equal(3, calls.Length);
        Assert.StartsWith("--update --target ESP32", calls[0]);
        Assert.Contains($"--deploy --image {File("app.bin")}", calls[1]);
        Assert.EndsWith($"--filedeployment {File("f.json")}", calls[2]);
        Assert.Contains("[3/3] writing the board's settings", _output.ToString());
        Assert.Contains("      progress 100%", _output.ToString());
        Assert.Contains("      warning", _output.ToString());
    }

    [UnixFact]
    public async Task Flash_stops_at_the_first_step_that_fails()
    {
        string nanoff = StandIn("echo \"$@\" >> \"$(dirname \"$0\")/calls\"; echo E4000; exit 7");

        Assert.Equal(ExitCode.NotProven, await RunAsync(nanoff, "--image", File("app.bin")));

        Assert.Single(System.IO.File.ReadAllLines(Path.Combine(_folder.FullName, "calls")));
        Assert.Contains("nanoff ended with 7", _error.ToString());
        Assert.Contains("next:  hold the board's boot button", _error.ToString());
    }

    [Fact]
    public async Task Dry_run_prints_the_commands_and_needs_nothing()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("nanoff", "--dry-run", "--image", "app.bin"));

        Assert.Contains("nanoff --target ESP32", _output.ToString());
        Assert.Contains("--serialport COM7 --deploy --image app.bin", _output.ToString());
    }

    [Fact]
    public async Task Nanoff_that_is_missing_is_said_with_how_to_get_it()
    {
        Assert.Equal(ExitCode.Unreachable,
            await RunAsync(Path.Combine(_folder.FullName, "none"), "--image", File("app.bin")));

        Assert.Contains("next:  dotnet tool install -g nanoff", _error.ToString());
    }

    [Theory]
    [InlineData("--image", "dotnet build firmware/Device")]
    [InlineData("--files", "micro configure --write-files")]
    [InlineData("--clr-file", "hardware/interop")]
    public async Task File_that_is_missing_is_said_with_what_makes_it(string option, string advice)
    {
        Assert.Equal(ExitCode.Unreachable, await RunAsync("nanoff", option, "missing.bin"));

        Assert.Contains($"there is no missing.bin ({option})", _error.ToString());
        Assert.Contains(advice, _error.ToString());
    }

    private string File(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, "");
        return path;
    }

    private string StandIn(string script)
    {
        string path = Path.Combine(_folder.FullName, "nanoff");
        System.IO.File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    private async Task<ExitCode> RunAsync(string nanoff, params string[] args)
    {
        string[] command = ["flash", "--port", "COM7", "--board", "esp32-devkitc", "--nanoff", nanoff, .. args];
        return (ExitCode)await MicroCommandLine.RunAsync(command, new Terminal(_output, _error, false, false));
    }
}

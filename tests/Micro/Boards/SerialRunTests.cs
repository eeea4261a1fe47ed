using MicroFirmware.Micro.Boards;

namespace MicroFirmware.Micro.Tests.Boards;

public sealed class SerialRunTests
{
    [UnixFact]
    public async Task Board_out_of_the_box_says_its_port_and_what_to_do_and_has_mined_nothing()
    {
        StringWriter output = new();
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        ExitCode code = await new SerialRun(null, null, 1_000, output, TimeProvider.System).RunAsync(null, stop.Token);

        Assert.Equal(ExitCode.NotProven, code);
        Assert.Matches("serial port: /dev/", output.ToString());
        Assert.Contains("next:  micro configure --port /dev/", output.ToString());
    }
}

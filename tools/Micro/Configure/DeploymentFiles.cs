using System.Text;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Micro.Configure;

/// <summary>
/// The files that bring settings to a stock image, whose debugger owns the serial port: <c>micro.txt</c>, and the JSON
/// that <c>nanoff --filedeployment</c> and <c>--networkdeployment</c> take.
/// </summary>
internal sealed class DeploymentFiles(string folder)
{
    private const string BoardFile = @"I:\micro.txt";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>The board's settings, key included; for its owner's eyes only.</summary>
    public string Settings => Path.Combine(folder, "micro.txt");

    /// <summary>For <c>nanoff --filedeployment</c>.</summary>
    public string Files => Path.Combine(folder, "files.json");

    /// <summary>For <c>nanoff --networkdeployment</c>; written where there is a Wi-Fi to tell of.</summary>
    public string Network => Path.Combine(folder, "network.json");

    /// <summary>Writes them.</summary>
    /// <param name="settings">All the board is to know.</param>
    /// <param name="port">The board's serial port, or null if nanoff is told on its command line.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="CommandFailure">The folder cannot be written.</exception>
    public IReadOnlyList<string> Write(BoardSettingList settings, string? port)
    {
        try
        {
            OwnerFile.CreateFolder(folder);
            OwnerFile.Write(Settings, Encoding.UTF8.GetBytes(settings.ToText()));
            WriteJson(Files, new
            {
                serialport = port,
                files = new[]
                {
                    new { DestinationFilePath = BoardFile, SourceFilePath = Path.GetFullPath(Settings) },
                },
            });
            if (settings["wifi"] is not { Length: > 0 } wifi)
            {
                return [Settings, Files];
            }

            WriteJson(Network, new
            {
                SerialPort = port,
                WirelessClient = new { Ssid = wifi, Password = settings["wifi-password"] ?? "" },
            });
            return [Settings, Files, Network];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"{folder} cannot be written: {e.Message}", "name another folder", e);
        }
    }

    private static void WriteJson(string path, object content) =>
        OwnerFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, s_json));
}

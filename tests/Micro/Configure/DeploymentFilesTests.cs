using System.Text.Json;
using MicroFirmware.Micro.Configure;

namespace MicroFirmware.Micro.Tests.Configure;

public sealed class DeploymentFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_are_what_nanoff_takes()
    {
        BoardSettingList settings = new();
        settings.Set("device", "hall");
        settings.Set("wifi", "home");
        settings.Set("wifi-password", "secret-1");
        DeploymentFiles files = new(Path.Combine(_folder.FullName, "hall"));

        Assert.Equal([files.Settings, files.Files, files.Network], files.Write(settings, "COM3"));

        Assert.Equal("device = hall\nwifi = home\nwifi-password = secret-1\n", File.ReadAllText(files.Settings));
        JsonElement deployment = Read(files.Files);
        JsonElement file = deployment.GetProperty("files")[0];
        Assert.Equal("COM3", deployment.GetProperty("serialport").GetString());
        Assert.Equal(@"I:\micro.txt", file.GetProperty("DestinationFilePath").GetString());
        Assert.Equal(files.Settings, file.GetProperty("SourceFilePath").GetString());
        JsonElement network = Read(files.Network);
        Assert.Equal("COM3", network.GetProperty("SerialPort").GetString());
        Assert.Equal("home", network.GetProperty("WirelessClient").GetProperty("Ssid").GetString());
        Assert.Equal("secret-1", network.GetProperty("WirelessClient").GetProperty("Password").GetString());
    }

    [Fact]
    public void Files_are_their_owners_alone_and_without_wifi_there_is_no_network()
    {
        DeploymentFiles files = new(_folder.FullName);

        Assert.Equal([files.Settings, files.Files], files.Write(new BoardSettingList(), null));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Settings));
        }
    }

    private static JsonElement Read(string path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));
}

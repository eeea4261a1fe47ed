using System.Diagnostics;

namespace MicroFirmware.Style.Tests.Packages;

/// <summary>
/// The build that a user flashes (-p:NanoPackages=true), on a copy of firmware/ and tools/NanoTrim against a feed of
/// stand-ins: everything but the metadata processor's own work is the real thing.
/// </summary>
public sealed class PackagesBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mf-packages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_with_packages_writesTheImageThatIsFlashed()
    {
        PackageFeed.Write(Path.Combine(_folder, "feed"), ProcessorTask.Compile());
        string[] copied = [.. Repository.Files("firmware"), .. Repository.Files("tools/NanoTrim"), "global.json",
            "tools/Directory.Build.props", "tools/Directory.Packages.props"];
        foreach (string file in copied)
        {
            string copy = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.Absolute(file), copy);
        }

        string[] stock = Build("bin/packages/Debug/netnano1.0");
        string[] native = Build("bin/packages/native/Debug/netnano1.0", "-p:NativeScanner=true");

        Assert.Equal(PackageFeed.Pe("mscorlib"), stock[0]);
        Assert.Equal(PackageFeed.Pe("MicroFirmware.Device"), stock[^1]);
        Assert.Contains(PackageFeed.Pe("nanoFramework.M2Mqtt.Core"), stock);
        Assert.Equal(stock.Length, stock.Distinct().Count());
        Assert.Equal([PackageFeed.Pe("MicroFirmware.Native")], native.Except(stock));
    }

    /// <summary>Builds the application and takes its image apart, where each part begins at a multiple of 4.</summary>
    private string[] Build(string output, params string[] options)
    {
        string[] arguments = ["build", "firmware/Device", "-nologo", "-v", "q", "-nodeReuse:false",
            "-p:NanoPackages=true", $"-p:RestoreSources={Path.Combine(_folder, "feed")}", .. options];
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            Environment = { ["NUGET_PACKAGES"] = Path.Combine(_folder, "cache"), ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using Process build = Process.Start(start)!;
        string said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, said);

        string image = File.ReadAllText(Path.Combine(_folder, "firmware/Device", output, "MicroFirmware.Device.bin"));
        Assert.Equal(0, image.Length % 4);
        Assert.All(image.Split('[').Skip(1).SkipLast(1), part => Assert.Equal(0, (part.Length + 1) % 4));
        return [.. image.Split(['[', ']', '\0'], StringSplitOptions.RemoveEmptyEntries).Select(PackageFeed.Pe)];
    }
}

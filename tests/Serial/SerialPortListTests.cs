using MicroFirmware.Serial.Unix;

namespace MicroFirmware.Serial.Tests;

public sealed class SerialPortListTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("serial-test-");

    public void Dispose() => _root.Delete(recursive: true);

    [UnixFact]
    public void Linux_usb_port_is_found_with_its_ids_and_others_without()
    {
        // As the kernel lays it out: the port's device is an interface, the folder above it has the ids.
        Link("class/ttyUSB0", "devices/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0");
        Link("devices/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0/device", "devices/usb1/1-2/1-2:1.0/ttyUSB0");
        Write("devices/usb1/1-2/idVendor", "10c4\n");
        Write("devices/usb1/1-2/idProduct", "ea60\n");
        Write("devices/usb1/1-2/product", "CP2102N USB to UART Bridge Controller\n");
        Link("class/ttyAMA0", "devices/platform/uart/tty/ttyAMA0");
        Link("class/tty0", "devices/virtual/tty/tty0");

        SerialPortInfo[] ports =
            [.. SysfsPorts.Read(Path.Combine(_root.FullName, "class"), "/dev").OrderBy(port => port.Name)];

        Assert.Equal(
            [
                new SerialPortInfo("/dev/ttyAMA0"),
                new SerialPortInfo("/dev/ttyUSB0", "10C4:EA60", "CP2102N USB to UART Bridge Controller"),
            ],
            ports);
    }

    [UnixFact]
    public void Linux_without_a_list_has_no_ports() =>
        Assert.Empty(SysfsPorts.Read(Path.Combine(_root.FullName, "none"), "/dev"));

    [Theory]
    [InlineData("cu.SLAB_USBtoUART", "10C4:EA60")]
    [InlineData("cu.wchusbserial1420", "1A86:7523")]
    [InlineData("cu.usbmodem101", "303A:1001")]
    [InlineData("cu.usbserial-0001", null)]
    public void Mac_usb_port_is_known_by_its_drivers_name(string name, string? usbId)
    {
        Write(name, "");
        Write("cu.Bluetooth-Incoming-Port", "");
        Write("tty.usbmodem101", "");

        SerialPortInfo port = Assert.Single(CalloutPorts.Read(_root.FullName));

        Assert.Equal(new SerialPortInfo(Path.Combine(_root.FullName, name), usbId), port);
    }

    [Fact]
    public void Ports_of_this_machine_can_be_read() =>
        Assert.All(SerialPortList.Read(), port => Assert.NotEmpty(port.Name));

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void Link(string path, string target)
    {
        string link = Path.Combine(_root.FullName, path);
        string folder = Path.Combine(_root.FullName, target);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateDirectory(folder);
        Directory.CreateSymbolicLink(link, folder);
    }
}

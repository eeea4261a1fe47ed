namespace MicroFirmware.Serial;

/// <summary>A port that is there.</summary>
/// <param name="Name">What <see cref="SerialPort.Open"/> takes.</param>
/// <param name="UsbId">Vendor and product, upper-case hexadecimal, such as <c>303A:1001</c>; null where the system does
/// not tell, or it is no USB port.</param>
/// <param name="Product">What the USB device calls itself; null where it does not.</param>
public sealed record SerialPortInfo(string Name, string? UsbId = null, string? Product = null);

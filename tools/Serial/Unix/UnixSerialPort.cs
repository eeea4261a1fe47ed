namespace MicroFirmware.Serial.Unix;

/// <summary>A port as a terminal of Linux or macOS.</summary>
internal sealed class UnixSerialPort : SerialPort
{
    private readonly TerminalFile _file;

    private UnixSerialPort(string name, TerminalFile file)
        : base(name) => _file = file;

    public static new UnixSerialPort Open(string name, int baudRate)
    {
        int number = LibC.Open(
            name, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec);
        if (number < 0)
        {
            throw UnixError.Last(name);
        }

        TerminalFile file = new(number, name);
        try
        {
            file.SetExclusive(true);
            file.MakeRaw(baudRate);
            return new UnixSerialPort(name, file);
        }
        catch
        {
            file.Shut();
            throw;
        }
    }

    public override int Read(Span<byte> buffer, TimeSpan timeout) => _file.Read(buffer, timeout);

    public override void Write(ReadOnlySpan<byte> octets) => _file.Write(octets);

    public override void SetLines(bool dataTerminalReady, bool requestToSend)
    {
        int set = (dataTerminalReady ? LibC.ModemDtr : 0) | (requestToSend ? LibC.ModemRts : 0);
        _file.SetLines(set, ~set & (LibC.ModemDtr | LibC.ModemRts));
    }

    public override void Dispose()
    {
        if (!_file.IsClosed)
        {
            _file.SetExclusive(false);
            _file.Shut();
        }
    }
}

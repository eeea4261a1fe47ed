namespace MicroFirmware.Appliance
{
    /// <summary>The numbers behind <c>error</c>; programs rely on them.</summary>
    internal static class ConsoleCode
    {
        internal const int UnknownCommand = 1;
        internal const int Usage = 2;
        internal const int UnknownSetting = 3;
        internal const int BadValue = 4;
        internal const int Incomplete = 5;
        internal const int Drive = 6;
        internal const int LineTooLong = 7;
        internal const int Noise = 8;
        internal const int Busy = 9;
        internal const int NoAnswer = 10;
        internal const int NotHere = 11;
        internal const int NoUpdateKey = 12;
        internal const int NoNetwork = 20;
        internal const int NoGateway = 21;
        internal const int BadKey = 22;
        internal const int Revoked = 23;
        internal const int NoClock = 24;
    }
}

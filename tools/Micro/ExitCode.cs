namespace MicroFirmware.Micro;

/// <summary>What <c>micro</c> returns to the shell. The numbers are part of the interface: scripts read them.</summary>
internal enum ExitCode
{
    /// <summary>What was asked for happened.</summary>
    Success = 0,

    /// <summary>The command ran to its end, and what it was to show did not happen.</summary>
    NotProven = 1,

    /// <summary>The command line could not be understood.</summary>
    Usage = 2,

    /// <summary>A setting is missing, out of range or contradicts another.</summary>
    Configuration = 3,

    /// <summary>A gateway, a port or a file that is needed cannot be reached.</summary>
    Unreachable = 4,

    /// <summary>A defect in the program itself.</summary>
    Internal = 70,
}

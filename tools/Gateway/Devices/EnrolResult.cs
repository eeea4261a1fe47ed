namespace MicroFirmware.Gateway.Devices;

/// <summary>What became of an enrolment.</summary>
public enum EnrolResult
{
    /// <summary>The device is registered and on the disk.</summary>
    Enrolled,

    /// <summary>It was registered before, with the same key.</summary>
    AlreadyEnrolled,

    /// <summary>It was registered before, with another key, which stays: say that it shall be replaced.</summary>
    KeyDiffers,

    /// <summary>It was registered before; its key was replaced, as the owner asked for.</summary>
    Replaced,

    /// <summary>It was registered before with this very key and revoked since: give it a new key.</summary>
    Revoked,

    /// <summary>The id is not 1 to 32 characters of <c>a-z 0-9 -</c>.</summary>
    InvalidId,

    /// <summary>The key is not 32 octets.</summary>
    InvalidKey,

    /// <summary>There are as many devices as <c>Devices:MaxDevices</c> allows.</summary>
    TooManyDevices,

    /// <summary>The store takes nothing at the moment; see the gateway's health.</summary>
    StoreUnavailable,
}

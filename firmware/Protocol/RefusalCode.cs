namespace MicroFirmware.Protocol
{
    /// <summary>Why a work request got no work.</summary>
    public enum RefusalCode : byte
    {
        /// <summary>
        /// The gateway does not know the device. Not signed, as there is no key to sign with. HTTP 401.
        /// </summary>
        UnknownDevice = 1,

        /// <summary>The request's code is not one that the device's key gives. HTTP 401.</summary>
        BadMac = 2,

        /// <summary>The counter is not greater than the last one; the refusal says which that was. HTTP 409.</summary>
        CounterReplayed = 3,

        /// <summary>There is no job at the moment. HTTP 503.</summary>
        NoWork = 4,

        /// <summary>The owner revoked the device. HTTP 403.</summary>
        Revoked = 5,

        /// <summary>Too many requests; ask later. HTTP 503.</summary>
        Busy = 6,
    }
}

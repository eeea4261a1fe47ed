namespace MicroFirmware.Gateway.Access;

/// <summary>Why a request's credential does not count.</summary>
internal enum AccessRefusal
{
    /// <summary>There is none.</summary>
    NoCredential,

    /// <summary>A token or code that is none of ours, or is no longer good.</summary>
    BadToken,

    /// <summary>Too many wrong ones from its address.</summary>
    TooManyFailures,

    /// <summary>Others could read it on its way.</summary>
    NeedsTls,

    /// <summary>A page that is not the gateway's own sent it with the browser's cookie.</summary>
    CrossSite,
}

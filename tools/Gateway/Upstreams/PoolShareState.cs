namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Where a share for a pool stands. The numbers are in the store.</summary>
public enum PoolShareState
{
    /// <summary>It meets the pool's target, and there is no answer yet. After a crash nobody knows more.</summary>
    Found = 0,

    /// <summary>The pool took it.</summary>
    Accepted = 1,

    /// <summary>The pool refused it.</summary>
    Rejected = 2,

    /// <summary>It was sent, and the connection ended before an answer. It is not sent again.</summary>
    Unknown = 3,

    /// <summary>It was never sent: its session was over.</summary>
    Lost = 4,
}

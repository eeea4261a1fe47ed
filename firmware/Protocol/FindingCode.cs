namespace MicroFirmware.Protocol
{
    /// <summary>What came out when a proof was checked: the first of these that applies, branch before headers, each
    /// from its start.</summary>
    public enum FindingCode : byte
    {
        /// <summary>Everything holds.</summary>
        Valid = 1,

        /// <summary>A tree of so few levels has no such place.</summary>
        NoSuchPlace = 2,

        /// <summary>A hash is followed by itself: the place is a copy that the tree adds, not a leaf (CVE-2012-2459).
        /// </summary>
        Repeated = 3,

        /// <summary>Two hashes side by side read as a transaction of 64 octets (CVE-2017-12842).</summary>
        HiddenTransaction = 4,

        /// <summary>The branch does not lead to the block's merkle root.</summary>
        NotInBlock = 5,

        /// <summary>A header's target is none, or above the greatest.</summary>
        BadTarget = 6,

        /// <summary>A header does not follow the one before.</summary>
        BrokenChain = 7,

        /// <summary>The target changes more often, or by more, than in any run so short.</summary>
        TargetJumps = 8,

        /// <summary>A header's hash is above its target.</summary>
        NoWork = 9,
    }
}

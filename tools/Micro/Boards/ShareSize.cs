namespace MicroFirmware.Micro.Boards;

/// <summary>Follows how much work a board's shares stand for, from its totals at successive moments.</summary>
internal sealed class ShareSize
{
    private long _accepted;
    private ulong _work;
    private double _workOfOne;

    /// <summary>How many shares of the latest size the work is worth; see <see cref="Fleet.BoardRow"/>.</summary>
    /// <param name="accepted">Shares accepted so far.</param>
    /// <param name="work">Work credited so far, in expected hashes.</param>
    public double ProvingShares(long accepted, ulong work)
    {
        if (accepted > _accepted)
        {
            _workOfOne = (double)(work - _work) / (accepted - _accepted);
            (_accepted, _work) = (accepted, work);
        }

        return _workOfOne > 0 ? work / _workOfOne : 0;
    }
}

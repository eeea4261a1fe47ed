namespace MicroFirmware.Gateway.Boards;

/// <summary>The order of boards in a list; whose figure is not known comes last, and equals are in the order of their
/// titles. It compares places in an array: faces are too large to be moved about.</summary>
internal sealed class BoardOrdering(BoardFace[] faces, BoardSort sort, bool isDescending) : IComparer<int>
{
    public int Compare(int first, int second)
    {
        ref readonly BoardFace x = ref faces[first];
        ref readonly BoardFace y = ref faces[second];
        int order = sort switch
        {
            BoardSort.Name => Directed(NaturalOrder.Compare(x.Title, y.Title)),
            BoardSort.State => Directed(x.State.CompareTo(y.State)),
            BoardSort.Chip => Texts(x.Chip, y.Chip),
            BoardSort.Firmware => Texts(x.Firmware, y.Firmware),
            BoardSort.Group => Texts(x.Group, y.Group),
            BoardSort.Proven => Directed(x.Proven.CompareTo(y.Proven)),
            BoardSort.Claimed => Numbers(x.Claimed, y.Claimed),
            BoardSort.LastShare => Numbers(x.LastShare, y.LastShare),
            BoardSort.Temperature => Numbers(x.Temperature, y.Temperature),
            _ => Numbers(x.Rssi, y.Rssi),
        };
        order = order != 0 || sort == BoardSort.Name ? order : NaturalOrder.Compare(x.Title, y.Title);
        return order != 0 ? order : x.Device.Number.CompareTo(y.Device.Number);
    }

    private int Texts(string x, string y) => (x.Length == 0) != (y.Length == 0)
        ? y.Length.CompareTo(x.Length)
        : Directed(NaturalOrder.Compare(x, y));

    private int Numbers(double x, double y) => double.IsNaN(x) != double.IsNaN(y)
        ? double.IsNaN(x).CompareTo(double.IsNaN(y))
        : Directed(x.CompareTo(y));

    private int Directed(int order) => isDescending ? -order : order;
}

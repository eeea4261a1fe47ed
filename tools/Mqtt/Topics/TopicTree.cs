namespace MicroFirmware.Mqtt.Topics;

/// <summary>
/// Values by topic, level by level: keyed by names and asked with a filter (retained messages), or keyed by filters and
/// asked with a name (subscriptions). Not safe for concurrent use.
/// </summary>
/// <typeparam name="T">What is kept at a topic.</typeparam>
internal sealed class TopicTree<T>
    where T : class
{
    private readonly Node _root = new();

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The value at exactly this key, or null.</summary>
    public T? Find(string key)
    {
        Node? node = _root;
        foreach (Range range in key.AsSpan().Split(TopicRules.Separator))
        {
            node = node.Child(key.AsSpan(range));
            if (node is null)
            {
                return null;
            }
        }

        return node.Value;
    }

    /// <summary>Sets the value at a key.</summary>
    public void Set(string key, T value)
    {
        Node node = _root;
        foreach (Range range in key.AsSpan().Split(TopicRules.Separator))
        {
            node = node.GetOrAdd(key.AsSpan(range));
        }

        Count += node.Value is null ? 1 : 0;
        node.Value = value;
    }

    /// <summary>Takes the value at a key away, and the branches that held nothing else.</summary>
    public bool Remove(string key)
    {
        if (!Remove(_root, key))
        {
            return false;
        }

        Count--;
        return true;
    }

    /// <summary>Keys are filters: adds the values of all that match <paramref name="name"/>.</summary>
    public void MatchName(string name, List<T> found)
    {
        // A wildcard in the first level does not reach the server's own topics (MQTT 3.1.1 §4.7.2).
        if (name[0] != '$')
        {
            MatchName(_root, name, found);
        }
        else if (_root.Child(FirstLevel(name, out ReadOnlySpan<char> rest, out bool last)) is { } node)
        {
            MatchBelow(node, rest, last, found);
        }
    }

    /// <summary>Keys are names: adds the values of all that <paramref name="filter"/> matches.</summary>
    /// <param name="filter">A well-formed filter.</param>
    /// <param name="found">Takes the values.</param>
    /// <param name="limit">Stops when this many have been found.</param>
    public void MatchFilter(string filter, List<T> found, int limit) =>
        MatchFilter(_root, filter, found, limit, isRoot: true);

    private static ReadOnlySpan<char> FirstLevel(ReadOnlySpan<char> topic, out ReadOnlySpan<char> rest, out bool last)
    {
        int end = topic.IndexOf(TopicRules.Separator);
        last = end < 0;
        rest = last ? default : topic[(end + 1)..];
        return last ? topic : topic[..end];
    }

    private static void Add(Node? node, List<T> found)
    {
        if (node?.Value is { } value)
        {
            found.Add(value);
        }
    }

    private static void MatchName(Node node, ReadOnlySpan<char> name, List<T> found)
    {
        Add(node.Child(TopicRules.MultiLevel), found);
        ReadOnlySpan<char> level = FirstLevel(name, out ReadOnlySpan<char> rest, out bool last);
        if (node.Child(level) is { } exact)
        {
            MatchBelow(exact, rest, last, found);
        }

        if (node.Child(TopicRules.SingleLevel) is { } any)
        {
            MatchBelow(any, rest, last, found);
        }
    }

    private static void MatchBelow(Node node, ReadOnlySpan<char> rest, bool last, List<T> found)
    {
        if (last)
        {
            Add(node, found);
            Add(node.Child(TopicRules.MultiLevel), found);
        }
        else
        {
            MatchName(node, rest, found);
        }
    }

    private static void MatchFilter(Node node, ReadOnlySpan<char> filter, List<T> found, int limit, bool isRoot)
    {
        ReadOnlySpan<char> level = FirstLevel(filter, out ReadOnlySpan<char> rest, out bool last);
        if (level is TopicRules.MultiLevel)
        {
            AddAll(node, found, limit, isRoot);
        }
        else if (level is TopicRules.SingleLevel)
        {
            foreach ((string key, Node child) in node.Children)
            {
                if (!(isRoot && key.StartsWith('$')) && found.Count < limit)
                {
                    MatchFilterBelow(child, rest, last, found, limit);
                }
            }
        }
        else if (node.Child(level) is { } child)
        {
            MatchFilterBelow(child, rest, last, found, limit);
        }
    }

    private static void MatchFilterBelow(Node node, ReadOnlySpan<char> rest, bool last, List<T> found, int limit)
    {
        if (!last)
        {
            MatchFilter(node, rest, found, limit, isRoot: false);
        }
        else if (found.Count < limit)
        {
            Add(node, found);
        }
    }

    private static void AddAll(Node node, List<T> found, int limit, bool isRoot)
    {
        if (found.Count >= limit)
        {
            return;
        }

        Add(node, found);
        foreach ((string key, Node child) in node.Children)
        {
            if (!(isRoot && key.StartsWith('$')))
            {
                AddAll(child, found, limit, isRoot: false);
            }
        }
    }

    private static bool Remove(Node node, ReadOnlySpan<char> key)
    {
        ReadOnlySpan<char> level = FirstLevel(key, out ReadOnlySpan<char> rest, out bool last);
        Node? child = node.Child(level);
        bool removed = child is not null && (last ? child.Value is not null : Remove(child, rest));
        if (!removed)
        {
            return false;
        }

        if (last)
        {
            child!.Value = null;
        }

        if (child!.IsEmpty)
        {
            node.Drop(level);
        }

        return true;
    }

    private sealed class Node
    {
        private static readonly Dictionary<string, Node> s_none = [];

        private Dictionary<string, Node>? _children;

        public T? Value { get; set; }

        public bool IsEmpty => Value is null && _children is null;

        public Dictionary<string, Node> Children => _children ?? s_none;

        public Node? Child(ReadOnlySpan<char> level) =>
            _children is not null
            && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out Node? child) ? child : null;

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            _children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            Node? child = Child(level);
            if (child is null)
            {
                child = new Node();
                _children.Add(level.ToString(), child);
            }

            return child;
        }

        public void Drop(ReadOnlySpan<char> level)
        {
            _children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
            if (_children.Count == 0)
            {
                _children = null;
            }
        }
    }
}

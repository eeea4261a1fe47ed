namespace MicroFirmware.Mqtt.Broker;

/// <summary>A first-in first-out queue with access by place; without memory until it is used.</summary>
/// <typeparam name="T">What is queued.</typeparam>
internal struct Ring<T>
{
    private const int FirstCapacity = 4;

    private T[]? _items;
    private int _head;

    /// <summary>The number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The item <paramref name="place"/> places behind the oldest.</summary>
    public readonly ref T this[int place] => ref _items![(_head + place) & (_items.Length - 1)];

    public void Push(in T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Grow();
        }

        Count++;
        this[Count - 1] = item;
    }

    public T Pop()
    {
        T item = this[0];
        this[0] = default!;
        _head = (_head + 1) & (_items!.Length - 1);
        Count--;
        return item;
    }

    /// <summary>Empties the queue and gives its memory back.</summary>
    public void Clear()
    {
        _items = null;
        _head = 0;
        Count = 0;
    }

    private void Grow()
    {
        var grown = new T[_items is null ? FirstCapacity : _items.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            grown[i] = this[i];
        }

        _items = grown;
        _head = 0;
    }
}

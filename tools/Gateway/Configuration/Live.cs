namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Options that may be replaced while the gateway runs. What <see cref="Now"/> gives is never changed: another whole is
/// put in its place. Whoever takes it once for a piece of work therefore reads values that belong together, and whoever
/// keeps a <see cref="Live{T}"/> instead of a value sees each change. Safe for use by many threads.
/// </summary>
/// <typeparam name="T">The options, or a section of them.</typeparam>
/// <param name="first">What counts until the first change.</param>
internal sealed class Live<T>(T first)
    where T : class
{
    private T _now = first;

    /// <summary>What counts now.</summary>
    public T Now => Volatile.Read(ref _now);

    /// <summary>Something in it is different from now on. Called one at a time, in order, for whoever must do more than
    /// read <see cref="Now"/> each time; a handler neither throws nor waits.</summary>
    public event Action<T>? Changed;

    /// <summary>What never changes, such as a program's own options.</summary>
    public static implicit operator Live<T>(T only) => new(only);

    /// <summary>A section of this: it changes when something in the section does.</summary>
    /// <param name="part">Finds the section.</param>
    public Live<TPart> Part<TPart>(Func<T, TPart> part)
        where TPart : class
    {
        Live<TPart> section = new(part(Now));
        Changed += whole =>
        {
            if (!OptionValues.AreEqual(section.Now, part(whole)))
            {
                section.Put(part(whole));
            }
        };
        return section;
    }

    /// <summary>Puts another whole in place. One thread at a time.</summary>
    /// <param name="next">Checked; not changed any more.</param>
    public void Put(T next)
    {
        Volatile.Write(ref _now, next);
        Changed?.Invoke(next);
    }
}

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>Remembers every header that was hashed, and fails the test when one is hashed again.</summary>
internal sealed class HashedOnce
{
    private readonly Dictionary<string, ulong> _headers = [];
    private readonly HashSet<ulong> _seen = [];
    private ulong _header;

    public int Count => _seen.Count;

    public void Begin(byte[] header)
    {
        string text = Convert.ToHexString(header);
        _headers.TryAdd(text, (ulong)_headers.Count << 32);
        _header = _headers[text];
    }

    public void Add(uint nonce) => Assert.True(_seen.Add(_header | nonce), $"hashed twice: nonce {nonce}");
}

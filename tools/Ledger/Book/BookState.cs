using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MicroFirmware.Ledger.Book;

/// <summary>
/// All accounts with their sums, and the end of the chain: what the entries add up to, and nothing else. One thread
/// writes; what it has not committed yet can be undone and is shown to nobody.
/// </summary>
internal sealed class BookState
{
    private readonly Lock _gate = new();
    private readonly PostingHash _hashing = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Account> _accounts = [];
    private readonly Stack<(int Number, Sums Before)> _undo = new();
    private Sums[] _sums = new Sums[64];
    private Sums[] _shown = new Sums[64];
    private Chain _chain = new(0, 0, PostingHash.Start, 0);
    private Chain _shownChain = new(0, 0, PostingHash.Start, 0);

    /// <summary>The end of the book as it is on the disk.</summary>
    public LedgerHead Head
    {
        get
        {
            lock (_gate)
            {
                return new LedgerHead(
                    _shownChain.Posting, _shownChain.Serial, Convert.ToHexStringLower(_shownChain.Hash));
            }
        }
    }

    /// <summary>The last posting, committed or not.</summary>
    public long LastPosting => _chain.Posting;

    /// <summary>The last entry, committed or not.</summary>
    public long LastSerial => _chain.Serial;

    /// <summary>The last posting's hash, committed or not.</summary>
    public ReadOnlySpan<byte> LastHash => _chain.Hash;

    /// <summary>How many accounts there are.</summary>
    public int AccountCount
    {
        get
        {
            lock (_gate)
            {
                return _shownChain.Accounts;
            }
        }
    }

    /// <summary>An account as it is on the disk; null where nothing was ever booked on it.</summary>
    public Balance? Find(string account)
    {
        lock (_gate)
        {
            return _numbers.TryGetValue(account, out int number) && number <= _shownChain.Accounts
                ? Shown(number)
                : null;
        }
    }

    /// <summary>Accounts in the order in which they were opened, as they are on the disk.</summary>
    public IReadOnlyList<Balance> Page(int from, int count)
    {
        lock (_gate)
        {
            int end = (int)Math.Min((long)from + count, _shownChain.Accounts);
            return [.. Enumerable.Range(from + 1, Math.Max(0, end - from)).Select(Shown)];
        }
    }

    /// <summary>The account with this number.</summary>
    public Account AccountOf(int number)
    {
        lock (_gate)
        {
            return _accounts[number - 1];
        }
    }

    /// <summary>Adds a posting, not yet committed. Its texts and its count were checked before.</summary>
    /// <returns>Why not, and then nothing was changed.</returns>
    public PostResult TryAdd(Posting posting, out SealedPosting? added)
    {
        (Chain chain, int undo) = (_chain, _undo.Count);
        added = null;
        PostResult result = TryResolve(posting, out SealedEntry[] entries);
        try
        {
            if (result == PostResult.Posted)
            {
                Move(entries);
                result = OverdrawnSince(undo) ? PostResult.Overdrawn : PostResult.Posted;
            }
        }
        catch (OverflowException)
        {
            result = PostResult.Overflow;
        }

        if (result != PostResult.Posted)
        {
            UndoTo(undo, chain);
            return result;
        }

        OpenedAccount[] opened = [.. Enumerable.Range(chain.Accounts + 1, _accounts.Count - chain.Accounts)
            .Select(number => new OpenedAccount(number, _accounts[number - 1]))];
        SealedPosting open = new(
            chain.Posting + 1, posting.Key, posting.UnixMs, posting.Memo, opened, entries, PostingHash.Start);
        added = open with { Hash = _hashing.Of(chain.Hash, open) };
        _chain = new Chain(added.Number, _chain.Serial, added.Hash, _accounts.Count);
        return PostResult.Posted;
    }

    /// <summary>Adds a posting that is on the disk already, and shows it.</summary>
    /// <exception cref="LedgerDamagedException">It does not follow from what came before.</exception>
    public void Replay(SealedPosting posting)
    {
        Require(posting.Number == _chain.Posting + 1, posting, "its number does not follow");
        Chain chain = _chain;
        foreach (OpenedAccount opened in posting.Opened)
        {
            Require(opened.Number == _accounts.Count + 1 && opened.Account.IsValid
                && !_numbers.ContainsKey(opened.Account.Name), posting, "it opens an account that cannot be opened");
            Open(opened.Account);
        }

        Require(posting.Entries.Count > 0, posting, "it has no entries");
        CheckEntries(posting);
        Require(_hashing.Of(chain.Hash, posting).AsSpan().SequenceEqual(posting.Hash), posting,
            "its content is not what its hash says");
        Move(posting.Entries);
        Require(!OverdrawnSince(0), posting, "it overdraws an account");
        _chain = new Chain(posting.Number, _chain.Serial, posting.Hash, _accounts.Count);
        Commit();
    }

    /// <summary>A digest of every account's sums: number (4), debits (16), credits (16), little-endian, hashed by
    /// SHA-256 in the order of the numbers.</summary>
    public byte[] Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> row = stackalloc byte[36];
        for (int number = 1; number <= _accounts.Count; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(row, number);
            BinaryPrimitives.WriteInt128LittleEndian(row[4..], _sums[number].Debits);
            BinaryPrimitives.WriteInt128LittleEndian(row[20..], _sums[number].Credits);
            hash.AppendData(row);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>What was added is on the disk: it is shown from now on.</summary>
    public void Commit()
    {
        lock (_gate)
        {
            if (_shown.Length < _sums.Length)
            {
                Array.Resize(ref _shown, _sums.Length);
            }

            while (_undo.TryPop(out (int Number, Sums Before) touched))
            {
                _shown[touched.Number] = _sums[touched.Number];
            }

            _shownChain = _chain;
        }
    }

    /// <summary>What was added since the last commit is not on the disk and never was.</summary>
    public void Rollback() => UndoTo(0, _shownChain);

    private PostResult TryResolve(Posting posting, out SealedEntry[] entries)
    {
        entries = new SealedEntry[posting.Entries.Count];
        PostResult worst = PostResult.Overflow + 1;
        for (int i = 0; i < entries.Length; i++)
        {
            Entry entry = posting.Entries[i];
            int debit = NumberOf(entry.Debit);
            int credit = NumberOf(entry.Credit);
            PostResult result = debit == 0 || credit == 0 ? PostResult.InvalidAccount
                : debit == credit ? PostResult.SameAccount
                : entry.Debit.Unit != entry.Credit.Unit ? PostResult.UnitsDiffer
                : entry.Amount < 1 ? PostResult.InvalidAmount
                : PostResult.Overflow + 1;
            worst = result < worst ? result : worst;
            entries[i] = new SealedEntry(0, debit, credit, entry.Amount, 0, 0);
        }

        return worst > PostResult.Overflow ? PostResult.Posted : worst;
    }

    /// <summary>The account's number, opened where it is new; 0 where it cannot be.</summary>
    private int NumberOf(Account account)
    {
        if (_numbers.TryGetValue(account.Name, out int number))
        {
            return _accounts[number - 1] == account ? number : 0;
        }

        return account.IsValid ? Open(account) : 0;
    }

    private int Open(Account account)
    {
        lock (_gate)
        {
            _accounts.Add(account);
            _numbers.Add(account.Name, _accounts.Count);
        }

        if (_sums.Length <= _accounts.Count)
        {
            Array.Resize(ref _sums, 2 * _sums.Length);
        }

        _sums[_accounts.Count] = default;
        return _accounts.Count;
    }

    private void CheckEntries(SealedPosting posting)
    {
        long serial = _chain.Serial;
        foreach (SealedEntry entry in posting.Entries)
        {
            Require(entry.Serial == ++serial, posting, $"entry {entry.Serial} stands where {serial} belongs");
            Require(entry.Debit >= 1 && entry.Debit <= _accounts.Count && entry.Credit >= 1
                && entry.Credit <= _accounts.Count, posting, $"entry {serial} names an account that is not open");
            Require(entry.Debit != entry.Credit && entry.Amount >= 1
                && _accounts[entry.Debit - 1].Unit == _accounts[entry.Credit - 1].Unit, posting,
                $"entry {serial} is none");
        }
    }

    /// <summary>Moves the amounts. In what is new the serials are set; in what was read they are compared.</summary>
    private void Move(IReadOnlyList<SealedEntry> entries)
    {
        SealedEntry[]? fresh = entries as SealedEntry[];
        fresh = fresh is { Length: > 0 } && fresh[0].Serial == 0 ? fresh : null;
        long serial = _chain.Serial;
        for (int i = 0; i < entries.Count; i++)
        {
            SealedEntry entry = entries[i];
            Touch(entry.Debit);
            Touch(entry.Credit);
            ref Sums debit = ref _sums[entry.Debit];
            ref Sums credit = ref _sums[entry.Credit];
            SealedEntry linked = entry with
            {
                Serial = ++serial,
                DebitPrevious = debit.LastSerial,
                CreditPrevious = credit.LastSerial,
            };
            debit.Debits = checked(debit.Debits + entry.Amount);
            credit.Credits = checked(credit.Credits + entry.Amount);
            debit.LastSerial = credit.LastSerial = serial;
            if (fresh is not null)
            {
                fresh[i] = linked;
            }
            else if (linked != entry)
            {
                throw new LedgerDamagedException(
                    _chain.Posting + 1, $"entry {serial} names other entries before it than those that are");
            }
        }

        _chain = _chain with { Serial = serial };
    }

    /// <summary>Notes an account's sums once a posting.</summary>
    private void Touch(int number)
    {
        ref Sums sums = ref _sums[number];
        if (sums.TouchedBy != _chain.Posting + 1)
        {
            _undo.Push((number, sums));
            sums.TouchedBy = _chain.Posting + 1;
        }
    }

    private bool OverdrawnSince(int undo)
    {
        int count = _undo.Count - undo;
        foreach ((int number, _) in _undo)
        {
            if (count-- == 0)
            {
                break;
            }

            if (_sums[number].Credits < _sums[number].Debits && !_accounts[number - 1].MayOwe)
            {
                return true;
            }
        }

        return false;
    }

    private void UndoTo(int undo, Chain chain)
    {
        while (_undo.Count > undo)
        {
            (int number, Sums before) = _undo.Pop();
            _sums[number] = before;
        }

        lock (_gate)
        {
            while (_accounts.Count > chain.Accounts)
            {
                _numbers.Remove(_accounts[^1].Name);
                _accounts.RemoveAt(_accounts.Count - 1);
            }
        }

        _chain = chain;
    }

    private Balance Shown(int number)
    {
        Sums sums = _shown[number];
        return new Balance(_accounts[number - 1], sums.Debits, sums.Credits, sums.LastSerial);
    }

    private static void Require(bool good, SealedPosting posting, string reason)
    {
        if (!good)
        {
            throw new LedgerDamagedException(posting.Number, reason);
        }
    }

    private struct Sums
    {
        public Int128 Debits;
        public Int128 Credits;
        public long LastSerial;
        public long TouchedBy;
    }

    private sealed record Chain(long Posting, long Serial, byte[] Hash, int Accounts);
}

using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Stratum;

namespace MicroFirmware.Gateway.Tests.Stratum;

public class AddressBookTests
{
    private readonly ManualTime _time = new();
    private readonly StratumOptions _options = new();

    [Fact]
    public void Connections_of_one_address_have_an_end_and_come_back()
    {
        _options.MaxConnectionsPerAddress = 2;
        AddressBook book = NewBook();
        Assert.True(book.TryEnter(From("192.0.2.1"), out IPAddress first));
        Assert.True(book.TryEnter(From("192.0.2.1"), out _));
        Assert.False(book.TryEnter(From("192.0.2.1"), out _));
        Assert.True(book.TryEnter(From("192.0.2.2"), out _));
        book.Leave(first);
        Assert.True(book.TryEnter(From("192.0.2.1"), out _));
        Assert.Equal(1, book.Refused);
    }

    [Fact]
    public void Connects_a_second_have_an_end_and_begin_anew_with_the_next()
    {
        _options.MaxConnectsPerAddressPerSecond = 3;
        AddressBook book = NewBook();
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Enter(book, "192.0.2.1")));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Enter(book, "192.0.2.1"));
    }

    [Fact]
    public void Ban_follows_on_blame_in_quick_succession_doubles_and_is_forgiven()
    {
        AddressBook book = NewBook();
        Ban(book);
        Assert.False(Enter(book, "192.0.2.1"));
        Assert.True(Enter(book, "192.0.2.2"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Enter(book, "192.0.2.1"));

        Ban(book);
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(Enter(book, "192.0.2.1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Enter(book, "192.0.2.1"));

        // After some hours of peace the next ban is a first one.
        _time.Advance(TimeSpan.FromHours(5));
        Ban(book);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Enter(book, "192.0.2.1"));
    }

    [Fact]
    public void Blame_once_in_a_while_never_bans()
    {
        AddressBook book = NewBook();
        Assert.True(book.TryEnter(From("192.0.2.1"), out IPAddress address));
        for (int i = 0; i < 100; i++)
        {
            book.Blame(address);
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.True(Enter(book, "192.0.2.1"));
        }
    }

    [Fact]
    public void Neighbours_in_one_ipv6_network_are_one_and_ipv4_is_itself_in_either_form()
    {
        AddressBook book = NewBook();
        Assert.True(book.TryEnter(From("2001:db8::1"), out IPAddress one));
        Assert.True(book.TryEnter(From("2001:db8::ffff:2"), out IPAddress neighbour));
        Assert.True(book.TryEnter(From("2001:db8:0:1::1"), out IPAddress other));
        Assert.True(book.TryEnter(From("192.0.2.1"), out IPAddress four));
        Assert.True(book.TryEnter(From("::ffff:192.0.2.1"), out IPAddress mapped));
        Assert.Equal((one, four), (neighbour, mapped));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Book_keeps_its_size_and_its_bans_however_many_addresses_come()
    {
        AddressBook book = NewBook();
        Ban(book);
        for (int i = 0; i < AddressBook.MaxAddresses + 1_000; i++)
        {
            Assert.True(book.TryEnter(new IPEndPoint(0x0a00_0000 + i, 1), out IPAddress address));
            book.Leave(address);
        }

        Assert.InRange(book.Count, 1, AddressBook.MaxAddresses);
        Assert.False(Enter(book, "192.0.2.1"));
    }

    private static IPEndPoint From(string address) => new(IPAddress.Parse(address), 4_711);

    private static bool Enter(AddressBook book, string from) => book.TryEnter(From(from), out _);

    private static void Ban(AddressBook book)
    {
        Assert.True(book.TryEnter(From("192.0.2.1"), out IPAddress address));
        book.Leave(address);
        for (int i = 0; i < AddressBook.BlamesPerBan; i++)
        {
            book.Blame(address);
        }
    }

    private AddressBook NewBook() => new(_options, new GatewayClock(_time));
}

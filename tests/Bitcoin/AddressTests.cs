using System.Text.Json;

namespace MicroFirmware.Bitcoin.Tests;

public class AddressTests
{
    private static readonly AddressFormat s_main = Coin.Find("bitcoin").Addresses;

    [Fact]
    public void Valid_addresses_give_their_script_and_come_back()
    {
        foreach (JsonElement vector in Vectors.Addresses.GetProperty("valid").EnumerateArray())
        {
            Coin coin = CoinOf(vector);
            string address = vector[1].GetString()!;
            byte[] script = Address.ToScript(address, coin);
            Assert.Equal(vector[2].GetString(), Convert.ToHexStringLower(script));
            bool upper = address.All(c => !char.IsAsciiLetterLower(c));
            Assert.Equal(upper ? address.ToLowerInvariant() : address, Address.FromScript(script, coin.Addresses));
        }
    }

    [Fact]
    public void Invalid_addresses_are_refused()
    {
        foreach (JsonElement vector in Vectors.Addresses.GetProperty("invalid").EnumerateArray())
        {
            string address = vector[1].GetString()!;
            Assert.False(Address.TryToScript(address, CoinOf(vector).Addresses, out byte[] script), vector.ToString());
            Assert.Empty(script);
            FormatException error = Assert.Throws<FormatException>(() => Address.ToScript(address, CoinOf(vector)));
            Assert.Contains("check it", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("6a")]
    [InlineData("76a914000000000000000000000000000000000000000088")]
    [InlineData("0013000000000000000000000000000000000000000000")]
    [InlineData("510100")]
    [InlineData("5102000000")]
    [InlineData("4f020000")]
    public void Scripts_without_an_address_have_none(string hex) =>
        Assert.Null(Address.FromScript(Convert.FromHexString(hex), s_main));

    [Fact]
    public void Chain_without_witness_addresses_takes_none()
    {
        AddressFormat old = s_main with { Hrp = null };
        Assert.False(Address.TryToScript("BC1SW50QGDZ25J", old, out _));
        Assert.Null(Address.FromScript([0x60, 2, 0x75, 0x1e], old));
        Assert.True(Address.TryToScript("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", old, out _));
    }

    [Theory]
    [InlineData("bitcoin-cash", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
        "76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac")]
    [InlineData("bitcoin-cash", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        "76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac")]
    [InlineData("bitcoin-cash", "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "a91476a04053bda0a88bda5177b86a15c3b29f55987387")]
    public void Other_spellings_give_the_same_script(string coin, string address, string script) =>
        Assert.Equal(script, Convert.ToHexStringLower(Address.ToScript(address, Coin.Find(coin))));

    [Fact]
    public void Changed_character_is_always_noticed()
    {
        const int Seed = 173;
        Random random = new(Seed);
        const string Good = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        for (int i = 0; i < 2_000; i++)
        {
            char[] text = Good.ToCharArray();
            int at = random.Next(3, text.Length);
            char other = Alphabet[random.Next(Alphabet.Length)];
            bool same = text[at] == other;
            text[at] = other;
            Assert.Equal(same, Bech32.TryDecode(new string(text), "bc", out _, out _));
        }
    }

    [Fact]
    public void Encoding_what_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Bech32.Encode("bc", 17, new byte[20]));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("bc", 0, new byte[21]));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("bc", 1, new byte[41]));
        Assert.False(Base58Check.TryDecode(new string('1', Base58Check.MaxLength + 1), out _));
    }

    private static Coin CoinOf(JsonElement vector) => Coin.Find(vector[0].GetString()!);
}

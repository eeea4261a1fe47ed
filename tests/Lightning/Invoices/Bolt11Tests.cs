using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Keys;

namespace MicroFirmware.Lightning.Tests.Invoices;

public class Bolt11Tests
{
    private const string HighS = "high-S signature";

    public static TheoryData<string, string> Good => Examples(good: true);

    public static TheoryData<string, string> Bad => Examples(good: false);

    [Fact]
    public void Vectors_of_the_specification_are_all_there()
    {
        Assert.Equal(16, Good.Count);
        Assert.Equal(10, Bad.Count);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void TryRead_valid_example_gives_the_payee_of_the_specification(string words, string text)
    {
        Bolt11Invoice invoice = Read(text);

        Assert.Equal(32, invoice.PaymentHash.Length);
        Assert.Equal(words.Contains(HighS), !Secp256k1.IsLowS(invoice.Signature));
        Assert.Equal(words.Contains(HighS) ? Bolt11Vectors.HighSKey : Bolt11Vectors.PayeeKey,
            Convert.ToHexStringLower(invoice.PayeeKey));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Write_valid_example_gives_the_same_text(string words, string text)
    {
        Bolt11Invoice invoice = Read(text);

        string written = Bolt11Writer.Write(
            invoice.Prefix, invoice.AmountMsat, invoice.UnixSeconds, invoice.Fields, Bolt11Vectors.Key);

        // A writer never makes a signature with a high s.
        Assert.Equal(!words.Contains(HighS), text.ToLowerInvariant() == written);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void TryRead_invalid_example_is_refused(string words, string text)
    {
        Assert.False(Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem), words);
        Assert.Null(invoice);
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void TryRead_cup_of_coffee_has_amount_words_and_a_minute()
    {
        Bolt11Invoice invoice = Read(Bolt11Vectors.Find("cup of coffee"));

        Assert.Equal(("bc", 250_000_000L, "1 cup coffee", null),
            (invoice.Prefix, invoice.AmountMsat, invoice.Description, invoice.DescriptionHash));
        Assert.Equal((1_496_314_658, 1_496_314_718), (invoice.UnixSeconds, invoice.ExpiresUnixSeconds));
        Assert.Equal("0001020304050607080900010203040506070809000102030405060708090102",
            Convert.ToHexStringLower(invoice.PaymentHash));
        Assert.Equal([8, 14], invoice.Features);
    }

    [Fact]
    public void TryRead_donation_has_no_amount_and_an_hour()
    {
        Bolt11Invoice invoice = Read(Bolt11Vectors.Find("donation"));

        Assert.Null(invoice.AmountMsat);
        Assert.Equal("Please consider supporting this project", invoice.Description);
        Assert.Equal(invoice.UnixSeconds + 3600, invoice.ExpiresUnixSeconds);
        Assert.Equal(18, invoice.MinFinalExpiry);
        Assert.Equal(new string('1', 64), Convert.ToHexStringLower(invoice.PaymentSecret));
    }

    [Fact]
    public void TryRead_list_of_things_has_the_hash_of_its_description()
    {
        const string description = "One piece of chocolate cake, one icecream cone, one pickle, one slice of swiss "
            + "cheese, one slice of salami, one lollypop, one piece of cherry pie, one sausage, one cupcake, and one "
            + "slice of watermelon";
        Bolt11Invoice invoice = Read(Bolt11Vectors.Find("(hashed)"));

        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(description)), invoice.DescriptionHash);
        Assert.Null(invoice.Description);
    }

    [Fact]
    public void TryRead_routing_info_gives_both_hops()
    {
        Bolt11Invoice invoice = Read(Bolt11Vectors.Find("extra routing info"));

        IReadOnlyList<RouteHop> route = Assert.Single(invoice.Routes);
        Assert.Equal(["029e03a901b85534ff1e92c43c74431f7ce72046060fcf7a95c37e148f78c77255",
            "039e03a901b85534ff1e92c43c74431f7ce72046060fcf7a95c37e148f78c77255"],
            route.Select(hop => Convert.ToHexStringLower(hop.NodeKey)));
        Assert.Equal([0x0102030405060708UL, 0x030405060708090aUL], route.Select(hop => hop.ShortChannelId));
        Assert.Equal([(1u, 20u, (ushort)3), (2u, 30u, (ushort)4)],
            route.Select(hop => (hop.FeeBaseMsat, hop.FeePpm, hop.ExpiryDelta)));
    }

    [Theory]
    [InlineData("P2WPKH", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("P2WSH", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3")]
    [InlineData("P2TR", "bc1pptdvg0d2nj99568qn6ssdy4cygnwuxgw2ukmnwgwz7jpqjz2kszse2s3lm")]
    public void TryRead_fallback_is_the_address_of_the_specification(string words, string address)
    {
        (int version, byte[] program) = Assert.Single(Read(Bolt11Vectors.Find(words)).Fallbacks);

        Assert.Equal(address, Bech32.Encode("bc", version, program));
    }

    [Fact]
    public void TryRead_fallback_of_a_key_hash_and_a_script_hash_are_told_apart()
    {
        Assert.Equal(17, Assert.Single(Read(Bolt11Vectors.Find("1RustyRX")).Fallbacks).Version);
        Assert.Equal(18, Assert.Single(Read(Bolt11Vectors.Find("P2SH")).Fallbacks).Version);
    }

    [Fact]
    public void TryRead_list_of_items_has_pico_bitcoin()
    {
        Bolt11Invoice invoice = Read(Bolt11Vectors.Find("0.00967878534"));

        Assert.Equal(967_878_534, invoice.AmountMsat);
        Assert.Equal(invoice.UnixSeconds + (7 * 24 * 3600), invoice.ExpiresUnixSeconds);
        Assert.Equal(10, invoice.MinFinalExpiry);
    }

    [Fact]
    public void TryRead_metadata_and_far_features_are_found()
    {
        Assert.Equal([0x01, 0xfa, 0xfa, 0xf0], Read(Bolt11Vectors.Find("metadata")).Metadata!);
        Assert.Equal([8, 14, 99], Read(Bolt11Vectors.Find("features 8, 14 and 99")).Features);
    }

    [Fact]
    public void TryRead_any_character_changed_or_cut_off_is_refused()
    {
        string text = Bolt11Vectors.Find("cup of coffee");
        for (int i = 0; i < text.Length; i++)
        {
            string changed = text[..i] + (text[i] == 'q' ? 'p' : 'q') + text[(i + 1)..];
            Assert.False(Bolt11Reader.TryRead(changed, out _, out _), $"character {i}");
            Assert.False(Bolt11Reader.TryRead(text[..i], out _, out _), $"{i} characters");
        }
    }

    [Fact]
    public void TryRead_random_groups_with_a_good_check_never_throw()
    {
        Random random = new(20261120);
        byte[] time = new byte[7];
        for (int i = 0; i < 3_000; i++)
        {
            byte[] fields = new byte[random.Next(0, 200)];
            byte[] signature = new byte[random.Next(100, 106)];
            random.NextBytes(fields);
            random.NextBytes(signature);
            byte[] groups = [.. time, .. fields.Select(b => (byte)(b & 31)), .. signature.Select(b => (byte)(b & 31))];

            Bolt11Reader.TryRead(Bech32.EncodeGroups("lnbc1m", groups), out _, out _);
        }
    }

    [Theory]
    [InlineData(1, "10p")]
    [InlineData(100, "1n")]
    [InlineData(250_000_000, "2500u")]
    [InlineData(100_000_000_000, "1")]
    [InlineData(2_100_000_000_000_000_000, "21000000")]
    public void Amount_both_ways_is_the_shortest(long msat, string text)
    {
        Assert.Equal(text, Bolt11Amount.Write(msat));
        Assert.True(Bolt11Amount.TryRead(text, out long read));
        Assert.Equal(msat, read);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("01u")]
    [InlineData("1x")]
    [InlineData("m")]
    [InlineData("15p")]
    [InlineData("21000001")]
    [InlineData("999999999999999999999999u")]
    public void Amount_that_is_none_is_refused(string text) => Assert.False(Bolt11Amount.TryRead(text, out _));

    [Fact]
    public void Write_invoice_that_nobody_would_pay_is_refused()
    {
        byte[] hash = new byte[32];
        ArgumentException e = Assert.Throws<ArgumentException>(() => Bolt11Writer.Write(
            "bcrt", 1, 1, [Bolt11Field.PaymentHash(hash), Bolt11Field.Description("x")], Bolt11Vectors.Key));

        Assert.Contains("no payment secret", e.Message);
    }

    [Fact]
    public void Write_own_fields_are_read_back()
    {
        byte[] hash = SHA256.HashData("preimage"u8);
        string text = Bolt11Writer.Write("bcrt", 1_234, 1_800_000_000,
        [
            Bolt11Field.PaymentHash(hash), Bolt11Field.PaymentSecret(hash), Bolt11Field.Description("Käse"),
            Bolt11Field.Expiry(TimeSpan.FromMinutes(10)), Bolt11Field.MinFinalExpiry(144), Bolt11Field.Features(8, 14),
        ], Bolt11Vectors.Key);

        Bolt11Invoice invoice = Read(text);

        Assert.StartsWith("lnbcrt12340p1", text);
        Assert.Equal(("Käse", 144, 1_800_000_600), (invoice.Description, invoice.MinFinalExpiry,
            invoice.ExpiresUnixSeconds));
        Assert.Equal(Secp256k1.PublicKeyOf(Bolt11Vectors.Key), invoice.PayeeKey);
    }

    private static TheoryData<string, string> Examples(bool good)
    {
        TheoryData<string, string> data = [];
        foreach ((_, string words, string invoice) in Bolt11Vectors.All.Where(vector => vector.Good == good))
        {
            data.Add(words, invoice);
        }

        return data;
    }

    private static Bolt11Invoice Read(string text)
    {
        Assert.True(Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem), problem);
        return invoice!;
    }
}

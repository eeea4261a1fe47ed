using System.Text;
using System.Text.Json;
using MicroFirmware.Paywall.Tokens;

namespace MicroFirmware.Paywall.Tests;

public class MacaroonTests
{
    private static readonly JsonElement s_vector = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors/lightning/l402.json"))).RootElement;

    private static readonly byte[] s_golden = Octets("macaroon_v2_hex");

    [Fact]
    public void Macaroon_of_the_vector_is_written_octet_by_octet()
    {
        byte[] identifier = TokenIdentifier.Write(Octets("payment_hash"), Octets("token_id"));
        Macaroon token = Macaroon.Create(Octets("root_key"), Text("location"), identifier);
        foreach (JsonElement caveat in s_vector.GetProperty("caveats").EnumerateArray())
        {
            token = token.With(caveat.GetString()!);
        }

        Assert.Equal(Octets("identifier"), token.Identifier);
        Assert.Equal(Octets("signature"), token.Signature);
        Assert.Equal(s_golden, MacaroonCodec.Write(token));
        Assert.Equal(Text("macaroon_base64"), Convert.ToBase64String(s_golden));
        Assert.Equal(Text("authorization"), new L402Credential(token, Octets("preimage")).ToHttp());
    }

    [Fact]
    public void Macaroon_of_the_vector_is_read_and_proven()
    {
        Assert.True(MacaroonCodec.TryRead(s_golden, out Macaroon? token));
        Assert.Equal(Text("location"), token!.Location);
        Assert.Equal(s_vector.GetProperty("caveats").EnumerateArray().Select(caveat => caveat.GetString()),
            token.Caveats.Select(Encoding.UTF8.GetString));
        Assert.True(token.IsSignedWith(Octets("root_key")));
        Assert.False(token.IsSignedWith(Octets("preimage")));
    }

    [Theory]
    [InlineData("L402 TOKEN:PREIMAGE")]
    [InlineData("LSAT TOKEN:PREIMAGE")]
    [InlineData("L402 token=\"TOKEN\", preimage=\"PREIMAGE\"")]
    [InlineData("LSAT macaroon=\"TOKEN\", preimage=\"PREIMAGE\"")]
    public void Credential_in_every_form_is_read(string form)
    {
        string value = form.Replace("TOKEN", Text("macaroon_base64")).Replace("PREIMAGE", Text("preimage"));

        Assert.True(L402Credential.TryParse(value, out L402Credential? credential));
        Assert.True(credential!.IsPaid);
        Assert.Equal(s_golden, MacaroonCodec.Write(credential.Token));
    }

    [Fact]
    public void Credential_cut_anywhere_or_longer_is_refused()
    {
        string whole = Text("authorization");
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(L402Credential.TryParse(whole[..length], out _));
        }

        Assert.False(L402Credential.TryParse(whole + "0", out _));
        Assert.False(L402Credential.TryParse("L402 " + new string('A', 4_000) + ":" + Text("preimage"), out _));
    }

    [Fact]
    public void Macaroon_cut_anywhere_or_longer_is_refused()
    {
        for (int length = 0; length < s_golden.Length; length++)
        {
            Assert.False(MacaroonCodec.TryRead(s_golden.AsSpan(0, length), out _));
        }

        Assert.False(MacaroonCodec.TryRead([.. s_golden, 0], out _));
        Assert.False(MacaroonCodec.TryRead([.. s_golden, .. new byte[MacaroonCodec.MaxOctets]], out _));
    }

    [Fact]
    public void Macaroon_whatever_octet_is_changed_is_refused_unproven_or_elsewhere()
    {
        for (int bit = 0; bit < s_golden.Length * 8; bit++)
        {
            byte[] changed = [.. s_golden];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(MacaroonCodec.TryRead(changed, out Macaroon? token)
                && token!.IsSignedWith(Octets("root_key")) && token.Location == Text("location"), $"bit {bit}");
        }
    }

    [Fact]
    public void Macaroon_with_a_length_spelled_longer_is_refused()
    {
        int identifier = Array.IndexOf(s_golden, (byte)0x42);
        byte[] longer = [.. s_golden[..identifier], 0xc2, 0x00, .. s_golden[(identifier + 1)..]];

        Assert.False(MacaroonCodec.TryRead(longer, out _));
    }

    [Fact]
    public void Macaroon_with_more_caveats_than_allowed_is_refused()
    {
        Macaroon token = Macaroon.Create(new byte[32], "here", [1]);
        for (int i = 0; i < MacaroonCodec.MaxCaveats; i++)
        {
            token = token.With("a=b");
        }

        Assert.True(MacaroonCodec.TryRead(MacaroonCodec.Write(token), out _));
        Assert.False(MacaroonCodec.TryRead(MacaroonCodec.Write(token.With("a=b")), out _));
    }

    private static string Text(string name) => s_vector.GetProperty(name).GetString()!;

    private static byte[] Octets(string name) => Convert.FromHexString(Text(name));
}

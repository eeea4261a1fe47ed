using MicroFirmware.Bitcoin;
using MicroFirmware.Lightning.Addresses;

namespace MicroFirmware.Lightning.Tests.Addresses;

public class PayTargetTests
{
    // The example of LUD-01.
    private const string Lnurl = "LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5"
        + "EKZD3EV56NYD3HXQURZEPEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS";

    [Theory]
    [InlineData("me@example.com", "https://example.com/.well-known/lnurlp/me")]
    [InlineData(" Me@Example.COM ", "https://example.com/.well-known/lnurlp/me")]
    [InlineData("lightning:me+tag@pay.example.com", "https://pay.example.com/.well-known/lnurlp/me%2Btag")]
    [InlineData(Lnurl, "https://service.com/api?q=3fc3645b439ce8e7f2553a69e5267081d96dcd340693afabe04be7b0ccd178df")]
    public void TryParse_target_leads_to_its_page(string text, string url)
    {
        Assert.True(PayTarget.TryParse(text, out PayTarget? target));
        Assert.Equal(url, target!.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@example.com")]
    [InlineData("me@")]
    [InlineData("me@localhost")]
    [InlineData("me@127.0.0.1")]
    [InlineData("me@[::1]")]
    [InlineData("me@example.com:8080")]
    [InlineData("me@example.com/path")]
    [InlineData("me@host.onion")]
    [InlineData("m e@example.com")]
    [InlineData("you@me@example.com")]
    [InlineData("lnurl1nonsense")]
    public void TryParse_what_is_none_is_refused(string text) => Assert.False(PayTarget.TryParse(text, out _));

    [Theory]
    [InlineData("http://example.com/pay")]
    [InlineData("https://user:secret@example.com/pay")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public void TryParse_lnurl_of_a_page_that_may_not_be_fetched_is_refused(string url)
    {
        byte[] groups = BitGroups.Regroup(System.Text.Encoding.UTF8.GetBytes(url), 8, 5, pad: true)!;

        Assert.False(PayTarget.TryParse(Bech32.EncodeGroups("lnurl", groups), out _));
    }
}

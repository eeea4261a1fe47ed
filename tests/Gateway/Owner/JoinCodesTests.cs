using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Tests.Owner;

public sealed class JoinCodesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly CertificateAuthority _authority;
    private readonly JoinCodes _codes;

    public JoinCodesTests()
    {
        _authority = CertificateAuthority.Open(_directory.Path, _time);
        _codes = new JoinCodes(_authority, new OwnerOptions(), _time);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Code_is_good_once()
    {
        AccessCode code = _codes.Create().Code;

        Assert.True(_codes.IsGood(code.Secret));
        Assert.NotNull(_codes.TryUse(code.Secret));
        Assert.Null(_codes.TryUse(code.Secret));
        Assert.False(_codes.IsGood(code.Secret));
    }

    [Fact]
    public void Code_is_good_for_a_while()
    {
        JoinTicket ticket = _codes.Create();
        AccessCode code = ticket.Code;

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(15), ticket.End);
        _time.Advance(TimeSpan.FromMinutes(14.9));
        Assert.True(_codes.IsGood(code.Secret));
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.False(_codes.IsGood(code.Secret));
    }

    [Fact]
    public void Codes_above_the_most_drop_the_oldest()
    {
        AccessCode[] codes = [.. Enumerable.Range(0, 101).Select(_ => _codes.Create().Code)];

        Assert.False(_codes.IsGood(codes[0].Secret));
        Assert.All(codes[1..], code => Assert.True(_codes.IsGood(code.Secret)));
    }

    [Fact]
    public void Code_carries_the_authoritys_fingerprint() =>
        Assert.Equal(AccessCode.PinOf(_authority.Certificate), _codes.Create().Code.Pin);
}
